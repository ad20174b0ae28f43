"""The certificates we trust, read from disk once for all connections: reading takes longer than many a download."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl


@cache
def trusted_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()
