"""What is peculiar to groups: what the bot hears there, how it comes, goes, and moves with them."""
