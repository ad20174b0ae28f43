"""Keeps what runs beside everything else alive: one part that breaks must not end the bot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)


@contextmanager
def surviving(what: str) -> Iterator[None]:
    """Log whatever breaks in the block, and go on behind it; only a cancellation gets through."""
    try:
        yield
    except Exception:
        log.exception("a part of the bot broke; it goes on", part=what)
