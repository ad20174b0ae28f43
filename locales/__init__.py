"""What the bot says in each of its languages: gettext catalogues, which `chat.language` reads."""
