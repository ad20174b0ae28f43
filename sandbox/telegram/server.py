"""A local Bot API server over real HTTP, as strict as Telegram's, with people to play and faults to order."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from sandbox.serving import HangUp, when_gone
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.errors import NotFound, TelegramApiError, TooManyRequests, Unauthorized
from sandbox.telegram.events import EventStream
from sandbox.telegram.faults import DOWNLOAD, Faults
from sandbox.telegram.inline_queries import InlineQueries
from sandbox.telegram.methods.albums import ALBUMS
from sandbox.telegram.methods.chats import CHATS
from sandbox.telegram.methods.copying import COPYING
from sandbox.telegram.methods.deleting import DELETING
from sandbox.telegram.methods.editing import EDITING
from sandbox.telegram.methods.general import ASKING
from sandbox.telegram.methods.inline import INLINE
from sandbox.telegram.methods.profile import PROFILE
from sandbox.telegram.methods.sending import SENDING
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.people import People
from sandbox.telegram.rate_limits import Flood, RateLimits
from sandbox.telegram.state import TelegramState
from sandbox.telegram.transcript import transcript
from sandbox.telegram.uploads import receiving

T = TypeVar("T")

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"  # noqa: S105 (made up, for this server only)
TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")
POLL = "getUpdates"
EVERY_METHOD = ASKING | PROFILE | CHATS | SENDING | ALBUMS | COPYING | EDITING | DELETING | INLINE
METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method) for name, method in EVERY_METHOD.items()
}


@dataclass(slots=True, kw_only=True, eq=False)
class Call:
    """One request to the server. `status` is None while it is under way, and when its connection was lost."""

    method: str
    at: datetime
    #: The same moment by `time.monotonic`, in seconds.
    monotonic: float
    params: dict[str, Any] = field(default_factory=dict)
    chat_id: int | None = None
    status: int | None = None
    error: str | None = None


class TelegramSandbox(People):
    """One bot's Telegram: serve `app`, point a bot at it, and do what people do.

    Args:
        token: The only token the server knows.
        bot_username: Without the @.
        flood: The limits to enforce; None for none.
        slow: Seconds that each answer but getUpdates' takes longer.
        press_lifetime: How long a press can be answered.
        inline_mode: Whether people can look things up through the bot from any chat.
        inline_feedback: Whether the bot is told which result a person picked.
        clock: Aware UTC; dates, expiry and flood limits go by it.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot_username: str = "reelbot_bot",
        flood: RateLimits | None = None,
        slow: float = 0.0,
        press_lifetime: timedelta = timedelta(seconds=150),
        inline_mode: bool = True,
        inline_feedback: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        bot = User(id=int(token.partition(":")[0]), first_name="Reelbot", username=bot_username, is_bot=True)
        super().__init__(
            TelegramState(
                bot=bot,
                clock=clock,
                press_lifetime=press_lifetime,
                inline=InlineQueries(is_on=inline_mode, has_feedback=inline_feedback),
            )
        )
        self.token = token
        self.bot = bot
        self.slow = slow
        self.flood = Flood(flood, clock)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._on_call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{address:path}", self._on_download),
                Route("/{elsewhere:path}", _on_stray),
            ]
        )

    @property
    def repeat_updates(self) -> bool:
        """Whether each update is delivered twice."""
        return self.state.updates.repeat

    @repeat_updates.setter
    def repeat_updates(self, repeat: bool) -> None:
        self.state.updates.repeat = repeat

    def repeat_last_update(self) -> None:
        """Delivers the newest update once more."""
        self.state.updates.repeat_last()

    def inject_update(self, body: dict[str, Any]) -> int:
        """Queues an update just as it is, however broken, and returns its update_id."""
        return self.state.updates.push_raw(body)

    def messages(self, chat: Chat) -> list[Message]:
        """The chat's messages that are not deleted, oldest first."""
        return list(chat.present())

    def commands_for(self, user: User, chat: Chat) -> list[dict[str, str]]:
        """The commands that the person's menu shows in the chat, each with `command` and `description`."""
        return self.state.profile.commands_for(user, chat)

    def transcript(self, chat: Chat) -> str:
        """The conversation for people to read, deleted messages included."""
        return transcript(chat)

    def events(self) -> EventStream:
        """What happens from now on, as an async iterator without an end."""
        return self.state.happenings.stream()

    async def until(self, predicate: Callable[[], T | None], *, timeout: float = 30) -> T:  # noqa: ASYNC109 (see Raises)
        """Waits until `predicate` gives something true and returns that; it is asked again at each change.

        Raises:
            TimeoutError: It never did; the message holds every conversation and the last calls.
        """
        try:
            async with asyncio.timeout(timeout):
                while not (found := predicate()):
                    await self.state.happenings.next()
        except TimeoutError as exc:
            raise TimeoutError(f"not within {timeout} s\n{self._report()}") from exc
        return found

    def _report(self) -> str:
        chats = [transcript(chat) for chat in self.state.chats.by_id.values()]
        calls = [f"{call.method} {call.status} {call.error or ''}" for call in self.calls[-15:]]
        return "\n".join([*chats, "── last calls", *calls])

    async def _on_call(self, request: Request) -> Response:
        name, method = METHODS.get(
            request.path_params["method"].lower(), (request.path_params["method"], None)
        )
        call = self._log(name)
        try:
            self._check_token(request)
            async with receiving(request, self.state.files.directory) as received:
                parameters = Parameters(received)
                call.params = parameters.shown
                call.chat_id = _chat_id(call.params)
                fault = self.faults.take(name, call.chat_id)
                with when_gone(request.scope, self.state.updates.abandon if name == POLL else _carry_on):
                    response = await fault.before() or await self._run(method, parameters, call)
                response = await fault.after() or response
        except TelegramApiError as refusal:
            response = _Refusal(refusal)
        return self._finish(call, response)

    async def _run(self, method: Method | None, parameters: Parameters, call: Call) -> Response:
        if method is None:
            raise NotFound("method not found")
        method.check(call.method, parameters)
        if method.is_message and call.chat_id is not None:
            self.flood.admit(call.chat_id)
        result = await method.run(self.state, parameters)
        self.state.happenings.stir()
        if self.slow and call.method != POLL:
            await asyncio.sleep(self.slow)
        return JSONResponse({"ok": True, "result": result})

    async def _on_download(self, request: Request) -> Response:
        call = self._log(DOWNLOAD)
        call.params = {"address": request.path_params["address"]}
        try:
            self._check_token(request)
            fault = self.faults.take(DOWNLOAD, None)
            response = await fault.before() or self._file(request)
            response = await fault.after() or response
        except TelegramApiError as refusal:
            response = _Refusal(refusal)
        return self._finish(call, response)

    def _file(self, request: Request) -> Response:
        file = self.state.files.at(request.path_params["address"])
        if file is None:
            raise NotFound
        return FileResponse(file.path)

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if token == self.token:
            return
        raise Unauthorized if TOKEN_FORM.fullmatch(token) else NotFound

    def _log(self, method: str) -> Call:
        call = Call(method=method, at=self.state.clock(), monotonic=time.monotonic())
        self.calls.append(call)
        return call

    def _finish(self, call: Call, response: Response) -> Response:
        if isinstance(response, HangUp):
            call.error = "connection lost"
        else:
            call.status = response.status_code
        if isinstance(response, _Refusal):
            call.error = response.description
        elif call.status is not None and call.status >= 400:  # noqa: PLR2004 (HTTP: errors from here on)
            call.error = bytes(response.body).decode()
        self.state.happenings.stir()
        return response


class _Refusal(JSONResponse):
    """A refused call's answer."""

    def __init__(self, refusal: TelegramApiError) -> None:
        self.description = refusal.description
        headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooManyRequests) else None
        super().__init__(refusal.to_json(), status_code=refusal.status, headers=headers)


def _carry_on() -> None:
    """What a server does when the client of any call but a poll is gone: the call takes effect all the same."""


async def _on_stray(_request: Request) -> Response:
    return _Refusal(NotFound())


def _chat_id(params: dict[str, Any]) -> int | None:
    value = str(params.get("chat_id", ""))
    return int(value) if value.removeprefix("-").isdigit() else None
