"""Tells a whole MP4 from one that was cut short, by its boxes (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from typing import IO, Final

LONGEST_START: Final = 8
_TO_THE_END = 0
_LARGE = 1
_HEADER = struct.Struct(">I4s")
_LARGE_SIZE = struct.Struct(">Q")


def begins(start: bytes) -> bool:
    """Return whether a file that starts with these bytes (8 are enough) is an MP4."""
    return start[4:8] == b"ftyp"


def is_whole(file: IO[bytes], length: int) -> bool:
    """Return whether the boxes of an MP4 of `length` bytes are all there, its index among them."""
    position, has_index = 0, False
    while position + _HEADER.size <= length:
        file.seek(position)
        size, kind = _HEADER.unpack(file.read(_HEADER.size))
        if size == _LARGE:
            size = _large_size(file.read(_LARGE_SIZE.size))
        elif size == _TO_THE_END:
            size = length - position
        if size < _HEADER.size:
            break
        has_index = has_index or kind == b"moov"
        position += size
    return has_index and position <= length


def _large_size(written: bytes) -> int:
    if len(written) < _LARGE_SIZE.size:
        return 0
    size: int = _LARGE_SIZE.unpack(written)[0]
    return size
