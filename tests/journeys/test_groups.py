"""Groups: the bot answers to its commands, each to the one who asked, where it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.rows import let_pay
from tests.journeys.talk import next_answer, picture, seen_actions, serving, size_of

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, Message, User
    from tests.journeys.town import Town

ASKED = "🖼 Nice photo. What should happen in it? Reply to this message with a few words."


@pytest.fixture
def friend(town: Town) -> User:
    return town.telegram.add_user("Bo")


@pytest.fixture
def group(town: Town, friend: User) -> Chat:
    """Return a group of two people, in which the bot is an administrator and so sees everything."""
    group = town.telegram.add_group("Friends", [town.person, friend])
    town.telegram.promote(group)
    return group


def say_as_group(town: Town, group: Chat, text: str) -> Message:
    """Say something as an anonymous administrator does."""
    anonymous = town.telegram.add_user("Group", username="GroupAnonymousBot")
    return town.telegram.say(group, anonymous, text, as_chat=group)


COMMANDS = ["/video a cat", "/video@reelbot_bot a cat", "/VIDEO@Reelbot_Bot a cat"]


@pytest.mark.parametrize("words", COMMANDS)
async def test_a_command_makes_a_video_that_answers_it(words: str, town: Town, group: Chat) -> None:
    town.video_api.hold = True
    async with serving(town):
        asked = town.ask(group, words)
        status = await next_answer(town, asked)
        await town.until_said("being made", group)
    assert status.reply_to is asked
    assert [order.fields["prompt"] for order in town.video_api.orders] == ["a cat"]


async def test_a_photo_with_the_command_in_its_caption_comes_alive(
    town: Town, group: Chat, friend: User
) -> None:
    town.video_api.hold = True
    async with serving(town):
        town.telegram.send_photo(group, friend, picture(900, 600), caption="/video@reelbot_bot dance")
        await town.until_said("being made", group)
    [order] = town.video_api.orders
    assert (order.fields["prompt"], size_of(order.files[0].content)) == ("dance", ("JPEG", 1280, 720))


async def test_a_reply_to_anybodys_photo_makes_it_come_alive(town: Town, friend: User) -> None:
    """Even where the bot sees commands only."""
    group = town.telegram.add_group("Friends", [town.person, friend])
    town.video_api.hold = True
    async with serving(town):
        photo = town.telegram.send_photo(group, friend, picture(900, 600))
        asked = town.telegram.say(group, town.person, "/video@reelbot_bot dance", reply_to=photo)
        await town.until_said("being made", group)
    [job] = await town.jobs()
    assert (job.place.requester_id, job.place.request_message_id) == (town.person.id, asked.id)
    assert size_of(town.video_api.orders[0].files[0].content) == ("JPEG", 1280, 720)


async def test_only_the_askers_answer_counts(town: Town, friend: User) -> None:
    group = town.telegram.add_group("Friends", [town.person, friend])
    town.video_api.hold = True
    async with serving(town):
        photo = town.telegram.send_photo(group, friend, picture())
        question = await next_answer(town, town.telegram.say(group, town.person, "/video", reply_to=photo))
        town.telegram.say(group, friend, "the cat sleeps", reply_to=question)
        town.telegram.say(group, town.person, "the cat yawns", reply_to=question)
        await town.until_said("being made", group)
    assert question.words == ASKED
    assert [order.fields["prompt"] for order in town.video_api.orders] == ["the cat yawns"]
    assert len(town.video_api.orders[0].files) == 1


async def test_someone_elses_press_gets_a_notice_and_does_nothing(
    town: Town, group: Chat, friend: User
) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        first = await next_answer(town, town.ask(group, "/video a cat"))
        await town.telegram.until(lambda: "being made" in first.words)
        waiting = await next_answer(town, town.ask(group, "/video a dog"))
        notice = await town.telegram.press(friend, waiting, "Cancel").answered()
        town.video_api.fail(town.video_api.orders[0].video_id, "no")
        await town.telegram.until(lambda: "No video this time" in first.words)
        other_notice = await town.telegram.press(friend, first, "Try again").answered()
    assert notice.text == other_notice.text == "Only the person who asked can press this."
    assert [job.request.prompt for job in await town.jobs()] == ["a cat", "a dog"]


async def test_who_speaks_as_a_channel_is_named_so_and_the_group_pays(
    town: Town, group: Chat, friend: User
) -> None:
    news = town.telegram.add_channel("News & views")
    await let_pay(town, group.id, 3)
    async with serving(town):
        asked = town.telegram.say(group, friend, "/video a cat", as_chat=news)
        video = await town.until_video(group)
        await town.until_over(1)
        quota = await next_answer(town, say_as_group(town, group, "/quota"))
        by_group = await next_answer(town, say_as_group(town, group, "/video a dog"))
        second = await town.until_video(group, number=2)
    [first_job, second_job] = await town.jobs()
    assert (video.reply_to, video.words) == (asked, "a cat\n\nSora 2 · 10 s · 720×1280\nfor News & views")
    assert second.words.endswith("\nfor Friends"), by_group.words
    assert quota.words.startswith("This group has 2 of 3 credits left today.")
    assert (first_job.place.account_id, first_job.place.requester_id) == (group.id, news.id)
    assert (second_job.place.account_id, second_job.place.requester_id) == (group.id, group.id)


async def test_an_anonymous_administrator_pays_as_the_group_and_administrators_press(
    town: Town, group: Chat, friend: User
) -> None:
    town.video_api.hold = True
    await let_pay(town, group.id, 3)
    async with serving(town, max_rendering=1):
        first = await next_answer(town, say_as_group(town, group, "/video a cat"))
        await town.telegram.until(lambda: "being made" in first.words)
        waiting = await next_answer(town, say_as_group(town, group, "/video a dog --seconds 15"))
        notice = await town.telegram.press(friend, waiting, "Cancel").answered()
        await town.telegram.press(town.person, waiting, "Cancel").answered()
        await town.telegram.until(lambda: "Cancelled" in waiting.words)
        quota = await next_answer(town, say_as_group(town, group, "/quota"))
        mine = await next_answer(town, town.ask(group, "/quota"))
    assert notice.text == "Only the person who asked can press this."
    assert quota.words.startswith("This group has 2 of 3 credits left today.")
    assert mine.words.startswith("This group has 2 of 3 credits left today. The group pays first")
    assert {job.place.account_id for job in await town.jobs()} == {group.id}


async def test_a_group_sees_only_what_was_asked_in_it(town: Town, group: Chat) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        await next_answer(town, town.ask(town.chat, "/video my secret"))
        await next_answer(town, town.ask(town.chat, "/video my other secret"))
        nothing = await next_answer(town, town.ask(group, "/jobs"))
        not_cancelled = await next_answer(town, town.ask(group, "/cancel"))
        quota = await next_answer(town, town.ask(group, "/quota"))
        await next_answer(town, town.ask(group, "/video a cat"))
        in_group = await next_answer(town, town.ask(group, "/jobs"))
        everywhere = await next_answer(town, town.ask(town.chat, "/jobs"))
    assert nothing.words == "Nothing of yours is under way. /help shows how to begin."
    assert not_cancelled.words == "Nothing of yours is under way."
    assert "under way" not in quota.words
    assert [line for line in in_group.words.split("\n\n") if "secret" in line] == []
    assert in_group.words.startswith("a cat\n⏳ Accepted. Place ")
    assert [line.split("\n")[0] for line in everywhere.words.split("\n\n")] == [
        "my secret",
        "my other secret",
        "a cat",
    ]


async def test_a_job_called_off_from_another_chat_says_so_in_both(town: Town, group: Chat) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        await next_answer(town, town.ask(town.chat, "/video a dog"))
        status = await next_answer(town, town.ask(group, "/video a cat"))
        listed = await next_answer(town, town.ask(town.chat, "/jobs"))
        before = [message.words for message in town.bot_messages(group) if message is not status]
        await town.telegram.press(town.person, listed, "Cancel “a cat”").answered()
        await town.telegram.until(lambda: "Cancelled" in status.words and "a cat" not in listed.words)
    assert status.words == "✋ Cancelled: a cat\nIt did not count."
    assert listed.words.startswith("a dog\n")
    assert [message.words for message in town.bot_messages(group) if message is not status] == before


async def test_a_group_is_shown_the_upload_once(town: Town, group: Chat) -> None:
    events = town.telegram.events()
    async with serving(town):
        town.ask(group, "/video a cat")
        await town.until_video(group)
    assert seen_actions(events, group) == ["upload_video"]
