"""The project's tests, and the list of checks that every change must pass (`checks.py`)."""
