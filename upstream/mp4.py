"""Tells a whole MP4 from one that was cut short, by its boxes (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from typing import IO, Final

LONGEST_START: Final = 8
_HEADER = struct.Struct(">I4s")
_LARGE_SIZE = struct.Struct(">Q")


def begins(start: bytes) -> bool:
    """Return whether a file that starts with these bytes (8 are enough) is an MP4."""
    return start[4:8] == b"ftyp"


def is_whole(file: IO[bytes], length: int) -> bool:
    """Return whether the boxes of an MP4 of `length` bytes are all there, index and media among them."""
    position = 0
    missing = {b"moov", b"mdat"}
    while position < length:
        file.seek(position)
        header = file.read(_HEADER.size + _LARGE_SIZE.size)
        size, kind = _size_and_kind(header, length - position)
        if size < _HEADER.size:
            break
        missing.discard(kind)
        position += size
    return not missing and position <= length


def _size_and_kind(header: bytes, rest: int) -> tuple[int, bytes]:
    """Read a box's header of 8 or 16 bytes; one that is cut short counts as larger than the rest of the file."""
    if len(header) < _HEADER.size:
        return rest + _HEADER.size, b""
    size, kind = _HEADER.unpack_from(header)
    match size:
        case 0:
            return rest, kind
        case 1 if len(header) < _HEADER.size + _LARGE_SIZE.size:
            return rest + _HEADER.size, kind
        case 1:
            return _LARGE_SIZE.unpack_from(header, _HEADER.size)[0], kind
        case _:
            return size, kind
