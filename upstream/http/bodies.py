"""Reads the bodies of answers in small pieces, and undoes one encoding at most: nothing grows before it is measured.

httpx would undo every layer of Content-Encoding at once, and make gigabytes of a few kilobytes before anybody looks.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from typing import Final

import httpx

LARGEST_PIECE: Final = 1 << 18
#: We ask for none; some servers compress all the same, and the answer to an order has to be read.
_ENCODINGS: Final = frozenset({"gzip", "x-gzip", "deflate"})
#: zlib: told by its first bytes whether it is gzip's format or zlib's own.
_EITHER_FORMAT: Final = 32 + zlib.MAX_WBITS


def is_encoded(response: httpx.Response) -> bool:
    """Return whether the body's bytes are others than the resource's, so that no position in it means anything."""
    return _encoding(response) not in {"", "identity"}


async def pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    """Yield the body, decoded, in pieces of at most 256 KiB.

    Raises:
        httpx.HTTPError: The connection broke, or the body is encoded twice, or in another way than its headers say.
    """
    if not is_encoded(response):
        async for chunk in response.aiter_raw():
            yield chunk
        return
    if _encoding(response) not in _ENCODINGS:
        raise httpx.DecodingError("the body is encoded in a way that nobody asked for")
    inflating = zlib.decompressobj(_EITHER_FORMAT)
    try:
        async for chunk in response.aiter_raw():
            left = chunk
            while left:
                yield inflating.decompress(left, LARGEST_PIECE)
                left = inflating.unconsumed_tail
            if inflating.eof:
                return
        yield inflating.flush()
    except zlib.error as exc:
        raise httpx.DecodingError("the body is not encoded as its headers say") from exc


def _encoding(response: httpx.Response) -> str:
    return str(response.headers.get("content-encoding", "")).strip().lower()
