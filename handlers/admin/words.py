"""What stands behind an admin's command."""

from __future__ import annotations

from telegram import Message

from handlers.context import Context
from handlers.message import command_of


def words_of(context: Context, message: Message) -> str:
    """Return the words behind the command that opens a message; empty if there are none."""
    command = command_of(message, context.bot.username)
    return "" if command is None else command.words
