"""Videos that cannot be changed: why, and made new with one tap."""

from __future__ import annotations

import asyncio

import pytest

from domain.catalogue_file import parse_catalogue
from domain.failures import FailureReason
from sandbox.telegram.chats import Message
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.results import made, words_on
from tests.journeys.sandbox import ALLOWANCE, PHOTO, UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, serving

ANEW = "🎬 Make it new"
WAY_OUT = "\nI can make a new video instead, with your change added to the description. Costs 1 credit."
UNCHANGEABLE = {
    "private": (
        "--private",
        "make it night",
        "A private video cannot be changed: the video service changes public ones only.",
        {"private": "true", "size": "720x1280", "model": "sora-2"},
    ),
    "a model without edits": (
        "--model veo-fast",
        "make it night",
        "Veo 3.1 Fast cannot change a finished video.",
        {"size": "1280x720", "model": "veo_3_1-fast"},
    ),
    "another shape": (
        "",
        "make it night --landscape",
        "A change keeps the video's model, length, shape and character.",
        {"size": "1280x720", "model": "sora-2"},
    ),
    "another model": (
        "--landscape",
        "make it night --model veo-fast",
        "A change keeps the video's model, length, shape and character.",
        {"size": "1280x720", "model": "veo_3_1-fast"},
    ),
}
WITHOUT_SORA = """\
default = "new"
[models.new]
title = "New"
price = { 8 = 1 }
sizes = ["1280x720", "720x1280"]
api_name = "veo_3_1-fast"
edits = true
photos = 1
"""


@pytest.mark.parametrize(
    ("options", "change", "why", "ordered"), UNCHANGEABLE.values(), ids=UNCHANGEABLE.keys()
)
async def test_what_cannot_be_changed_is_made_new_by_one_tap(
    sandbox: Sandbox, options: str, change: str, why: str, ordered: dict[str, str]
) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        video = await made(sandbox, f"a cat {options}")
        reply = sandbox.telegram.say(sandbox.chat, sandbox.person, change, reply_to=video)
        refusal = await next_answer(sandbox, reply)
        spent = len(await sandbox.jobs())
        presses = [sandbox.telegram.press(sandbox.person, refusal, ANEW) for _ in range(3)]
        await asyncio.gather(*(press.answered() for press in presses))
        new = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    fields = sandbox.video_api.orders[1].fields
    assert refusal.edits[0] == why + WAY_OUT
    assert spent == 1
    assert fields["prompt"] == "a cat. make it night"
    assert fields == fields | ordered
    assert new.reply_to is reply
    assert (sandbox.bot_messages(), len(sandbox.video_api.orders)) == ([video, new], 2)


async def test_a_video_that_the_api_has_forgotten_is_made_new_of_all_words_and_photos(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox, daily_allowance=9):
        sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, PHOTO, caption="a cat! --seconds 15 --watermark"
        )
        video = await sandbox.until_video()
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        night = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
        sandbox.video_api.videos.pop((await sandbox.jobs())[1].video_id or "")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "add snow", reply_to=night)
        reason = await sandbox.until_said("No video this time")
        await sandbox.until_over(3)
        said, offered = reason.words, words_on(reason)
        presses = [sandbox.telegram.press(sandbox.person, reason, ANEW) for _ in range(3)]
        await asyncio.gather(*(press.answered() for press in presses))
        await sandbox.until_video(number=3)
        jobs = await sandbox.until_over(4)
    first, new = sandbox.video_api.orders[0], sandbox.video_api.orders[-1]
    assert said == (
        "❌ No video this time.\n"
        "The video service no longer has the original video.\nIt can only be made again as a new video.\n"
        "No charge."
    )
    assert offered == [[ANEW]]
    assert [job.failure for job in jobs] == [None, None, FailureReason.ORIGINAL_GONE, None]
    assert new.fields == first.fields | {"prompt": "a cat! make it night. add snow"}
    assert [file.content for file in new.files] == [file.content for file in first.files]


@pytest.mark.parametrize("kind", [FaultKind.NOT_FOUND, FaultKind.SERVER_ERROR])
async def test_only_what_is_gone_is_said_to_be_gone(sandbox: Sandbox, kind: FaultKind) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=kind, on=Route.REMIX))
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        _, edit = await sandbox.until_over(2)
    assert (edit.failure is FailureReason.ORIGINAL_GONE) == (kind is FaultKind.NOT_FOUND)
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1


async def test_an_edit_that_the_api_refuses_can_be_tried_again_or_made_new(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        [job] = await sandbox.jobs()
        # To the API it is private, whatever we think.
        sandbox.video_api.videos[job.video_id or ""].private = True
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        reason = await sandbox.until_said("No video this time")
        await sandbox.until_over(2)
        said, offered = reason.words, words_on(reason)
        sandbox.telegram.press(sandbox.person, reason, ANEW)
        await sandbox.until_video(number=2)
    assert "A private video cannot be remixed." in said
    assert offered == [["🔁 Try again", ANEW]]
    assert sandbox.video_api.orders[-1].fields["prompt"] == "a cat. make it night"


async def test_an_edit_of_a_model_that_is_gone_is_made_by_another(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat --seconds 15")
    async with sandbox.bot(limits=UNHURRIED, catalogue=parse_catalogue(WITHOUT_SORA)):
        reply = sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        refusal = await next_answer(sandbox, reply)
        said = refusal.words
        sandbox.telegram.press(sandbox.person, refusal, ANEW)
        await sandbox.until_video(number=2)
    fields = sandbox.video_api.orders[-1].fields
    assert said == "The model of this video is no longer available, so the video cannot be changed." + WAY_OUT
    assert fields == {
        "prompt": "a cat. make it night",
        "model": "veo_3_1-fast",
        "seconds": "8",
        "size": "720x1280",
    }


async def test_nobody_else_makes_it_new(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        video = await made(sandbox, "a cat --model veo-fast", chat=group)
        command = sandbox.telegram.say(
            group, sandbox.person, "/edit@reelbot_bot make it night", reply_to=video
        )
        refusal: Message = await next_answer(sandbox, command)
        answer = await sandbox.telegram.press(other, refusal, ANEW).answered()
    assert answer.text == "Only the person who asked can press this."
    assert len(await sandbox.jobs()) == 1


async def test_nobody_is_given_the_photos_of_another(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    words = "/video@reelbot_bot it rains --model veo-fast"
    async with serving(sandbox):
        sandbox.telegram.send_photo(group, sandbox.person, PHOTO, caption=words)
        video = await sandbox.until_video(group)
        for person in (other, sandbox.person):
            command = sandbox.telegram.say(group, person, "/edit@reelbot_bot make it night", reply_to=video)
            refusal = await next_answer(sandbox, command)
            await sandbox.telegram.press(person, refusal, ANEW).answered()
        await sandbox.until_over(3)
    assert [(len(order.files), order.fields["prompt"]) for order in sandbox.video_api.orders] == [
        (1, "it rains"),
        (0, "it rains. make it night"),
        (1, "it rains. make it night"),
    ]
