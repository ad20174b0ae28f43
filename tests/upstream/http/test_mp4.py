"""MP4: a whole file is told from one cut at any byte."""

import io
import struct

import pytest

from upstream.http import mp4


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
    "zeros behind it": (FTYP + MOOV + MDAT + b"\0" * 20, True),
    "rubbish behind it": (FTYP + MDAT + MOOV + b"rubbish of some length", True),
    "a few bytes behind it": (FTYP + MOOV + MDAT + b"\0\0\0", True),
    "rubbish behind fragments": (FTYP + MOOV + box(b"moof") + MDAT + b"\0\0\0", False),
    "second media cut short": (FTYP + MOOV + MDAT + MDAT[:-1], False),
    "a fragment cut short": (FTYP + MOOV + MDAT + box(b"moof", b"f" * 9)[:-1], False),
    "no index": (FTYP + MDAT, False),
    "no media": (FTYP + MOOV, False),
    "large box without its size": (FTYP + MOOV + struct.pack(">I4s", 1, b"mdat") + b"v", False),
    "boxes without end": (box(b"free") * 100_001 + FTYP + MOOV + MDAT, False),
    "empty": (b"", False),
}


@pytest.mark.parametrize(("content", "expected"), FILES.values(), ids=FILES)
def test_a_file_is_whole_if_its_boxes_are(content: bytes, expected: bool) -> None:  # noqa: FBT001 - a table
    assert mp4.is_whole(io.BytesIO(content), len(content)) is expected


@pytest.mark.parametrize("whole", [FTYP + MDAT + MOOV, FTYP + MOOV + MDAT], ids=["index last", "index first"])
def test_a_file_cut_anywhere_is_not_whole(whole: bytes) -> None:
    verdicts = {mp4.is_whole(io.BytesIO(whole[:length]), length) for length in range(len(whole))}
    assert verdicts == {False}


def test_what_lies_behind_the_film_and_what_pads_it_is_counted() -> None:
    content = FTYP + box(b"free", b"p" * 4) + MOOV + MDAT + b"rubbish of some length"
    layout = mp4.read_layout(io.BytesIO(content), len(content))
    assert layout == mp4.Layout(
        kinds=(b"ftyp", b"free", b"moov", b"mdat"), padding_bytes=12, trailing_bytes=22, is_cut_short=False
    )


STARTS = {
    "mp4": (FTYP, True),
    "page": (b"<!doctype html>", False),
    "JSON": (b'{"error": 1}', False),
    "empty": (b"", False),
}


@pytest.mark.parametrize(("start", "expected"), STARTS.values(), ids=STARTS)
def test_an_mp4_is_known_by_its_first_bytes(start: bytes, expected: bool) -> None:  # noqa: FBT001 - a table
    assert mp4.begins(start) is expected
