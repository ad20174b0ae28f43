"""Helpers of journeys: pictures to send, and a bot that answers fast."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from PIL import Image
from structlog.typing import EventDict

from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.events import EventKind, EventStream
from tests.journeys.sandbox import UNHURRIED, Sandbox

NEWS = ("🔑 ", "💳 ", "🎬 The video API ", "✅ The video API ", "✅ There is credit ")
NOTHING_UNDER_WAY = "You have no videos in progress. /help shows how to begin."
_ORIENTATION = 0x0112  # EXIF 2.32, section 4.6.4


@asynccontextmanager
async def serving(sandbox: Sandbox, **changed: Any) -> AsyncIterator[None]:  # noqa: ANN401 - any of the settings
    """Run the bot inside this process without keeping its answers apart."""
    async with sandbox.bot(limits=UNHURRIED, **changed):
        yield


def picture(
    width: int = 720,
    height: int = 1280,
    *,
    kind: str = "JPEG",
    turned: int | None = None,
    colour: str = "teal",
) -> bytes:
    """Return a picture as a file's bytes; `turned` is what its EXIF says about its orientation."""
    exif = Image.Exif()
    if turned is not None:
        exif[_ORIENTATION] = turned
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, exif=exif)
    return out.getvalue()


def size_of(content: bytes) -> tuple[str | None, int, int]:
    """Return a picture's format, width and height, once it was decoded whole."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image.format, image.width, image.height


async def next_answer(sandbox: Sandbox, said: Message, *, number: int = 1) -> Message:
    """Wait for the bot's answer to a message, or for the `number`th of them."""

    def answer() -> Message | None:
        answers = answers_to(said)
        return answers[number - 1] if len(answers) >= number else None

    return await sandbox.telegram.until(answer)


def answers_to(said: Message) -> list[Message]:
    """Return what answers a message: by quoting it, or in a private chat by standing below it before anything else is said."""
    answers, is_below = list[Message](), False
    for message in said.chat.present():
        if message is said or not message.sender_is_bot:
            is_below = message is said and said.chat.id > 0
        elif message.reply_to is said or (is_below and message.reply_to is None and not _is_news(message)):
            answers.append(message)
    return answers


def _is_news(message: Message) -> bool:
    """Tell whether the bot tells its operators something by itself: that answers nobody."""
    return message.words.startswith(NEWS)


def said_in(sandbox: Sandbox, group: Chat) -> list[Message]:
    """Return what the bot has said in a group, besides its greeting."""
    return [message for message in sandbox.bot_messages(group) if not message.words.startswith("👋")]


def loud(notes: Sequence[EventDict]) -> list[EventDict]:
    """Return what of the bot's log an operator would be woken up by, but for what is said of the settings at a start."""
    alarming = (note for note in notes if note["log_level"] not in {"debug", "info"})
    return [note for note in alarming if not note["event"].startswith("the bot has no admin")]


async def until_gone(sandbox: Sandbox, message: Message) -> None:
    """Wait until a message is deleted."""
    await sandbox.telegram.until(lambda: message.is_deleted)


def seen_actions(events: EventStream, chat: Chat) -> list[str]:
    """Return the chat actions that the stream has seen so far in a chat."""
    everything = [events.queue.get_nowait() for _ in range(events.queue.qsize())]
    return [
        event.detail for event in everything if event.kind is EventKind.CHAT_ACTION and event.chat is chat
    ]


async def until_over(sandbox: Sandbox, chat: Chat) -> None:
    """Wait until nothing of the chat's person is under way any more, as the bot itself says."""
    async with asyncio.timeout(30):
        while True:  # each question takes a turn over the wire, and leaves the bot time to go on
            answer = await next_answer(sandbox, sandbox.ask(chat, "/jobs"))
            if answer.words == NOTHING_UNDER_WAY:
                return
