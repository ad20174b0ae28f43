"""Files that would stop the bot for everybody: slow ones, broken ones, and a disk that takes none."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from PIL import Image

from domain.failures import FailureReason
from domain.job import State
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as TelegramFaultKind
from sandbox.video_api.clip_spec import Variant
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.talk import picture, serving
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from tests.journeys.town import Town

START_OF_SCAN, END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"  # ITU-T T.81, B.1.1.3


def endless_picture() -> bytes:
    """A small JPEG that is drawn many times over; a few kilobytes more, and its decoder would take for ever."""
    memory = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(memory, "JPEG", progressive=True)
    content = memory.getvalue().removesuffix(END_OF_IMAGE)
    return content + content[content.rindex(START_OF_SCAN) :] * 150 + END_OF_IMAGE


async def test_clips_that_come_slowly_hold_up_no_other(town: Town) -> None:
    slow = [town.newcomer(f"Slow {number}") for number in range(4)]
    held = [
        VideoFault(kind=FaultKind.HELD_BEFORE, on=route, times=None, prompt="slow".__eq__)
        for route in (Route.CDN, Route.CONTENT)
    ]
    town.video_api.faults.add(*held)
    async with serving(town):
        for chat in slow:
            town.ask(chat, "/video slow")
        await town.video_api.until(lambda: len(town.video_api.downloads) == 4, timeout=30)
        town.ask(town.chat, "/video quick")
        await town.until_video()
        before = [len(town.videos(chat)) for chat in slow]
        town.video_api.faults.clear()
        town.video_api.faults.release()
        for chat in slow:
            await town.until_video(chat)
    assert before == [0, 0, 0, 0]


async def test_a_picture_that_takes_its_decoder_for_ever_is_refused_and_nobody_waits_for_it(
    town: Town,
) -> None:
    stranger = town.newcomer("Stranger")
    async with serving(town):
        for name in ("1.jpg", "2.jpg"):
            town.telegram.send_document(
                stranger,
                stranger.members[0],
                endless_picture(),
                filename=name,
                mime_type="image/jpeg",
                caption=name,
            )
        town.telegram.send_photo(town.chat, town.person, picture(), caption="dance")
        await town.until_video()
        jobs = await town.until_over(3)
    assert sorted(str(job.failure) for job in jobs) == ["None", *[FailureReason.PHOTO_BROKEN] * 2]
    assert len(town.video_api.orders) == 1


async def test_a_picture_of_a_format_that_is_not_opened_is_refused_by_its_name(town: Town) -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)
    async with serving(town):
        town.telegram.send_document(
            town.chat, town.person, heic, filename="a.jpg", mime_type="image/jpeg", caption="dance"
        )
        said = await town.until_said("HEIC")
    assert said.words == (
        "❌ No video this time.\n"
        "The photo cannot be opened. Please send it as JPEG, PNG or WebP.\n"
        "It is a HEIC file, which I cannot open.\n"
        "It did not count."
    )


async def test_a_photo_that_telegram_withholds_for_a_moment_is_fetched(town: Town) -> None:
    town.telegram.faults.add(Fault(method="getFile", kind=TelegramFaultKind.REFUSED, status=400))
    async with serving(town):
        town.telegram.send_photo(town.chat, town.person, picture(), caption="dance")
        await town.until_video()
    assert town.said("❌") is None


async def test_a_video_that_cannot_be_written_to_disk_waits_until_it_can_and_admins_hear_of_it(
    town: Town,
) -> None:
    renderer = town.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = Variant(sound=False)  # has to be written anew
    admin = town.newcomer("Ada")
    obstacle = town.folder / "data" / "jobs" / "1.sendable.mp4"
    await asyncio.to_thread(obstacle.mkdir, parents=True)
    async with serving(town, admin_ids=f"{admin.id}"):
        town.ask(town.chat, "/video a cat")
        told = await town.until_said("Videos cannot be written to disk: Is a directory.", admin)
        await asyncio.to_thread(obstacle.rmdir)
        await town.until_video()
        [job] = await town.until_over(1)
    assert told.words.startswith("💾")
    assert (job.state, len(town.video_api.orders), await town.left(town.chat)) == (
        State.DONE,
        1,
        ALLOWANCE - 1,
    )


async def test_what_the_disk_does_not_let_go_of_ends_nothing(town: Town) -> None:
    stays = town.folder / "data" / "jobs" / "1.stays"
    await asyncio.to_thread(stays.mkdir, parents=True)
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        await town.until_video()
        town.ask(town.chat, "/video another cat")
        await town.until_video(number=2)
        jobs = await town.until_over(2)
    async with serving(town):  # nor does it stop the next start
        await town.until_polled()
    assert [job.state for job in jobs] == [State.DONE, State.DONE]
