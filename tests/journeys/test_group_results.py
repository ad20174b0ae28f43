"""Under a group's video: anybody makes it again, at their own expense, and shares it; the rest is for who asked."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat, User
from tests.journeys.rows import let_pay
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, said_in, serving

NOT_YOURS = "Only the person who asked can press this."


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def forum(sandbox: Sandbox, friend: User) -> Chat:
    return sandbox.telegram.add_group("Forum", [sandbox.person, friend], forum=True)


async def test_again_and_share_are_anybodys_and_again_is_charged_to_who_presses(
    sandbox: Sandbox, forum: Chat, friend: User
) -> None:
    people, topic = sandbox.telegram, sandbox.telegram.add_topic(forum, "Films")
    async with serving(sandbox):
        request = people.say(forum, sandbox.person, "/video@reelbot_bot a cat", thread_id=topic)
        video = await sandbox.until_video(forum)
        await sandbox.until_over(1)
        people.press(friend, video, "Again")
        theirs = await sandbox.until_video(forum, number=2)
        await sandbox.until_over(2)
        people.press(sandbox.person, theirs, "Again")
        mine = await sandbox.until_video(forum, number=3)
        await sandbox.until_over(3)
        others = await people.press(friend, video, "Delete").answered()
        share = str(video.buttons[1][1].raw["switch_inline_query_chosen_chat"]["query"])
        found = [await people.ask_inline(asker, share).answered() for asker in (friend, sandbox.person)]
        guessed = await people.ask_inline(friend, share.partition(" ")[0]).answered()
    assert [one.words for one in (video, theirs, mine)] == [
        f"a cat\n\nSora 2 · 10 s · Portrait\nfor {name}" for name in ("Mina", "Bo", "Mina")
    ]
    assert [one.reply_to for one in (video, theirs, mine)] == [request, video, theirs]
    assert {one.thread_id for one in (video, theirs, mine)} == {topic}
    assert [job.place.account_id for job in await sandbox.jobs()] == [
        sandbox.person.id,
        friend.id,
        sandbox.person.id,
    ]
    assert [[result.id for result in one.results] for one in (*found, guessed)] == [["1"], ["1"], []]
    assert others.text == NOT_YOURS


async def test_what_an_administrator_asked_for_anonymously_is_made_again_by_a_person(
    sandbox: Sandbox, forum: Chat, friend: User
) -> None:
    people = sandbox.telegram
    people.appoint(forum, sandbox.person, is_anonymous=True)
    await let_pay(sandbox, forum.id, 1)
    async with serving(sandbox, daily_allowance=1):
        people.say(forum, sandbox.person, "/video@reelbot_bot a cat")
        video = await sandbox.until_video(forum)
        await sandbox.until_over(1)
        people.press(sandbox.person, video, "Again")
        again = await sandbox.until_video(forum, number=2)
        await sandbox.until_over(2)
        people.press(friend, again, "Again")
        await sandbox.until_video(forum, number=3)
        await sandbox.until_over(3)
        people.press(friend, video, "Again")
        refused = await next_answer(sandbox, video, number=2)
    assert [job.place.account_id for job in await sandbox.jobs()] == [forum.id, sandbox.person.id, friend.id]
    assert (video.words.splitlines()[-1], again.words.splitlines()[-1]) == ("for Forum", "for Mina")
    assert refused.words.startswith("This costs 1 credit. The group has 0 credits left today, and you have 0")


async def test_a_made_up_press_makes_no_video_that_one_cannot_see(
    sandbox: Sandbox, forum: Chat, friend: User
) -> None:
    people, private = sandbox.telegram, sandbox.telegram.private_chat(friend)
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video my secret")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        own = await next_answer(sandbox, people.say(private, friend, "a dog"))
        group_message = await next_answer(sandbox, people.say(forum, friend, "/jobs@reelbot_bot"))
        data = str(video.buttons[0][0].callback_data)
        told = [await people.press_data(friend, one, data).answered() for one in (own, group_message)]
    assert [one.text for one in told] == [NOT_YOURS, NOT_YOURS]
    assert len(await sandbox.jobs()) == 1
    assert said_in(sandbox, forum) == [group_message]
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1
