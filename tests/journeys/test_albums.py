"""Albums: one request each, with as many of its photos as the model takes, and one answer."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from PIL import Image, ImageColor

from sandbox.telegram.chats import Message
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.sandbox import ALLOWANCE, Ending, Sandbox
from tests.journeys.talk import next_answer, picture, serving

ASKED = "🖼 3 nice photos. What should happen in them? Reply to this message with a few words."
LEFT_OUT = "🖼 Veo 3.1 Components takes 3 photos: of your 10 I use the first 3."
NO_PICTURES = "There is no picture among these. Send photos, or pictures as JPEG, PNG or WebP files."
#: A photo of each, so that their order can be told.
COLOURS = ("red", "lime", "blue")
PDF = (b"%PDF-1.7", "application/pdf")
HEAVY = (picture(kind="PNG") + bytes(21 << 20), "image/png")


def send_album(
    sandbox: Sandbox, captions: Sequence[str | None] = (None, None, None), *, album: str = "13"
) -> list[Message]:
    """Send a red, a lime and a blue photo, or fewer, at once."""
    return [
        sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, picture(colour=colour), caption=caption, media_group_id=album
        )
        for colour, caption in zip(COLOURS, captions, strict=False)
    ]


def send_file(sandbox: Sandbox, file: tuple[bytes, str], caption: str | None = None) -> Message:
    """Send a file as a member of the same album."""
    content, mime_type = file
    return sandbox.telegram.send_document(
        sandbox.chat,
        sandbox.person,
        content,
        filename="file",
        mime_type=mime_type,
        caption=caption,
        media_group_id="13",
    )


async def ordered_colours(sandbox: Sandbox) -> list[str]:
    """Wait for the order, the only one, and return the colours of its photos in their order."""
    await sandbox.until_said("being made")
    [order] = sandbox.video_api.orders
    return [_colour_of(part.content) for part in order.files]


def _colour_of(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as image:
        shown = image.convert("RGB").getpixel((5, 5))
    assert isinstance(shown, tuple)
    return min(
        COLOURS,
        key=lambda name: sum(abs(a - b) for a, b in zip(shown, ImageColor.getrgb(name), strict=False)),
    )


TAKEN = {
    "first and last picture": ("dance --model veo", 2, ["red", "lime"]),
    "components": ("dance --model veo-components", 3, ["red", "lime", "blue"]),
}


@pytest.mark.parametrize(("caption", "sent", "ordered"), TAKEN.values(), ids=TAKEN)
async def test_a_model_that_takes_several_photos_gets_them_in_order(
    caption: str, sent: int, ordered: list[str], sandbox: Sandbox
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        send_album(sandbox, [caption, None, None][:sent])
        assert await ordered_colours(sandbox) == ordered
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert len(sandbox.bot_messages()) == 2
    assert sandbox.video_api.orders[0].fields["prompt"] == "dance"


async def test_a_model_that_takes_one_photo_gets_the_first_if_that_is_chosen_and_nothing_is_spent_before(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        first, *_ = send_album(sandbox, ["dance", None, None])
        asked = await next_answer(sandbox, first)
        assert await sandbox.jobs() == []
        sandbox.telegram.press(sandbox.person, asked, "1 of 3 · Sora 2 · 1 credit")
        assert await ordered_colours(sandbox) == ["red"]
        video = await sandbox.until_video()
    assert (video.reply_to, video.caption) == (first, "dance\n\nSora 2 · 10 s · Portrait")
    assert await sandbox.ending(sandbox.chat, "dance") == Ending()


async def test_the_words_may_stand_under_any_of_the_photos(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        send_album(sandbox, [None, "a door", "/video it opens --model veo-components"])
        assert await ordered_colours(sandbox) == ["red", "lime", "blue"]
    assert sandbox.video_api.orders[0].fields["prompt"] == "a door\nit opens"


async def test_an_album_without_words_is_asked_about_once_and_the_answer_uses_all_of_it(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        first, *_ = send_album(sandbox)
        question = await next_answer(sandbox, first)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        assert [message.words for message in sandbox.bot_messages()][:-1] == [ASKED]
        assert question.force_reply
        sandbox.telegram.say(sandbox.chat, sandbox.person, "dance --model veo-components", reply_to=question)
        assert await ordered_colours(sandbox) == ["red", "lime", "blue"]


async def test_a_refused_album_is_answered_once_and_better_words_make_the_video_of_all_of_it(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        first, *_ = send_album(sandbox, ["dance --model veo-components --seconds 7", None, None])
        refused = await next_answer(sandbox, first)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        said = [message.words for message in sandbox.bot_messages()][:-1]
        sandbox.telegram.say(sandbox.chat, sandbox.person, "dance --model veo-components", reply_to=refused)
        assert await ordered_colours(sandbox) == ["red", "lime", "blue"]
    assert said == [
        (
            "Veo 3.1 Components makes videos of 8 s, not of 7 s.\n\n"
            "I keep the photos: you can also reply to this message with another description."
        )
    ]


async def test_a_command_in_reply_to_one_photo_of_an_album_uses_that_photo(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        first, second, _ = send_album(sandbox)
        await next_answer(sandbox, first)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video dance", reply_to=second)
        assert await ordered_colours(sandbox) == ["lime"]


async def test_in_a_group_an_album_needs_the_command(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.telegram.promote(group)
    async with serving(sandbox):
        for caption in ("how nice", "/video@other_bot dance"):
            sandbox.telegram.send_album(group, sandbox.person, [picture(), picture()], caption=caption)
        sandbox.telegram.send_album(
            group,
            sandbox.person,
            [picture(colour="red"), picture(colour="blue")],
            caption="/video dance --model veo",
        )
        await sandbox.until_said("being made", group)
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["dance"]


async def test_an_unknown_command_under_an_album_is_answered_once(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        first, _ = send_album(sandbox, ["/movie dance", None])
        answer = await next_answer(sandbox, first)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert answer.words == "I do not know this command. /help shows what I can do."
    assert len(sandbox.bot_messages()) == 2


async def test_a_picture_too_heavy_is_named_once_and_nothing_is_made_of_the_others(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        send_album(sandbox, ["dance", None])
        answer = await next_answer(sandbox, send_file(sandbox, HEAVY))
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert answer.words.startswith("This picture is 21 MB large, and Telegram lets me fetch 20 MB at most.")
    assert len(sandbox.bot_messages()) == 2
    assert await sandbox.jobs() == []


async def test_an_album_without_a_picture_is_answered_once(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        first, _ = send_file(sandbox, PDF, "dance"), send_file(sandbox, PDF)
        answer = await next_answer(sandbox, first)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert answer.words == NO_PICTURES
    assert len(sandbox.bot_messages()) == 2


async def test_of_an_album_with_other_files_the_pictures_are_used_and_the_person_is_told(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        first, _ = send_album(sandbox, ["dance --model veo", None])
        send_file(sandbox, PDF)
        told = await next_answer(sandbox, first)
        assert await ordered_colours(sandbox) == ["red", "lime"]
    assert told.words == "Not everything here is a picture: only 2 are used."


async def test_of_ten_photos_the_model_that_takes_most_gets_the_first_and_the_person_is_told(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        first, *_ = sandbox.telegram.send_album(
            sandbox.chat, sandbox.person, [picture()] * 10, caption="dance --model veo-components"
        )
        told = await next_answer(sandbox, first, number=2)
        await sandbox.until_video()
    assert told.words == LEFT_OUT
    assert await sandbox.ending(sandbox.chat, "dance") == Ending(left=ALLOWANCE - 2)


async def test_an_album_whose_bot_is_killed_over_it_makes_one_video_of_all_of_it(sandbox: Sandbox) -> None:
    answering = sandbox.telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.HOLD_AFTER))
    async with sandbox.process() as process:
        send_album(sandbox, ["dance --model veo-components", None, None])
        await answering.struck()
        await sandbox.kill(process)
    answering.release()
    async with sandbox.process():
        await sandbox.until_over(1)
        assert await sandbox.ending(sandbox.chat, "dance") == Ending(left=1)
    [order] = sandbox.video_api.orders
    assert len(order.files) == 3
