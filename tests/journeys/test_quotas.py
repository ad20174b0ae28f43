"""Limits, granted credits and the budget: set from the chat, told to whom they concern, and just what is allowed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.telegram.chats import Chat
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

NEVER = "A video that fails costs nothing."
UNKNOWN = "I do not know this command. /help shows what I can do."


@pytest.fixture(autouse=True)
async def _serving(sandbox: Sandbox) -> AsyncIterator[None]:
    """Let the person of the sandbox run the bot, which gives one credit a day."""
    sandbox.video_api.hold = True
    async with serving(sandbox, admin_ids=str(sandbox.person.id), daily_allowance=1):
        yield


@pytest.fixture
def friends_chat(sandbox: Sandbox) -> Chat:
    """Return the private chat of somebody who runs nothing."""
    return sandbox.telegram.private_chat(sandbox.telegram.add_user("Bo", username="bo"))


@pytest.fixture
def group(sandbox: Sandbox, friends_chat: Chat) -> Chat:
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friends_chat.members[0]])
    sandbox.telegram.promote(group)
    return group


async def told(sandbox: Sandbox, chat: Chat, words: str) -> str:
    """Let a chat's first member say something, and return the answer."""
    return (await next_answer(sandbox, sandbox.ask(chat, words))).words


async def asked_in_group(sandbox: Sandbox, group: Chat, words: str) -> str:
    """Let the group's member who runs nothing say something, and return the answer."""
    return (await next_answer(sandbox, sandbox.telegram.say(group, group.members[1], words))).words


async def test_credits_are_granted_told_spent_and_taken_back(sandbox: Sandbox, friends_chat: Chat) -> None:
    friend = friends_chat.members[0]
    assert await told(sandbox, friends_chat, "/video a cat") != ""
    refused = await told(sandbox, friends_chat, "/video a dog")
    assert refused.startswith("You have used your 1 credit for today. Try again in ")
    granting = sandbox.ask(sandbox.chat, "/grant @bo 2 for the <lighthouse>")
    assert (await next_answer(sandbox, granting)).words == (
        f"Bo · @bo · {friend.id}\n"
        "Limit in 24 hours: 1 credit, the default\n"
        "Used in the last 24 hours: 1 credit\n"
        "Granted credits left: 0 → 2"
    )
    gift = await sandbox.until_said("🎁", friends_chat)
    assert gift.words == (
        "🎁 You have been given 2 credits. They do not expire.\nfor the <lighthouse>\n\n"
        f"Left today: 0 of 1 credit. 2 granted credits come on top and do not expire. {NEVER}"
    )
    sandbox.telegram.state.tell_bot("message", granting)
    assert (await next_answer(sandbox, granting, number=2)).words.endswith("Granted credits left: 2")
    await told(sandbox, friends_chat, "/video a dog")
    quota = await told(sandbox, friends_chat, "/quota")
    assert quota.startswith("Left today: 0 of 1 credit. 1 granted credit comes on top and does not expire.")
    taken = [
        await told(sandbox, sandbox.chat, words) for words in (f"/grant {friend.id} -5", "/grant @bo -1")
    ]
    assert taken[0].endswith("Granted credits left: 1 → 0")
    assert taken[1].endswith("There are no granted credits left to take back.")
    assert (await told(sandbox, sandbox.chat, "/grant")).startswith(
        f"Granted credits left:\nBo · @bo · {friend.id}: 0\n\nCredits come on top"
    )
    assert (await told(sandbox, friends_chat, "/video a bird")).startswith("You have used your 1 credit")
    sandbox.telegram.block(friend)
    assert (await told(sandbox, sandbox.chat, "/grant @bo +3")).endswith("Granted credits left: 0 → 3")
    gifts = [message.words for message in sandbox.bot_messages(friends_chat) if "🎁" in message.words]
    assert gifts == [gift.words]
    actions = await query(sandbox, "SELECT admin_id, account_id, action, detail, why FROM audit ORDER BY id")
    assert actions == [
        (sandbox.person.id, friend.id, "grant", detail, why)
        for detail, why in (("2", "for the <lighthouse>"), ("-1", ""), ("3", ""))
    ]


async def test_a_group_with_a_limit_pays_for_its_members_until_it_is_spent(
    sandbox: Sandbox, group: Chat, friends_chat: Chat
) -> None:
    assert await told(sandbox, group, "/limit here 1") == (
        f"Friends · {group.id}\n"
        "Limit in 24 hours: none, each member pays for themselves → 1 credit\n"
        "Used in the last 24 hours: 0 credits\n"
        "Granted credits left: 0"
    )
    assert await asked_in_group(sandbox, group, "/quota") == (
        "This group has 1 of 1 credit left today. The group pays first, if it can pay the whole price. "
        f"You yourself have 1 of 1 credit left today. {NEVER}"
    )
    await asked_in_group(sandbox, group, "/video a cat")
    await asked_in_group(sandbox, group, "/video a dog")
    refused = await asked_in_group(sandbox, group, "/video a bird")
    assert refused.startswith(
        "This costs 1 credit. The group has 0 credits left today, and you have 0 credits of your own. Try again"
    )
    assert [job.place.account_id for job in await sandbox.jobs()] == [group.id, friends_chat.members[0].id]
    assert "Granted credits left: 0 → 4" in await told(sandbox, sandbox.chat, f"/grant {group.id} 4")
    assert (await sandbox.until_said("🎁", group)).words == (
        "🎁 This group has been given 4 credits. They do not expire."
    )
    assert (await told(sandbox, group, "/limit here off")).startswith(
        f"Friends · {group.id}\nLimit in 24 hours: 1 credit → none, each member pays for themselves\n"
    )
    assert (await asked_in_group(sandbox, group, "/quota")).startswith(
        "This group has 4 granted credits, which do not expire. The group pays first"
    )


async def test_limits_of_one_and_of_all_and_the_budget_hold_at_once(
    sandbox: Sandbox, friends_chat: Chat
) -> None:
    friend = friends_chat.members[0]
    assert (await told(sandbox, friends_chat, "/quota")) == f"Left today: 1 of 1 credit. {NEVER}"
    assert "1 credit, the default → 5 credits" in await told(sandbox, sandbox.chat, "/limit @bo 5")
    assert "Limit in 24 hours: 1 credit → 3 credits" in await told(sandbox, sandbox.chat, "/limit default 3")
    assert (await told(sandbox, sandbox.chat, "/limit")).startswith(
        "Everybody without a limit of their own\nLimit in 24 hours: 3 credits\n"
        f"The setting DAILY_ALLOWANCE says 1 credit.\n\nWith a limit of their own:\nBo · @bo · {friend.id}: 5 credits"
    )
    assert await told(sandbox, sandbox.chat, "/budget 2") == (
        "Everybody together\nBudget in 24 hours: none is set → 2 credits\nOrdered in the last 24 hours: 0 credits"
    )
    assert await told(sandbox, friends_chat, "/quota") == (
        f"Left today: 5 of 5 credits. The bot's daily budget has 2 credits left for everybody together. {NEVER}"
    )
    await told(sandbox, friends_chat, "/video a cat")
    await told(sandbox, sandbox.chat, "/video a dog")
    await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 2)
    assert (await told(sandbox, friends_chat, "/video a bird")).startswith(
        "The bot's daily budget is used up. Try again in "
    )
    assert (await told(sandbox, sandbox.chat, "/budget")).startswith(
        "Everybody together\nBudget in 24 hours: 2 credits\nOrdered in the last 24 hours: 2 credits\nOrders are taken"
    )
    assert (await told(sandbox, sandbox.chat, "/budget off")).startswith(
        "Everybody together\nBudget in 24 hours: 2 credits → none is set"
    )
    assert "5 credits → 3 credits, the default" in await told(sandbox, sandbox.chat, "/limit @bo off")
    assert "3 credits → 1 credit" in await told(sandbox, sandbox.chat, "/limit default off")
    assert "1 credit, the default → unlimited" in await told(sandbox, sandbox.chat, "/limit @bo Unlimited")
    assert (await told(sandbox, friends_chat, "/quota")).startswith(
        "You may make as many videos as you like."
    )


WRONG = {
    "/grant @nobody 5": "I don't know “@nobody”.",
    "/grant @bo many": "“many” is not a number of credits: write 1 to 10000, or -1 to -10000.",
    "/grant @bo 0": "“0” is not a number",
    "/grant @bo 10001": "“10001” is not a number",
    "/grant @bo": "Bo · @bo · ",
    "/limit @bo -1": "“-1” is not a limit: write 0 to 10000.",
    "/limit default soon": "“soon” is not a limit",
    "/limit here 5": "I don't know “here”.",
    "/budget a lot": "“a lot” is not a budget: write 0 to 1000000.",
    "/budget": "Everybody together",
}


async def test_wrong_words_change_nothing_and_come_with_an_example_and_others_may_nothing(
    sandbox: Sandbox, friends_chat: Chat
) -> None:
    await told(sandbox, friends_chat, "/quota")
    answers = {words: await told(sandbox, sandbox.chat, words) for words in WRONG}
    assert {words: said[: len(WRONG[words])] for words, said in answers.items()} == WRONG
    assert [words for words, said in answers.items() if "/grant" not in said and "/limit" not in said] == [
        "/grant @nobody 5",
        "/limit here 5",
        "/budget a lot",
        "/budget",
    ]
    assert (await told(sandbox, sandbox.chat, f"/limit {sandbox.person.id} 5")).startswith(
        "Admins have no limit."
    )
    others = [
        await told(sandbox, friends_chat, words) for words in ("/grant @bo 5", "/limit @bo 5", "/budget 5")
    ]
    assert others == [UNKNOWN] * 3
    assert await query(sandbox, "SELECT count(*) FROM audit") == [(0,)]
