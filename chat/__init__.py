"""Telegram's side: what we say in a chat, how it gets there, and what a job looks like there."""
