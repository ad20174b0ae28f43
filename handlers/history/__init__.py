"""A person's finished videos."""
