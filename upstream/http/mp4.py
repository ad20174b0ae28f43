"""Reads of which boxes an MP4 is built, and so tells a whole one from one cut short (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, Final

LONGEST_START: Final = 8
_HEADER = struct.Struct(">I4s")
_LARGE_SIZE = struct.Struct(">Q")
_PADDING: Final = frozenset({b"free", b"skip", b"wide"})
_NEEDED: Final = frozenset({b"moov", b"mdat"})
_FRAGMENT: Final = b"moof"
#: A long film in fragments has some thousands; whoever writes more wants to keep us busy.
_MOST_BOXES: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The boxes of an MP4 in their order, as far as they are whole."""

    kinds: tuple[bytes, ...]
    #: Bytes in boxes that hold nothing.
    padding_bytes: int
    #: Bytes behind the last whole box.
    trailing_bytes: int
    #: Whether what is behind the last whole box is the beginning of one that the film needs.
    is_cut_short: bool

    @property
    def is_whole(self) -> bool:
        """Whether index and media are all there; bytes behind them that are no box harm no player."""
        return not self.is_cut_short and set(self.kinds) >= _NEEDED


def begins(start: bytes) -> bool:
    """Return whether a file that starts with these bytes (8 are enough) is an MP4."""
    return start[4:8] == b"ftyp"


def read_layout(file: IO[bytes], length: int) -> Layout:
    """Walk the boxes of a file of `length` bytes, without looking into them."""
    kinds: list[bytes] = []
    position = padding = 0
    broken_off = b""
    while position < length and len(kinds) < _MOST_BOXES:
        file.seek(position)
        header = file.read(_HEADER.size + _LARGE_SIZE.size)
        size, kind = _size_and_kind(header, length - position)
        if not _HEADER.size <= size <= length - position:
            broken_off = kind
            break
        kinds.append(kind)
        padding += size if kind in _PADDING else 0
        position += size
    trailing = length - position
    # Behind one fragment more may be missing, whatever the bytes there look like.
    is_cut_short = trailing > 0 and (broken_off in _NEEDED or _FRAGMENT in {broken_off, *kinds})
    return Layout(
        kinds=tuple(kinds), padding_bytes=padding, trailing_bytes=trailing, is_cut_short=is_cut_short
    )


def is_whole(file: IO[bytes], length: int) -> bool:
    """Return whether an MP4 of `length` bytes is all there, index and media."""
    return read_layout(file, length).is_whole


def _size_and_kind(header: bytes, rest: int) -> tuple[int, bytes]:
    """Read a box's header of 8 or 16 bytes; one that is cut short counts as larger than the rest of the file."""
    if len(header) < _HEADER.size:
        return rest + _HEADER.size, b""
    size, kind = _HEADER.unpack_from(header)
    match size:
        case 0 if any(kind):
            return rest, kind
        case 1 if len(header) < _HEADER.size + _LARGE_SIZE.size:
            return rest + _HEADER.size, kind
        case 1:
            return _LARGE_SIZE.unpack_from(header, _HEADER.size)[0], kind
        case _:
            return size, kind
