"""The certificates we trust, read from disk once for all connections: reading takes longer than many a download."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()
