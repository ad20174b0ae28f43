"""Who may use the bot, and what people are called."""
