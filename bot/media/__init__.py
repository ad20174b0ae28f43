"""Pictures and clips: looked at, converted and drawn in child processes."""
