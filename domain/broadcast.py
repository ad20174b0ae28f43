"""A broadcast: a message that an admin sends to everybody, and what became of it with each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

#: So many people a second get a broadcast at most: a third of what Telegram bears (Bots FAQ, "My bot is hitting
#: limits"), so that answers and videos have the rest.
PEOPLE_PER_SECOND = 10


class Outcome(StrEnum):
    """What became of a broadcast with one person."""

    #: It stands in the person's chat.
    DELIVERED = "delivered"
    #: The person lets us send nothing.
    BLOCKED = "blocked"
    #: Telegram did not take it for this person.
    FAILED = "failed"
    #: The connection broke while it was sent; it is not sent again, for it may stand there.
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """How a broadcast ended."""

    #: Nobody is left.
    COMPLETE = "complete"
    #: An admin stopped it.
    STOPPED = "stopped"
    #: The message cannot be copied any more, most likely because it was deleted.
    MESSAGE_GONE = "message_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A message for everybody, and how far it has got."""

    id: int
    admin_id: int
    #: Where the message stands that is copied: one of ours, for others could edit theirs meanwhile; the card is there too.
    chat_id: int
    message_id: int
    #: The message of ours that shows the broadcast; None until it is known.
    card_message_id: int | None
    language: str
    #: When it was said that it shall go out; nothing is sent before.
    confirmed_at: datetime | None = None
    stopped_at: datetime | None = None
    #: When its report was shown.
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many people a broadcast goes to, by what became of it."""

    delivered: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    unsent: int = 0

    @property
    def sent(self) -> int:
        """To whom it was sent, or tried to be."""
        return self.delivered + self.blocked + self.failed + self.unknown

    @property
    def people(self) -> int:
        return self.sent + self.unsent


def time_to_send(people: int) -> timedelta:
    """Return how long a broadcast to so many people takes if nobody else needs the room."""
    return timedelta(seconds=people / PEOPLE_PER_SECOND)
