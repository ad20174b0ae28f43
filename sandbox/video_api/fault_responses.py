"""What each fault of the local video API puts on the wire in place of, or around, the right answer."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.serving import HangUp
from sandbox.video_api import errors as refusals
from sandbox.video_api.body_faults import Compressed, CutShort, SlowBody
from sandbox.video_api.dialects import Body, Wire
from sandbox.video_api.errors import BLOCKED, MODERATION, OUT_OF_INK, Refusal
from sandbox.video_api.faults import FaultKind, VideoFault
from sandbox.video_api.videos import Look, Stage

REFUSALS: dict[FaultKind, Callable[[], Refusal]] = {
    FaultKind.RATE_LIMITED: refusals.rate_limited,
    FaultKind.SERVER_ERROR: refusals.server_error,
    FaultKind.OVERLOADED: refusals.overloaded,
    FaultKind.BAD_KEY: refusals.bad_key,
    FaultKind.KEY_SPENT: refusals.key_spent,
    FaultKind.PAYMENT_REQUIRED: refusals.payment_required,
    FaultKind.QUOTA_SPENT: refusals.quota_spent,
    FaultKind.MODEL_GONE: lambda: refusals.model_gone("sora-2"),
    FaultKind.MODERATED: refusals.moderated,
    FaultKind.NOT_FOUND: lambda: Refusal(404, "not_found", "Not found"),
    FaultKind.NOT_READY: lambda: Refusal(202, "video_not_ready", "Video is not ready yet"),
}


def refusal_for(fault: VideoFault) -> Refusal | None:
    """The refusal that a fault amounts to, if it is one."""
    make = REFUSALS.get(fault.kind)
    return make() if make else None


def answer_instead(fault: VideoFault, wire: Wire) -> Response | None:
    """What is answered in place of any work; None if the fault lets the work be done."""
    match fault.kind:
        case FaultKind.GATEWAY_PAGE:
            return gateway_page(fault.status)
        case FaultKind.ERROR_IN_OK:
            return JSONResponse(wire.refused(refusals.overloaded(), of_content=False))
        case FaultKind.EMPTY_BODY:
            return Response()
        case FaultKind.HTML_IN_OK:
            return HTMLResponse("<!doctype html><title>Welcome</title><p>This is a web page.</p>")
        case FaultKind.RESET_BEFORE:
            return HangUp()
        case _:
            return None


def gateway_page(status: int) -> Response:
    reason = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Origin error"
    page = (
        f"<html><head><title>{status}: {reason}</title></head><body><h1>{status} {reason}</h1></body></html>"
    )
    return HTMLResponse(page, status)


def spoiled(fault: VideoFault, answer: Response) -> Response:
    """The right answer, the way the fault lets it out."""
    spoil = SPOILERS.get(fault.kind)
    return spoil(fault, answer) if spoil else answer


SPOILERS: dict[FaultKind, Callable[[VideoFault, Response], Response]] = {
    FaultKind.RESET_AFTER: lambda _fault, _answer: HangUp(),
    FaultKind.GATEWAY_PAGE_AFTER: lambda fault, _answer: gateway_page(fault.status),
    FaultKind.EMPTY_BODY_AFTER: lambda _fault, _answer: Response(),
    FaultKind.SLOW_BODY: lambda fault, answer: SlowBody(answer, fault.seconds),
    FaultKind.TRUNCATED: lambda _fault, answer: CutShort(answer, openly=True),
    FaultKind.TRUNCATED_SILENTLY: lambda _fault, answer: CutShort(answer, openly=False),
    FaultKind.COMPRESSED: lambda _fault, answer: Compressed(answer, times=1),
    FaultKind.COMPRESSED_TWICE: lambda _fault, answer: Compressed(answer, times=2),
    FaultKind.POLL_AFTER: lambda fault, answer: _asking_for_patience(answer, fault.seconds),
}


def _asking_for_patience(answer: Response, seconds: float) -> Response:
    answer.headers["openai-poll-after-ms"] = str(int(seconds * 1000))
    return answer


def misjudged(fault: VideoFault, look: Look) -> Look:
    """What the fault makes of a look at a video."""
    match fault.kind:
        case FaultKind.NULL_VIDEO_URL:
            return replace(look, url=None)
        case FaultKind.STUCK_AT_90:
            return Look(stage=Stage.RENDERING, progress=90)
        case FaultKind.EXPIRED:
            return Look(stage=Stage.EXPIRED, progress=look.progress)
        case FaultKind.UNKNOWN_STATUS:
            return Look(stage=Stage.UNHEARD_OF, progress=look.progress)
        case FaultKind.COMPLETED_BUT_MODERATED:
            return Look(stage=Stage.COMPLETED, progress=100, problem=BLOCKED)
        case FaultKind.FAILED_IN_OTHER_WORDS:
            return Look(stage=Stage.UNHEARD_OF, progress=look.progress, problem=OUT_OF_INK)
        case FaultKind.FAILED | FaultKind.ERROR_AS_TEXT:
            return Look(stage=Stage.FAILED, progress=0, problem=MODERATION)
        case _:
            return look


def reworded(fault: VideoFault, body: Body) -> Body:
    """The body with the fault's way of writing things, wherever the dialect keeps them."""
    enveloped = body.get("data")
    if isinstance(enveloped, dict):
        return body | {"data": _reworded(fault, enveloped)}
    return _reworded(fault, body)


def _reworded(fault: VideoFault, body: Body) -> Body:
    match fault.kind:
        case FaultKind.STUCK_AT_90:
            return body | {"progress": "90%" if isinstance(body.get("progress"), str) else 90}
        case FaultKind.PERCENT_PROGRESS:
            return body | {"progress": "67%"}
        case FaultKind.ERROR_AS_TEXT if "error" in body:
            return body | {"error": MODERATION.message}
        case FaultKind.ID_AS_REQUEST_ID:
            return {"request_id": body.get("id", body.get("task_id"))}
        case FaultKind.ADDRESS_IN_VIDEO:
            return _in_a_video_of_its_own(body)
        case FaultKind.MILLISECOND_TIMES:
            return {name: _milliseconds(name, value) for name, value in body.items()}
        case _:
            return body


def _in_a_video_of_its_own(body: Body) -> Body:
    url = body.get("video_url") or body.get("result_url")
    return {"status": "done", "video": {"url": url, "duration": 8}} if url else {"status": "pending"}


def _milliseconds(name: str, value: object) -> object:
    is_time = name.endswith(("_at", "_time")) and isinstance(value, int)
    is_in_seconds = is_time and isinstance(value, int) and value < 10**11
    return value * 1000 if is_in_seconds and isinstance(value, int) else value
