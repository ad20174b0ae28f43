"""Groups: the bot answers to its commands, each to the one who asked, where it was asked."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.rows import let_pay
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, seen_actions, serving, size_of

ASKED = "🖼 Nice photo. What should happen in it? Reply to this message with a few words."


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    """Return a group of two people, in which the bot is an administrator and so sees everything."""
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.telegram.promote(group)
    return group


def say_as_group(sandbox: Sandbox, group: Chat, text: str) -> Message:
    """Say something as an anonymous administrator does."""
    anonymous = sandbox.telegram.add_user("Group", username="GroupAnonymousBot")
    return sandbox.telegram.say(group, anonymous, text, as_chat=group)


COMMANDS = ["/video a cat", "/video@reelbot_bot a cat", "/VIDEO@Reelbot_Bot a cat"]


@pytest.mark.parametrize("words", COMMANDS)
async def test_a_command_makes_a_video_that_answers_it(words: str, sandbox: Sandbox, group: Chat) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        asked = sandbox.ask(group, words)
        status = await next_answer(sandbox, asked)
        await sandbox.until_said("being made", group)
    assert status.reply_to is asked
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a cat"]


async def test_a_photo_with_the_command_in_its_caption_comes_alive(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        sandbox.telegram.send_photo(group, friend, picture(900, 600), caption="/video@reelbot_bot dance")
        await sandbox.until_said("being made", group)
    [order] = sandbox.video_api.orders
    assert (order.fields["prompt"], size_of(order.files[0].content)) == ("dance", ("JPEG", 1280, 720))


async def test_a_reply_to_anybodys_photo_makes_it_come_alive(sandbox: Sandbox, friend: User) -> None:
    """Even where the bot sees commands only."""
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.video_api.hold = True
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(group, friend, picture(900, 600))
        asked = sandbox.telegram.say(group, sandbox.person, "/video@reelbot_bot dance", reply_to=photo)
        await sandbox.until_said("being made", group)
    [job] = await sandbox.jobs()
    assert (job.place.requester_id, job.place.request_message_id) == (sandbox.person.id, asked.id)
    assert size_of(sandbox.video_api.orders[0].files[0].content) == ("JPEG", 1280, 720)


async def test_only_the_askers_answer_counts(sandbox: Sandbox, friend: User) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.video_api.hold = True
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(group, friend, picture())
        question = await next_answer(
            sandbox, sandbox.telegram.say(group, sandbox.person, "/video", reply_to=photo)
        )
        sandbox.telegram.say(group, friend, "the cat sleeps", reply_to=question)
        sandbox.telegram.say(group, sandbox.person, "the cat yawns", reply_to=question)
        await sandbox.until_said("being made", group)
    assert question.words == ASKED
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["the cat yawns"]
    assert len(sandbox.video_api.orders[0].files) == 1


async def test_someone_elses_press_gets_a_notice_and_does_nothing(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        first = await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
        await sandbox.telegram.until(lambda: "being made" in first.words)
        waiting = await next_answer(sandbox, sandbox.ask(group, "/video a dog"))
        notice = await sandbox.telegram.press(friend, waiting, "Cancel").answered()
        sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, "no")
        await sandbox.telegram.until(lambda: "No video this time" in first.words)
        other_notice = await sandbox.telegram.press(friend, first, "Try again").answered()
    assert notice.text == other_notice.text == "Only the person who asked can press this."
    assert [job.request.prompt for job in await sandbox.jobs()] == ["a cat", "a dog"]


async def test_who_speaks_as_a_channel_is_named_so_and_the_group_pays(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    news = sandbox.telegram.add_channel("News & views")
    await let_pay(sandbox, group.id, 3)
    async with serving(sandbox):
        asked = sandbox.telegram.say(group, friend, "/video a cat", as_chat=news)
        video = await sandbox.until_video(group)
        await sandbox.until_over(1)
        quota = await next_answer(sandbox, say_as_group(sandbox, group, "/quota"))
        by_group = await next_answer(sandbox, say_as_group(sandbox, group, "/video a dog"))
        second = await sandbox.until_video(group, number=2)
    [first_job, second_job] = await sandbox.jobs()
    assert (video.reply_to, video.words) == (asked, "a cat\n\nSora 2 · 10 s · Portrait\nfor News & views")
    assert second.words.endswith("\nfor Friends"), by_group.words
    assert quota.words.startswith("This group has 2 of 3 credits left today.")
    assert (first_job.place.account_id, first_job.place.requester_id) == (group.id, news.id)
    assert (second_job.place.account_id, second_job.place.requester_id) == (group.id, group.id)


async def test_an_anonymous_administrator_pays_as_the_group_and_administrators_press(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    sandbox.video_api.hold = True
    await let_pay(sandbox, group.id, 3)
    async with serving(sandbox, max_rendering=1):
        first = await next_answer(sandbox, say_as_group(sandbox, group, "/video a cat"))
        await sandbox.telegram.until(lambda: "being made" in first.words)
        waiting = await next_answer(sandbox, say_as_group(sandbox, group, "/video a dog --seconds 15"))
        notice = await sandbox.telegram.press(friend, waiting, "Cancel").answered()
        await sandbox.telegram.press(sandbox.person, waiting, "Cancel").answered()
        await sandbox.telegram.until(lambda: "Cancelled" in waiting.words)
        quota = await next_answer(sandbox, say_as_group(sandbox, group, "/quota"))
        mine = await next_answer(sandbox, sandbox.ask(group, "/quota"))
    assert notice.text == "Only the person who asked can press this."
    assert quota.words.startswith("This group has 2 of 3 credits left today.")
    assert mine.words.startswith("This group has 2 of 3 credits left today. The group pays first")
    assert {job.place.account_id for job in await sandbox.jobs()} == {group.id}


async def test_a_group_sees_only_what_was_asked_in_it(sandbox: Sandbox, group: Chat) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video my secret"))
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video my other secret"))
        nothing = await next_answer(sandbox, sandbox.ask(group, "/jobs"))
        not_cancelled = await next_answer(sandbox, sandbox.ask(group, "/cancel"))
        quota = await next_answer(sandbox, sandbox.ask(group, "/quota"))
        await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
        in_group = await next_answer(sandbox, sandbox.ask(group, "/jobs"))
        everywhere = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    assert nothing.words == "You have no videos in progress. /help shows how to begin."
    assert not_cancelled.words == "You have no videos in progress."
    assert "under way" not in quota.words
    assert [line for line in in_group.words.split("\n\n") if "secret" in line] == []
    assert in_group.words.startswith("a cat\n⏳ Number ")
    assert [line.split("\n")[0] for line in everywhere.words.split("\n\n")] == [
        "my secret",
        "my other secret",
        "a cat",
    ]


async def test_a_job_called_off_from_another_chat_says_so_in_both(sandbox: Sandbox, group: Chat) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        status = await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        before = [message.words for message in sandbox.bot_messages(group) if message is not status]
        await sandbox.telegram.press(sandbox.person, listed, "Cancel “a cat”").answered()
        await sandbox.telegram.until(lambda: "Cancelled" in status.words and "a cat" not in listed.words)
    assert status.words == "✋ Cancelled: a cat\nNo charge."
    assert listed.words.startswith("a dog\n")
    assert [message.words for message in sandbox.bot_messages(group) if message is not status] == before


async def test_a_group_is_shown_the_upload_once(sandbox: Sandbox, group: Chat) -> None:
    events = sandbox.telegram.events()
    async with serving(sandbox):
        sandbox.ask(group, "/video a cat")
        await sandbox.until_video(group)
    assert seen_actions(events, group) == ["upload_video"]
