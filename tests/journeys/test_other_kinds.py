"""Whatever people send in private that is neither words nor a photo: they are told what can be done with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.journeys.buttons import labels
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, serving
from tests.journeys.test_replies_to_pictures import STILL, file, moving, orders, sticker

pytestmark = pytest.mark.asyncio(loop_scope="module")

USE = "🖼 Use its picture"
SHARPER = "\nA screenshot sent as a photo is usually sharper."
CHARACTER = "\nTo let somebody from a clip appear in your videos, see /character."
SCREENSHOT = "\nTake a screenshot of the moment you want and send it as a photo."
OFFERED = {
    "sticker": "🖼 A sticker can become a video.",
    "animation": "🎞 I cannot change GIFs, but the picture you see can become a new video." + SHARPER,
    "video": "🎬 I cannot change your own clips, but the picture you see can become a new video."
    + SHARPER
    + CHARACTER,
    "video_note": "🎬 I cannot change video messages, but the picture you see can become a new video."
    + SHARPER,
}
PLACE = {"latitude": 48.1, "longitude": 11.6}
TOLD: dict[str, tuple[dict[str, Any], str]] = {
    "a location": (
        {"location": PLACE},
        "📍 I cannot look up places. Describe the place, or send a photo of it.",
    ),
    "a venue": (
        {"location": PLACE, "venue": {"location": PLACE, "title": "Pier", "address": "1"}},
        "📍 I cannot look up places. Describe the place, or send a photo of it.",
    ),
    "a contact": (
        {"contact": {"phone_number": "1", "first_name": "Bo"}},
        "👤 I cannot use contacts. Please write what the video should show.",
    ),
    "a die": (
        {"dice": {"emoji": "🎲", "value": 6}},
        "🎲 Good luck! For a video, write what it should show, or send a photo.",
    ),
    "a game": (
        {"game": {"title": "Chess", "description": "", "photo": []}},
        "I make videos from descriptions and photos. Write what it should show, or send a photo. /help shows how.",
    ),
}


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    async with opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox:
        sandbox.video_api.hold = True
        async with serving(sandbox, daily_allowance=50, max_rendering_per_user=50, max_rendering=50):
            yield sandbox


def shown(sandbox: Sandbox, kind: str) -> dict[str, Any]:
    return sticker(sandbox) if kind == "sticker" else moving(sandbox, kind)


@pytest.mark.parametrize("kind", OFFERED)
async def test_what_shows_a_picture_becomes_a_video_by_a_press_and_words(kind: str, sandbox: Sandbox) -> None:
    people, before = sandbox.telegram, len(sandbox.video_api.orders)
    offer = await next_answer(sandbox, people.send_raw(sandbox.chat, sandbox.person, shown(sandbox, kind)))
    said, offered = offer.words, labels(offer)
    for _ in range(2):
        await people.press(sandbox.person, offer, USE).answered()
    question = await next_answer(sandbox, offer)
    people.say(sandbox.chat, sandbox.person, "dance", reply_to=question)
    assert (await orders(sandbox, before + 1))[before:] == [("dance", (1280, 720))]
    assert (said, offered) == (OFFERED[kind], [[USE]])
    assert question.words.startswith("🖼 ")
    questions = [message for message in sandbox.bot_messages() if message.reply_to is offer]
    assert len(questions) == 1


async def test_a_clip_with_words_shows_the_card_of_its_picture(sandbox: Sandbox) -> None:
    people, before = sandbox.telegram, len(sandbox.video_api.orders)
    command = {"type": "bot_command", "offset": 0, "length": 6}
    captions: list[dict[str, Any]] = [
        {"caption": "dance"},
        {"caption": "/video dance", "caption_entities": [command]},
    ]
    for caption in captions:
        fields = moving(sandbox, "video") | caption
        card = await next_answer(sandbox, people.send_raw(sandbox.chat, sandbox.person, fields))
        assert card.words.startswith(STILL)
    assert len(sandbox.video_api.orders) == before


async def test_what_shows_no_picture_is_told_how_to_go_on(sandbox: Sandbox) -> None:
    people = sandbox.telegram
    clip = {"video": file(sandbox, b"x", ".mp4") | {"width": 1, "height": 1, "duration": 3}}
    voice = {"voice": file(sandbox, b"x", ".ogg") | {"duration": 3}}
    song = {"audio": file(sandbox, b"x", ".mp3") | {"duration": 3}}
    sent = {
        **TOLD,
        "a clip without a picture": (clip, "🎬 I cannot change your own clips." + SCREENSHOT),
        "a sticker that moves": (
            sticker(sandbox, moves=True),
            "🖼 I cannot see this sticker well enough to use it." + SCREENSHOT,
        ),
        "a voice message": (
            voice,
            "🎤 I cannot listen to voice messages. Please write what the video should show.",
        ),
        "music": (song, "🎵 I cannot use music or recordings. Please write what the video should show."),
    }
    said = {
        name: (await next_answer(sandbox, people.send_raw(sandbox.chat, sandbox.person, fields))).words
        for name, (fields, _) in sent.items()
    }
    assert said == {name: words for name, (_, words) in sent.items()}


async def test_in_a_group_nothing_of_it_is_answered(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    for kind in OFFERED:
        sandbox.telegram.send_raw(group, sandbox.person, shown(sandbox, kind))
    heard = sandbox.ask(group, "/help@reelbot_bot")
    await next_answer(sandbox, heard)
    assert [
        message for message in sandbox.telegram.messages(group) if message.reply_to not in {None, heard}
    ] == []
