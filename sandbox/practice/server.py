"""The practice chat's server: the page, its files, what happens, and what the page's person does."""

import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.practice import actions as doing
from sandbox.practice import queries as asking
from sandbox.practice.breakages import Breakage, Breakages
from sandbox.practice.view import Json, message_view, places_view, snapshot_view
from sandbox.telegram.chats import Chat
from sandbox.telegram.errors import TelegramApiError
from sandbox.telegram.events import Event, EventKind
from sandbox.telegram.server import TelegramSandbox

STATIC = Path(__file__).parent / "static"
#: What was sent as a file could be a page of its own: nothing but ours runs or is loaded here.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
THIS_MACHINE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?")
Action = Callable[[Request], Awaitable[Json]]


class PracticeChat:
    """A messenger's page for the people of one practice Telegram; serve `app` on a loopback port.

    `breakages` are what they may break around the bot; without any there is no such menu. `is_up` tells whether the bot
    works right now; call `telegram.state.changed_elsewhere` when that, or a row of the menu, has become another.
    """

    def __init__(
        self,
        telegram: TelegramSandbox,
        breakages: Sequence[Breakage] = (),
        *,
        is_up: Callable[[], bool] = lambda: True,
    ) -> None:
        self.telegram = telegram
        self.is_up = is_up
        #: By what a page knows that the chats are others than it has seen.
        self.run = secrets.token_urlsafe(8)
        self.breakages = Breakages(breakages, on_press=telegram.state.changed_elsewhere)
        self.app = Starlette(
            routes=[
                Route("/events", self._on_events),
                Route("/files/{address:path}", self._on_file),
                *(
                    _route(path, partial(action, telegram))
                    for path, action in (asking.ACTIONS | doing.ACTIONS).items()
                ),
                _route("/break", self.breakages.press),
                Mount("/", StaticFiles(directory=STATIC, html=True)),
            ],
            middleware=[Middleware(_Guarded)],
        )

    async def _on_events(self, _request: Request) -> Response:
        return StreamingResponse(feed(self), media_type="text/event-stream")

    async def _on_file(self, request: Request) -> Response:
        """A file of a message, in parts if asked so (RFC 9110: Range); shown if it is to be seen, else saved."""
        file = self.telegram.state.files.at(request.path_params["address"])
        if file is None:
            raise HTTPException(404, "there is no such file")
        if "name" in request.query_params:
            return FileResponse(file.path, filename=request.query_params["name"])
        return FileResponse(file.path)


def _route(path: str, action: Action) -> Route:
    async def run(request: Request) -> Response:
        try:
            return JSONResponse(await action(request))
        except TelegramApiError as refusal:
            raise HTTPException(refusal.status, refusal.description) from refusal
        except LookupError as error:
            raise HTTPException(404, f"Not Found: {error}") from error
        except ValidationError as error:
            raise HTTPException(400, f"Bad Request: {_complaints(error)}") from error
        except ValueError as error:
            raise HTTPException(400, f"Bad Request: {error}") from error

    return Route(path, run, methods=["POST"])


def _is_from_here(headers: Headers) -> bool:
    """Return whether a request names this machine as its host, and comes from our own page or from no page."""
    host = headers.get("host", "")
    return bool(THIS_MACHINE.fullmatch(host)) and headers.get("origin", f"http://{host}") == f"http://{host}"


def _complaints(error: ValidationError) -> str:
    """What is wrong with a body, field by field, or with all of it."""
    return "; ".join(": ".join(map(str, (*problem["loc"][:1], problem["msg"]))) for problem in error.errors())


class _Guarded:
    """Lets nobody in but this machine's own page, and adds the headers that keep other people's files from acting as ours.

    Any page in the same browser can send requests here, and read the answers if its own name leads to this machine.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_from_here(Headers(scope=scope)):
            refusal = PlainTextResponse("Forbidden: this page is for the browser on this machine", 403)
            await refusal(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_guarded)


async def feed(practice: PracticeChat) -> AsyncIterator[str]:
    """Everything there is first, so that a page that lost its connection misses nothing; then every change."""
    telegram = practice.telegram
    events, around = telegram.events(), _around(practice)
    yield _line({"kind": "snapshot", "run": practice.run} | snapshot_view(telegram.state) | around)
    async for event in events:
        if (change := _change(telegram, event)) is not None:
            yield _line(change)
        # Whatever is said may have used up what was to go wrong.
        if (now := _around(practice)) != around:
            around = now
            yield _line({"kind": "around"} | around)


def _around(practice: PracticeChat) -> Json:
    """How it stands around the chats."""
    return {"isUp": practice.is_up(), "breakages": practice.breakages.view()}


def _change(telegram: TelegramSandbox, event: Event) -> Json | None:
    match event:
        case Event(kind=EventKind.OPENED | EventKind.ELSEWHERE):
            return {"kind": "places"} | places_view(telegram.state)
        case Event(kind=EventKind.CHAT_ACTION, chat=Chat(id=chat_id)):
            return {"kind": "action", "chat": chat_id, "action": event.detail}
        case Event(kind=EventKind.DELETED, message=message) if message is not None:
            return {"kind": "deleted", "chat": message.chat.id, "id": message.id}
        case Event(kind=EventKind.SENT | EventKind.EDITED | EventKind.REACTION, message=message) if (
            message is not None and not message.is_deleted
        ):
            return {"kind": "message", "message": message_view(message)}
        case _:
            return None


def _line(body: Json) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
