"""A local Telegram Bot API, as strict as the real one, with people to play."""
