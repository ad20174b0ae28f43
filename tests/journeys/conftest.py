"""Fixtures of all journeys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.media.processes import MediaProcesses
from tests.journeys.sandbox import Sandbox, sandbox


@pytest.fixture(name="sandbox")
async def _sandbox(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with sandbox(tmp_path, clips=clips, database=fresh_database, media=media) as opened:
        yield opened
