"""Calls whose outcome nobody knows: no order is sent again by itself, no video is lost, none comes a third time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.failures import FailureReason
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox

ORDERED_AND_LOST = {
    "the connection breaks before the order": VideoFaultKind.RESET_BEFORE,
    "the connection breaks after the order": VideoFaultKind.RESET_AFTER,
    "a gateway's page, and nothing happened": VideoFaultKind.GATEWAY_PAGE,
    "a gateway's page, and it was ordered": VideoFaultKind.GATEWAY_PAGE_AFTER,
    "an empty success, and nothing happened": VideoFaultKind.EMPTY_BODY,
    "an empty success, and it was ordered": VideoFaultKind.EMPTY_BODY_AFTER,
    "a web page as success": VideoFaultKind.HTML_IN_OK,
    "half an answer": VideoFaultKind.TRUNCATED,
    "half an answer that looks whole": VideoFaultKind.TRUNCATED_SILENTLY,
    "an error of the API's server": VideoFaultKind.SERVER_ERROR,
}
TAKES_EFFECT = {
    "the connection breaks after the order",
    "a gateway's page, and it was ordered",
    "an empty success, and it was ordered",
    "half an answer",
    "half an answer that looks whole",
}


async def test_an_order_whose_fate_nobody_knows_is_never_sent_again_and_costs_nothing(
    sandbox: Sandbox,
) -> None:
    chats = {prompt: sandbox.newcomer(prompt) for prompt in ORDERED_AND_LOST}
    sandbox.video_api.faults.add(
        *(
            VideoFault(kind=kind, on=Route.CREATE, prompt=prompt.__eq__)
            for prompt, kind in ORDERED_AND_LOST.items()
        )
    )

    async with sandbox.bot(limits=UNHURRIED):
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        await sandbox.until_over(len(chats))

    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == {
        prompt: Ending(
            videos=0,
            failure=FailureReason.UNKNOWN_OUTCOME,
            reasons=1,
            orders=int(prompt in TAKES_EFFECT),
            left=ALLOWANCE,
        )
        for prompt in chats
    }
    assert sandbox.video_api.requests[Route.CREATE] == len(chats)


async def test_after_a_lost_order_the_person_decides_and_then_it_is_ordered_once_more(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=VideoFaultKind.RESET_AFTER, on=Route.CREATE))

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a lost letter")
        reason = await sandbox.until_said("nobody knows whether the order arrived")
        sandbox.telegram.press(sandbox.person, reason, "Try again")
        await sandbox.until_video()
        await sandbox.until_over(2)

    assert len(sandbox.video_api.orders) == 2
    assert (len(sandbox.videos()), await sandbox.left(sandbox.chat)) == (1, ALLOWANCE - 1)
    assert len(sandbox.bot_messages()) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishap:
    """What happens to the calls to Telegram in one chat: (method, what goes wrong, how often)."""

    telegram: tuple[tuple[str, FaultKind, int], ...]
    ending: Ending
    #: What goes wrong with the order.
    api: VideoFaultKind | None = None
    status: int = 502
    leftovers: int = 0


GONE = Ending(videos=0, failure=FailureReason.MODERATED, reasons=1, orders=0, left=ALLOWANCE)
MISHAPS = {
    "the acceptance is lost before it is said": Mishap(
        telegram=(("sendMessage", FaultKind.LOST_BEFORE, 1),), ending=Ending()
    ),
    "the acceptance is said and its answer lost": Mishap(
        telegram=(("sendMessage", FaultKind.LOST_AFTER, 1),), ending=Ending(), leftovers=1
    ),
    "the acceptance is lost and so is the reason's first telling": Mishap(
        telegram=(("sendMessage", FaultKind.LOST_BEFORE, 2),), api=VideoFaultKind.MODERATED, ending=GONE
    ),
    "the video is lost before it is sent": Mishap(
        telegram=(("sendVideo", FaultKind.LOST_BEFORE, 1),), ending=Ending()
    ),
    "the video is sent and its answer lost": Mishap(
        telegram=(("sendVideo", FaultKind.LOST_AFTER, 1),), ending=Ending(videos=2)
    ),
    "a gateway's page instead of the video": Mishap(
        telegram=(("sendVideo", FaultKind.HTML, 1),), ending=Ending()
    ),
    "the video and its repetition are lost": Mishap(
        telegram=(("sendVideo", FaultKind.LOST_BEFORE, 9), ("editMessageMedia", FaultKind.LOST_BEFORE, 1)),
        ending=Ending(),
    ),
    "the answers to the video and to its repetition are lost": Mishap(
        telegram=(("sendVideo", FaultKind.LOST_AFTER, 9), ("editMessageMedia", FaultKind.LOST_AFTER, 1)),
        ending=Ending(videos=2),
    ),
    "every video's answer is lost and the repetition is refused for now": Mishap(
        telegram=(("sendVideo", FaultKind.LOST_AFTER, 9), ("editMessageMedia", FaultKind.REFUSED, 1)),
        status=401,
        ending=Ending(videos=2),
    ),
    "the status message's end is lost": Mishap(
        telegram=(("deleteMessage", FaultKind.LOST_BEFORE, 1),), ending=Ending()
    ),
    "the reason is lost before it is told": Mishap(
        telegram=(("editMessageText", FaultKind.LOST_BEFORE, 1),), api=VideoFaultKind.MODERATED, ending=GONE
    ),
    "the reason is told and its answer lost": Mishap(
        telegram=(("editMessageText", FaultKind.LOST_AFTER, 1),), api=VideoFaultKind.MODERATED, ending=GONE
    ),
    "the status message does not take the reason": Mishap(
        telegram=(("editMessageText", FaultKind.REFUSED, 9),),
        status=400,
        api=VideoFaultKind.MODERATED,
        ending=GONE,
        leftovers=1,
    ),
}


async def test_lost_answers_of_telegram_lose_no_ending_and_repeat_a_video_once_at_most(
    sandbox: Sandbox,
) -> None:
    chats = {prompt: sandbox.newcomer(prompt) for prompt in MISHAPS}
    for prompt, mishap in MISHAPS.items():
        _arrange(sandbox, chats[prompt], prompt, mishap)

    async with sandbox.bot(limits=UNHURRIED):
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        await sandbox.until_over(len(chats))

    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == {
        prompt: mishap.ending for prompt, mishap in MISHAPS.items()
    }
    assert {prompt: _leftovers(sandbox, chat) for prompt, chat in chats.items()} == {
        prompt: mishap.leftovers for prompt, mishap in MISHAPS.items()
    }


def _arrange(sandbox: Sandbox, chat: Chat, prompt: str, mishap: Mishap) -> None:
    for method, kind, times in mishap.telegram:
        sandbox.telegram.faults.add(
            Fault(method=method, kind=kind, chat=chat, times=times, status=mishap.status)
        )
    if mishap.api is not None:
        sandbox.video_api.faults.add(VideoFault(kind=mishap.api, on=Route.CREATE, prompt=prompt.__eq__))


def _leftovers(sandbox: Sandbox, chat: Chat) -> int:
    """Count the messages that are neither the video nor the reason."""
    said = [message for message in sandbox.bot_messages(chat) if message not in sandbox.videos(chat)]
    return sum(not message.words.startswith("❌") for message in said)


def fail(sandbox: Sandbox, video_id: str) -> None:
    sandbox.video_api.fail(video_id, "the camera broke")


def finish(sandbox: Sandbox, video_id: str) -> None:
    sandbox.video_api.finish(video_id)


DELETED_MEANWHILE: dict[str, tuple[tuple[str, ...], Callable[[Sandbox, str], None], Ending]] = {
    "before the video": ((), finish, Ending()),
    "before the repetition of the video": (("sendVideo",), finish, Ending(videos=2)),
    "before the reason": (
        (),
        fail,
        Ending(videos=0, failure=FailureReason.RENDER_FAILED, reasons=1, left=ALLOWANCE),
    ),
}


async def test_a_status_message_that_somebody_deleted_keeps_nobody_from_the_ending(sandbox: Sandbox) -> None:
    chats = {prompt: sandbox.newcomer(prompt) for prompt in DELETED_MEANWHILE}
    sandbox.video_api.hold = True

    async with sandbox.bot(limits=UNHURRIED):
        for prompt, (lost, _, _) in DELETED_MEANWHILE.items():
            for method in lost:
                sandbox.telegram.faults.add(
                    Fault(method=method, kind=FaultKind.LOST_AFTER, chat=chats[prompt])
                )
            sandbox.ask(chats[prompt], f"/video {prompt}")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == len(chats))
        for order in sandbox.video_api.orders:
            prompt = order.fields["prompt"]
            sandbox.telegram.delete_message(await sandbox.until_said("", chats[prompt]))
            DELETED_MEANWHILE[prompt][1](sandbox, order.video_id)
        await sandbox.until_over(len(chats))

    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == {
        prompt: ending for prompt, (_, _, ending) in DELETED_MEANWHILE.items()
    }
    assert [_leftovers(sandbox, chat) for chat in chats.values()] == [0] * len(chats)
