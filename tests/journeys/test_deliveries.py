"""How a finished clip arrives, and how a failure does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.job import State
from sandbox.video_api.clip_spec import Filler, Variant
from sandbox.video_api.errors import Problem
from tests.journeys.talk import next_answer, picture, serving, until_gone, until_over
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.town import Town

MEGABYTE = 1024 * 1024


def draw(town: Town, variant: Variant) -> None:
    """Let clips be like this from now on."""
    renderer = town.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = variant


def clip_of(town: Town) -> Path:
    [video] = town.video_api.videos.values()
    assert video.clip is not None
    return video.clip


async def test_a_clip_that_is_fine_arrives_byte_for_byte(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
    assert video.video is not None
    assert video.video.read() == clip_of(town).read_bytes()


ODD = {
    "silent": Variant(sound=False),
    "its index at the end": Variant(index_first=False),
}


@pytest.mark.parametrize("variant", ODD.values(), ids=list(ODD))
async def test_a_clip_that_telegram_would_show_badly_is_written_anew(variant: Variant, town: Town) -> None:
    draw(town, variant)
    async with serving(town):
        town.ask(town.chat, "/video a cat --model veo-fast")
        video = await town.until_video()
    assert video.video is not None, "a silent clip would come as an animation"
    probed = video.video.probed
    assert probed is not None
    assert (probed.has_audio, probed.faststart) == (True, True)
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 8)


async def test_a_clip_over_the_upload_limit_is_shrunk_to_fit(town: Town) -> None:
    draw(town, Variant(megabytes=1.5, filler=Filler.NOISE))
    async with serving(town, upload_limit_mb=1):
        town.ask(town.chat, "/video a cat --model veo-fast")
        video = await town.until_video()
    assert clip_of(town).stat().st_size > MEGABYTE
    assert video.video is not None
    assert video.video.size <= MEGABYTE
    assert video.video.duration == 8


FAILURES = {
    "moderation": (
        Problem(code="moderation_blocked", message="Your request was blocked: <real> people"),
        (
            "The video service refused this for its content rules. Other words or another photo may pass.\n"
            "It says:\nYour request was blocked: <real> people"
        ),
    ),
    "a fault of the service": (
        Problem(code="internal_error", message="GPU fell off"),
        "The video service began, but could not make this video.\nIt says:\nGPU fell off",
    ),
}


@pytest.mark.parametrize(("problem", "reason"), FAILURES.values(), ids=list(FAILURES))
async def test_a_failure_says_why_does_not_count_and_can_be_tried_again(
    problem: Problem, reason: str, town: Town
) -> None:
    town.video_api.hold = True
    async with serving(town):
        request = town.telegram.send_photo(town.chat, town.person, picture(), caption="dance --private")
        status = await next_answer(town, request)
        await town.telegram.until(lambda: "being made" in status.words)
        town.video_api.hold = False
        town.video_api.fail(town.video_api.orders[0].video_id, problem)
        await town.telegram.until(lambda: status.buttons and "No video" in status.words)
        said, left = status.words, await town.left(town.chat)
        await until_over(town, town.chat)
        await town.telegram.press(town.person, status, "Try again").answered()
        video = await town.until_video()
        await until_gone(town, status)

    assert said == f"❌ No video this time.\n{reason}\nIt did not count."
    assert left == ALLOWANCE
    first, again = town.video_api.orders
    assert first.fields == again.fields
    assert first.files[0].content == again.files[0].content
    assert video.reply_to is request
    assert video.caption == "dance\n\nSora 2 · 10 s · 720×1280 · private"
    assert [job.state for job in await town.jobs()] == [State.FAILED, State.DONE]


async def test_a_failure_whose_status_message_is_gone_comes_as_a_new_message(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town):
        request = town.ask(town.chat, "/video a cat")
        status = await next_answer(town, request)
        await town.telegram.until(lambda: "being made" in status.words)
        town.telegram.delete_message(status)
        town.video_api.fail(town.video_api.orders[0].video_id, "no")
        reason = await town.until_said("No video this time")
    assert reason.reply_to is request
    assert [button.text for row in reason.buttons for button in row] == ["🔁 Try again"]


async def test_trying_again_beyond_the_allowance_says_when_it_works_again(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town, daily_allowance=1):
        failed = await next_answer(town, town.ask(town.chat, "/video a cat"))
        await town.telegram.until(lambda: "being made" in failed.words)
        town.video_api.fail(town.video_api.orders[0].video_id, "no")
        await town.telegram.until(lambda: "No video" in failed.words)
        await until_over(town, town.chat)
        await next_answer(town, town.ask(town.chat, "/video a dog"))
        await town.telegram.press(town.person, failed, "Try again").answered()
        refused = await next_answer(town, failed)
    assert refused.words == "You have used your 1 credit for today. It works again in 24 hr."
    assert "Try again" in failed.buttons[0][0].text
