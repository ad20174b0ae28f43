"""Shows a conversation in the terminal while it happens; line by line where the output is no terminal."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.events import Event, EventKind
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.faults import Route
from sandbox.video_api.server import VideoApiSandbox

_WINDOW = 80
_BUBBLE = 64
#: So many characters of a message are shown: a conversation has to fit into the window.
_LONGEST = 600
_REFRESH = 0.25  # seconds
_ACTIONS = {"upload_video": "Reelbot is sending a video…"}


class Screen:
    """A messenger's window: one's own messages on the right, the bot's on the left, edits in place.

    Below it stands what the bot asked of the video API.
    """

    def __init__(
        self, console: Console, telegram: TelegramSandbox, chat: Chat, video_api: VideoApiSandbox
    ) -> None:
        self._console = console
        self._telegram = telegram
        self._chat = chat
        self._video_api = video_api
        self._action = ""
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="visible")
        self._tasks = asyncio.TaskGroup()
        self._events = telegram.events()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._beside = [self._tasks.create_task(self._follow())]
        if self._console.is_terminal:
            self._live.start()
            self._beside.append(self._tasks.create_task(self._refresh()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while not self._events.queue.empty():
            self._on_event(self._events.queue.get_nowait())
        for task in self._beside:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)
        if self._console.is_terminal:
            self._action = ""
            self._draw()
            self._live.stop()

    async def _follow(self) -> None:
        async for event in self._events:
            self._on_event(event)

    async def _refresh(self) -> None:
        while True:
            self._draw()
            await asyncio.sleep(_REFRESH)

    def _on_event(self, event: Event) -> None:
        self._action = _ACTIONS.get(event.detail, "") if event.kind is EventKind.CHAT_ACTION else ""
        if self._console.is_terminal:
            self._draw()
        elif event.message is not None and event.kind in {EventKind.SENT, EventKind.EDITED}:
            self._console.print(_line(event.message, edited=event.kind is EventKind.EDITED))

    def _draw(self) -> None:
        bubbles = [_bubble(message) for message in self._telegram.messages(self._chat)]
        beside = Text(self._action or _tally(self._video_api), style="dim italic")
        self._live.update(Constrain(Group(*bubbles, beside), _WINDOW), refresh=True)


def _tally(video_api: VideoApiSandbox) -> str:
    counts = {
        "orders": len(video_api.orders),
        "looks": video_api.requests[Route.RETRIEVE],
        "downloads": len(video_api.downloads),
    }
    return "The video API so far: " + " · ".join(f"{what} {count}" for what, count in counts.items())


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
        width=_BUBBLE,
    )
    return Align.right(panel) if own else Align.left(panel)


def _line(message: Message, *, edited: bool) -> Text:
    arrow = "≈" if edited else "▸"
    return Text(f"{message.sender.first_name} {arrow} " + _shown(message).replace("\n", "\n    "))


def _shown(message: Message) -> str:
    """Return a message's words, with what stands for its media before them."""
    words = message.words if len(message.words) <= _LONGEST else f"{message.words[:_LONGEST]}…"
    clip = message.video or message.animation
    if clip is not None:
        return f"▶ video, {clip.width}×{clip.height}, {clip.duration} s\n{words}"
    if message.photo:
        return f"🖼 photo\n{words}"
    if message.document is not None:
        return f"📎 {message.document.file_name}\n{words}"
    return words
