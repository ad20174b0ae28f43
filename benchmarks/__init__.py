"""What the README's numbers were measured with: the real bot in a process of its own, watched from outside."""
