"""Broken Swedish made whole: encoding damage first, then letters, every change a correction."""

from pipeline.restore.repair import restore

__all__ = ["restore"]
