"""What is left to spend."""
