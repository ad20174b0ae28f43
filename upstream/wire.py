"""Reads the JSON of video APIs: one object, written differently by every relay, into ours."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from upstream import wording
from upstream.provider import VideoStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Json = dict[str, Any]

STATUSES: Final[Mapping[str, VideoStatus]] = {
    word: status
    for status, words in {
        VideoStatus.QUEUED: "queued pending submitted not_start notstart notstarted not_started preparing unknown"
        " created starting queueing in_queue waiting",
        VideoStatus.RENDERING: "in_progress processing running generating rendering",
        VideoStatus.COMPLETED: "completed complete success succeeded succeed finished done",
        VideoStatus.FAILED: "failed failure fail error cancelled canceled expired rejected timeout",
    }.items()
    for word in words.split()
}
"""What the APIs say (lower case, words joined by `_`) in our words; anything else that is said means rendering."""

_NESTED = ("data", "detail", "metadata", "result", "task_result", "pending_info", "output")
_ID_KEYS = ("id", "task_id", "video_id")
_STATUS_KEYS = ("status", "task_status", "state")
_PROGRESS_KEYS = ("progress", "progress_pct")
_EXPIRY_KEYS = ("expires_at",)
# Old relays write the address of a finished video where the reason of a failed one stands.
_URL_KEYS = (
    "video_url",
    "url",
    "result_url",
    "content_url",
    "output",
    "videos",
    "generations",
    "fail_reason",
)
_ERROR_KEYS = ("error", "fail_reason", "failure_reason", "task_status_msg")
_MESSAGE_KEYS = ("message", "message_zh", "msg", "detail", "reason", "error")
_CODE_KEYS = ("code", "type")
_CODES_OF_SUCCESS = frozenset({"0", "200", "ok", "success"})
_DEEPEST = 5
_LONGEST_ID = 256
_FIRST_MILLISECOND = 100_000_000_000
_WORD_GAP = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What an API says is wrong: its code (`content_policy_violation`, `400`) and message, both possibly empty."""

    code: str = ""
    message: str = ""

    @property
    def detail(self) -> str:
        """The message, cleaned for people."""
        return wording.clean(self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class WireVideo:
    """A video as the API tells it; `status` is None if it tells none, `status_word` is its own word for it."""

    id: str | None
    status: VideoStatus | None
    status_word: str
    progress: int | None
    url: str | None
    complaint: Complaint | None
    expires_at: datetime | None


def parse(body: bytes) -> object:
    """Return the JSON in `body`, or None if it is not JSON."""
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed


def read_video(body: object) -> WireVideo:
    """Read a video out of an answer's JSON; what is missing or makes no sense is None."""
    layers = list(_layers(body))
    word = next(_words(layers, _STATUS_KEYS), "")
    status = STATUSES.get(word, VideoStatus.RENDERING) if word else None
    return WireVideo(
        id=next(_ids(layers), None),
        status=status,
        status_word=word,
        progress=next(filter(_is_told, map(_progress, _values(layers, _PROGRESS_KEYS))), None),
        url=next(filter(None, map(_address, _values(layers, _URL_KEYS))), None),
        complaint=read_complaint(body),
        expires_at=next(filter(None, map(_moment, _values(layers, _EXPIRY_KEYS))), None),
    )


def read_complaint(body: object) -> Complaint | None:
    """Read what is wrong out of an answer's JSON, whatever its shape; None if it complains of nothing."""
    for layer in _layers(body):
        for key in _ERROR_KEYS:
            if complaint := _complaint(layer.get(key)):
                return complaint
    match body:
        case {"code": code} if str(code).lower() in _CODES_OF_SUCCESS:
            return None
        case {"success": False} | {"code": _}:
            return _complaint(body)
        case {"id": _} | {"task_id": _}:
            return None
        case _:
            return _complaint(body)


def _complaint(value: object, depth: int = 0) -> Complaint | None:
    match value:
        case _ if depth > _DEEPEST:
            return None
        case str() if not value.strip() or _address(value):
            return None
        case str():
            inner = _complaint(wording.embedded_json(value), depth + 1)
            return inner or Complaint(message=value.strip())
        case dict():
            return _complaint_in(value, depth)
        case [first, *_]:
            return _complaint(first, depth + 1)
        case _:
            return None


def _complaint_in(value: _Json, depth: int) -> Complaint | None:
    code = next((text for key in _CODE_KEYS if (text := _code(value.get(key)))), "")
    inner = next(
        (found for key in _MESSAGE_KEYS if (found := _complaint(value.get(key), depth + 1))),
        None,
    )
    if inner is None:
        return Complaint(code=code) if code else None
    return Complaint(code=inner.code or code, message=inner.message)


def _code(value: object) -> str:
    match value:
        case bool():
            return ""
        case str() | int():
            code = str(value).strip().lower()
            return "" if code in _CODES_OF_SUCCESS else code
        case _:
            return ""


def _layers(body: object, depth: int = 0) -> Iterator[_Json]:
    """Yield the object and those it is wrapped around, outermost first."""
    if not isinstance(body, dict) or depth > _DEEPEST:
        return
    yield body
    for key in _NESTED:
        yield from _layers(body.get(key), depth + 1)


def _values(layers: list[_Json], keys: tuple[str, ...]) -> Iterator[object]:
    return (layer[key] for key in keys for layer in layers if key in layer)


def _texts(layers: list[_Json], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield what the outermost object says first, for inner ones may be of another kind."""
    return (
        text for layer in layers for key in keys if isinstance(text := layer.get(key), str) and text.strip()
    )


def _ids(layers: list[_Json]) -> Iterator[str]:
    """Yield the ids that are text, then those that are numbers, which are often a database's own."""
    yield from (text for text in _texts(layers, _ID_KEYS) if _is_id(text))
    yield from (str(number) for number in _values(layers, _ID_KEYS) if type(number) is int)


def _words(layers: list[_Json], keys: tuple[str, ...]) -> Iterator[str]:
    return (_WORD_GAP.sub("_", text.strip().lower()) for text in _texts(layers, keys))


def _is_id(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_ID
        and value.isprintable()
        and value.strip(".") != ""
    )


def _is_told(value: object) -> bool:
    return value is not None


def _progress(value: object) -> int | None:
    """Read 67, 67.2, "67", "67%" or the fraction 0.67 as 0..100."""
    match value:
        case bool():
            return None
        case int() | float():
            number = float(value)
        case str():
            number = _number(value.strip().removesuffix("%"))
        case _:
            return None
    if not math.isfinite(number):
        return None
    is_fraction = 0 < number < 1 and not (isinstance(value, str) and value.strip().endswith("%"))
    return min(100, max(0, int(number * 100 if is_fraction else number)))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _address(value: object) -> str | None:
    """Return the address of a web resource, absolute or on the API's own origin, alone or first of several."""
    match value:
        case str() if value.strip().lower().startswith(("https://", "http://")):
            return value.strip()
        case str() if value.startswith("/v1/"):
            return value
        case [first, *_]:
            return _address(first)
        case {"url": inner}:
            return _address(inner)
        case _:
            return None


def _moment(value: object) -> datetime | None:
    """Read seconds or milliseconds since 1970, or ISO 8601; 0 and nonsense are None."""
    match value:
        case bool():
            return None
        case int() | float() if value > 0:
            return _since_1970(value / 1000 if value >= _FIRST_MILLISECOND else value)
        case str() if value.strip().isdecimal():
            return _moment(int(value))
        case str():
            return _iso(value.strip())
        case _:
            return None


def _since_1970(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
