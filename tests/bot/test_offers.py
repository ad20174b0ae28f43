"""What is on offer follows what providers list: asked at the start, now and then, and when a model is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.offers import Gone, ListingMemory, OfferRefresh, Offers
from domain.api_status import ListedModel, listed
from domain.catalogue_file import parse_catalogue
from domain.provider import MAIN, ApiProtocol
from domain.request import VideoRequest
from domain.size import Size
from sandbox.video_api.model_ends import ModelEnd
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY
from tests.sora_catalogue import sora_catalogue
from upstream.api import VideoApi
from upstream.openai.client import OpenAIVideos


@pytest.fixture
def video_api() -> VideoApiSandbox:
    return VideoApiSandbox(api_key=KEY)


@pytest.fixture
async def api(video_api: VideoApiSandbox) -> AsyncIterator[VideoApi]:
    async with running(video_api) as origins, OpenAIVideos(origins.api, SecretStr(KEY)) as api:
        yield api


@pytest.fixture
def offers() -> Offers:
    return Offers(sora_catalogue(), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)


async def test_what_is_listed_again_is_told_once(
    video_api: VideoApiSandbox, api: VideoApi, offers: Offers
) -> None:
    back: list[Gone] = []
    news: list[str] = []

    async def on_back(models: Gone) -> None:
        back.append(models)

    refresh = OfferRefresh(offers, {MAIN: api}, on_back=on_back)
    refresh.tell(lambda: news.append("changed"))
    await refresh.look()
    defaults = [offers.now().catalogue.default_model.name]
    video_api.retire("sora-2", ModelEnd.UNLISTED)
    await refresh.look()
    defaults.append(offers.now().catalogue.default_model.name)
    await refresh.look()
    video_api.revive("sora-2")
    await refresh.look()
    defaults.append(offers.now().catalogue.default_model.name)
    assert defaults == ["sora-2", "sora-2-pro", "sora-2"]
    assert back == [frozenset({("sora-2", MAIN)})]
    assert news == ["changed"] * 3


async def test_a_provider_that_does_not_answer_goes_on_with_what_it_listed_last(
    video_api: VideoApiSandbox, api: VideoApi, offers: Offers
) -> None:
    async def on_back(models: Gone) -> None:
        raise AssertionError(models)

    refresh = OfferRefresh(offers, {MAIN: api}, on_back=on_back)
    await refresh.look()
    before = dict(offers.listings)
    video_api.account.key_refused = True
    await refresh.look()
    assert offers.listings == before
    assert MAIN in before


NAMES = """
[models.dream]
title = "Dream"
names = ["dream-2", "dream-1"]
lengths = [5]
sizes = ["1280x720"]
price = 1
"""


def test_a_model_that_is_listed_by_another_of_its_names_is_back() -> None:
    offers = Offers(parse_catalogue(NAMES), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)
    told = [
        offers.note_listing(MAIN, listed(names))
        for names in (["dream-2", "dream-1"], ["dream-1"], ["dream-1"])
    ]
    assert told == [frozenset(), frozenset({("dream", MAIN)}), frozenset()]


def test_a_provider_that_tells_no_list_any_more_is_believed_to_have_what_it_had() -> None:
    offers = Offers(parse_catalogue(NAMES), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)
    offers.note_listing(MAIN, listed(["dream-1"]))
    offers.note_listing(MAIN, None)
    assert [route.name for route in offers.routes_of("dream")] == ["dream-1"]


async def test_what_was_listed_is_known_at_the_next_start(tmp_path: Path) -> None:
    apis = {MAIN: "openai https://one.example ", "second": "openai https://two.example "}
    file = tmp_path / "models.json"
    await ListingMemory(file, apis).save({MAIN: listed(["b", "a"]), "second": None})
    moved = {MAIN: "openai https://elsewhere.example ", "other": apis[MAIN]}
    assert ListingMemory(file, apis).load() == {MAIN: listed(["a", "b"])}
    assert ListingMemory(file, moved).load() == {"other": listed(["a", "b"])}


@pytest.mark.parametrize("content", ["", "[]", "{", '{"openai https://one.example ": 5}', '"x"', "\ud83d"])
def test_a_broken_file_of_lists_is_no_trouble(tmp_path: Path, content: str) -> None:
    file = tmp_path / "models.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert ListingMemory(file, {MAIN: "openai https://one.example "}).load() == {}


@pytest.mark.parametrize(
    ("seconds", "size", "expected"),
    [
        (5, Size(1280, 720), ["main", "second"]),
        (10, Size(1280, 720), ["second"]),
        (5, Size(1920, 1080), ["second"]),
        (10, Size(640, 360), ["main", "second"]),
    ],
    ids=["both", "a longer one", "a larger one", "neither"],
)
def test_an_order_goes_where_its_length_and_size_are_listed(
    seconds: int, size: Size, expected: list[str]
) -> None:
    both = {MAIN: ApiProtocol.OPENAI, "second": ApiProtocol.OPENAI}
    text = NAMES.replace("[5]", "[5, 10]").replace('["1280x720"]', '["1280x720", "1920x1080", "640x360"]')
    offers = Offers(parse_catalogue(text), both, find_gone=frozenset)
    small, large = (5,), (5, 10)
    hd, full_hd = Size(1280, 720), Size(1920, 1080)
    offers.note_listing(MAIN, {"dream-2": ListedModel(name="dream-2", lengths=small, sizes=(hd,))})
    offers.note_listing(
        "second", {"dream-2": ListedModel(name="dream-2", lengths=large, sizes=(hd, full_hd))}
    )
    request = VideoRequest(prompt="a cat", model="dream", seconds=seconds, size=size, price=1)
    assert [route.provider for route in offers.able_routes_of(request)] == expected
