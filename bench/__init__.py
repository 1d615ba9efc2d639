"""Benches: how well and how fast the program does its work, measured beside what it could be replaced by.

`./run bench NAME` runs one. They need the source tree, and are not part of what is installed.
"""
