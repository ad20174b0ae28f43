"""The practice chat: a page that looks like a messenger, in which one writes to the bot as the people of the town."""
