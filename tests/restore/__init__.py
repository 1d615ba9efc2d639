"""Restoration: broken Swedish made whole, and clean Swedish left alone."""
