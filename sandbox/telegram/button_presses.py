"""A person's presses of buttons, and what the bot answered to each."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.telegram.chats import Message, User
from sandbox.telegram.errors import BadRequest

ANSWER_CHARACTERS = 200
#: What a press may open, games apart: a bot's private chat with a parameter.
START_LINK = re.compile(r"(https?://)?(t\.me|telegram\.me)/\w+\?start=|tg://resolve\?domain=\w+&start=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person saw after a press: a passing note, an alert, or nothing when the text is empty."""

    text: str = ""
    is_alert: bool = False
    url: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Press:
    """One press of a callback button; `answer` is None until the bot has answered."""

    id: str
    user: User
    message: Message
    data: str
    at: datetime
    answer: Answer | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, *, timeout: float = 30) -> Answer:  # noqa: ASYNC109 (tests say how long they wait)
        """Waits until the bot has answered.

        Raises:
            TimeoutError: The bot left the person with a spinning button.
        """
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        if self.answer is None:
            raise TimeoutError
        return self.answer

    def settle(self, answer: Answer) -> None:
        self.answer = answer
        self._answered.set()


class Presses:
    """Every press, answerable once and for a while."""

    def __init__(self, *, lifetime: timedelta) -> None:
        self.lifetime = lifetime
        self.by_id: dict[str, Press] = {}

    def add(self, press: Press) -> None:
        self.by_id[press.id] = press

    def answer(self, press_id: str, answer: Answer, *, now: datetime) -> Press:
        """Settles a press (Bot API: answerCallbackQuery).

        Raises:
            BadRequest: Unknown, answered before, or too late; or an answer too long.
        """
        press = self.by_id.get(press_id)
        if press is None or press.answer is not None or now - press.at > self.lifetime:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        if len(answer.text) > ANSWER_CHARACTERS:
            raise BadRequest("MESSAGE_TOO_LONG")
        if answer.url and not START_LINK.match(answer.url):
            raise BadRequest("URL_INVALID")
        press.settle(answer)
        return press
