"""How urgent a call to Telegram is when there is not room for all of them."""

from __future__ import annotations

from enum import IntEnum


class Urgency(IntEnum):
    """Which calls go first. No value is 0, because python-telegram-bot takes 0 for no value."""

    #: Shown only if nobody else needs the room; else dropped.
    PROGRESS = 1
    #: Waits until there is room, behind whatever else goes to the chat, and leaves room to clips and answers.
    BROADCAST = 2
    #: Waits until there is room, and leaves some to answers: a clip was waited for anyway.
    CLIP = 3
    #: Waits until there is room.
    ANSWER = 4
    #: Waits until there is room, behind answers and clips: what somebody asks for who has ordered nothing by it.
    LOOKUP = 5
