"""What every journey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.town import Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.media.processes import MediaRoom


@pytest.fixture(name="town")
async def _town(tmp_path: Path, clips: Path, fresh_database: Path, media: MediaRoom) -> AsyncIterator[Town]:
    async with town(tmp_path, clips=clips, database=fresh_database, media=media) as opened:
        yield opened
