"""Reads a Bot API request's parameters and files from any of its four forms, files straight to disk."""

import contextlib
import json
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from sandbox.telegram.errors import BadRequest, TooLarge

UPLOAD_LIMIT = 50 * 1024 * 1024
#: What a request may hold beside its files.
PARAMETERS_LIMIT = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a request; whoever keeps it moves it away."""

    path: Path
    file_name: str
    mime_type: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@dataclass(slots=True)
class Received:
    """A request's parameters, as text or as the JSON they came as, and its files by field name."""

    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


@asynccontextmanager
async def receiving(request: Request, directory: Path) -> AsyncIterator[Received]:
    """Reads the whole request; files that nobody has moved away are deleted when the block is left.

    Raises:
        TooLarge: More than 50 MB.
        BadRequest: A body that does not parse.
    """
    read = Received(parameters=dict(request.query_params))
    try:
        if int(request.headers.get("content-length", 0)) > UPLOAD_LIMIT + PARAMETERS_LIMIT:
            async for (
                _
            ) in request.stream():  # read to its end, for a client still sending would not see the answer
                pass
            raise TooLarge
        await _read_body(request, read, directory)
        if any(upload.size > UPLOAD_LIMIT for upload in read.files.values()):
            raise TooLarge
        yield read
    finally:
        for upload in read.files.values():
            upload.path.unlink(missing_ok=True)


async def _read_body(request: Request, read: Received, directory: Path) -> None:
    kind, options = parse_options_header(request.headers.get("content-type"))
    match kind:
        case b"multipart/form-data":
            reader = _MultipartReader(options.get(b"boundary", b""), read, directory)
            await reader.read(request)
        case b"application/json":
            body = await request.body()
            read.parameters |= _json_object(body)
        case b"application/x-www-form-urlencoded":
            body = await request.body()
            read.parameters |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        case _ if await request.body():
            raise BadRequest("unsupported content type")
        case _:
            return


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError as exc:
        raise BadRequest("can't parse the request's JSON") from exc
    if not isinstance(parsed, dict):
        raise BadRequest("expected a JSON object")
    return parsed


class _MultipartReader:
    """Feeds a body to the parser chunk by chunk; text parts are kept, file parts go to disk as they come."""

    def __init__(self, boundary: bytes, read: Received, directory: Path) -> None:
        self.read_so_far = read
        self.directory = directory
        self.headers: dict[str, str] = {}
        self.header_name = self.header_value = b""
        self.field_name = ""
        self.text = bytearray()
        self.file: BinaryIO | None = None
        self.is_whole = False
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
        )

    async def read(self, request: Request) -> None:
        with contextlib.ExitStack() as stack:
            stack.callback(self._close_file)
            try:
                async for chunk in request.stream():
                    self.parser.write(chunk)
            except FormParserError as exc:
                raise BadRequest("can't parse the request's multipart body") from exc
        if not self.is_whole:
            raise BadRequest("can't parse the request's multipart body")

    def _on_part_begin(self) -> None:
        self.headers = {}
        self.text = bytearray()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self.header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self.header_value += data[start:end]

    def _on_header_end(self) -> None:
        self.headers[self.header_name.decode().lower()] = self.header_value.decode()
        self.header_name = self.header_value = b""

    def _on_headers_finished(self) -> None:
        _, options = parse_options_header(self.headers.get("content-disposition"))
        self.field_name = options.get(b"name", b"").decode()
        if b"filename" in options:
            descriptor, name = tempfile.mkstemp(dir=self.directory, prefix="upload_")
            self.file = os.fdopen(descriptor, "wb")
            self.read_so_far.files[self.field_name] = Upload(
                path=Path(name),
                file_name=options[b"filename"].decode(),
                mime_type=self.headers.get("content-type", "application/octet-stream"),
            )

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self.file is None:
            self.text += data[start:end]
        else:
            self.file.write(data[start:end])

    def _on_part_end(self) -> None:
        if self.file is None:
            self.read_so_far.parameters[self.field_name] = self.text.decode()
        self._close_file()

    def _on_end(self) -> None:
        self.is_whole = True

    def _close_file(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None
