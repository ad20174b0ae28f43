"""The process: its command line, its settings, and what runs in it; nothing imports it."""

__version__ = "0.1.0"
