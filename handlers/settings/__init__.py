"""A person's own defaults."""
