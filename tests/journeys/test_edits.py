"""Changing a finished video by words: a button, a reply, a command; one edit for each wish."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.pressing import prefer
from tests.journeys.results import ALL, made, words_on
from tests.journeys.talk import next_answer, said_in, serving
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from tests.journeys.town import Town

CHANGE = "Change"
QUESTION = "✏️ What should change in this video? Reply to this message with a few words."
HOW = "Reply to one of my videos with what should change, for example:\n/edit make it night"
REPLIES = {"plain words": "make it night", "a command": "/edit make it night"}


def remixed(town: Town) -> list[dict[str, str]]:
    """Return what was said in each order of an edit."""
    return [order.fields for order in town.video_api.orders if order.path.endswith("/remix")]


async def test_change_asks_what_and_makes_an_edit_of_the_answer(town: Town) -> None:
    town.telegram.repeat_updates = True
    async with serving(town):
        video = await made(town, "a cat --landscape")
        town.telegram.press(town.person, video, CHANGE)
        question = await next_answer(town, video)
        answer = town.telegram.say(town.chat, town.person, "make it night", reply_to=question)
        edit = await town.until_video(number=2)
        await town.until_over(2)
    first, second = await town.jobs()
    order = town.video_api.orders[1]
    assert (question.words, question.reply_placeholder) == (QUESTION, "e.g. make it night")
    assert order.path == f"/v1/videos/{first.video_id}/remix"
    assert order.fields == {"model": "sora-2", "prompt": "make it night", "size": "1280x720"}
    assert second.request.original is not None
    assert second.request.original.job_id == first.id
    assert (edit.reply_to, edit.words) == (answer, "✏️ make it night\n\nSora 2 · 10 s · 1280×720")
    assert (words_on(video), words_on(edit)) == (ALL, ALL)
    assert town.bot_messages() == [video, question, edit]
    assert await town.left(town.chat) == ALLOWANCE - 2


@pytest.mark.parametrize("words", REPLIES.values(), ids=REPLIES.keys())
async def test_a_reply_to_a_finished_video_in_a_private_chat_is_an_edit(town: Town, words: str) -> None:
    town.telegram.repeat_updates = True
    async with serving(town):
        video = await made(town, "a cat")
        reply = town.telegram.say(town.chat, town.person, words, reply_to=video)
        edit = await town.until_video(number=2)
        await town.until_over(2)
    assert edit.reply_to is reply
    assert remixed(town) == [{"model": "sora-2", "prompt": "make it night", "size": "720x1280"}]
    assert (len(town.video_api.orders), town.bot_messages()) == (2, [video, edit])


async def test_an_edit_can_be_edited_and_made_again(town: Town) -> None:
    async with serving(town, daily_allowance=4):
        video = await made(town, "a cat")
        town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        night = await town.until_video(number=2)
        town.telegram.say(town.chat, town.person, "add snow", reply_to=night)
        snow = await town.until_video(number=3)
        await town.until_over(3)
        town.telegram.press(town.person, snow, "Again")
        await town.until_over(4)
    _, second, third, fourth = await town.jobs()
    assert [fields["prompt"] for fields in remixed(town)] == ["make it night", "add snow", "add snow"]
    assert third.request.original is not None
    assert third.request.original.video_id == second.video_id
    assert fourth.request == third.request


async def test_a_question_that_was_asked_before_a_restart_waits_for_its_answer(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        town.telegram.press(town.person, video, CHANGE)
        question = await next_answer(town, video)
    async with serving(town):
        town.telegram.say(town.chat, town.person, "make it night", reply_to=question)
        await town.until_video(number=2)
    assert len(remixed(town)) == 1


async def test_the_command_alone_asks_what_should_change(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        command = town.telegram.say(town.chat, town.person, "/edit", reply_to=video)
        question = await next_answer(town, command)
        town.telegram.say(town.chat, town.person, "/edit make it night", reply_to=question)
        await town.until_video(number=2)
    assert (question.words, question.reply_placeholder) == (QUESTION, "e.g. make it night")
    assert len(remixed(town)) == 1


async def test_the_command_that_is_about_no_finished_video_says_how(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        alone = await next_answer(town, town.ask(town.chat, "/edit make it night"))
        about_words = await next_answer(
            town, town.telegram.say(town.chat, town.person, "/edit make it night", reply_to=alone)
        )
        only_options = await next_answer(
            town, town.telegram.say(town.chat, town.person, "/edit --landscape", reply_to=video)
        )
    assert [answer.words for answer in (alone, about_words, only_options)] == [HOW] * 3
    assert len(await town.jobs()) == 1


async def test_in_a_group_only_who_was_asked_answers(town: Town) -> None:
    other = town.telegram.add_user("Ali")
    group = town.telegram.add_group("Friends", [town.person, other])
    async with serving(town):
        video = await made(town, "a cat", chat=group)
        town.telegram.say(group, town.person, "😂", reply_to=video)
        town.telegram.press(town.person, video, CHANGE)
        question = await next_answer(town, video)
        town.telegram.say(group, other, "make it pink", reply_to=question)
        town.telegram.say(group, town.person, "make it night", reply_to=question)
        edit = await town.until_video(group, number=2)
        await town.until_over(2)
    assert question.words == (
        "✏️ Mina, what should change in this video? Reply to this message with a few words."
    )
    assert [fields["prompt"] for fields in remixed(town)] == ["make it night"]
    assert said_in(town, group) == [video, question, edit]


async def test_in_a_group_anybody_edits_by_command_and_pays_for_it(town: Town) -> None:
    other = town.telegram.add_user("Ali")
    group = town.telegram.add_group("Friends", [town.person, other])
    async with serving(town):
        video = await made(town, "a cat", chat=group)
        reply = town.telegram.say(group, other, "/edit@reelbot_bot make it night", reply_to=video)
        edit = await town.until_video(group, number=2)
        await town.until_over(2)
    assert edit.reply_to is reply
    assert [job.place.account_id for job in await town.jobs()] == [town.person.id, other.id]


async def test_a_deleted_video_is_not_edited(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        town.telegram.press(town.person, video, CHANGE)
        question = await next_answer(town, video)
        data = "1:delete:1:yes"
        await town.telegram.press_data(town.person, video, data).answered()
        town.telegram.say(town.chat, town.person, "/edit make it night", reply_to=question)
        answer = await town.until_said("Reply to one of my videos")
    assert answer.words == HOW
    assert len(town.video_api.orders) == 1


async def test_an_edit_beyond_ones_allowance_says_when_it_works_again(town: Town) -> None:
    async with serving(town, daily_allowance=1):
        video = await made(town, "a cat")
        answer = await next_answer(
            town, town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        )
    assert answer.words.startswith("You have used your 1 credit for today.")
    assert remixed(town) == []


async def test_an_edit_whose_order_may_have_arrived_is_not_ordered_twice(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.REMIX))
    async with serving(town):
        video = await made(town, "a cat")
        town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        reason = await town.until_said("No video this time")
        await town.until_over(2)
    assert "nobody can tell whether the order arrived" in reason.words
    assert words_on(reason) == [["🔁 Try again"]]
    assert (len(remixed(town)), await town.left(town.chat)) == (1, ALLOWANCE - 1)


async def test_an_edit_that_the_api_takes_later_is_ordered_later(town: Town) -> None:
    town.video_api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.REMIX))
    async with serving(town):
        video = await made(town, "a cat")
        town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        await town.until_video(number=2)
    assert (len(remixed(town)), town.video_api.requests[Route.REMIX]) == (1, 2)


async def test_a_video_is_edited_that_telegram_showed_before_we_wrote_it_down(town: Town) -> None:
    done = town.telegram.faults.add(Fault(method="deleteMessage", kind=CallFaultKind.HOLD_AFTER))
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        await done.struck()
        video = await town.until_video()
        town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        await town.telegram.until(lambda: remixed(town))
        done.release()
        await town.until_over(2)
    assert len(town.videos()) == 2


async def test_who_prefers_to_be_asked_first_is_shown_the_price_of_an_edit(town: Town) -> None:
    town.telegram.repeat_updates = True
    async with serving(town):
        video = await made(town, "a cat")
        await prefer(town, "👀 Ask first")
        reply = town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        card = await next_answer(town, reply)
        words, spent = card.words, len(await town.jobs())
        presses = [town.telegram.press(town.person, card, "Make the video") for _ in range(3)]
        await asyncio.gather(*(press.answered() for press in presses))
        edit = await town.until_video(number=2)
        await town.until_over(2)
    assert words == "✏️ make it night\n\nSora 2 · 10 s · 720×1280\n\nCosts 1 credit."
    assert (spent, len(remixed(town)), edit.reply_to) == (1, 1, reply)


async def test_a_video_that_was_sent_again_is_edited_like_the_first(town: Town) -> None:
    async with serving(town):
        await made(town, "a cat")
        town.ask(town.chat, "/show 1")
        copy = await town.until_video(number=2)
        town.telegram.say(town.chat, town.person, "make it night", reply_to=copy)
        await town.until_over(2)
    assert remixed(town) == [{"model": "sora-2", "prompt": "make it night", "size": "720x1280"}]
