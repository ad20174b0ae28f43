"""What a person can look up and call off: help, quota, jobs, cancel."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from domain.job import State
from sandbox.telegram.chats import Message
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import NOTHING_UNDER_WAY, next_answer, serving


@pytest.fixture
async def busy(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    """Return a sandbox where one video is made at a time, and does not end by itself."""
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        yield sandbox


async def asked(sandbox: Sandbox, *prompts: str) -> list[Message]:
    """Ask for videos; return their status messages once the first is being made."""
    statuses = [
        await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/video {prompt}")) for prompt in prompts
    ]
    await sandbox.telegram.until(lambda: "being made" in statuses[0].words)
    return statuses


def buttons(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_the_help_says_what_the_bot_does_with_examples_and_what_is_left(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        said = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/help"))
    assert said.words.startswith("🎬 I make videos from descriptions and photos.\n")
    assert said.words.endswith("\n\nLeft today: 3 of 3 credits. A video that fails costs nothing.")
    copied = [entity for entity in said.entities if entity.type == "code"]
    examples = [
        example for example in re.findall("^/video .*$", said.words, re.MULTILINE) if len(example) > 20
    ]
    assert len(examples) == 3
    assert len(copied) >= len(examples)


async def test_an_example_of_the_help_becomes_a_video_as_it_is(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        said = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/help"))
        example = re.findall("^/video .*$", said.words, re.MULTILINE)[0]
        status = await next_answer(sandbox, sandbox.ask(sandbox.chat, example))
    assert status.words.startswith("👍 On it.")


async def test_the_quota_says_what_is_left_what_is_under_way_and_when_more_frees_up(busy: Sandbox) -> None:
    await asked(busy, "a cat", "a dog")
    said = await next_answer(busy, busy.ask(busy.chat, "/quota"))
    assert said.words == (
        "Left today: 1 of 3 credits. A video that fails costs nothing.\n"
        "2 videos in progress: /jobs\nMore frees up in 24 hr."
    )


async def test_a_spent_quota_refuses_and_says_when_it_works_again(busy: Sandbox) -> None:
    await asked(busy, "a cat", "a dog", "a bird")
    said = await next_answer(busy, busy.ask(busy.chat, "/video a fish"))
    assert said.words == "You have used your 3 credits for today. Try again in 24 hr."
    assert len(await busy.jobs()) == 3


async def test_those_who_wait_see_their_place_in_the_queue(busy: Sandbox) -> None:
    _, second, third = await asked(busy, "a cat", "a dog", "a bird")
    assert second.words == "⏳ Number 1 in the queue\nYou can cancel it until it starts."
    assert third.words == "⏳ Number 2 in the queue\nYou can cancel it until it starts."
    assert buttons(second) == ["✋ Cancel"]


async def test_the_jobs_are_listed_with_state_place_and_a_button_for_each_that_can_be_called_off(
    busy: Sandbox,
) -> None:
    await asked(busy, "a cat & <friends>", "a dog", "a bird")
    said = await next_answer(busy, busy.ask(busy.chat, "/jobs"))
    assert said.words == (
        "a cat & <friends>\n🎬 Your video is being made.\n\n"
        "a dog\n⏳ Number 1 in the queue\n\n"
        "a bird\n⏳ Number 2 in the queue"
    )
    assert buttons(said) == ["✋ Cancel “a dog”", "✋ Cancel “a bird”"]


async def test_a_job_called_off_from_the_list_leaves_it_and_does_not_count(busy: Sandbox) -> None:
    _, second, third = await asked(busy, "a cat", "a dog", "a bird")
    listed = await next_answer(busy, busy.ask(busy.chat, "/jobs"))
    await busy.telegram.press(busy.person, listed, "Cancel “a dog”").answered()
    await busy.telegram.until(lambda: "a dog" not in listed.words)
    quota = await next_answer(busy, busy.ask(busy.chat, "/quota"))
    assert second.words == "✋ Cancelled: a dog\nNo charge."
    assert buttons(second) == ["🎬 Make the video"]
    assert buttons(listed) == ["✋ Cancel “a bird”"]
    assert listed.words.endswith("a bird\n⏳ Number 1 in the queue")
    assert "Number 2" in third.words or "Number 1" in third.words
    assert quota.words.startswith("Left today: 1 of 3 credits.")


async def test_the_last_job_called_off_leaves_an_empty_list(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        other = sandbox.newcomer("Bo")
        await next_answer(sandbox, sandbox.ask(other, "/video a cat"))
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        await sandbox.telegram.press(sandbox.person, listed, "Cancel").answered()
        await sandbox.telegram.until(lambda: listed.words == NOTHING_UNDER_WAY)
    assert listed.buttons == []


async def test_cancel_calls_off_the_newest_in_the_queue_and_its_status_says_so(busy: Sandbox) -> None:
    _, second, third = await asked(busy, "a cat", "a dog", "a bird")
    said = await next_answer(busy, busy.ask(busy.chat, "/cancel"))
    assert said.words == third.words == "✋ Cancelled: a bird\nNo charge."
    assert (buttons(third), buttons(second)) == (["🎬 Make the video"], ["✋ Cancel"])
    assert [job.state for job in await busy.jobs()] == [State.RENDERING, State.QUEUED, State.CANCELLED]


async def test_what_is_ordered_cannot_be_called_back_and_the_bot_says_so(busy: Sandbox) -> None:
    await asked(busy, "a cat")
    said = await next_answer(busy, busy.ask(busy.chat, "/cancel"))
    assert said.words == (
        "None of your videos is waiting. What has started can no longer be cancelled: /jobs"
    )
    assert [job.state for job in await busy.jobs()] == [State.RENDERING]


async def test_a_button_of_a_job_that_was_ordered_meanwhile_says_so(busy: Sandbox) -> None:
    _, second = await asked(busy, "a cat", "a dog")
    data = second.buttons[0][0].callback_data or ""
    listed = await next_answer(busy, busy.ask(busy.chat, "/jobs"))
    busy.video_api.finish(busy.video_api.orders[0].video_id)
    await busy.telegram.until(lambda: "being made" in second.words)
    from_status = await busy.telegram.press_data(busy.person, second, data).answered()
    from_list = await busy.telegram.press(busy.person, listed, "Cancel “a dog”").answered()
    await busy.telegram.until(lambda: listed.buttons == [])
    assert (
        from_status.text == from_list.text == "Your video has already started and can no longer be cancelled."
    )


async def test_nothing_under_way_is_said_too(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        jobs = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        cancel = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/cancel"))
    assert jobs.words == NOTHING_UNDER_WAY
    assert cancel.words == "You have no videos in progress."
