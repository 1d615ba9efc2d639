"""What can happen to a library from outside."""
