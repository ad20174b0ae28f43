"""Slow files, broken files, and a disk that takes none do not stop the bot for others."""

from __future__ import annotations

import asyncio
import io

from PIL import Image

from domain.failures import FailureReason
from domain.job import State
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as TelegramFaultKind
from sandbox.video_api.clip_spec import Variant
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import picture, serving

START_OF_SCAN, END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"  # ITU-T T.81, B.1.1.3


def endless_picture() -> bytes:
    """A small JPEG that is drawn many times over; a few kilobytes more, and its decoder would take for ever."""
    memory = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(memory, "JPEG", progressive=True)
    content = memory.getvalue().removesuffix(END_OF_IMAGE)
    return content + content[content.rindex(START_OF_SCAN) :] * 150 + END_OF_IMAGE


async def test_clips_that_come_slowly_hold_up_no_other(sandbox: Sandbox) -> None:
    slow = [sandbox.newcomer(f"Slow {number}") for number in range(4)]
    held = [
        VideoFault(kind=FaultKind.HELD_BEFORE, on=route, times=None, prompt="slow".__eq__)
        for route in (Route.CDN, Route.CONTENT)
    ]
    sandbox.video_api.faults.add(*held)
    async with serving(sandbox):
        for chat in slow:
            sandbox.ask(chat, "/video slow")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.downloads) == 4, timeout=30)
        sandbox.ask(sandbox.chat, "/video quick")
        await sandbox.until_video()
        before = [len(sandbox.videos(chat)) for chat in slow]
        sandbox.video_api.faults.clear()
        sandbox.video_api.faults.release()
        for chat in slow:
            await sandbox.until_video(chat)
    assert before == [0, 0, 0, 0]


async def test_a_picture_that_takes_its_decoder_for_ever_is_refused_and_nobody_waits_for_it(
    sandbox: Sandbox,
) -> None:
    stranger = sandbox.newcomer("Stranger")
    async with serving(sandbox):
        for name in ("1.jpg", "2.jpg"):
            sandbox.telegram.send_document(
                stranger,
                stranger.members[0],
                endless_picture(),
                filename=name,
                mime_type="image/jpeg",
                caption=name,
            )
        sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(), caption="dance")
        await sandbox.until_video()
        jobs = await sandbox.until_over(3)
    assert sorted(str(job.failure) for job in jobs) == ["None", *[FailureReason.PHOTO_BROKEN] * 2]
    assert len(sandbox.video_api.orders) == 1


async def test_a_picture_of_a_format_that_is_not_opened_is_refused_by_its_name(sandbox: Sandbox) -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)
    async with serving(sandbox):
        sandbox.telegram.send_document(
            sandbox.chat, sandbox.person, heic, filename="a.jpg", mime_type="image/jpeg", caption="dance"
        )
        said = await sandbox.until_said("HEIC")
    assert said.words == (
        "❌ No video this time.\n"
        "The photo cannot be opened.\nPlease send it as JPEG, PNG or WebP.\n"
        "It is a HEIC file, which cannot be opened.\n"
        "No charge."
    )


async def test_a_photo_that_telegram_withholds_for_a_moment_is_fetched(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(method="getFile", kind=TelegramFaultKind.REFUSED, status=400))
    async with serving(sandbox):
        sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(), caption="dance")
        await sandbox.until_video()
    assert sandbox.said("❌") is None


async def test_a_video_that_cannot_be_written_to_disk_waits_until_it_can_and_admins_hear_of_it(
    sandbox: Sandbox,
) -> None:
    renderer = sandbox.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = Variant(sound=False)  # has to be written anew
    admin = sandbox.newcomer("Ada")
    obstacle = sandbox.folder / "data" / "jobs" / "1.sendable.mp4"
    await asyncio.to_thread(obstacle.mkdir, parents=True)
    async with serving(sandbox, admin_ids=f"{admin.id}"):
        sandbox.ask(sandbox.chat, "/video a cat")
        told = await sandbox.until_said("Videos cannot be written to disk: Is a directory.", admin)
        await asyncio.to_thread(obstacle.rmdir)
        await sandbox.until_video()
        [job] = await sandbox.until_over(1)
    assert told.words.startswith("💾")
    assert (job.state, len(sandbox.video_api.orders), await sandbox.left(sandbox.chat)) == (
        State.DONE,
        1,
        ALLOWANCE - 1,
    )


async def test_what_the_disk_does_not_let_go_of_ends_nothing(sandbox: Sandbox) -> None:
    stays = sandbox.folder / "data" / "jobs" / "1.stays"
    await asyncio.to_thread(stays.mkdir, parents=True)
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_video()
        sandbox.ask(sandbox.chat, "/video another cat")
        await sandbox.until_video(number=2)
        jobs = await sandbox.until_over(2)
    async with serving(sandbox):  # nor does it stop the next start
        await sandbox.until_polled()
    assert [job.state for job in jobs] == [State.DONE, State.DONE]
