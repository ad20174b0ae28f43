"""What the bot says where a group does not allow a video."""

from __future__ import annotations

from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.refusals import GroupOff, GroupRefusal


def refusal(refused: GroupRefusal) -> str:
    match refused:
        case GroupOff():
            return off()
        case _:
            return _("In this group only administrators can make videos. You can in a private chat with me.")


#: Say it as plain text, also in answer to a press.
off = lazy_gettext(
    "The administrators of this group have switched me off here. You can use me in a private chat."
)
