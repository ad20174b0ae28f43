"""Tells an open page what happens in the chats, as it happens (HTML Standard: Server-sent events)."""

import json
from collections.abc import AsyncIterator

from sandbox.practice.view import Json, message_view, places_view, snapshot_view
from sandbox.telegram.events import Event, EventKind
from sandbox.telegram.server import TelegramSandbox


async def feed(telegram: TelegramSandbox) -> AsyncIterator[str]:
    """Everything there is first, so that a page that lost its connection misses nothing; then every change."""
    events = telegram.events()
    yield _line({"kind": "snapshot"} | snapshot_view(telegram.state))
    async for event in events:
        if (change := _change(telegram, event)) is not None:
            yield _line(change)


def _change(telegram: TelegramSandbox, event: Event) -> Json | None:
    match event:
        case Event(kind=EventKind.OPENED):
            return {"kind": "places"} | places_view(telegram.state)
        case Event(kind=EventKind.CHAT_ACTION):
            return {"kind": "action", "chat": event.chat.id, "action": event.detail}
        case Event(kind=EventKind.DELETED, message=message) if message is not None:
            return {"kind": "deleted", "chat": event.chat.id, "id": message.id}
        case Event(kind=EventKind.SENT | EventKind.EDITED | EventKind.REACTION, message=message) if (
            message is not None and not message.is_deleted
        ):
            return {"kind": "message", "message": message_view(message)}
        case _:
            return None


def _line(body: Json) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
