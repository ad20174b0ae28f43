"""A person's wish to be forgotten."""
