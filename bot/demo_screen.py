"""Shows a conversation in the terminal while it happens; line by line where the output is no terminal."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from rich.align import Align
from rich.console import Group
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from sandbox.telegram_events import EventKind

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console, RenderableType

    from sandbox.chats import Chat, Message
    from sandbox.telegram import TelegramSandbox
    from sandbox.telegram_events import Event

_WIDTH = 64
_ACTIONS = {"upload_video": "Reelbot is sending a video…"}


class Screen:
    """A messenger's window: one's own messages on the right, the bot's on the left, edits in place."""

    def __init__(self, console: Console, telegram: TelegramSandbox, chat: Chat) -> None:
        self._console = console
        self._telegram = telegram
        self._chat = chat
        self._action = ""
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="visible")
        self._tasks = asyncio.TaskGroup()
        self._events = telegram.events()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        if self._console.is_terminal:
            self._live.start()
        self._showing = self._tasks.create_task(self._show())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._events.queue.empty():
            self._on_event(self._events.queue.get_nowait())
        self._showing.cancel()
        await self._tasks.__aexit__(kind, error, trace)
        self._live.stop()

    async def _show(self) -> None:
        async for event in self._events:
            self._on_event(event)

    def _on_event(self, event: Event) -> None:
        self._action = _ACTIONS.get(event.detail, "") if event.kind is EventKind.CHAT_ACTION else ""
        if self._console.is_terminal:
            self._live.update(self._conversation(), refresh=True)
        elif event.message is not None and event.kind in {EventKind.SENT, EventKind.EDITED}:
            self._console.print(_line(event.message, edited=event.kind is EventKind.EDITED))

    def _conversation(self) -> RenderableType:
        bubbles = [_bubble(message) for message in self._telegram.messages(self._chat)]
        return Group(*bubbles, Text(self._action, style="dim italic"))


def _bubble(message: Message) -> RenderableType:
    own = not message.sender_is_bot
    words: list[RenderableType] = [Text(_shown(message))]
    words += [
        Text("  ".join(f"[ {button.text} ]" for button in row), style="cyan") for row in message.buttons
    ]
    panel = Panel(
        Group(*words),
        title=message.sender.first_name,
        title_align="right" if own else "left",
        border_style="green" if own else "blue",
        width=_WIDTH,
    )
    return Align.right(panel) if own else Align.left(panel)


def _line(message: Message, *, edited: bool) -> Text:
    arrow = "≈" if edited else "▸"
    return Text(f"{message.sender.first_name} {arrow} " + _shown(message).replace("\n", "\n    "))


def _shown(message: Message) -> str:
    """Return a message's words, with what stands for its media before them."""
    clip = message.video or message.animation
    if clip is not None:
        return f"▶ video, {clip.width}×{clip.height}, {clip.duration} s\n{message.words}"
    if message.photo or message.document is not None:
        return f"🖼 photo\n{message.words}"
    return message.words
