"""Reads an order off the wire, from a form or from JSON, and keeps it as it came."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as declared
from datetime import datetime

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from sandbox.video_api.errors import invalid
from sandbox.video_api.faults import Route

#: Fields of a form that may come several times.
LISTS = frozenset({"images", "image", "reference_images"})
#: Text parts may be as long as the longest prompt (32 000 characters) in any script, or a picture as a data URL.
LARGEST_TEXT_PART = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedPart:
    """One file of a multipart form."""

    field: str
    filename: str
    content_type: str
    content: bytes = declared(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a POST asks for; not yet an order, for it may be refused.

    `values` are the fields as they stand in JSON; of a form those that hold a JSON object are read, and parts of one
    name are a list. In `fields` everything is text.
    """

    fields: dict[str, str]
    files: list[UploadedPart]
    is_form: bool
    values: Mapping[str, object] = declared(default_factory=dict, repr=False)

    @property
    def prompt(self) -> str:
        return self.fields.get("prompt", "")

    def found(self, path: str) -> object:
        """What stands where a path such as `metadata.first_frame_image` leads; None if nothing does."""
        inner: object = self.values
        for name in path.split("."):
            inner = inner.get(name) if isinstance(inner, Mapping) else None
        return inner


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A POST that took effect: `path` as it was asked for, `headers` in lower case and without Authorization."""

    path: str
    fields: dict[str, str]
    files: list[UploadedPart]
    video_id: str
    at: datetime
    headers: dict[str, str]
    values: Mapping[str, object] = declared(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One request for a clip, by whichever `origin` ("api" or "cdn") it came; `range` as it was asked for."""

    origin: str
    video_id: str
    had_authorization: bool
    range: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything that was asked of the local video API; `requests` counts also what was refused or went wrong."""

    orders: list[Order] = declared(default_factory=list)
    looks: Counter[str] = declared(default_factory=Counter)
    looked_at: defaultdict[str, list[datetime]] = declared(default_factory=lambda: defaultdict(list))
    downloads: list[Download] = declared(default_factory=list)
    requests: Counter[Route] = declared(default_factory=Counter)


async def read_draft(request: Request) -> Draft:
    """Reads multipart/form-data or application/json.

    Raises:
        Refusal: The body is neither, or is broken.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match content_type:
        case "multipart/form-data":
            async with request.form(max_part_size=LARGEST_TEXT_PART) as form:
                return await _draft_of_form(form)
        case "application/json":
            return _draft_of_json(await request.body())
        case _:
            raise invalid(
                f"Unsupported content type '{content_type}': use multipart/form-data or application/json."
            )


async def _draft_of_form(form: FormData) -> Draft:
    values: dict[str, object] = {}
    files: list[UploadedPart] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.append(await _uploaded(name, value))
        elif name not in values:
            values[name] = _object_in(value)
        elif name in LISTS:
            before = values[name]
            values[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            raise invalid(f"The field '{name}' is given twice.", param=name)
    fields = {name: _text(value) for name, value in values.items()}
    return Draft(fields=fields, files=files, is_form=True, values=values)


def _object_in(text: str) -> object:
    """The JSON object that a text part holds, or the text."""
    if not text.startswith("{"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


async def _uploaded(name: str, file: UploadFile) -> UploadedPart:
    return UploadedPart(
        field=name,
        filename=file.filename or "",
        content_type=file.content_type or "application/octet-stream",
        content=await file.read(),
    )


def _draft_of_json(body: bytes) -> Draft:
    try:
        values = json.loads(body)
    except ValueError as exc:
        raise invalid("We could not parse the JSON body of your request.") from exc
    if not isinstance(values, dict):
        raise invalid("The JSON body of your request is not an object.")
    fields = {name: _text(value) for name, value in values.items() if value is not None}
    return Draft(fields=fields, files=[], is_form=False, values=values)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
