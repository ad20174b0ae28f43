"""Groups: the bot answers to its commands only, each to the one who asked, where it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.talk import next_answer, picture, seen_actions, serving, size_of

if TYPE_CHECKING:
    from sandbox.chats import Chat, Message, User
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


async def test_the_bot_never_meddles_with_anything_else(town: Town, group: Chat, friend: User) -> None:
    people = town.telegram
    async with serving(town):
        people.say(group, friend, "a cat surfing")
        people.say(group, friend, "look, /video a cat")
        people.say(group, friend, "/video@other_bot a cat")
        people.say(group, friend, "/vidoe a cat")
        people.send_photo(group, friend, picture())
        people.send_photo(group, friend, picture(), caption="dance")
        people.send_photo(group, friend, picture(), caption="look, /video dance")
        people.send_photo(group, friend, picture(), caption="/video@other_bot dance")
        people.send_document(group, friend, b"x", filename="a.pdf", mime_type="application/pdf")
        people.send_raw(group, friend, {"dice": {"emoji": "🎲", "value": 3}})
        quota = await next_answer(town, people.say(group, friend, "/quota"))
        people.say(group, friend, "thanks", reply_to=quota)
        last = await next_answer(town, people.say(group, friend, "/jobs"))
    assert town.bot_messages(group) == [quota, last]


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


async def test_an_anonymous_administrator_pays_as_the_group_and_administrators_press(
    town: Town, group: Chat, friend: User
) -> None:
    town.video_api.hold = True
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
    assert quota.words.startswith("Left today: 2 of 3 credits.")
    assert mine.words.startswith("Left today: 3 of 3 credits.")
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


async def test_everything_stays_in_its_topic(town: Town, friend: User) -> None:
    forum = town.telegram.add_group("Forum", [town.person, friend], forum=True)
    topic = town.telegram.add_topic(forum, "Films")
    async with serving(town):
        asked = town.telegram.say(forum, friend, "/video a cat", thread_id=topic)
        status = await next_answer(town, asked)
        video = await town.until_video(forum)
        general = await next_answer(town, town.telegram.say(forum, friend, "/quota"))
        there = await next_answer(town, town.telegram.say(forum, friend, "/jobs", thread_id=topic))
    assert (status.thread_id, video.thread_id, there.thread_id) == (topic, topic, topic)
    assert general.thread_id is None
    assert video.reply_to is asked


async def test_a_video_whose_topic_is_gone_comes_all_the_same(town: Town, friend: User) -> None:
    forum = town.telegram.add_group("Forum", [town.person, friend], forum=True)
    topic = town.telegram.add_topic(forum, "Films")
    town.video_api.hold = True
    async with serving(town):
        town.telegram.say(forum, friend, "/video a cat", thread_id=topic)
        await town.until_said("being made", forum)
        town.telegram.delete_topic(forum, topic)
        town.video_api.finish(town.video_api.orders[0].video_id)
        video = await town.until_video(forum)
    assert (video.thread_id, video.reply_to) == (None, None)
    assert town.bot_messages(forum) == [video]


async def test_the_reason_for_no_video_is_told_although_its_topic_is_gone(town: Town, friend: User) -> None:
    forum = town.telegram.add_group("Forum", [town.person, friend], forum=True)
    topic = town.telegram.add_topic(forum, "Films")
    town.video_api.hold = True
    async with serving(town):
        town.telegram.say(forum, friend, "/video a cat", thread_id=topic)
        await town.until_said("being made", forum)
        town.telegram.delete_topic(forum, topic)
        town.video_api.fail(town.video_api.orders[0].video_id, "no")
        reason = await town.until_said("No video this time", forum)
    assert reason.thread_id is None


async def test_a_group_is_shown_the_upload_once(town: Town, group: Chat) -> None:
    events = town.telegram.events()
    async with serving(town):
        town.ask(group, "/video a cat")
        await town.until_video(group)
    assert seen_actions(events, group) == ["upload_video"]
