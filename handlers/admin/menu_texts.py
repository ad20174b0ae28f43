"""What `/admin` says."""

from __future__ import annotations

from collections.abc import Sequence

from chat.language import gettext as _
from chat.language import lazy_gettext

in_menu = lazy_gettext("Everything that runs this bot, as buttons")
ask_in_private = lazy_gettext(
    "My answer is not for everybody in this group. Please ask me in our private chat."
)
private_chat = lazy_gettext("Ask in private")


def commands(commands: Sequence[tuple[str, str]]) -> str:
    """List the admins' commands, each with what it does."""
    lines = (f"/{name}  {words}" for name, words in commands)
    title = _("🛠 <b>What you can do as an admin</b>. A button shows how each command is written.")
    return "\n".join((title, "", *lines))
