"""The certificates that we trust, read once for all connections because reading them is slow."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()
