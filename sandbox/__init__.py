"""A local Telegram Bot API and a local video API, for trying the bot and for tests."""
