"""What an open page is told: everything there is, and then every change."""

from __future__ import annotations

import pytest

from tests.sandbox.practice.conftest import Feed, Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_page_is_told_of_everything_first(practice: Practice) -> None:
    practice.telegram.say(practice.chat, practice.anna, "hello")
    async with practice.page.stream("GET", "/events") as response:
        line = await anext(response.aiter_lines())
    assert '"kind": "snapshot"' in line
    assert '"words": "hello"' in line


async def test_the_snapshot_is_the_bot_its_people_and_their_chats(practice: Practice, feed: Feed) -> None:
    snapshot = await feed.next()
    assert (snapshot["kind"], snapshot["bot"]["username"]) == ("snapshot", "reelbot_bot")
    assert [(person["name"], person["language"]) for person in snapshot["people"]] == [
        ("Anna", "de"),
        ("Boris", "en"),
    ]
    private, group = snapshot["chats"]
    assert (private["isPrivate"], private["members"]) == (True, [practice.anna.id])
    assert (group["name"], group["isForum"]) == ("Friends", True)
    assert group["members"] == [practice.anna.id, practice.boris.id]
    assert snapshot["messages"] == []


async def test_what_the_bot_does_is_told_as_it_happens(practice: Practice, feed: Feed) -> None:
    await feed.next()
    chat_id = practice.chat.id
    own = practice.telegram.say(practice.chat, practice.anna, "a cat")
    told = [await feed.next()]
    sent = await practice.call("sendMessage", chat_id=chat_id, text="<b>Hm</b>", parse_mode="HTML")
    told.append(await feed.next())
    where = {"chat_id": chat_id, "message_id": sent["message_id"]}
    await practice.call("editMessageText", **where, text="Yes")
    told.append(await feed.next())
    await practice.call(
        "setMessageReaction", chat_id=chat_id, message_id=own.id, reaction=[{"type": "emoji", "emoji": "👀"}]
    )
    told.append(await feed.next())
    await practice.call("sendChatAction", chat_id=chat_id, action="upload_video")
    told.append(await feed.next())
    await practice.call("deleteMessage", **where)
    told.append(await feed.next())

    words = [(change["message"]["words"], change["message"]["reactions"]) for change in told[:4]]
    assert words == [("a cat", []), ("Hm", []), ("Yes", []), ("a cat", ["👀"])]
    assert told[1]["message"]["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert told[4:] == [
        {"kind": "action", "chat": chat_id, "action": "upload_video"},
        {"kind": "deleted", "chat": chat_id, "id": sent["message_id"]},
    ]


async def test_a_new_person_and_a_new_topic_are_told(practice: Practice, feed: Feed) -> None:
    await feed.next()
    brought = await practice.ask("/bring", name="Chen", language="zh-hans")
    places = await feed.next()
    assert (places["kind"], places["people"][-1]["name"]) == ("places", "Chen")
    assert places["chats"][-1]["members"] == [brought["id"]]
    assert practice.group.members[-1].id == brought["id"]

    opened = await practice.ask("/open-topic", chat=practice.group.id, name="Ideas")
    said, places = await feed.next(), await feed.next()
    assert said["message"]["service"] == "Anna opened the topic “Ideas”"
    assert places["chats"][1]["topics"] == [{"id": opened["id"], "name": "Ideas"}]


async def test_every_page_is_told(practice: Practice, feed: Feed) -> None:
    await feed.next()
    async with practice.page.stream("GET", "/events") as response:
        other = Feed(response.aiter_lines())
        await other.next()
        practice.telegram.say(practice.chat, practice.anna, "hello")
        assert (await feed.next())["message"]["words"] == "hello"
        assert (await other.next())["message"]["words"] == "hello"
