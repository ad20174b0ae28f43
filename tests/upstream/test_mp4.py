"""MP4: a whole file is told from one cut at any byte."""

import io
import struct

import pytest

from upstream import mp4


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def large_box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body


FTYP, MOOV, MDAT = box(b"ftyp", b"isom" * 3), box(b"moov", b"i" * 20), box(b"mdat", b"v" * 50)
FILES = {
    "index first": (FTYP + MOOV + MDAT, True),
    "index last": (FTYP + MDAT + MOOV, True),
    "fragmented": (FTYP + MOOV + box(b"moof", b"f" * 9) + MDAT, True),
    "large box": (FTYP + MOOV + large_box(b"mdat", b"v" * 50), True),
    "last box to the end": (FTYP + MOOV + struct.pack(">I4s", 0, b"mdat") + b"v" * 50, True),
    "rubbish behind it": (FTYP + MOOV + MDAT + b"\0" * 20, True),
    "no index": (FTYP + MDAT, False),
    "no media": (FTYP + MOOV, False),
    "large box without its size": (FTYP + MOOV + struct.pack(">I4s", 1, b"mdat") + b"v", False),
    "a header cut short behind it": (FTYP + MOOV + MDAT + b"\0\0\0", False),
    "empty": (b"", False),
}


@pytest.mark.parametrize(("content", "expected"), FILES.values(), ids=FILES)
def test_a_file_is_whole_if_its_boxes_are(content: bytes, expected: bool) -> None:  # noqa: FBT001 - a table
    assert mp4.is_whole(io.BytesIO(content), len(content)) is expected


@pytest.mark.parametrize("whole", [FTYP + MDAT + MOOV, FTYP + MOOV + MDAT], ids=["index last", "index first"])
def test_a_file_cut_anywhere_is_not_whole(whole: bytes) -> None:
    verdicts = {mp4.is_whole(io.BytesIO(whole[:length]), length) for length in range(len(whole))}
    assert verdicts == {False}


STARTS = {
    "mp4": (FTYP, True),
    "page": (b"<!doctype html>", False),
    "JSON": (b'{"error": 1}', False),
    "empty": (b"", False),
}


@pytest.mark.parametrize(("start", "expected"), STARTS.values(), ids=STARTS)
def test_an_mp4_is_known_by_its_first_bytes(start: bytes, expected: bool) -> None:  # noqa: FBT001 - a table
    assert mp4.begins(start) is expected
