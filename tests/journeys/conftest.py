"""What every journey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.town import Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(name="town")
async def _town(tmp_path: Path, clips: Path, fresh_database: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, clips=clips, database=fresh_database) as opened:
        yield opened
