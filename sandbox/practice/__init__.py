"""The practice chat: a page that looks like a messenger, in which one writes to the bot as any of its people."""
