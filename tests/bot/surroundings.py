"""Doubles of what the health checks see outside the database, and what admins were told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chat.rate_windows import Limit, RateLimits
from domain.api_status import ApiReport, Balance, listed
from domain.provider import MAIN
from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox
from tests.sora_catalogue import sora_catalogue

EVERYTHING = frozenset(model.api_name for model in sora_catalogue().models.values())
ROOMY: tuple[int, int] | Exception = (10**11, 10**11)
_WIDE = Limit(calls=1000, seconds=0.001, for_progress=1000)
#: Nobody waits between two alerts.
UNHURRIED = RateLimits(overall=_WIDE, chat=_WIDE, group=_WIDE)


class Surroundings:
    """All is well in them until the test changes that."""

    def __init__(self) -> None:
        self.report = ApiReport(balance=Balance(left=Decimal(100)), models=listed(EVERYTHING))
        #: Of the providers beside the main one.
        self.further: dict[str, ApiReport] = {}
        self.space = ROOMY
        #: What the system says of a file that it does not let us write.
        self.disk_problem: str | None = None
        self.inquiries = 0

    async def ask_providers(self) -> Mapping[str, ApiReport]:
        self.inquiries += 1
        return {MAIN: self.report, **self.further}

    def free_space(self) -> tuple[int, int]:
        if isinstance(self.space, Exception):
            raise self.space
        return self.space


def heard(telegram: TelegramSandbox, *chats: Chat) -> list[list[str]]:
    """Return the first lines of what was told in each chat."""
    return [[message.words.splitlines()[0] for message in telegram.messages(chat)] for chat in chats]
