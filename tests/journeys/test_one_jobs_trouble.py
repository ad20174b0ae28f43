"""One job's trouble stops no other: it hangs, fails or crashes, and everybody else gets the video."""

from __future__ import annotations

from pathlib import Path

from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import PHOTO, UNHURRIED, Ending, Sandbox

OTHERS = 4
HANGING = {
    "an order that hangs": Route.CREATE,
    "a look that hangs": Route.RETRIEVE,
    "a clip that hangs": Route.CDN,
}
#: More than there are places for uploads.
UPLOADS = [f"upload {number} that hangs" for number in range(8)]


async def test_calls_that_hang_hold_up_nobody_else(sandbox: Sandbox) -> None:
    for prompt, route in HANGING.items():
        sandbox.video_api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=route, prompt=prompt.__eq__))
    chats = {prompt: sandbox.newcomer(prompt) for prompt in (*HANGING, *UPLOADS)}
    uploads = [
        sandbox.telegram.faults.add(
            Fault(method="sendVideo", kind=CallFaultKind.HOLD_BEFORE, chat=chats[prompt])
        )
        for prompt in UPLOADS
    ]

    async with sandbox.bot(limits=UNHURRIED):
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == len(HANGING))
        for upload in uploads:
            await upload.struck()
        endings = await _of_the_others(sandbox)
        sandbox.video_api.faults.release()
        for upload in uploads:
            upload.release()
        await sandbox.until_over(len(chats) + OTHERS)

    assert endings == [Ending()] * OTHERS
    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == dict.fromkeys(
        chats, Ending()
    )


async def test_a_step_that_crashes_is_taken_again_and_holds_up_nobody_else(sandbox: Sandbox) -> None:
    photo = sandbox.newcomer("a photo that cannot be kept")

    async with sandbox.bot(limits=UNHURRIED):
        await sandbox.until_polled()
        obstacle = _obstructed(sandbox)
        sandbox.telegram.send_photo(photo, photo.members[0], PHOTO, caption=photo.name)
        await sandbox.telegram.until(lambda: any(call.method == "getFile" for call in sandbox.telegram.calls))
        endings = await _of_the_others(sandbox)
        obstacle.rmdir()
        await sandbox.until_over(1 + OTHERS)

    assert endings == [Ending()] * OTHERS
    assert await sandbox.ending(photo, photo.name) == Ending()


async def _of_the_others(sandbox: Sandbox) -> list[Ending]:
    chats = [sandbox.newcomer(f"neighbour {number}") for number in range(OTHERS)]
    for chat in chats:
        sandbox.ask(chat, f"/video {chat.name}")
    await sandbox.telegram.until(lambda: all(_is_served(sandbox, chat) for chat in chats))
    return [await sandbox.ending(chat, chat.name) for chat in chats]


def _is_served(sandbox: Sandbox, chat: Chat) -> bool:
    return len(sandbox.videos(chat)) == len(sandbox.bot_messages(chat)) == 1


def _obstructed(sandbox: Sandbox) -> Path:
    """Put a folder where the first job's photo is to be written, over which its step stumbles."""
    obstacle = sandbox.folder / "data" / "jobs" / "1.1.photo"
    obstacle.mkdir(parents=True)
    return obstacle
