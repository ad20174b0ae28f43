"""What only the operators of the bot may do, from the chat."""
