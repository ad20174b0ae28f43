"""What people look up through the bot from any chat, and what it offered them (Bot API: InlineQuery)."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.entities import Entity
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import Media
from sandbox.telegram.keyboards import Button

#: How long a query waits for the bot, and for its answer.
LIFETIME = timedelta(seconds=30)
LONGEST_CACHE_SECONDS = 24 * 60 * 60
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class ResultKind(StrEnum):
    """What can be offered; the value is the Bot API's type."""

    #: A video with sound, by its file_id.
    VIDEO = "video"
    #: A clip without sound, by its file_id.
    SILENT_CLIP = "mpeg4_gif"
    #: A title and a text to post.
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineResult:
    """One thing to pick: posts `text` when there is one, else `media` with its caption.

    `entities` belong to whichever of text and caption is posted.
    """

    id: str
    kind: ResultKind
    title: str = ""
    description: str = ""
    media: Media | None = None
    text: str | None = None
    caption: str = ""
    entities: list[Entity] = field(default_factory=list)
    buttons: list[list[Button]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineButton:
    """The button above the results: opens the private chat with `/start start_parameter`."""

    text: str
    start_parameter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """What the bot offered; `cache_time` in seconds, `next_offset` empty when there is no more."""

    results: list[InlineResult]
    next_offset: str = ""
    button: InlineButton | None = None
    cache_time: int = 300
    is_personal: bool = False

    def find(self, result_id: str) -> InlineResult:
        """The result of that id.

        Raises:
            LookupError: None has it.
        """
        for result in self.results:
            if result.id == result_id:
                return result
        shown = [result.id for result in self.results]
        raise LookupError(f"no result {result_id!r} among {shown}")


@dataclass(slots=True, kw_only=True, eq=False)
class InlineQuery:
    """One look-up, typed after the bot's name; `answer` is None until there is one.

    `chat` is where it was typed; `is_cached` when Telegram answered from an earlier answer, without the bot.
    """

    id: str
    user: User
    text: str
    offset: str
    chat: Chat | None
    at: datetime
    answer: InlineAnswer | None = None
    is_cached: bool = False
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, *, timeout: float = 30) -> InlineAnswer:  # noqa: ASYNC109 (tests say how long they wait)
        """Waits until there is an answer.

        Raises:
            TimeoutError: The bot left the person with an empty list.
        """
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        if self.answer is None:
            raise TimeoutError
        return self.answer

    def settle(self, answer: InlineAnswer) -> None:
        self.answer = answer
        self._answered.set()


@dataclass(frozen=True, slots=True)
class _Cached:
    answer: InlineAnswer
    until: datetime


class InlineQueries:
    """Every look-up, answerable once and for a while, and the messages that came of them.

    Args:
        is_on: Whether the bot's owner has switched inline mode on.
        has_feedback: Whether the bot is told of what is picked.
    """

    def __init__(self, *, is_on: bool, has_feedback: bool) -> None:
        self.is_on = is_on
        self.has_feedback = has_feedback
        self.by_id: dict[str, InlineQuery] = {}
        #: By inline_message_id: posted results that have buttons, which the bot may edit wherever they are.
        self.messages: dict[str, Message] = {}
        self._cache: dict[tuple[str, str, int | None], _Cached] = {}

    def add(self, query: InlineQuery) -> None:
        """Keeps a query; answers it at once when the same was answered before and may be told again."""
        self.by_id[query.id] = query
        for audience in (query.user.id, None):
            cached = self._cache.get((query.text, query.offset, audience))
            if cached is not None and query.at < cached.until:
                query.is_cached = True
                query.settle(cached.answer)
                return

    def answer(self, query_id: str, answer: InlineAnswer, *, now: datetime) -> InlineQuery:
        """Settles a query (Bot API: answerInlineQuery).

        Raises:
            BadRequest: Unknown, answered before, or too late.
        """
        query = self.by_id.get(query_id)
        if query is None or query.answer is not None or now - query.at > LIFETIME:
            raise BadRequest(TOO_OLD)
        query.settle(answer)
        audience = query.user.id if answer.is_personal else None
        until = now + timedelta(seconds=answer.cache_time)
        self._cache[query.text, query.offset, audience] = _Cached(answer, until)
        return query

    def name(self, message: Message) -> str:
        """Gives a posted result the id by which the bot may edit it."""
        inline_message_id = "AgAAA" + secrets.token_urlsafe(20)
        message.inline_message_id = inline_message_id
        self.messages[inline_message_id] = message
        return inline_message_id

    def find_message(self, inline_message_id: str) -> Message:
        """The message an edit names.

        Raises:
            BadRequest: There is none, or it was deleted.
        """
        message = self.messages.get(inline_message_id)
        if message is None or message.is_deleted:
            raise BadRequest("MESSAGE_ID_INVALID")
        return message
