"""How a finished clip arrives, and how a failure does."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.job import State
from sandbox.video_api.clip_spec import Filler, Variant
from sandbox.video_api.errors import Problem
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, picture, serving, until_gone, until_over

MEGABYTE = 1024 * 1024


def draw(sandbox: Sandbox, variant: Variant) -> None:
    """Let clips be like this from now on."""
    renderer = sandbox.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = variant


def clip_of(sandbox: Sandbox) -> Path:
    [video] = sandbox.video_api.videos.values()
    assert video.clip is not None
    return video.clip


async def test_a_clip_that_is_fine_arrives_byte_for_byte(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
    assert video.video is not None
    assert video.video.read() == clip_of(sandbox).read_bytes()


ODD = {
    "silent": Variant(sound=False),
    "its index at the end": Variant(index_first=False),
}


@pytest.mark.parametrize("variant", ODD.values(), ids=list(ODD))
async def test_a_clip_that_telegram_would_show_badly_is_written_anew(
    variant: Variant, sandbox: Sandbox
) -> None:
    draw(sandbox, variant)
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat --model veo-fast")
        video = await sandbox.until_video()
    assert video.video is not None, "a silent clip would come as an animation"
    probed = video.video.probed
    assert probed is not None
    assert (probed.has_audio, probed.faststart) == (True, True)
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 8)


async def test_a_clip_over_the_upload_limit_is_shrunk_to_fit(sandbox: Sandbox) -> None:
    draw(sandbox, Variant(megabytes=1.5, filler=Filler.NOISE))
    async with serving(sandbox, upload_limit_mb=1):
        sandbox.ask(sandbox.chat, "/video a cat --model veo-fast")
        video = await sandbox.until_video()
    assert clip_of(sandbox).stat().st_size > MEGABYTE
    assert video.video is not None
    assert video.video.size <= MEGABYTE
    assert video.video.duration == 8


FAILURES = {
    "moderation": (
        Problem(code="moderation_blocked", message="Your request was blocked: 检测到<真人>形象"),
        (
            "Photos of real people are refused.\nTry a drawing, an animal or a landscape.\n"
            "The video service says:\nYour request was blocked: 检测到<真人>形象"
        ),
    ),
    "a fault of the service": (
        Problem(code="internal_error", message="GPU fell off"),
        "The video service could not finish this video.\nThe video service says:\nGPU fell off",
    ),
}


@pytest.mark.parametrize(("problem", "reason"), FAILURES.values(), ids=list(FAILURES))
async def test_a_failure_says_why_does_not_count_and_can_be_tried_again(
    problem: Problem, reason: str, sandbox: Sandbox
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        request = sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, picture(), caption="dance --private"
        )
        status = await next_answer(sandbox, request)
        await sandbox.telegram.until(lambda: "being made" in status.words)
        sandbox.video_api.hold = False
        sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, problem)
        await sandbox.telegram.until(lambda: status.buttons and "No video" in status.words)
        said, left = status.words, await sandbox.left(sandbox.chat)
        await until_over(sandbox, sandbox.chat)
        await sandbox.telegram.press(sandbox.person, status, "Try again").answered()
        video = await sandbox.until_video()
        await until_gone(sandbox, status)

    assert said == f"❌ No video this time.\n{reason}\nNo charge."
    assert left == ALLOWANCE
    first, again = sandbox.video_api.orders
    assert first.fields == again.fields
    assert first.files[0].content == again.files[0].content
    assert video.reply_to is request
    assert video.caption == "dance\n\nSora 2 · 10 s · Portrait · private"
    assert [job.state for job in await sandbox.jobs()] == [State.FAILED, State.DONE]


async def test_a_failure_whose_status_message_is_gone_comes_as_a_new_message(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat")
        status = await next_answer(sandbox, request)
        await sandbox.telegram.until(lambda: "being made" in status.words)
        sandbox.telegram.delete_message(status)
        sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, "no")
        reason = await sandbox.until_said("No video this time")
    assert reason.reply_to is request
    assert [button.text for row in reason.buttons for button in row] == ["🔁 Try again"]


async def test_trying_again_beyond_the_allowance_says_when_it_works_again(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, daily_allowance=1):
        failed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        await sandbox.telegram.until(lambda: "being made" in failed.words)
        sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, "no")
        await sandbox.telegram.until(lambda: "No video" in failed.words)
        await until_over(sandbox, sandbox.chat)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        await sandbox.telegram.press(sandbox.person, failed, "Try again").answered()
        refused = await next_answer(sandbox, failed)
    assert refused.words == "You have used your 1 credit for today. Try again in 24 hr."
    assert "Try again" in failed.buttons[0][0].text
