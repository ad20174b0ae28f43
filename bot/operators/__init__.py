"""What the operators of the bot are told, and what they send to everybody."""
