"""Changing a finished video by words: a button, a reply, a command; one edit for each wish."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.buttons import prefer
from tests.journeys.results import ALL, made, words_on
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, said_in, serving

CHANGE = "Change"
QUESTION = "✏️ What should change in this video? Reply to this message with a few words."
HOW = "Reply to one of my videos with what should change, for example:\n/edit make it night"
REPLIES = {"plain words": "make it night", "a command": "/edit make it night"}


def remixed(sandbox: Sandbox) -> list[dict[str, str]]:
    """Return what was said in each order of an edit."""
    return [order.fields for order in sandbox.video_api.orders if order.path.endswith("/remix")]


async def test_change_asks_what_and_makes_an_edit_of_the_answer(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        video = await made(sandbox, "a cat --landscape")
        sandbox.telegram.press(sandbox.person, video, CHANGE)
        question = await next_answer(sandbox, video)
        answer = sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=question)
        edit = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    first, second = await sandbox.jobs()
    order = sandbox.video_api.orders[1]
    assert (question.words, question.reply_placeholder) == (QUESTION, "e.g. make it night")
    assert order.path == f"/v1/videos/{first.video_id}/remix"
    assert order.fields == {"model": "sora-2", "prompt": "make it night", "size": "1280x720"}
    assert second.request.original is not None
    assert second.request.original.job_id == first.id
    assert (edit.reply_to, edit.words) == (answer, "a cat → make it night\n\nSora 2 · 10 s · Landscape")
    assert (words_on(video), words_on(edit)) == (ALL, ALL)
    assert sandbox.bot_messages() == [video, question, edit]
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 2


async def test_words_right_after_the_question_are_the_change_although_they_reply_to_nothing(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.press(sandbox.person, video, CHANGE)
        await next_answer(sandbox, video)
    async with serving(sandbox):  # a restart is nothing to an open question
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "make it night"))
        said, unpaid = card.words, len(sandbox.video_api.orders)
        later = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a dog"))
        sandbox.telegram.press(sandbox.person, card, "🎬 Make it · 1 credit")
        edit = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    assert said.endswith("✏️ make it night\n\nSora 2 · 10 s · Portrait · 1 credit")
    assert later.words.startswith("a dog\n\nSora 2 · 10 s · Portrait")
    assert unpaid == 1
    assert edit.words == "a cat → make it night\n\nSora 2 · 10 s · Portrait"
    assert [fields["prompt"] for fields in remixed(sandbox)] == ["make it night"]


@pytest.mark.parametrize("words", REPLIES.values(), ids=REPLIES.keys())
async def test_a_reply_to_a_finished_video_in_a_private_chat_is_an_edit(sandbox: Sandbox, words: str) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        reply = sandbox.telegram.say(sandbox.chat, sandbox.person, words, reply_to=video)
        edit = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    assert edit.reply_to is reply
    assert remixed(sandbox) == [{"model": "sora-2", "prompt": "make it night", "size": "720x1280"}]
    assert (len(sandbox.video_api.orders), sandbox.bot_messages()) == (2, [video, edit])


async def test_an_edit_can_be_edited_and_made_again(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=4):
        video = await made(sandbox, "a cat")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        night = await sandbox.until_video(number=2)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "add snow", reply_to=night)
        snow = await sandbox.until_video(number=3)
        await sandbox.until_over(3)
        sandbox.telegram.press(sandbox.person, snow, "Again")
        await sandbox.until_over(4)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        found = await sandbox.telegram.ask_inline(sandbox.person, "snow").answered()
    _, second, third, fourth = await sandbox.jobs()
    assert [fields["prompt"] for fields in remixed(sandbox)] == ["make it night", "add snow", "add snow"]
    assert third.request.original is not None
    assert third.request.original.video_id == second.video_id
    assert fourth.request == third.request
    assert [video.words.partition("\n")[0] for video in (night, snow)] == [
        "a cat → make it night",
        "a cat → add snow",
    ]
    assert "\n🎬 3  a cat → add snow\n" in listed.words
    assert [result.title for result in found.results] == ["a cat → add snow"] * 2


async def test_a_question_that_was_asked_before_a_restart_waits_for_its_answer(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.press(sandbox.person, video, CHANGE)
        question = await next_answer(sandbox, video)
    async with serving(sandbox):
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=question)
        await sandbox.until_video(number=2)
    assert len(remixed(sandbox)) == 1


async def test_the_command_alone_asks_what_should_change(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        command = sandbox.telegram.say(sandbox.chat, sandbox.person, "/edit", reply_to=video)
        question = await next_answer(sandbox, command)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/edit make it night", reply_to=question)
        await sandbox.until_video(number=2)
    assert (question.words, question.reply_placeholder) == (QUESTION, "e.g. make it night")
    assert len(remixed(sandbox)) == 1


async def test_the_command_that_is_about_no_finished_video_says_how(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        alone = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/edit make it night"))
        about_words = await next_answer(
            sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "/edit make it night", reply_to=alone)
        )
        only_options = await next_answer(
            sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "/edit --landscape", reply_to=video)
        )
    assert [answer.words for answer in (alone, about_words, only_options)] == [HOW] * 3
    assert len(await sandbox.jobs()) == 1


async def test_in_a_group_only_who_was_asked_answers(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        video = await made(sandbox, "a cat", chat=group)
        sandbox.telegram.say(group, sandbox.person, "😂", reply_to=video)
        sandbox.telegram.press(sandbox.person, video, CHANGE)
        question = await next_answer(sandbox, video)
        sandbox.telegram.say(group, other, "make it pink", reply_to=question)
        sandbox.telegram.say(group, sandbox.person, "make it night", reply_to=question)
        edit = await sandbox.until_video(group, number=2)
        await sandbox.until_over(2)
    assert question.words == (
        "✏️ Mina, what should change in this video? Reply to this message with a few words."
    )
    assert [fields["prompt"] for fields in remixed(sandbox)] == ["make it night"]
    assert said_in(sandbox, group) == [video, question, edit]


async def test_in_a_group_anybody_edits_by_command_and_pays_for_it(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        video = await made(sandbox, "a cat", chat=group)
        reply = sandbox.telegram.say(group, other, "/edit@reelbot_bot make it night", reply_to=video)
        edit = await sandbox.until_video(group, number=2)
        await sandbox.until_over(2)
    assert edit.reply_to is reply
    assert [job.place.account_id for job in await sandbox.jobs()] == [sandbox.person.id, other.id]


async def test_a_deleted_video_is_not_edited(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.press(sandbox.person, video, CHANGE)
        question = await next_answer(sandbox, video)
        data = "1:delete:1:yes"
        await sandbox.telegram.press_data(sandbox.person, video, data).answered()
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/edit make it night", reply_to=question)
        answer = await sandbox.until_said("Reply to one of my videos")
    assert answer.words == HOW
    assert len(sandbox.video_api.orders) == 1


async def test_an_edit_beyond_ones_allowance_says_when_it_works_again(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=1):
        video = await made(sandbox, "a cat")
        answer = await next_answer(
            sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        )
    assert answer.words.startswith("You have used your 1 credit for today.")
    assert remixed(sandbox) == []


async def test_an_edit_whose_order_may_have_arrived_is_not_ordered_twice(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.REMIX))
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        reason = await sandbox.until_said("No video this time")
        await sandbox.until_over(2)
    assert "nobody knows whether the order arrived" in reason.words
    assert words_on(reason) == [["🔁 Try again"]]
    assert (len(remixed(sandbox)), await sandbox.left(sandbox.chat)) == (1, ALLOWANCE - 1)


async def test_an_edit_that_the_api_takes_later_is_ordered_later(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.REMIX))
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        await sandbox.until_video(number=2)
    assert (len(remixed(sandbox)), sandbox.video_api.requests[Route.REMIX]) == (1, 2)


async def test_a_video_is_edited_that_telegram_showed_before_we_wrote_it_down(sandbox: Sandbox) -> None:
    done = sandbox.telegram.faults.add(Fault(method="deleteMessage", kind=CallFaultKind.HOLD_AFTER))
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        await done.struck()
        video = await sandbox.until_video()
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        await sandbox.telegram.until(lambda: remixed(sandbox))
        done.release()
        await sandbox.until_over(2)
    assert len(sandbox.videos()) == 2


async def test_who_prefers_to_be_asked_first_is_shown_the_price_of_an_edit(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        await prefer(sandbox, "👀 Ask first")
        reply = sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        card = await next_answer(sandbox, reply)
        words, spent = card.words, len(await sandbox.jobs())
        presses = [sandbox.telegram.press(sandbox.person, card, "🎬 Make it · 1 credit") for _ in range(3)]
        await asyncio.gather(*(press.answered() for press in presses))
        edit = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    assert words == "✏️ make it night\n\nSora 2 · 10 s · Portrait · 1 credit"
    assert (spent, len(remixed(sandbox)), edit.reply_to) == (1, 1, reply)


async def test_a_video_that_was_sent_again_is_edited_like_the_first(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await made(sandbox, "a cat")
        sandbox.ask(sandbox.chat, "/show 1")
        copy = await sandbox.until_video(number=2)
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=copy)
        await sandbox.until_over(2)
    assert remixed(sandbox) == [{"model": "sora-2", "prompt": "make it night", "size": "720x1280"}]
