"""`reelbot setup`: asks for what the bot needs, checks each answer at once, and writes .env."""
