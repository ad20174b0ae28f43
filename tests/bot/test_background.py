"""Background tasks may break, and the bot goes on."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.background import surviving


def test_what_breaks_is_logged_with_its_part_and_goes_no_further() -> None:
    with capture_logs() as logs, surviving("reactions"):
        _break()
    assert [(note["log_level"], note["part"]) for note in logs] == [("error", "reactions")]


def test_a_cancellation_gets_through() -> None:
    with pytest.raises(asyncio.CancelledError), surviving("reactions"):
        raise asyncio.CancelledError


def _break() -> None:
    raise RuntimeError("out of eyes")
