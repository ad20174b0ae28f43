"""Telegram refuses the clip in words nobody knows: it comes without its trimmings, in private, or there is a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.telegram.faults import Fault, FaultKind
from sandbox.video_api.clip_spec import Filler, Variant
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.talk import serving

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat
    from sandbox.telegram.server import Call
    from tests.journeys.town import Town


@pytest.fixture
def group(town: Town) -> Chat:
    return town.telegram.add_group("Friends", [town.person])


def refuse(
    town: Town, words: str, *, chat: Chat | None = None, times: int = 1, method: str = "sendVideo"
) -> None:
    kind = FaultKind.REFUSED
    town.telegram.faults.add(
        Fault(method=method, kind=kind, status=400, words=f"Bad Request: {words}", chat=chat, times=times)
    )


def uploads(town: Town) -> list[Call]:
    return [call for call in town.telegram.calls if call.method == "sendVideo"]


@pytest.mark.parametrize("words", ["ALLOW_PAYMENT_REQUIRED_10", "SOMETHING_NOBODY_KNOWS"])
async def test_a_clip_that_a_group_does_not_take_comes_to_who_asked(
    town: Town, group: Chat, words: str
) -> None:
    refuse(town, words, chat=group, times=9)
    async with serving(town):
        town.ask(group, "/video a cat")
        await town.until_video()
        await town.until_over(1)

    assert (len(town.videos(group)), len(town.videos()), len(town.video_api.orders)) == (0, 1, 1)


async def test_who_can_be_sent_no_clip_anywhere_is_told_a_reason(town: Town, group: Chat) -> None:
    refuse(town, "SOMETHING_NOBODY_KNOWS", times=9)
    async with serving(town):
        town.ask(group, "/video a cat")
        await town.until_over(1)

    reasons = [message.words for message in town.bot_messages() if message.words.startswith("❌")]
    assert len(reasons) == 1


async def test_a_reason_that_a_group_does_not_take_is_told_in_private(town: Town, group: Chat) -> None:
    town.video_api.faults.add(VideoFault(kind=VideoFaultKind.MODERATED, on=Route.CREATE))
    async with serving(town):
        await town.until_polled()
        for method in ("editMessageText", "sendMessage"):
            refuse(town, "SOMETHING_NOBODY_KNOWS", chat=group, times=9, method=method)
        town.ask(group, "/video a cat")
        await town.until_said("No video this time")
        await town.until_over(1)


async def test_a_clip_that_is_refused_as_a_reply_is_sent_as_none(town: Town) -> None:
    refuse(town, "REPLY_MESSAGE_ID_INVALID")
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()

    first, second = uploads(town)
    assert ("reply_parameters" in first.params, "reply_parameters" in second.params) == (True, False)
    assert video.reply_to is None


async def test_a_clip_whose_thumbnail_is_refused_is_sent_without(town: Town) -> None:
    renderer = town.video_api.studio.renderer
    assert renderer is not None
    renderer.variant = Variant(megabytes=11, filler=Filler.NOISE)
    refuse(town, "IMAGE_PROCESS_FAILED")
    async with serving(town):
        town.ask(town.chat, "/video a cat --model veo-fast")
        await town.until_video()

    assert ["thumbnail" in call.params for call in uploads(town)] == [True, False]
