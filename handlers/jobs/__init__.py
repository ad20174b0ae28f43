"""What is under way: listed, and called off."""
