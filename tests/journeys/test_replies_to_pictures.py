"""Replies to whatever shows a picture: that picture comes alive, or its person is told; never the words alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.entities import find_entities
from sandbox.telegram.files import FileKind
from tests.journeys.buttons import labels
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, picture, serving, size_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

HIDDEN = "Telegram does not show me that picture. Take a screenshot of it, and send it as a photo."
STILL = (
    "🎞 Of videos, GIFs and animated stickers only a still picture is used, here of 320×180 pixels. "
    "A screenshot, sent as a photo, is usually sharper.\n\ndance\n\n"
)
LINK = (
    "🔗 Pictures of links are not used. If you want this one in the video, send it as a photo.\n\ndance\n\n"
)


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them: each has a group of its own."""
    async with opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox:
        sandbox.video_api.hold = True
        async with serving(sandbox, daily_allowance=50, max_rendering_per_user=50, max_rendering=50):
            yield sandbox


@pytest.fixture
def group(sandbox: Sandbox) -> Chat:
    return sandbox.telegram.add_group("Friends", [sandbox.person, sandbox.telegram.add_user("Bo")])


def file(sandbox: Sandbox, content: bytes, suffix: str) -> dict[str, Any]:
    """Let Telegram keep a file, and return how messages name it."""
    stored = sandbox.telegram.state.files.write(content, kind=FileKind.DOCUMENT, suffix=suffix)
    return {"file_id": stored.id, "file_unique_id": stored.unique_id, "file_size": stored.size}


def sticker(sandbox: Sandbox, *, moves: bool = False) -> dict[str, Any]:
    shown = {"type": "regular", "width": 512, "height": 384, "is_animated": moves, "is_video": False}
    return {"sticker": file(sandbox, picture(512, 384, kind="WEBP"), ".webp") | shown}


def thumbnail(sandbox: Sandbox) -> dict[str, Any]:
    return file(sandbox, picture(320, 180), ".jpg") | {"width": 320, "height": 180}


def moving(sandbox: Sandbox, kind: str) -> dict[str, Any]:
    """Return a video, an animation, or a video note, with the still that Telegram shows of it."""
    facts: dict[str, Any] = {"length": 320, "duration": 3}
    if kind != "video_note":
        facts = {"width": 1280, "height": 720, "duration": 3, "mime_type": "video/mp4"}
    shown = {kind: file(sandbox, b"x", ".mp4") | facts | {"thumbnail": thumbnail(sandbox)}}
    # An animation comes as a document, too (Bot API: Message, animation).
    return shown | ({"document": shown[kind]} if kind == "animation" else {})


async def orders(sandbox: Sandbox, number: int) -> list[tuple[object, ...]]:
    """Wait for so many orders, and return their prompts with the sizes of their pictures."""
    await sandbox.telegram.until(lambda: len(sandbox.video_api.orders) >= number)
    return [
        (order.fields["prompt"], *(size_of(part.content)[1:] for part in order.files))
        for order in sandbox.video_api.orders
    ]


async def test_a_sticker_comes_alive_whether_by_a_command_or_a_mention(sandbox: Sandbox, group: Chat) -> None:
    people, before = sandbox.telegram, len(sandbox.video_api.orders)
    shown = people.send_raw(group, sandbox.person, sticker(sandbox))
    for words in ("/video@reelbot_bot dance", "@reelbot_bot dance"):
        await next_answer(sandbox, people.say(group, sandbox.person, words, reply_to=shown))
    assert (await orders(sandbox, before + 2))[before:] == [("dance", (1280, 720))] * 2


async def test_in_private_plain_words_that_reply_to_a_sticker_show_the_card_with_it(sandbox: Sandbox) -> None:
    shown = sandbox.telegram.send_raw(sandbox.chat, sandbox.person, sticker(sandbox))
    card = await next_answer(
        sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "dance", reply_to=shown)
    )
    assert card.words.startswith("dance\n\nSora 2 · 10 s · Landscape · 1 credit")
    assert card.words.endswith("\n🖼 with your photo")


@pytest.mark.parametrize("kind", ["video", "animation", "video_note"])
async def test_of_what_moves_the_still_is_shown_on_a_card_and_ordered_when_that_is_wanted(
    kind: str, sandbox: Sandbox, group: Chat
) -> None:
    people, before = sandbox.telegram, len(sandbox.video_api.orders)
    shown = people.send_raw(group, sandbox.person, moving(sandbox, kind))
    card = await next_answer(
        sandbox, people.say(group, sandbox.person, "/video@reelbot_bot dance", reply_to=shown)
    )
    said, unpaid = card.words, len(sandbox.video_api.orders)
    people.press(sandbox.person, card, "Make it")
    assert (await orders(sandbox, before + 1))[before:] == [("dance", (1280, 720))]
    assert (said.startswith(STILL), unpaid) == (True, before)


async def test_a_photo_of_another_chat_that_is_replied_to_comes_alive(sandbox: Sandbox) -> None:
    before = len(sandbox.video_api.orders)
    words = "/video@reelbot_bot dance"
    elsewhere = {"origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Bo"}}
    fields = {
        "text": words,
        "entities": [entity.to_json() for entity in find_entities(words)],
        "external_reply": elsewhere | {"photo": [thumbnail(sandbox)]},
    }
    await next_answer(sandbox, sandbox.telegram.send_raw(sandbox.chat, sandbox.person, fields))
    assert (await orders(sandbox, before + 1))[before:] == [("dance", (1280, 720))]


def unseen(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    paid = {"type": "preview", "width": 800, "height": 600}
    return {
        "story": {"story": {"id": 1, "chat": {"id": 1, "type": "private", "first_name": "Bo"}}},
        "paid photo": {"paid_media": {"star_count": 5, "paid_media": [paid]}},
        "animated sticker": sticker(sandbox, moves=True),
        "video": {"video": file(sandbox, b"x", ".mp4") | {"width": 1, "height": 1, "duration": 3}},
    }


@pytest.mark.parametrize("kind", ["story", "paid photo", "animated sticker", "video"])
async def test_what_the_bot_does_not_get_to_see_is_told_and_nothing_is_made_of_the_words(
    kind: str, sandbox: Sandbox, group: Chat
) -> None:
    people, before = sandbox.telegram, len(await sandbox.jobs())
    shown = people.send_raw(group, sandbox.person, unseen(sandbox)[kind])
    told = await next_answer(
        sandbox, people.say(group, sandbox.person, "/video@reelbot_bot dance", reply_to=shown)
    )
    in_private = people.send_raw(sandbox.chat, sandbox.person, unseen(sandbox)[kind])
    card = await next_answer(sandbox, people.say(sandbox.chat, sandbox.person, "dance", reply_to=in_private))
    assert (told.words, len(await sandbox.jobs())) == (HIDDEN, before)
    assert card.words.startswith(f"{HIDDEN}\n\ndance\n\nSora 2 · 10 s · Portrait · 1 credit")


async def test_words_that_reply_to_a_link_show_the_card_which_says_so(sandbox: Sandbox, group: Chat) -> None:
    people, before = sandbox.telegram, len(await sandbox.jobs())
    fields = {
        "text": "https://example.org",
        "entities": [{"type": "url", "offset": 0, "length": 19}],
    }
    shown = people.send_raw(group, sandbox.person, fields)
    card: Message = await next_answer(
        sandbox, people.say(group, sandbox.person, "/video@reelbot_bot dance", reply_to=shown)
    )
    assert card.words.startswith(LINK)
    assert (labels(card)[0], len(await sandbox.jobs())) == (["🎬 Make it · 1 credit"], before)


FILES = {
    "a jpeg whose type nobody knew": ("plain.jpg", "application/octet-stream"),
    "a jpeg of a wrong type": ("plain.jpg", "application/pdf"),
    "a jpeg without an ending": ("IMG_0001", "application/octet-stream"),
}


@pytest.mark.parametrize(("name", "mime_type"), FILES.values(), ids=list(FILES))
async def test_a_picture_file_is_known_by_its_bytes(name: str, mime_type: str, sandbox: Sandbox) -> None:
    before = len(sandbox.video_api.orders)
    sandbox.telegram.send_document(
        sandbox.chat, sandbox.person, picture(900, 600), filename=name, mime_type=mime_type, caption="dance"
    )
    assert (await orders(sandbox, before + 1))[before:] == [("dance", (1280, 720))]
