"""The bot is told to stop: nothing new is begun, what is in hand ends or is left whole, and the next start goes on."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.run import utc_now
from domain.failures import FailureReason
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox

#: Seconds within which the process has to be gone, as orchestrators give it before they kill.
GRACE = 10
HANGING_AT_THE_API = {
    "an order hangs": (VideoFaultKind.HELD_AFTER, Route.CREATE),
    "a look hangs": (VideoFaultKind.HELD_BEFORE, Route.RETRIEVE),
    "a clip hangs": (VideoFaultKind.HELD_BEFORE, Route.CDN),
}
HANGING_AT_TELEGRAM = {"an acceptance hangs": "sendMessage", "an upload hangs": "sendVideo"}


HANGS_UP = pytest.param(
    signal.SIGHUP,
    marks=pytest.mark.skipif(
        signal.getsignal(signal.SIGHUP) is signal.SIG_IGN,
        reason="the end of the terminal is ignored here: nohup",
    ),
)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, HANGS_UP])
async def test_an_idle_bot_stops_when_it_is_told_to(sandbox: Sandbox, sign: signal.Signals) -> None:
    async with sandbox.program() as process:
        await sandbox.until_polled()
        process.send_signal(sign)
        async with asyncio.timeout(GRACE):
            assert await process.wait() == 0


async def test_a_bot_whose_every_call_hangs_stops_in_time_and_the_next_start_goes_on(
    sandbox: Sandbox,
) -> None:
    chats = {prompt: sandbox.newcomer(prompt) for prompt in (*HANGING_AT_THE_API, *HANGING_AT_TELEGRAM)}
    for prompt, (kind, route) in HANGING_AT_THE_API.items():
        sandbox.video_api.faults.add(VideoFault(kind=kind, on=route, prompt=prompt.__eq__))
    calls = [
        sandbox.telegram.faults.add(Fault(method=method, kind=FaultKind.HOLD_BEFORE, chat=chats[prompt]))
        for prompt, method in HANGING_AT_TELEGRAM.items()
    ]

    async with sandbox.process(stop_grace_seconds="1") as process:
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        held = len(HANGING_AT_THE_API)
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == held, timeout=30)
        for call in calls:
            await call.struck()
        process.terminate()
        async with asyncio.timeout(GRACE):
            assert await process.wait() == 0
    async with sandbox.process():
        await sandbox.until_over(len(chats), timeout=30)

    unknown = Ending(videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=1, left=ALLOWANCE)
    endings = {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()}
    assert endings == dict.fromkeys(chats, Ending()) | {"an order hangs": unknown}


async def test_an_order_on_the_wire_may_hold_up_the_stop_for_longer_than_anything_else(
    sandbox: Sandbox,
) -> None:
    ordering, looking = sandbox.chat, sandbox.newcomer("whose look hangs")
    sandbox.video_api.faults.add(
        VideoFault(kind=VideoFaultKind.HELD_AFTER, on=Route.CREATE, prompt="an order hangs".__eq__),
        VideoFault(kind=VideoFaultKind.HELD_BEFORE, on=Route.RETRIEVE, prompt="a look hangs".__eq__),
    )

    async with sandbox.process() as process:
        sandbox.ask(ordering, "/video an order hangs")
        sandbox.ask(looking, "/video a look hangs")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 2, timeout=30)
        process.terminate()
        # What is cut short is given back: the look is, and the order is not.
        await _until_due(sandbox, "rendering")
        states = {job.request.prompt: job.state for job in await sandbox.jobs()}
        assert states == {"an order hangs": "submitting", "a look hangs": "rendering"}
        sandbox.video_api.faults.release()
        async with asyncio.timeout(GRACE):
            assert await process.wait() == 0
    async with sandbox.process():
        await sandbox.until_over(2)

    assert await sandbox.ending(ordering, "an order hangs") == Ending()
    assert await sandbox.ending(looking, "a look hangs") == Ending()


async def _until_due(sandbox: Sandbox, state: str) -> None:
    """Wait until the job in this state is in nobody's hands: nobody tells when another process lets it go."""
    async with asyncio.timeout(30):
        while not any(job.state == state and job.due_at <= utc_now() for job in await sandbox.jobs()):  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.1)


async def test_steps_in_hand_end_and_nothing_new_is_begun(sandbox: Sandbox) -> None:
    upload = sandbox.telegram.faults.add(Fault(method="sendVideo", kind=FaultKind.HOLD_BEFORE))
    waiting = sandbox.newcomer("somebody who waits")

    async with sandbox.bot(limits=UNHURRIED, max_rendering=1) as stopping:
        sandbox.ask(sandbox.chat, "/video in hand")
        await upload.struck()
        sandbox.video_api.hold = True
        sandbox.ask(waiting, "/video ordered")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 2)
        sandbox.ask(waiting, "/video in the queue")
        await sandbox.until_said("Number 1 in the queue", waiting)
        stopping.set()
        upload.release()

    jobs = {job.request.prompt: job.state for job in await sandbox.jobs()}
    assert jobs == {"in hand": "done", "ordered": "rendering", "in the queue": "queued"}
    assert await sandbox.ending(sandbox.chat, "in hand") == Ending()
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["in hand", "ordered"]


async def test_what_is_said_while_nobody_listens_is_answered_at_the_next_start(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        await sandbox.until_polled()
    sandbox.ask(sandbox.chat, "/video nobody is at home")
    async with sandbox.bot(limits=UNHURRIED):
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "nobody is at home") == Ending()
