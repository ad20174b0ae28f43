"""Photos: with words, without, as files, turned; and what arrives at the video API."""

from __future__ import annotations

import pytest

from tests.journeys.buttons import labels
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving, size_of

ALIVE = "✨ Just bring it to life · 1 credit"
ASKED = "🖼 Nice photo. What should happen in it? Reply to this message with a few words."
RIGHT_ANGLE, UPRIGHT = 6, 1  # EXIF 2.32, section 4.6.4


async def ordered_picture(sandbox: Sandbox) -> tuple[str | None, int, int]:
    """Wait for the order, and return what its picture turned out to be."""
    await sandbox.until_said("being made")
    [order] = sandbox.video_api.orders
    [part] = order.files
    assert part.field == "input_reference"
    found = size_of(part.content)
    assert part.content_type == f"image/{str(found[0]).lower()}"
    assert order.fields["size"] == f"{found[1]}x{found[2]}"
    return found


SHAPES = {
    "tall": ((600, 900), "dance", (720, 1280)),
    "wide": ((900, 600), "dance", (1280, 720)),
    "a little wide": ((801, 800), "dance", (1280, 720)),
    "wide, wanted tall": ((900, 600), "dance --portrait", (720, 1280)),
    "small": ((40, 30), "dance", (1280, 720)),
    "a command before the words": ((600, 900), "/video dance", (720, 1280)),
}


@pytest.mark.parametrize(("shown", "caption", "ordered"), SHAPES.values(), ids=list(SHAPES))
async def test_a_photo_is_ordered_in_exactly_the_size_of_the_video_which_follows_its_shape(
    shown: tuple[int, int], caption: str, ordered: tuple[int, int], sandbox: Sandbox
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(*shown), caption=caption)
        found = await ordered_picture(sandbox)
    assert found == ("JPEG", *ordered)
    assert sandbox.video_api.orders[0].fields["prompt"] == "dance"


FILES = {
    "png": (picture(1600, 900, kind="PNG"), "image/png", (1280, 720)),
    "webp": (picture(900, 1600, kind="WEBP"), "image/webp", (720, 1280)),
    "jpeg turned by its exif": (
        picture(1600, 900, turned=RIGHT_ANGLE),
        "image/jpeg",
        (720, 1280),
    ),
    "jpeg as it lies": (picture(1600, 900, turned=UPRIGHT), "image/jpeg", (1280, 720)),
}


@pytest.mark.parametrize(("content", "mime_type", "ordered"), FILES.values(), ids=list(FILES))
async def test_a_picture_sent_as_a_file_is_turned_by_its_exif_and_ordered_in_its_shape(
    content: bytes, mime_type: str, ordered: tuple[int, int], sandbox: Sandbox
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        sandbox.telegram.send_document(
            sandbox.chat, sandbox.person, content, filename="photo", mime_type=mime_type, caption="dance"
        )
        found = await ordered_picture(sandbox)
    assert found == ("JPEG", *ordered)


async def test_a_photo_with_a_caption_becomes_a_video(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(), caption="dance")
        video = await sandbox.until_video()
    assert video.reply_to is photo
    assert video.caption == "dance\n\nSora 2 · 10 s · Portrait"


async def test_a_photo_without_words_is_asked_about_and_the_reply_makes_the_video(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720))
        question = await next_answer(sandbox, photo)
    assert (question.words, labels(question), await sandbox.jobs()) == (ASKED, [[ALIVE]], [])
    async with serving(sandbox):  # a restart is nothing to an open question
        answer = sandbox.telegram.say(sandbox.chat, sandbox.person, "the cat yawns", reply_to=question)
        video = await sandbox.until_video()
    assert video.reply_to is answer
    assert video.caption == "the cat yawns\n\nSora 2 · 10 s · Landscape"
    assert size_of(sandbox.video_api.orders[0].files[0].content) == ("JPEG", 1280, 720)


async def test_options_that_came_with_the_photo_hold_for_the_answer(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, picture(), caption="/video --seconds 15 --landscape"
        )
        question = await next_answer(sandbox, photo)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "the cat yawns --portrait", reply_to=question)
        await ordered_picture(sandbox)
    fields = sandbox.video_api.orders[0].fields
    assert (fields["prompt"], fields["seconds"], fields["size"]) == ("the cat yawns", "15", "720x1280")


async def test_the_answer_may_be_a_command(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        question = await next_answer(
            sandbox, sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture())
        )
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video the cat yawns", reply_to=question)
        assert await ordered_picture(sandbox) == ("JPEG", 720, 1280)


async def test_a_command_in_reply_to_a_photo_makes_that_photo_come_alive(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720))
        await next_answer(sandbox, photo)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video the cat yawns", reply_to=photo)
        assert await ordered_picture(sandbox) == ("JPEG", 1280, 720)


async def test_a_command_in_reply_to_a_picture_file_makes_it_come_alive(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        content = picture(900, 1600, kind="PNG")
        file = sandbox.telegram.send_document(
            sandbox.chat, sandbox.person, content, filename="a.png", mime_type="image/png"
        )
        await next_answer(sandbox, file)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video the cat yawns", reply_to=file)
        assert await ordered_picture(sandbox) == ("JPEG", 720, 1280)


async def test_a_photo_beyond_the_allowance_is_kept_for_later_but_asks_for_nothing(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=0):
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(), caption="dance")
        refused = await next_answer(sandbox, photo)
    sandbox.video_api.hold = True
    async with serving(sandbox, daily_allowance=1):
        sandbox.telegram.say(sandbox.chat, sandbox.person, "dance", reply_to=refused)
        await ordered_picture(sandbox)
    assert refused.words == "You have no credits. The bot's owner hands them out."
    assert not refused.force_reply
