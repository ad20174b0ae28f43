"""Help, and what a person can look up."""
