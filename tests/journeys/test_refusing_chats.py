"""Telegram refuses the clip in words nobody knows: it comes without its trimmings, in private, or there is a reason."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import Call
from sandbox.video_api.clip_spec import Filler, Variant
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import serving


@pytest.fixture
def group(sandbox: Sandbox) -> Chat:
    return sandbox.telegram.add_group("Friends", [sandbox.person])


def refuse(
    sandbox: Sandbox, words: str, *, chat: Chat | None = None, times: int = 1, method: str = "sendVideo"
) -> None:
    kind = FaultKind.REFUSED
    sandbox.telegram.faults.add(
        Fault(method=method, kind=kind, status=400, words=f"Bad Request: {words}", chat=chat, times=times)
    )


def uploads(sandbox: Sandbox) -> list[Call]:
    return [call for call in sandbox.telegram.calls if call.method == "sendVideo"]


@pytest.mark.parametrize("words", ["ALLOW_PAYMENT_REQUIRED_10", "SOMETHING_NOBODY_KNOWS"])
async def test_a_clip_that_a_group_does_not_take_comes_to_who_asked(
    sandbox: Sandbox, group: Chat, words: str
) -> None:
    refuse(sandbox, words, chat=group, times=9)
    async with serving(sandbox):
        sandbox.ask(group, "/video a cat")
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert (len(sandbox.videos(group)), len(sandbox.videos()), len(sandbox.video_api.orders)) == (0, 1, 1)


async def test_who_can_be_sent_no_clip_anywhere_is_told_a_reason(sandbox: Sandbox, group: Chat) -> None:
    refuse(sandbox, "SOMETHING_NOBODY_KNOWS", times=9)
    async with serving(sandbox):
        sandbox.ask(group, "/video a cat")
        await sandbox.until_over(1)

    reasons = [message.words for message in sandbox.bot_messages() if message.words.startswith("❌")]
    assert len(reasons) == 1


async def test_a_reason_that_a_group_does_not_take_is_told_in_private(sandbox: Sandbox, group: Chat) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=VideoFaultKind.MODERATED, on=Route.CREATE))
    async with serving(sandbox):
        await sandbox.until_polled()
        for method in ("editMessageText", "sendMessage"):
            refuse(sandbox, "SOMETHING_NOBODY_KNOWS", chat=group, times=9, method=method)
        sandbox.ask(group, "/video a cat")
        await sandbox.until_said("No video this time")
        await sandbox.until_over(1)


async def test_a_clip_that_is_refused_as_a_reply_is_sent_as_none(sandbox: Sandbox) -> None:
    refuse(sandbox, "REPLY_MESSAGE_ID_INVALID")
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()

    first, second = uploads(sandbox)
    assert ("reply_parameters" in first.params, "reply_parameters" in second.params) == (True, False)
    assert video.reply_to is None


async def test_a_clip_whose_thumbnail_is_refused_is_sent_without(sandbox: Sandbox) -> None:
    renderer = sandbox.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = Variant(megabytes=11, filler=Filler.NOISE)
    refuse(sandbox, "IMAGE_PROCESS_FAILED")
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat --model veo-fast")
        await sandbox.until_video()

    assert ["thumbnail" in call.params for call in uploads(sandbox)] == [True, False]
