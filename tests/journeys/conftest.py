"""What every journey starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.town import Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where clips are kept for all journeys, also those of the run's other processes."""
    folder = tmp_path_factory.getbasetemp()
    if folder.name.startswith("popen-"):  # pytest-xdist: each process has a folder of its own below the run's
        folder = folder.parent
    folder /= "clips"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(name="town")
async def _town(tmp_path: Path, clips: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, clips=clips) as opened:
        yield opened
