"""The process dies at every moment of a job, and starts again: one order, and the video or the reason.

One bot serves a person for each moment. Each person's job is brought to a halt where its moment is; when all stand
still the process is killed, what was on the wire takes effect after all, and a new process finds the same database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from domain.failures import FailureReason
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import DOWNLOAD, Fault, FaultKind
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, PHOTO, Ending, Sandbox, sandbox

BEFORE, AFTER, LOST = FaultKind.HOLD_BEFORE, FaultKind.HOLD_AFTER, FaultKind.LOST_AFTER
STUCK = VideoFaultKind.STUCK_AT_90
HELD = frozenset({VideoFaultKind.HELD_BEFORE, VideoFaultKind.HELD_AFTER})
VIDEO = Ending()
NOBODY_KNOWS = Ending(videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=1, left=ALLOWANCE)
MODERATED = Ending(videos=0, failure=FailureReason.MODERATED, reasons=1, orders=0, left=ALLOWANCE)
POLL = "getUpdates"
#: What holds these would hold other people's calls as well, so they come first.
CHATLESS = frozenset({"getFile", DOWNLOAD, "answerCallbackQuery"})


async def ask(sandbox: Sandbox, chat: Chat, words: str) -> None:
    sandbox.ask(chat, f"/video {words}")


async def send_photo(sandbox: Sandbox, chat: Chat, words: str) -> None:
    sandbox.telegram.send_photo(chat, chat.members[0], PHOTO, caption=words)


async def press_the_card(sandbox: Sandbox, chat: Chat, words: str) -> None:
    sandbox.ask(chat, words)
    card = await sandbox.until_said(words, chat)
    sandbox.telegram.press(chat.members[0], card, "Make it")


async def press_try_again(sandbox: Sandbox, chat: Chat, words: str) -> None:
    sandbox.ask(chat, f"/video {words}")
    reason = await sandbox.until_said("No video this time", chat)
    sandbox.telegram.press(chat.members[0], reason, "Try again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a job stands still: what is done to its calls, the last of it a hold; and how its person's wait ends.

    `telegram` is (method, what happens to it, how many calls of it go well before).
    """

    id: str
    telegram: tuple[tuple[str, FaultKind, int], ...] = ()
    api: tuple[tuple[VideoFaultKind, Route], ...] = ()
    ask: Callable[[Sandbox, Chat, str], Awaitable[None]] = ask
    ending: Ending = VIDEO
    most_videos: int = 1
    jobs: int = 1
    #: The later, the fewer have to be brought to a halt before the process is killed: a worker waits for an
    #: acceptance a few seconds only.
    turn: int = 1
    #: What else stands in the chat at the end: nothing, where it can be helped.
    leftovers: tuple[str, ...] = ()

    @property
    def prompt(self) -> str:
        return f"the moment of {self.id}"


MOMENTS = (
    Moment(
        id="update-answered-not-received",
        leftovers=(
            "Left today: 3 of 3 credits. A video that fails costs nothing.",
        ),  # it had asked for its quota
    ),
    Moment(
        id="accepted-not-said",
        turn=3,
        telegram=(("sendMessage", BEFORE, 0),),
        leftovers=("👍 On it.",),
    ),
    Moment(
        id="accepted-said-not-noted",
        turn=3,
        telegram=(("sendMessage", AFTER, 0),),
        leftovers=("👍 On it.",),
    ),
    Moment(id="card-pressed", turn=0, telegram=(("answerCallbackQuery", BEFORE, 0),), ask=press_the_card),
    Moment(id="card-answered", turn=0, telegram=(("answerCallbackQuery", AFTER, 0),), ask=press_the_card),
    Moment(id="card-becomes-status", turn=3, telegram=(("editMessageText", AFTER, 0),), ask=press_the_card),
    Moment(id="photo-asked-for", turn=0, telegram=(("getFile", BEFORE, 0),), ask=send_photo),
    Moment(id="photo-on-its-way", turn=0, telegram=((DOWNLOAD, AFTER, 0),), ask=send_photo),
    Moment(id="order-on-its-way", api=((VideoFaultKind.HELD_BEFORE, Route.CREATE),), ending=NOBODY_KNOWS),
    Moment(id="order-taken-not-noted", api=((VideoFaultKind.HELD_AFTER, Route.CREATE),), ending=NOBODY_KNOWS),
    Moment(
        id="order-refused-for-now",
        api=((VideoFaultKind.RATE_LIMITED, Route.CREATE),) * 2,
        telegram=(("editMessageText", BEFORE, 0),),
    ),
    Moment(
        id="progress-not-shown",
        api=((STUCK, Route.RETRIEVE),),
        telegram=(("editMessageText", BEFORE, 0),),
    ),
    Moment(
        id="progress-shown-not-noted",
        api=((STUCK, Route.RETRIEVE),),
        telegram=(("editMessageText", AFTER, 0),),
    ),
    Moment(id="looked-at", api=((VideoFaultKind.HELD_BEFORE, Route.RETRIEVE),)),
    Moment(id="seen-finished-not-noted", api=((VideoFaultKind.HELD_AFTER, Route.RETRIEVE),)),
    Moment(id="clip-on-its-way", api=((VideoFaultKind.HELD_BEFORE, Route.CDN),)),
    Moment(id="video-not-sent", telegram=(("sendVideo", BEFORE, 0),), most_videos=2),
    Moment(id="video-sent-not-noted", telegram=(("sendVideo", AFTER, 0),), most_videos=2),
    Moment(
        id="status-becomes-video",
        telegram=(("sendVideo", LOST, 0), ("editMessageMedia", BEFORE, 0)),
        most_videos=2,
    ),
    Moment(
        id="status-became-video-not-noted",
        telegram=(("sendVideo", LOST, 0), ("editMessageMedia", AFTER, 0)),
        most_videos=2,
    ),
    Moment(id="status-not-cleared", telegram=(("deleteMessage", BEFORE, 0),)),
    Moment(id="status-cleared-not-noted", telegram=(("deleteMessage", AFTER, 0),)),
    Moment(
        id="reason-not-told",
        api=((VideoFaultKind.MODERATED, Route.CREATE),),
        telegram=(("editMessageText", BEFORE, 0),),
        ending=MODERATED,
    ),
    Moment(
        id="reason-told-not-noted",
        api=((VideoFaultKind.MODERATED, Route.CREATE),),
        telegram=(("editMessageText", AFTER, 0),),
        ending=MODERATED,
    ),
    Moment(
        id="tried-again",
        api=((VideoFaultKind.MODERATED, Route.CREATE),),
        telegram=(("editMessageText", AFTER, 1),),
        ask=press_try_again,
        turn=2,
        jobs=2,
    ),
)


async def test_whenever_it_is_killed_one_order_at_most_and_the_video_or_the_reason(
    tmp_path: Path, clips: Path
) -> None:
    async with sandbox(tmp_path, clips=clips, seconds_to_render=0.1) as opened:
        chats = {moment.id: opened.newcomer(moment.id) for moment in MOMENTS}
        async with opened.process(max_rendering="100") as process:
            holding = await _brought_to_a_halt(opened, chats)
            await opened.kill(process)
        opened.video_api.faults.clear()
        opened.video_api.faults.release()
        for fault in holding:
            fault.release()
        async with opened.process():
            await opened.until_over(sum(moment.jobs for moment in MOMENTS), timeout=40)
        endings = {moment.id: await opened.ending(chats[moment.id], moment.prompt) for moment in MOMENTS}
        leftovers = {moment.id: _leftovers(opened, chats[moment.id]) for moment in MOMENTS}

    assert {id_: _but_for_a_second_video(ending) for id_, ending in endings.items()} == {
        moment.id: moment.ending for moment in MOMENTS
    }
    assert [moment.id for moment in MOMENTS if endings[moment.id].videos > moment.most_videos] == []
    assert leftovers == {moment.id: list(moment.leftovers) for moment in MOMENTS}


@pytest.mark.parametrize("is_delivered", [False, True], ids=["under-way", "delivered"])
async def test_a_card_whose_job_is_taken_before_its_press_comes_again_does_not_stay_behind(
    sandbox: Sandbox, *, is_delivered: bool
) -> None:
    edit = sandbox.telegram.faults.add(Fault(method="editMessageText", kind=AFTER))
    async with sandbox.process() as process:
        await press_the_card(sandbox, sandbox.chat, "pressed and killed")
        await edit.struck()
        await sandbox.kill(process)
    poll = sandbox.telegram.faults.add(Fault(method=POLL, kind=BEFORE))
    sandbox.video_api.hold = not is_delivered

    async with sandbox.process():
        await sandbox.video_api.until(lambda: sandbox.video_api.orders, timeout=30)
        if is_delivered:
            await sandbox.until_over(1)
        poll.release()
        await sandbox.until_polled()
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_over(1)
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 1)

    assert [bool(message.video) for message in sandbox.bot_messages()] == [True]


async def _brought_to_a_halt(sandbox: Sandbox, chats: dict[str, Chat]) -> list[Fault]:
    """Let everybody's job stand still, and return what holds the calls to Telegram."""
    first, *others = MOMENTS
    halts = list[asyncio.Task[list[Fault]]]()
    for turn in sorted({moment.turn for moment in others}):
        async with asyncio.TaskGroup() as people:
            for moment in others:
                if moment.turn == turn:
                    halts.append(people.create_task(_halted(sandbox, moment, chats[moment.id])))
    held = sum(kind in HELD for moment in others for kind, _ in moment.api)
    await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == held, timeout=30)
    update = await _held_update(sandbox, chats[first.id], first.prompt)
    return [update, *(fault for halt in halts for fault in halt.result())]


async def _halted(sandbox: Sandbox, moment: Moment, chat: Chat) -> list[Fault]:
    sandbox.video_api.faults.add(
        *(
            VideoFault(kind=kind, on=on, prompt=moment.prompt.__eq__, times=None if kind is STUCK else 1)
            for kind, on in moment.api
        )
    )
    faults = [
        sandbox.telegram.faults.add(
            Fault(method=method, kind=kind, skip=skip, chat=None if method in CHATLESS else chat)
        )
        for method, kind, skip in moment.telegram
    ]
    await moment.ask(sandbox, chat, moment.prompt)
    for fault in faults:
        await fault.struck()
    return faults


async def _held_update(sandbox: Sandbox, chat: Chat, prompt: str) -> Fault:
    fault = sandbox.telegram.faults.add(Fault(method=POLL, kind=AFTER))
    sandbox.ask(chat, "/quota")
    await sandbox.telegram.until(lambda: fault.hits)
    sandbox.ask(chat, f"/video {prompt}")
    await fault.struck()
    return fault


def _but_for_a_second_video(ending: Ending) -> Ending:
    return replace(ending, videos=min(ending.videos, 1))


def _leftovers(sandbox: Sandbox, chat: Chat) -> list[str]:
    """Return what the bot said that is neither the video nor the reason."""
    said = [message for message in sandbox.bot_messages(chat) if message not in sandbox.videos(chat)]
    return [message.words for message in said if not message.words.startswith("❌")]
