"""What every journey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.sandbox import Sandbox, sandbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.media.processes import MediaProcesses


@pytest.fixture(name="sandbox")
async def _town(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with sandbox(tmp_path, clips=clips, database=fresh_database, media=media) as opened:
        yield opened
