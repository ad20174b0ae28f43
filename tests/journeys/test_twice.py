"""Everything happens twice: updates are delivered again, buttons pressed again, and nothing is made or told twice."""

from __future__ import annotations

import asyncio

from domain.job import State
from sandbox.telegram.button_presses import Press
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, PHOTO, UNHURRIED, Ending, Sandbox
from tests.journeys.talk import said_in

MAKE, TRY_AGAIN, CANCEL = "🎬 Make", "Try again", "Cancel"


async def test_updates_that_are_delivered_twice_make_one_video_and_one_answer_each(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    group = sandbox.telegram.add_group("Friends", [sandbox.person, sandbox.telegram.add_user("Ali")])

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video once")
        sandbox.ask(group, "/video@reelbot_bot together")
        await asyncio.gather(sandbox.until_video(), sandbox.until_video(group))
        await sandbox.until_over(2)

    assert await sandbox.ending(sandbox.chat, "once") == Ending(left=ALLOWANCE - 2)
    assert [len(sandbox.bot_messages(chat)) for chat in (sandbox.chat, group)] == [1, 2]
    assert len(said_in(sandbox, group)) == 1
    assert len(sandbox.video_api.orders) == 2


async def test_a_card_and_its_press_that_are_delivered_twice_make_one_video(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "a paper boat")
        card = await sandbox.until_said("a paper boat")
        sandbox.telegram.press(sandbox.person, card, MAKE)
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a paper boat") == Ending()
    assert len(sandbox.bot_messages()) == 1


async def test_a_photo_and_its_words_that_are_delivered_twice_make_one_video(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.telegram.send_photo(sandbox.chat, sandbox.person, PHOTO)
        question = await sandbox.until_said("What should happen in it?")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "it rains", reply_to=question)
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "it rains") == Ending()
    assert [len(order.files) for order in sandbox.video_api.orders] == [1]
    assert [message.words for message in sandbox.bot_messages() if message is not question] == [
        sandbox.videos()[0].words
    ]


async def test_a_button_that_is_pressed_many_times_at_once_makes_one_video(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "an impatient thumb")
        card = await sandbox.until_said("an impatient thumb")
        await _all_answered([sandbox.telegram.press(sandbox.person, card, MAKE) for _ in range(5)])
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "an impatient thumb") == Ending()


async def test_try_again_that_is_pressed_many_times_orders_once_more_and_once_only(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a second chance")
        reason = await sandbox.until_said("No video this time")
        await sandbox.until_over(1)
        await _all_answered([sandbox.telegram.press(sandbox.person, reason, TRY_AGAIN) for _ in range(5)])
        await sandbox.until_over(2)

    assert await sandbox.ending(sandbox.chat, "a second chance") == Ending()
    assert len(await sandbox.jobs()) == 2


async def test_try_again_that_is_pressed_before_its_reason_is_written_down_as_told_is_heard(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    told = sandbox.telegram.faults.add(Fault(method="editMessageText", kind=CallFaultKind.HOLD_AFTER))

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a quick thumb")
        await told.struck()
        reason = await sandbox.until_said("No video this time")
        await _all_answered([sandbox.telegram.press(sandbox.person, reason, TRY_AGAIN)])
        told.release()
        await sandbox.until_over(2)

    assert await sandbox.ending(sandbox.chat, "a quick thumb") == Ending()
    assert len(sandbox.bot_messages()) == 1


async def test_a_button_from_before_a_restart_works_and_again_does_nothing_more(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "an old card")
        card = await sandbox.until_said("an old card")
    async with sandbox.bot(limits=UNHURRIED):
        await _all_answered([sandbox.telegram.press(sandbox.person, card, MAKE)])
        await sandbox.until_over(1)
    async with sandbox.bot(limits=UNHURRIED):
        await _all_answered([_pressed_again(sandbox, sandbox.chat)])
        sandbox.telegram.repeat_last_update()
        await _all_answered([_pressed_again(sandbox, sandbox.chat)])

    assert await sandbox.ending(sandbox.chat, "an old card") == Ending()
    assert len(await sandbox.jobs()) == 1


async def test_updates_that_come_again_after_a_restart_make_nothing_anew(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video the same as ever")
        await sandbox.until_over(1)
    sandbox.telegram.repeat_last_update()
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/quota")
        await sandbox.until_said("Left today")

    assert await sandbox.ending(sandbox.chat, "the same as ever") == Ending()
    assert (len(await sandbox.jobs()), len(sandbox.bot_messages())) == (1, 2)


async def test_cancel_that_is_pressed_twice_calls_off_once_and_says_so(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True

    async with sandbox.bot(limits=UNHURRIED, max_rendering_per_user=1):
        sandbox.ask(sandbox.chat, "/video first in line")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 1)
        sandbox.ask(sandbox.chat, "/video second in line")
        waiting = await sandbox.until_said("Number 1 in the queue")
        await _all_answered([sandbox.telegram.press(sandbox.person, waiting, CANCEL) for _ in range(2)])
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_over(2)

    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["first in line"]
    assert (len(sandbox.videos()), await sandbox.left(sandbox.chat)) == (1, ALLOWANCE - 1)
    assert sandbox.said("Cancelled") is waiting


async def test_what_a_card_or_a_retry_made_and_was_called_off_is_made_after_all_and_once(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with sandbox.bot(limits=UNHURRIED, max_rendering_per_user=1):
        sandbox.ask(sandbox.chat, "/video refused at first")
        reason = await sandbox.until_said("No video this time")
        retry = str(reason.buttons[0][1].callback_data)
        sandbox.video_api.hold = True
        sandbox.ask(sandbox.chat, "/video first in line")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 1)
        sandbox.ask(sandbox.chat, "a cat")
        card = await sandbox.until_said("a cat\n\nSora 2")
        make = str(card.buttons[0][0].callback_data)
        for shown, button, pressed in ((reason, TRY_AGAIN, retry), (card, MAKE, make)):
            await _called_off_again(sandbox, shown, [sandbox.telegram.press(sandbox.person, shown, button)])
            # The button that was there before, as an app may show it still.
            late = [sandbox.telegram.press_data(sandbox.person, shown, pressed) for _ in range(3)]
            await _called_off_again(sandbox, shown, late)
            await _called_off_again(sandbox, shown, [sandbox.telegram.press(sandbox.person, shown, MAKE)])
        jobs = await sandbox.jobs()
    prompts = [job.request.prompt for job in jobs if job.state is State.CANCELLED]
    assert prompts == ["refused at first"] * 3 + ["a cat"] * 3
    assert (len(jobs), len(sandbox.video_api.orders)) == (8, 1)


async def _called_off_again(sandbox: Sandbox, shown: Message, presses: list[Press]) -> None:
    """Wait until what was pressed is in the queue, and call it off there."""
    await _all_answered(presses)
    await sandbox.telegram.until(lambda: "in the queue" in shown.words)
    await _all_answered([sandbox.telegram.press(sandbox.person, shown, CANCEL)])


async def test_fifty_requests_of_one_person_at_once_leave_as_many_jobs_as_may_be(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        for number in range(50):
            sandbox.ask(sandbox.chat, f"/video wish {number}")
        await sandbox.telegram.until(
            lambda: (
                sum("You have used" in message.words for message in sandbox.bot_messages()) == 50 - ALLOWANCE
            )
        )
        await sandbox.until_over(ALLOWANCE)

    assert len(await sandbox.jobs()) == ALLOWANCE
    assert (len(sandbox.videos()), len(sandbox.video_api.orders), await sandbox.left(sandbox.chat)) == (
        3,
        3,
        0,
    )


def _pressed_again(sandbox: Sandbox, chat: Chat) -> Press:
    return sandbox.telegram.press_data(chat.members[0], sandbox.bot_messages(chat)[-1], "1:make:1")


async def _all_answered(presses: list[Press]) -> None:
    await asyncio.gather(*(press.answered() for press in presses))
