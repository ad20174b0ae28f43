"""Who speaks in the name of a group or a channel spends what an operator gave that chat, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.rows import let_pay
from tests.journeys.talk import next_answer, picture, serving

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, Message, User
    from tests.journeys.town import Town

AS_YOURSELF = (
    "This group has no credits to spend. "
    "Write as yourself, not in the name of the chat: then your own credits pay."
)


@pytest.fixture
def group(town: Town) -> Chat:
    """Return a group whose owner hides behind its name, and in which the bot sees everything."""
    return hidden_in(town, town.person, "Friends")


def hidden_in(town: Town, person: User, name: str) -> Chat:
    group = town.telegram.add_group(name, [person])
    town.telegram.promote(group)
    town.telegram.appoint(group, person, is_anonymous=True)
    return group


async def answered(town: Town, said: Message) -> Message:
    return await next_answer(town, said)


async def test_a_group_that_was_given_nothing_pays_for_nobody_however_many_there_are(town: Town) -> None:
    async with serving(town):
        refused = [
            (
                await answered(town, town.ask(hidden_in(town, town.person, name), "/video@reelbot_bot cat"))
            ).words
            for name in ("One", "Two", "Three")
        ]
    assert refused == [AS_YOURSELF] * 3
    assert (town.video_api.orders, await town.jobs()) == ([], [])


async def test_who_is_shut_out_makes_no_video_in_a_groups_name(town: Town, group: Chat) -> None:
    boss = town.newcomer("Boss")
    async with serving(town, admin_ids=str(boss.members[0].id)):
        await answered(town, town.ask(boss, f"/ban {town.person.id} spam"))
        refused = await answered(town, town.ask(group, "/video@reelbot_bot a cat"))
    assert (refused.words, town.video_api.orders) == (AS_YOURSELF, [])


async def test_albums_photos_and_cards_in_a_groups_name_are_refused_alike(town: Town, group: Chat) -> None:
    people = town.telegram
    async with serving(town):
        album = people.send_album(
            group, town.person, [picture(), picture(colour="red")], caption="/video@reelbot_bot dance"
        )
        refused = [(await answered(town, album[0])).words]
        photo = people.send_photo(group, town.person, picture(), caption="/video@reelbot_bot dance")
        refused.append((await answered(town, photo)).words)
        asked = await answered(town, town.ask(group, "/video@reelbot_bot"))
        refused.append((await answered(town, people.say(group, town.person, "a cat", reply_to=asked))).words)
    assert refused == [AS_YOURSELF] * 3
    assert await town.jobs() == []


async def test_what_a_person_presses_is_asked_in_their_own_name(town: Town, group: Chat) -> None:
    await let_pay(town, group.id, 1)
    async with serving(town):
        town.ask(group, "/video@reelbot_bot a cat")
        video = await town.until_video(group)
        spent = await answered(town, town.ask(group, "/video@reelbot_bot a dog"))
        await town.telegram.press(town.person, video, "Again").answered()
        await town.until_video(group, number=2)
    assert [job.place.account_id for job in await town.jobs()] == [group.id, town.person.id]
    assert spent.words.startswith("This group has used its 1 credit for today.")
    assert spent.words.endswith("Write as yourself, not in the name of the chat: then your own credits pay.")


async def test_a_group_that_was_granted_credits_spends_them(town: Town, group: Chat) -> None:
    boss = town.newcomer("Boss")
    async with serving(town, admin_ids=str(boss.members[0].id)):
        await answered(town, town.ask(boss, f"/grant {group.id} 1"))
        town.ask(group, "/video@reelbot_bot a cat")
        await town.until_video(group)
        refused = await answered(town, town.ask(group, "/video@reelbot_bot a dog"))
    assert [job.place.account_id for job in await town.jobs()] == [group.id]
    assert refused.words == AS_YOURSELF


async def test_all_who_speak_as_chats_in_a_group_wait_for_each_other_as_one(town: Town, group: Chat) -> None:
    town.video_api.hold = True
    await let_pay(town, group.id, 9)
    friend = town.newcomer("Bo")
    async with serving(town, max_rendering_per_user=1):
        town.ask(group, "/video@reelbot_bot as the group")
        await town.video_api.until(lambda: town.video_api.orders)
        for name in ("News", "Weather"):
            channel = town.telegram.add_channel(name)
            said = town.telegram.say(group, town.person, f"/video@reelbot_bot {name}", as_chat=channel)
            waits = await answered(town, said)
            assert waits.words.startswith("⏳ Accepted. Place ")
        town.ask(friend, "/video a cat")
        await town.video_api.until(lambda: len(town.video_api.orders) == 2)
    assert [order.fields["prompt"] for order in town.video_api.orders] == ["as the group", "a cat"]


async def test_admins_read_that_a_group_without_a_limit_has_none(town: Town, group: Chat) -> None:
    boss = town.newcomer("Boss")
    async with serving(town, admin_ids=str(boss.members[0].id)):
        await answered(town, town.ask(group, "/quota@reelbot_bot"))
        answer = await answered(town, town.ask(boss, f"/user {group.id}"))
    assert "Own limit: none, each member pays for themselves" in answer.words
    assert "Left now: 0 credits" in answer.words
