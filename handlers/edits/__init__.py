"""Changing a finished video by words."""
