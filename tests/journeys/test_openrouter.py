"""A bot whose videos come from OpenRouter: words and photos become videos, and what goes wrong is told and not charged."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.check import check
from bot.media.processes import MediaProcesses
from bot.providers import read_providers
from bot.settings import read_settings
from domain.catalogue_file import parse_catalogue
from domain.failures import FailureReason
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, PHOTO, UNHURRIED, Ending, Sandbox, sandbox
from tests.journeys.talk import next_answer

CATALOGUE = """
default = "omni"

[models.omni]
api_name = "google/gemini-omni-1.2-flash"
title = "Gemini Omni"
price = { 3 = 1, 5 = 2 }
sizes = ["720x1280", "1280x720"]
photos = 1

[models.veo]
api_name = "google/veo-3.1"
title = "Veo 3.1"
price = { 4 = 1, 5 = 2 }
sizes = ["1280x720"]
photos = 1
"""


@pytest.fixture(name="sandbox")
async def _sandbox(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with sandbox(
        tmp_path, dialect=Dialect.OPENROUTER, clips=clips, database=fresh_database, media=media
    ) as opened:
        opened.settings["VIDEO_API_PROTOCOL"] = "openrouter"
        yield opened


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"catalogue": parse_catalogue(CATALOGUE), "limits": UNHURRIED}


async def test_words_and_a_photo_become_videos(sandbox: Sandbox, settings: dict[str, Any]) -> None:
    words, picture = sandbox.newcomer("words"), sandbox.newcomer("picture")
    async with sandbox.bot(**settings):
        sandbox.ask(words, "/video a kite --landscape")
        sandbox.telegram.send_photo(picture, picture.members[0], PHOTO, caption="the kite rises")
        video = await sandbox.until_video(words)
        await sandbox.until_video(picture)
        await sandbox.until_over(2)

    assert video.video is not None
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 3)
    assert await sandbox.ending(words, "a kite") == Ending()
    assert await sandbox.ending(picture, "the kite rises") == Ending()
    sent = {order.fields["prompt"]: order.fields for order in sandbox.video_api.orders}
    [frame] = json.loads(sent["the kite rises"]["frame_images"])
    assert (frame["frame_type"], frame["image_url"]["url"][:23]) == ("first_frame", "data:image/jpeg;base64,")
    assert (sent["the kite rises"]["resolution"], sent["the kite rises"]["aspect_ratio"]) == ("720p", "9:16")
    assert "frame_images" not in sent["a kite"]


async def test_the_bot_in_a_process_of_its_own_does_the_same(sandbox: Sandbox) -> None:
    models = sandbox.folder / "models.toml"
    models.write_text(CATALOGUE, encoding="utf-8")
    async with sandbox.process(models_file=str(models)):
        sandbox.ask(sandbox.chat, "/video a lighthouse")
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a lighthouse") == Ending()


async def test_a_check_of_the_installation_finds_key_models_and_balance(sandbox: Sandbox) -> None:
    sandbox.video_api.account.balance = Decimal("7.5")
    sandbox.video_api.account.withdrawn.add("google/veo-3.1")
    values = {name.lower(): value for name, value in sandbox.settings.items()}
    lines: list[str] = []
    settings, catalogue = read_settings(_env_file=None, **values), parse_catalogue(CATALOGUE)
    await check(settings, catalogue, read_providers(settings, catalogue), say=lines.append)
    told = [words for words in ("known models, all but veo", "7.50 USD left") if words in "\n".join(lines)]
    assert told == ["known models, all but veo", "7.50 USD left"]


async def test_a_length_that_openrouter_does_not_list_is_not_on_offer(
    sandbox: Sandbox, settings: dict[str, Any]
) -> None:
    async with sandbox.bot(**settings):
        said = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a race --model veo --seconds 5"))
    assert "Veo 3.1 makes videos of 4 s, not of 5 s." in said.words
    assert sandbox.video_api.orders == []


async def test_what_openrouter_refuses_is_told_and_not_charged(
    sandbox: Sandbox, settings: dict[str, Any]
) -> None:
    flagged, unfit, doomed = (sandbox.newcomer(name) for name in ("flagged", "unfit", "doomed"))
    sandbox.video_api.account.lists_models = False
    sandbox.video_api.faults.add(
        VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE, prompt=lambda prompt: prompt == "a fight"),
        VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE, prompt=lambda prompt: prompt == "a star"),
    )
    async with sandbox.bot(**settings):
        sandbox.ask(flagged, "/video a fight")
        sandbox.ask(unfit, "/video a race --model veo --seconds 5")
        sandbox.ask(doomed, "/video a star")
        said = await sandbox.until_said("duration 5 is not supported by google/veo-3.1", unfit)
        await sandbox.until_over(3)

    assert "The video service did not accept this request." in said.words
    for chat, prompt, reason, orders in (
        (flagged, "a fight", FailureReason.MODERATED, 0),
        (unfit, "a race", FailureReason.REFUSED, 0),
        (doomed, "a star", FailureReason.MODERATED, 1),
    ):
        assert await sandbox.ending(chat, prompt) == Ending(
            videos=0, failure=reason, reasons=1, orders=orders, left=ALLOWANCE
        )


async def test_an_empty_balance_holds_orders_until_it_is_filled(
    sandbox: Sandbox, settings: dict[str, Any]
) -> None:
    sandbox.video_api.account.balance = Decimal("0.01")
    waiting = sandbox.newcomer("waiting")
    async with sandbox.bot(admin_ids=str(sandbox.person.id), **settings):
        sandbox.ask(waiting, "/video a kite")
        await sandbox.until_said("The video service is not accepting videos right now.", waiting)
        await sandbox.until_said("💳 Our credit at the video API is used up.")
        sandbox.video_api.account.balance = Decimal(10)
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        await sandbox.telegram.press(sandbox.person, shown, "Try now").answered()
        await sandbox.until_video(waiting)
        await sandbox.until_over(1)

    assert await sandbox.ending(waiting, "a kite") == Ending()
