"""Reads the JSON of video APIs: one object, written differently by every relay, into ours."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from domain import own_words
from domain.money import Money
from upstream.answers import costs, error_text
from upstream.answers.codes import STATUSES
from upstream.api import VideoStatus
from upstream.http.origin import is_part

_Json = dict[str, Any]

_NESTED = (
    "data",
    "detail",
    "metadata",
    "result",
    "task_result",
    "pending_info",
    "output",
    "outputs",
    "video",
)
_ID_KEYS = ("id", "task_id", "video_id", "taskId", "videoId")
# The id of a video with some makers; with others of a request, which they tell beside a code or the video's own id.
_REQUEST_ID_KEY = "request_id"
_STATUS_KEYS = ("status", "task_status", "state")
_PROGRESS_KEYS = ("progress", "progress_pct")
# Old relays write the address of a finished video where the reason of a failed one stands.
_URL_KEYS = (
    "video_url",
    "url",
    "result_url",
    "content_url",
    "output",
    "outputs",
    "video",
    "videos",
    "generations",
    "content",
    "urls",
    "unsigned_urls",
    "fail_reason",
)
_ERROR_KEYS = ("error", "fail_reason", "failure_reason")
# What stands here may also be news of a video that is well.
_NEWS_KEYS = ("task_status_msg", "base_resp")
_MESSAGE_KEYS = ("message", "message_zh", "msg", "status_msg", "detail", "reason", "error")
_CODE_KEYS = ("code", "type")
_PROMPT_KEYS = ("prompt", "orig_prompt", "enhanced_prompt")
_CODES_OF_SUCCESS = frozenset({"0", "200", "ok", "success", "succeed", "succeeded"})
_DEEPEST = 5
# Everything that is told is cut, or is nothing, beyond these lengths, before anybody looks at what it says.
_LONGEST_ID = 4096
_LONGEST_ADDRESS = 8192
_LONGEST_MESSAGE = 4000
_LONGEST_WORD = 100
_LONGEST_NUMBER = 20
_WORD_GAP = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What an API says is wrong: its code (`content_policy_violation`, `400`) and message, both possibly empty.

    `quoted` are texts of ours that the message may quote.
    """

    code: str = ""
    message: str = ""
    quoted: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def words(self) -> str:
        """The API's own words: the message without what it quotes of ours."""
        return own_words.without(self.message, self.quoted)

    @property
    def detail(self) -> str:
        """The message, cleaned for people."""
        return error_text.clean(self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class WireVideo:
    """A video as the API tells it; `status` is None if it tells none, `status_word` is its own word for it.

    `error` is that part of `complaint` which is told in so many words as an error.
    """

    id: str | None
    status: VideoStatus | None
    status_word: str
    progress: int | None
    url: str | None
    complaint: Complaint | None
    error: Complaint | None
    cost: Money | None


def parse(body: bytes) -> object:
    """Return the JSON in `body`, or None if it is not JSON."""
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed


def read_video(body: object, *, prompt: str = "") -> WireVideo:
    """Read a video out of an answer's JSON; what is missing or makes no sense is None.

    `prompt` is what it was asked to be, if that is known: a complaint may quote it.
    """
    layers = list(_layers(body))
    word = next(_words(layers, _STATUS_KEYS), "")
    status = STATUSES.get(word, VideoStatus.RENDERING) if word else None
    return WireVideo(
        id=next(_ids(layers), None),
        status=status,
        status_word=word,
        progress=next(filter(_is_told, map(_progress, _values(layers, _PROGRESS_KEYS))), None),
        url=next(filter(None, map(_address, _values(layers, _URL_KEYS))), None),
        complaint=read_complaint(body, prompt=prompt),
        error=_quoting(_error(layers, _ERROR_KEYS), layers, prompt),
        cost=costs.read(layers),
    )


def names_a_video(layer: _Json) -> bool:
    """Tell whether an object, apart from what is inside of it, is a video: it has an id or a status."""
    return any(layer.get(key) for key in (*_ID_KEYS, *_STATUS_KEYS))


def read_complaint(body: object, *, prompt: str = "") -> Complaint | None:
    """Read what is wrong out of an answer's JSON, whatever its shape; None if it complains of nothing.

    `prompt` is what the API was asked, if that is known; what it says itself of that is noticed, too.
    """
    return _quoting(_complaint_of(body), list(_layers(body)), prompt)


def _quoting(complaint: Complaint | None, layers: list[_Json], prompt: str) -> Complaint | None:
    """Return the complaint with the texts that it may quote: the prompt, and what the answer itself calls so."""
    if complaint is None:
        return None
    return replace(complaint, quoted=tuple(filter(None, (prompt, *_prompts(layers)))))


def _complaint_of(body: object) -> Complaint | None:
    outermost, *inner = layers = list(_layers(body)) or [{}]
    told = _error(layers, _ERROR_KEYS + _NEWS_KEYS)
    told = told or next(filter(None, map(_complaint, filter(_has_code, inner))), None)
    if told is not None:
        return told
    match body:
        case {"code": code} if _is_success(code):
            return None
        case {"success": False} | {"code": _}:
            return _complaint(body)
        case _ if any(key in outermost for key in _ID_KEYS):
            return None
        case _:
            return _complaint(body)


def _prompts(layers: list[_Json]) -> Iterator[str]:
    inputs = [inner for layer in layers if isinstance(inner := layer.get("input"), dict)]
    return _texts([*layers, *inputs], _PROMPT_KEYS)


def _error(layers: list[_Json], keys: tuple[str, ...]) -> Complaint | None:
    return next(filter(None, (_complaint(layer.get(key)) for layer in layers for key in keys)), None)


def _complaint(value: object, depth: int = 0) -> Complaint | None:
    match value:
        case _ if depth > _DEEPEST:
            return None
        case str() if not value.strip() or _is_success(value) or _address(value):
            return None
        case str():
            inner = _complaint(error_text.embedded_json(value), depth + 1)
            return inner or Complaint(message=value.strip()[:_LONGEST_MESSAGE])
        case dict():
            return _complaint_in(value, depth)
        case [first, *_]:
            return _complaint(first, depth + 1)
        case _:
            return None


def _complaint_in(value: _Json, depth: int) -> Complaint | None:
    code = next((text for key in _CODE_KEYS if (text := _code(value.get(key)))), _status_code(value))
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
            return "" if code in _CODES_OF_SUCCESS or len(code) > _LONGEST_WORD else code
        case _:
            return ""


def _status_code(value: _Json) -> str:
    """Return MiniMax's code, told apart from those of others, who mean other things by the same numbers."""
    code = _code(value.get("status_code"))
    return f"status_{code}" if code else ""


def _has_code(layer: _Json) -> bool:
    return bool(_code(layer.get("code")))


def _is_success(value: object) -> bool:
    return isinstance(value, str | int) and str(value).strip().lower() in _CODES_OF_SUCCESS


def _layers(body: object, depth: int = 0) -> Iterator[_Json]:
    """Yield the object and those it is wrapped around, outermost first; of several in a list the first."""
    match body:
        case _ if depth > _DEEPEST:
            return
        case [dict(first), *_]:
            yield from _layers(first, depth + 1)
        case dict():
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
    yield from filter(_is_id, _texts(layers, _ID_KEYS))
    yield from (str(number) for number in _values(layers, _ID_KEYS) if _is_row(number))
    yield from filter(_is_id, _texts([layer for layer in layers if "code" not in layer], (_REQUEST_ID_KEY,)))


def _words(layers: list[_Json], keys: tuple[str, ...]) -> Iterator[str]:
    return (_WORD_GAP.sub("_", text.strip()[:_LONGEST_WORD].lower()) for text in _texts(layers, keys))


def _is_id(text: str) -> bool:
    return len(text) <= _LONGEST_ID and text.isprintable() and is_part(text)


def _is_row(value: object) -> bool:
    return type(value) is int and 0 <= value < 10**_LONGEST_NUMBER


def _is_told(value: object) -> bool:
    return value is not None


def _progress(value: object) -> int | None:
    """Read 67, 67.2, "67", "67%" or the fraction 0.67 as 0..100."""
    match value:
        case bool():
            return None
        case int() | float():
            number = _number(value)
        case str() if len(value) <= _LONGEST_NUMBER:
            number = _number(value.strip().removesuffix("%"))
        case _:
            return None
    if not math.isfinite(number):
        return None
    is_fraction = 0 < number < 1 and not (isinstance(value, str) and value.strip().endswith("%"))
    return min(100, max(0, int(number * 100 if is_fraction else number)))


def _number(value: float | str) -> float:
    try:
        return float(value)
    except (ValueError, OverflowError):
        return math.nan


def _address(value: object, depth: int = 0) -> str | None:
    """Return the address of a web resource, absolute or on the API's own origin, alone or first of several."""
    match value:
        case _ if depth > _DEEPEST:
            return None
        case str():
            return _written_address(value.strip()) if len(value) <= _LONGEST_ADDRESS else None
        case [first, *_]:
            return _address(first, depth + 1)
        case {"url": inner} | {"video_url": inner}:
            return _address(inner, depth + 1)
        case _:
            return None


def _written_address(text: str) -> str | None:
    is_absolute = text[:8].lower().startswith(("https://", "http://"))
    is_route = text.startswith("/") and not text.startswith("//") and "/v1/" in text and " " not in text
    return text if (is_absolute or is_route) and text.isprintable() else None
