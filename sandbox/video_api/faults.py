"""The switches by which the local video API misbehaves as real ones do, once or for ever, on one route."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.notify import Changes


class Route(StrEnum):
    """Where a fault can be."""

    #: `POST /v1/videos`
    CREATE = "create"
    #: `POST /v1/videos/{id}/remix`
    REMIX = "remix"
    #: `GET /v1/videos?idempotency_key=…`
    FIND = "find"
    #: `GET /v1/videos/{id}`
    RETRIEVE = "retrieve"
    #: `GET /v1/videos/{id}/content`
    CONTENT = "content"
    #: The clip itself, on the CDN's origin.
    CDN = "cdn"
    #: `GET /v1/models`
    MODELS = "models"
    #: `GET /v1/dashboard/billing/subscription`
    SUBSCRIPTION = "subscription"
    #: `GET /v1/dashboard/billing/usage`
    USAGE = "usage"


class FaultKind(StrEnum):
    """What goes wrong."""

    # Nothing takes effect: this is answered instead.
    #: 429, with `Retry-After` if the fault says how long.
    RATE_LIMITED = "rate_limited"
    #: A gateway's HTML page with the fault's `status` (502, 504, 524 …).
    GATEWAY_PAGE = "gateway_page"
    #: 500 with an error of the dialect.
    SERVER_ERROR = "server_error"
    #: 503, heavy load.
    OVERLOADED = "overloaded"
    #: An error of the dialect under HTTP 200.
    ERROR_IN_OK = "error_in_ok"
    #: HTTP 200 and no byte.
    EMPTY_BODY = "empty_body"
    #: HTTP 200 and a web page.
    HTML_IN_OK = "html_in_ok"
    #: 401.
    BAD_KEY = "bad_key"
    #: 401, of a key whose own credit is spent.
    KEY_SPENT = "key_spent"
    #: 402.
    PAYMENT_REQUIRED = "payment_required"
    #: 403 `insufficient_user_quota`.
    QUOTA_SPENT = "quota_spent"
    #: 503 `model_not_found`.
    MODEL_GONE = "model_gone"
    #: 400 because of what the prompt says.
    MODERATED = "moderated"
    #: 404, whatever there is.
    NOT_FOUND = "not_found"
    #: 202 with an error body: come back later.
    NOT_READY = "not_ready"
    #: The connection closes once the request was read.
    RESET_BEFORE = "reset_before"
    #: Nothing happens until the test calls `release()`.
    HELD_BEFORE = "held_before"

    # It takes effect, and then its answer goes wrong.
    #: The connection closes instead of an answer.
    RESET_AFTER = "reset_after"
    #: The answer waits until the test calls `release()`; to the client it is lost for as long.
    HELD_AFTER = "held_after"
    #: A gateway's HTML page with the fault's `status` in place of the answer.
    GATEWAY_PAGE_AFTER = "gateway_page_after"
    #: HTTP 200 and no byte in place of the answer.
    EMPTY_BODY_AFTER = "empty_body_after"
    #: The body takes the fault's `seconds`.
    SLOW_BODY = "slow_body"
    #: Half of the body comes, and the connection closes before the Content-Length is reached.
    TRUNCATED = "truncated"
    #: Half of the body comes, and nothing in HTTP shows it.
    TRUNCATED_SILENTLY = "truncated_silently"
    #: The body is compressed, though nobody asked for that.
    COMPRESSED = "compressed"
    #: The body is compressed, and that once more.
    COMPRESSED_TWICE = "compressed_twice"

    # How the answer to an order names the video.
    #: The id has hundreds of characters, as LiteLLM's have.
    LONG_ID = "long_id"
    #: Nothing but a `request_id` is told, as xAI does.
    ID_AS_REQUEST_ID = "id_as_request_id"

    # It takes effect, and the video comes to a bad end.
    #: The video fails when its time comes: moderation.
    MODERATED_LATER = "moderated_later"

    # What a look at a video shows (on RETRIEVE).
    #: Completed, and `video_url` is null.
    NULL_VIDEO_URL = "null_video_url"
    #: In progress at 90 %, though it may be done.
    STUCK_AT_90 = "stuck_at_90"
    #: The status is `expired`.
    EXPIRED = "expired"
    #: A status nobody has heard of.
    UNKNOWN_STATUS = "unknown_status"
    #: Failed, and `error` is a plain string.
    ERROR_AS_TEXT = "error_as_text"
    #: Failed, and `error` is an object.
    FAILED = "failed"
    #: The progress is "67%" whatever it is.
    PERCENT_PROGRESS = "percent_progress"
    #: Times are in milliseconds.
    MILLISECOND_TIMES = "millisecond_times"
    #: Completed, with an error of moderation and no address.
    COMPLETED_BUT_MODERATED = "completed_but_moderated"
    #: A status nobody has heard of, and an error beside it.
    FAILED_IN_OTHER_WORDS = "failed_in_other_words"
    #: `done` when it is completed, and the address in a `video` of its own, as xAI does.
    ADDRESS_IN_VIDEO = "address_in_video"
    #: Completed, and its address is one that needs no key, on the CDN (OpenRouter).
    SIGNED_URL = "signed_url"
    #: The next look is asked for after the fault's `seconds`, in a header.
    POLL_AFTER = "poll_after"

    # How a clip is handed out (on CONTENT).
    #: JSON that says where the clip is.
    CONTENT_AS_JSON = "content_as_json"
    #: 302 to the CDN.
    CONTENT_AS_REDIRECT = "content_as_redirect"


ORDERS = frozenset({Route.CREATE, Route.REMIX})
ACCOUNT_PAGES = frozenset({Route.MODELS, Route.SUBSCRIPTION, Route.USAGE})
JSON_ROUTES = ORDERS | {Route.RETRIEVE}
#: Where a fault can be, if not everywhere.
POSSIBLE_ON: dict[FaultKind, frozenset[Route]] = {
    FaultKind.MODERATED_LATER: ORDERS,
    FaultKind.LONG_ID: ORDERS,
    FaultKind.ID_AS_REQUEST_ID: ORDERS,
    FaultKind.MILLISECOND_TIMES: JSON_ROUTES,
    FaultKind.CONTENT_AS_JSON: frozenset({Route.CONTENT}),
    FaultKind.CONTENT_AS_REDIRECT: frozenset({Route.CONTENT}),
} | dict.fromkeys(
    (
        FaultKind.NULL_VIDEO_URL,
        FaultKind.STUCK_AT_90,
        FaultKind.EXPIRED,
        FaultKind.UNKNOWN_STATUS,
        FaultKind.ERROR_AS_TEXT,
        FaultKind.FAILED,
        FaultKind.PERCENT_PROGRESS,
        FaultKind.COMPLETED_BUT_MODERATED,
        FaultKind.FAILED_IN_OTHER_WORDS,
        FaultKind.ADDRESS_IN_VIDEO,
        FaultKind.SIGNED_URL,
        FaultKind.POLL_AFTER,
    ),
    frozenset({Route.RETRIEVE}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFault:
    """One switch: `kind` goes wrong `on` a route or any of several, the next `times` (None: for ever), for prompts that match.

    `retry_after` is in seconds (429), `status` is a gateway's (5xx page), `seconds` are a slow body's or a pause.
    """

    kind: FaultKind
    on: Route | frozenset[Route]
    times: int | None = 1
    prompt: Callable[[str], bool] = field(default=lambda _prompt: True, repr=False)
    retry_after: int | None = None
    status: int = 502
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if impossible := self.routes - POSSIBLE_ON.get(self.kind, frozenset(Route)):
            raise ValueError(
                f"{self.kind.value} cannot be on {min(impossible)}: nothing there could show it."
            )

    @property
    def routes(self) -> frozenset[Route]:
        return frozenset({self.on}) if isinstance(self.on, Route) else self.on


class VideoFaults:
    """The switches that are on, oldest first; each request is hit by one at most."""

    def __init__(self, changes: Changes) -> None:
        self._left: list[tuple[VideoFault, int | None]] = []
        self._changes = changes
        self._released = asyncio.Event()
        #: How many requests are held at this moment.
        self.held = 0

    def add(self, *faults: VideoFault) -> None:
        self._left.extend((fault, fault.times) for fault in faults)

    def remove(self, fault: VideoFault) -> None:
        """Take a switch back, if it is still on."""
        self._left = [(other, times) for other, times in self._left if other is not fault]

    def is_waiting(self, fault: VideoFault) -> bool:
        """Return whether a switch is still on."""
        return any(other is fault for other, _ in self._left)

    def clear(self) -> None:
        """Everything is well from now on; requests that are held stay so until `release()`."""
        self._left.clear()

    def take(self, on: Route, prompt: str) -> VideoFault | None:
        """The fault that hits this request, used up by one."""
        for position, (fault, times) in enumerate(self._left):
            if on not in fault.routes or not fault.prompt(prompt):
                continue
            if times is not None:
                self._left[position : position + 1] = [(fault, times - 1)] if times > 1 else []
            return fault
        return None

    async def hold(self) -> None:
        """Keep a request until `release()`."""
        released = self._released
        self.held += 1
        self._changes.announce()
        try:
            await released.wait()
        finally:
            self.held -= 1
            self._changes.announce()

    def release(self) -> None:
        """Let go of every request that is held now."""
        self._released.set()
        self._released = asyncio.Event()
