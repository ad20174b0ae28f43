"""The bot in a local Telegram: one video in the terminal, or the practice chat in the browser."""
