"""Who speaks in the name of a group or a channel spends what an operator gave that chat, and nothing else."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.rows import let_pay
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

AS_YOURSELF = (
    "This group has no credits to spend. "
    "Write as yourself instead of in the name of the chat to use your own credits."
)


@pytest.fixture
def group(sandbox: Sandbox) -> Chat:
    """Return a group whose owner hides behind its name, and in which the bot sees everything."""
    return hidden_in(sandbox, sandbox.person, "Friends")


def hidden_in(sandbox: Sandbox, person: User, name: str) -> Chat:
    group = sandbox.telegram.add_group(name, [person])
    sandbox.telegram.promote(group)
    sandbox.telegram.appoint(group, person, is_anonymous=True)
    return group


async def answered(sandbox: Sandbox, said: Message) -> Message:
    return await next_answer(sandbox, said)


async def test_a_group_that_was_given_nothing_pays_for_nobody_however_many_there_are(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        refused = [
            (
                await answered(
                    sandbox, sandbox.ask(hidden_in(sandbox, sandbox.person, name), "/video@reelbot_bot cat")
                )
            ).words
            for name in ("One", "Two", "Three")
        ]
    assert refused == [AS_YOURSELF] * 3
    assert (sandbox.video_api.orders, await sandbox.jobs()) == ([], [])


async def test_who_is_shut_out_makes_no_video_in_a_groups_name(sandbox: Sandbox, group: Chat) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=str(boss.members[0].id)):
        await answered(sandbox, sandbox.ask(boss, f"/ban {sandbox.person.id} spam"))
        refused = await answered(sandbox, sandbox.ask(group, "/video@reelbot_bot a cat"))
    assert (refused.words, sandbox.video_api.orders) == (AS_YOURSELF, [])


async def test_albums_photos_and_cards_in_a_groups_name_are_refused_alike(
    sandbox: Sandbox, group: Chat
) -> None:
    people = sandbox.telegram
    async with serving(sandbox):
        album = people.send_album(
            group, sandbox.person, [picture(), picture(colour="red")], caption="/video@reelbot_bot dance"
        )
        refused = [(await answered(sandbox, album[0])).words]
        photo = people.send_photo(group, sandbox.person, picture(), caption="/video@reelbot_bot dance")
        refused.append((await answered(sandbox, photo)).words)
        asked = await answered(sandbox, sandbox.ask(group, "/video@reelbot_bot"))
        refused.append(
            (await answered(sandbox, people.say(group, sandbox.person, "a cat", reply_to=asked))).words
        )
    assert refused == [AS_YOURSELF] * 3
    assert await sandbox.jobs() == []


async def test_what_a_person_presses_is_asked_in_their_own_name(sandbox: Sandbox, group: Chat) -> None:
    await let_pay(sandbox, group.id, 1)
    async with serving(sandbox):
        sandbox.ask(group, "/video@reelbot_bot a cat")
        video = await sandbox.until_video(group)
        spent = await answered(sandbox, sandbox.ask(group, "/video@reelbot_bot a dog"))
        await sandbox.telegram.press(sandbox.person, video, "Again").answered()
        await sandbox.until_video(group, number=2)
    assert [job.place.account_id for job in await sandbox.jobs()] == [group.id, sandbox.person.id]
    assert spent.words.startswith("This group has used its 1 credit for today.")
    assert spent.words.endswith(
        "Write as yourself instead of in the name of the chat to use your own credits."
    )


async def test_a_group_that_was_granted_credits_spends_them(sandbox: Sandbox, group: Chat) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=str(boss.members[0].id)):
        await answered(sandbox, sandbox.ask(boss, f"/grant {group.id} 1"))
        sandbox.ask(group, "/video@reelbot_bot a cat")
        await sandbox.until_video(group)
        refused = await answered(sandbox, sandbox.ask(group, "/video@reelbot_bot a dog"))
    assert [job.place.account_id for job in await sandbox.jobs()] == [group.id]
    assert refused.words == AS_YOURSELF


async def test_all_who_speak_as_chats_in_a_group_wait_for_each_other_as_one(
    sandbox: Sandbox, group: Chat
) -> None:
    sandbox.video_api.hold = True
    await let_pay(sandbox, group.id, 9)
    friend = sandbox.newcomer("Bo")
    async with serving(sandbox, max_rendering_per_user=1):
        sandbox.ask(group, "/video@reelbot_bot as the group")
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        for name in ("News", "Weather"):
            channel = sandbox.telegram.add_channel(name)
            said = sandbox.telegram.say(group, sandbox.person, f"/video@reelbot_bot {name}", as_chat=channel)
            waits = await answered(sandbox, said)
            assert waits.words.startswith("⏳ Number ")
        sandbox.ask(friend, "/video a cat")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 2)
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["as the group", "a cat"]


async def test_admins_read_that_a_group_without_a_limit_has_none(sandbox: Sandbox, group: Chat) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=str(boss.members[0].id)):
        await answered(sandbox, sandbox.ask(group, "/quota@reelbot_bot"))
        answer = await answered(sandbox, sandbox.ask(boss, f"/user {group.id}"))
    assert "Own limit: none, each member pays for themselves" in answer.words
    assert "Left now: 0 credits" in answer.words
