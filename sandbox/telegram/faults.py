"""Makes the local Bot API server fail on demand, before or after a call took effect."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.serving import HangUp
from sandbox.telegram.chats import Chat
from sandbox.telegram.errors import TooManyRequests

ANY_METHOD = "*"
#: The name under which downloads of files can fail, for they are no method.
DOWNLOAD = "download"


class FaultKind(StrEnum):
    """The ways a call can go wrong; all but the …_AFTER ones stop it from taking effect."""

    #: Nothing goes wrong.
    NONE = "none"
    #: 429 with `retry_after`.
    FLOOD = "flood"
    #: An HTML page with `status`, as gateways send.
    HTML = "html"
    #: JSON with `status` and a plain description, such as a 401 on getUpdates, or the fault's `words`.
    REFUSED = "refused"
    #: The connection closes and nothing has happened.
    LOST_BEFORE = "lost before"
    #: The connection closes although all has happened.
    LOST_AFTER = "lost after"
    #: `seconds` pass, then it happens. (It still takes effect.)
    SLOW_BEFORE = "slow before"
    #: It happens, the answer comes `seconds` later.
    SLOW_AFTER = "slow after"
    #: Nothing happens until the fault is released. (Then it takes effect.)
    HOLD_BEFORE = "hold before"
    #: It happens; the answer comes once the fault is released.
    HOLD_AFTER = "hold after"


STATUS_TEXTS = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """One thing to go wrong: with which method, in which chat (any), after how many good calls, how often."""

    method: str
    kind: FaultKind
    chat: Chat | None = None
    skip: int = 0
    times: int = 1
    retry_after: int = 1
    status: int = 502
    words: str = ""
    seconds: float = 1.0
    #: How many calls it has met so far.
    hits: int = 0
    _struck: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def struck(self, *, timeout: float = 30) -> None:  # noqa: ASYNC109 (tests say how long they wait)
        """Waits until it has met a call; for a HOLD_AFTER, until that call has taken effect.

        Raises:
            TimeoutError: No such call came.
        """
        async with asyncio.timeout(timeout):
            await self._struck.wait()

    def release(self) -> None:
        """Lets held calls go on, and those to come."""
        self._released.set()

    def concerns(self, method: str, chat_id: int | None) -> bool:
        is_method = self.method in {ANY_METHOD, method} or self.method.lower() == method.lower()
        return is_method and (self.chat is None or self.chat.id == chat_id)

    async def before(self) -> Response | None:
        """What comes instead of the call's effect; None lets it happen.

        Raises:
            TooManyRequests: For a flood.
        """
        if self.kind not in {FaultKind.HOLD_AFTER, FaultKind.SLOW_AFTER, FaultKind.LOST_AFTER}:
            self._struck.set()
        match self.kind:
            case FaultKind.FLOOD:
                raise TooManyRequests(self.retry_after)
            case FaultKind.HTML:
                page = f"<html><head><title>{self.status}</title></head><body>nginx</body></html>"
                return HTMLResponse(page, status_code=self.status)
            case FaultKind.REFUSED:
                text = self.words or STATUS_TEXTS.get(self.status, "Internal Server Error")
                body = {"ok": False, "error_code": self.status, "description": text}
                return JSONResponse(body, status_code=self.status)
            case FaultKind.LOST_BEFORE:
                return HangUp()
            case FaultKind.SLOW_BEFORE:
                await asyncio.sleep(self.seconds)
            case FaultKind.HOLD_BEFORE:
                await self._released.wait()
            case _:
                pass
        return None

    async def after(self) -> Response | None:
        """What comes instead of the answer, now that the call took effect; None lets it out."""
        self._struck.set()
        match self.kind:
            case FaultKind.LOST_AFTER:
                return HangUp()
            case FaultKind.SLOW_AFTER:
                await asyncio.sleep(self.seconds)
            case FaultKind.HOLD_AFTER:
                await self._released.wait()
            case _:
                pass
        return None


class Faults:
    """The faults that are waiting for their calls; of several that fit, the first added meets the call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Takes a fault back and lets go what it holds."""
        self._waiting = [other for other in self._waiting if other is not fault]
        fault.release()

    def clear(self) -> None:
        for fault in list(self._waiting):
            self.remove(fault)

    def take(self, method: str, chat_id: int | None) -> Fault:
        """The fault that meets this call, which may be none."""
        fitting = [fault for fault in self._waiting if fault.concerns(method, chat_id)]
        fault = _first_due(fitting)
        if fault is None:
            return Fault(method=method, kind=FaultKind.NONE)
        fault.hits += 1
        if fault.hits >= fault.times:
            self._waiting.remove(fault)
        return fault


def _first_due(fitting: Iterable[Fault]) -> Fault | None:
    """Counts a good call down on those that skip, until one is due."""
    for fault in fitting:
        if fault.skip == 0:
            return fault
        fault.skip -= 1
    return None
