"""Everything happens twice: updates are delivered again, buttons pressed again, and nothing is made or told twice."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from domain.job import State
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.talk import said_in
from tests.journeys.town import ALLOWANCE, PHOTO, UNHURRIED, Ending, Town

if TYPE_CHECKING:
    from sandbox.telegram.button_presses import Press
    from sandbox.telegram.chats import Chat, Message

MAKE, TRY_AGAIN, CANCEL = "Make the video", "Try again", "Cancel"


async def test_updates_that_are_delivered_twice_make_one_video_and_one_answer_each(town: Town) -> None:
    town.telegram.repeat_updates = True
    group = town.telegram.add_group("Friends", [town.person, town.telegram.add_user("Ali")])

    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "/video once")
        town.ask(group, "/video@reelbot_bot together")
        await asyncio.gather(town.until_video(), town.until_video(group))
        await town.until_over(2)

    assert await town.ending(town.chat, "once") == Ending(left=ALLOWANCE - 2)
    assert [len(town.bot_messages(chat)) for chat in (town.chat, group)] == [1, 2]
    assert len(said_in(town, group)) == 1
    assert len(town.video_api.orders) == 2


async def test_a_card_and_its_press_that_are_delivered_twice_make_one_video(town: Town) -> None:
    town.telegram.repeat_updates = True

    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "a paper boat")
        card = await town.until_said("a paper boat")
        town.telegram.press(town.person, card, MAKE)
        await town.until_over(1)

    assert await town.ending(town.chat, "a paper boat") == Ending()
    assert len(town.bot_messages()) == 1


async def test_a_photo_and_its_words_that_are_delivered_twice_make_one_video(town: Town) -> None:
    town.telegram.repeat_updates = True

    async with town.bot(limits=UNHURRIED):
        town.telegram.send_photo(town.chat, town.person, PHOTO)
        question = await town.until_said("What should happen in it?")
        town.telegram.say(town.chat, town.person, "it rains", reply_to=question)
        await town.until_over(1)

    assert await town.ending(town.chat, "it rains") == Ending()
    assert [len(order.files) for order in town.video_api.orders] == [1]
    assert [message.words for message in town.bot_messages() if message is not question] == [
        town.videos()[0].words
    ]


async def test_a_button_that_is_pressed_many_times_at_once_makes_one_video(town: Town) -> None:
    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "an impatient thumb")
        card = await town.until_said("an impatient thumb")
        await _all_answered([town.telegram.press(town.person, card, MAKE) for _ in range(5)])
        await town.until_over(1)

    assert await town.ending(town.chat, "an impatient thumb") == Ending()


async def test_try_again_that_is_pressed_many_times_orders_once_more_and_once_only(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))

    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "/video a second chance")
        reason = await town.until_said("No video this time")
        await town.until_over(1)
        await _all_answered([town.telegram.press(town.person, reason, TRY_AGAIN) for _ in range(5)])
        await town.until_over(2)

    assert await town.ending(town.chat, "a second chance") == Ending()
    assert len(await town.jobs()) == 2


async def test_try_again_that_is_pressed_before_its_reason_is_written_down_as_told_is_heard(
    town: Town,
) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    told = town.telegram.faults.add(Fault(method="editMessageText", kind=CallFaultKind.HOLD_AFTER))

    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "/video a quick thumb")
        await told.struck()
        reason = await town.until_said("No video this time")
        await _all_answered([town.telegram.press(town.person, reason, TRY_AGAIN)])
        told.release()
        await town.until_over(2)

    assert await town.ending(town.chat, "a quick thumb") == Ending()
    assert len(town.bot_messages()) == 1


async def test_a_button_from_before_a_restart_works_and_again_does_nothing_more(town: Town) -> None:
    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "an old card")
        card = await town.until_said("an old card")
    async with town.bot(limits=UNHURRIED):
        await _all_answered([town.telegram.press(town.person, card, MAKE)])
        await town.until_over(1)
    async with town.bot(limits=UNHURRIED):
        await _all_answered([_pressed_again(town, town.chat)])
        town.telegram.repeat_last_update()
        await _all_answered([_pressed_again(town, town.chat)])

    assert await town.ending(town.chat, "an old card") == Ending()
    assert len(await town.jobs()) == 1


async def test_updates_that_come_again_after_a_restart_make_nothing_anew(town: Town) -> None:
    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "/video the same as ever")
        await town.until_over(1)
    town.telegram.repeat_last_update()
    async with town.bot(limits=UNHURRIED):
        town.ask(town.chat, "/quota")
        await town.until_said("Left today")

    assert await town.ending(town.chat, "the same as ever") == Ending()
    assert (len(await town.jobs()), len(town.bot_messages())) == (1, 2)


async def test_cancel_that_is_pressed_twice_calls_off_once_and_says_so(town: Town) -> None:
    town.video_api.hold = True

    async with town.bot(limits=UNHURRIED, max_rendering_per_user=1):
        town.ask(town.chat, "/video first in line")
        await town.video_api.until(lambda: len(town.video_api.orders) == 1)
        town.ask(town.chat, "/video second in line")
        waiting = await town.until_said("Place 1 in the queue")
        await _all_answered([town.telegram.press(town.person, waiting, CANCEL) for _ in range(2)])
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.until_over(2)

    assert [order.fields["prompt"] for order in town.video_api.orders] == ["first in line"]
    assert (len(town.videos()), await town.left(town.chat)) == (1, ALLOWANCE - 1)
    assert town.said("Cancelled") is waiting


async def test_what_a_card_or_a_retry_made_and_was_called_off_is_made_after_all_and_once(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with town.bot(limits=UNHURRIED, max_rendering_per_user=1):
        town.ask(town.chat, "/video refused at first")
        reason = await town.until_said("No video this time")
        retry = str(reason.buttons[0][0].callback_data)
        town.video_api.hold = True
        town.ask(town.chat, "/video first in line")
        await town.video_api.until(lambda: len(town.video_api.orders) == 1)
        town.ask(town.chat, "a cat")
        card = await town.until_said("a cat\n\nSora 2")
        make = str(card.buttons[0][0].callback_data)
        for shown, button, pressed in ((reason, TRY_AGAIN, retry), (card, MAKE, make)):
            await _called_off_again(town, shown, [town.telegram.press(town.person, shown, button)])
            # The button that was there before, as an app may show it still.
            late = [town.telegram.press_data(town.person, shown, pressed) for _ in range(3)]
            await _called_off_again(town, shown, late)
            await _called_off_again(town, shown, [town.telegram.press(town.person, shown, MAKE)])
        jobs = await town.jobs()
    prompts = [job.request.prompt for job in jobs if job.state is State.CANCELLED]
    assert prompts == ["refused at first"] * 3 + ["a cat"] * 3
    assert (len(jobs), len(town.video_api.orders)) == (8, 1)


async def _called_off_again(town: Town, shown: Message, presses: list[Press]) -> None:
    """Wait until what was pressed is in the queue, and call it off there."""
    await _all_answered(presses)
    await town.telegram.until(lambda: "in the queue" in shown.words)
    await _all_answered([town.telegram.press(town.person, shown, CANCEL)])


async def test_fifty_requests_of_one_person_at_once_leave_as_many_jobs_as_may_be(town: Town) -> None:
    async with town.bot(limits=UNHURRIED):
        for number in range(50):
            town.ask(town.chat, f"/video wish {number}")
        await town.telegram.until(
            lambda: sum("You have used" in message.words for message in town.bot_messages()) == 50 - ALLOWANCE
        )
        await town.until_over(ALLOWANCE)

    assert len(await town.jobs()) == ALLOWANCE
    assert (len(town.videos()), len(town.video_api.orders), await town.left(town.chat)) == (3, 3, 0)


def _pressed_again(town: Town, chat: Chat) -> Press:
    return town.telegram.press_data(chat.members[0], town.bot_messages(chat)[-1], "1:make:1")


async def _all_answered(presses: list[Press]) -> None:
    await asyncio.gather(*(press.answered() for press in presses))
