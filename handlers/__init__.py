"""Telegram updates in, rows and words out."""
