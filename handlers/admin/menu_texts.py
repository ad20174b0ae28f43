"""What `/admin` says."""

from __future__ import annotations

from collections.abc import Sequence

from chat.language import gettext as _


def in_menu() -> str:
    return _("Everything that runs this bot, as buttons")


def commands(commands: Sequence[tuple[str, str]]) -> str:
    """List the admins' commands, each with what it does."""
    lines = (f"/{name}  {words}" for name, words in commands)
    title = _("🛠 <b>What you can do as an admin</b>. A button shows how each command is written.")
    return "\n".join((title, "", *lines))


def ask_in_private() -> str:
    return _("My answer is not for everybody in this group. Please ask me in our private chat.")


def private_chat() -> str:
    return _("Ask in private")
