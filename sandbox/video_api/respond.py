"""How the local video API comes to an answer: the request's work, unless a fault is switched on that hits it."""

from collections.abc import Callable

from starlette.responses import JSONResponse, Response

from sandbox.notify import Changes
from sandbox.video_api.dialects import Wire
from sandbox.video_api.errors import Refusal
from sandbox.video_api.fault_responses import answer_instead, refusal_for, spoiled
from sandbox.video_api.faults import FaultKind, Route, VideoFault, VideoFaults
from sandbox.video_api.orders import Ledger

Translate = Callable[[Refusal], Refusal]
Work = Callable[[VideoFault | None], Response]


class Answering:
    """Answers requests of one dialect, and counts them; `translate` puts what faults refuse into its own numbers."""

    def __init__(
        self,
        *,
        wire: Wire,
        ledger: Ledger,
        faults: VideoFaults,
        changes: Changes,
        translate: Translate | None = None,
    ) -> None:
        self._wire = wire
        self._ledger = ledger
        self._faults = faults
        self._changes = changes
        self._translate = translate or (lambda refusal: refusal)

    async def answer(self, on: Route, prompt: str, work: Work) -> Response:
        """What the work comes to, unless a fault hits the request."""
        self._ledger.requests[on] += 1
        self._changes.announce()
        fault = self._faults.take(on, prompt)
        if fault is None:
            return work(None)
        if fault.kind is FaultKind.HELD_BEFORE:
            await self._faults.hold()
        if (refusal := refusal_for(fault)) is not None:
            retry = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else None
            body = self._wire.refused(refusal, of_content=on is Route.CONTENT)
            return JSONResponse(body, self._translate(refusal).status, headers=retry)
        if (instead := answer_instead(fault, self._wire)) is not None:
            return instead
        answer = work(fault)
        if fault.kind is FaultKind.HELD_AFTER:
            await self._faults.hold()
        return spoiled(fault, answer)
