"""Reacts to each request with an emoji, so that its sender sees that it has arrived; answers go first."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram.constants import ReactionEmoji
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.background import surviving
from chat.urgency import Urgency
from domain.job import Place

#: Whoever asks in a crowd that is larger than this may get no reaction; the answer says it all.
_LONGEST_LINE = 20
_CALM = 0.2  # seconds


class Reactions:
    """Reacts to one request after the other. A chat may allow no reactions, and then there is none."""

    def __init__(self, bot: ExtBot[int]) -> None:
        self._bot = bot
        self._seen: asyncio.Queue[Place] = asyncio.Queue(_LONGEST_LINE)

    def note(self, place: Place) -> None:
        """React soon to the request at this place."""
        with suppress(asyncio.QueueFull):
            self._seen.put_nowait(place)

    async def run(self) -> None:
        """React until cancelled."""
        while True:
            place = await self._seen.get()
            # Who else asks at this moment has waited long enough for an answer.
            await asyncio.sleep(_CALM)
            with surviving("reactions"):
                await self._react(place)

    async def _react(self, place: Place) -> None:
        if place.request_message_id is None:
            return
        with suppress(TelegramError):
            await self._bot.set_message_reaction(
                place.chat_id,
                place.request_message_id,
                ReactionEmoji.EYES,
                rate_limit_args=Urgency.PROGRESS,
            )
