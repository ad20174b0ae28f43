"""The front door: Telegram updates in, words out."""
