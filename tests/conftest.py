"""Fixtures of all tests: clips, tables and statements are made once, and garbage is collected rarely."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog
from hypothesis import settings
from playwright.async_api import Browser

from bot.media.processes import MediaProcesses
from storage.database import Database
from tests.browser import chromium
from tests.compiled_once import compile_once
from tests.lasting_media import lasting_media

#: The same examples in every run, and no word about how long one took: that depends on what else runs.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_configure() -> None:
    gc.disable()  # until all tests are found
    # Also where bytecode is not wanted otherwise: a hundred processes would compile the same modules.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compile_once()
    # Drawing tracebacks with colours and frames takes longer than most of the tests that bring one about.
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_collection_finish() -> None:
    # Modules and tests are here to stay: looking through them for garbage is a tenth of what all tests take.
    gc.freeze()
    gc.set_threshold(10_000)  # a look is noted by hypothesis, too
    gc.enable()


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where clips are kept for all tests, also those of the run's other processes."""
    folder = tmp_path_factory.getbasetemp()
    if folder.name.startswith("popen-"):  # pytest-xdist: each process has a folder of its own below the run's
        folder = folder.parent
    folder /= "clips"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database without a row, as the migrations leave it, to be copied: they take longer than most tests."""
    path = tmp_path_factory.mktemp("database") / "fresh.db"
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(_migrated(path))
    return path


@pytest.fixture(scope="session")
def media() -> Iterator[MediaProcesses]:
    """Return a room for whatever is not about its children."""
    with lasting_media() as room:
        yield room


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def _migrated(path: Path) -> None:
    async with Database.open(f"sqlite:///{path}"):
        pass
