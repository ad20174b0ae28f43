"""`reelbot models`: what is known, what is listed, and a catalogue of just that."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from bot.model_list import models
from bot.offers import Offers
from domain.api_status import listed
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue, parse_catalogue
from domain.provider import MAIN, ApiProtocol
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY
from upstream.api import VideoApi
from upstream.openai.client import OpenAIVideos


@pytest.fixture
def video_api() -> VideoApiSandbox:
    return VideoApiSandbox(api_key=KEY)


@pytest.fixture
async def api(video_api: VideoApiSandbox) -> AsyncIterator[VideoApi]:
    async with running(video_api) as origins, OpenAIVideos(origins.api, SecretStr(KEY)) as api:
        yield api


async def printed(
    api: VideoApi, *, write: Path | None = None, known: Catalogue | None = None, own: Path | None = None
) -> str:
    """Return what is printed of a catalogue, the packaged one unless it is told, at an API."""
    page = io.StringIO()
    offers = Offers(known or packaged_catalogue(), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)
    console = Console(file=page, width=200)
    await models(offers, {MAIN: api}, console=console, write=write, own=own, today=lambda: date(2026, 11, 28))
    return page.getvalue()


async def test_listed_models_stand_first_and_the_first_of_them_is_the_default(
    api: VideoApi, video_api: VideoApiSandbox
) -> None:
    listed = await api.list_models()
    assert listed is not None
    lines = [line.split() for line in (await printed(api)).splitlines() if f" {MAIN} " in line]
    answers = ["yes" if "yes" in line else "no" for line in lines]
    assert answers == sorted(answers, reverse=True)
    assert [line[0] for line in lines if line[1] == "*"] == [lines[0][0]]
    assert {line[line.index("yes") - 1] for line in lines if "yes" in line} <= listed.keys()
    assert video_api.orders == []


async def test_an_api_without_a_list_is_believed(api: VideoApi, video_api: VideoApiSandbox) -> None:
    video_api.account.lists_models = False
    page = await printed(api)
    assert "main lists no models; what the catalogue says is believed." in page
    assert "gemini-omni *" in page


async def test_what_is_written_offers_just_what_is_listed(api: VideoApi, tmp_path: Path) -> None:
    written = tmp_path / "models.toml"
    await printed(api, write=written)
    catalogue = parse_catalogue(written.read_text(encoding="utf-8"))
    offers = Offers(catalogue, {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)
    offers.note_listing(MAIN, await api.list_models())
    assert catalogue.models
    assert [offers.now().is_listed(name) for name in catalogue.models] == [True] * len(catalogue.models)


async def test_what_is_written_where_nothing_known_is_listed_has_a_model_to_be_checked(
    api: VideoApi, video_api: VideoApiSandbox, tmp_path: Path
) -> None:
    video_api.account.offered = ("a/new-video", "b/new-video")
    written = tmp_path / "models.toml"
    await printed(api, write=written)
    catalogue = parse_catalogue(written.read_text(encoding="utf-8"))
    assert [(model.name, model.names) for model in catalogue.models.values()] == [
        ("new-video", ("a/new-video",))
    ]


async def test_a_file_that_is_there_is_not_written_over(api: VideoApi, tmp_path: Path) -> None:
    there = tmp_path / "models.toml"
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        await printed(api, write=there)
    assert there.read_text(encoding="utf-8") == "mine"


async def test_what_is_written_beside_an_own_catalogue_starts_from_the_packaged_one(
    api: VideoApi, tmp_path: Path
) -> None:
    own, written = tmp_path / "own.toml", tmp_path / "models.toml"
    own.write_text(
        '[models.mine]\ntitle = "Mine"\nlengths = [5]\nsizes = ["1280x720"]\nprice = 7\nnames = ["sora-2"]\n',
        encoding="utf-8",
    )
    page = await printed(api, write=written, known=parse_catalogue(own.read_text(encoding="utf-8")), own=own)
    said = "It starts from the packaged catalogue: what is your own in"
    assert f"{said} {own} has to be carried over." in " ".join(page.split())
    await printed(api, write=tmp_path / "again.toml")
    assert written.read_text(encoding="utf-8") == (tmp_path / "again.toml").read_text(encoding="utf-8")


async def test_a_name_that_is_markup_or_moves_the_cursor_is_printed_as_text() -> None:
    page = io.StringIO()
    offers = Offers(packaged_catalogue(), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)
    offers.note_listing(MAIN, listed(["jimeng-[/red]", "vidu-\x1b[2J"]))
    console = Console(file=page, width=200)
    await models(offers, {}, console=console, write=None, own=None, today=lambda: date(2026, 11, 28))
    assert "jimeng-[/red]" in page.getvalue()
    assert r"'vidu-\x1b[2J'" in page.getvalue()
    assert "\x1b" not in page.getvalue()
