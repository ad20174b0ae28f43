"""What the page's person asks of the bot: presses, commands, the inline picker."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.sandbox.practice.conftest import Json, Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")


BUTTONS = {"inline_keyboard": [[{"text": "Make", "callback_data": "1:make:7"}]]}


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({}, {"text": "", "isAlert": False, "url": None}),
        ({"text": "Not yours"}, {"text": "Not yours", "isAlert": False, "url": None}),
        ({"text": "Wait!", "show_alert": True}, {"text": "Wait!", "isAlert": True, "url": None}),
    ],
)
async def test_a_press_shows_what_the_bot_answers(
    practice: Practice, answer: dict[str, Any], shown: Json
) -> None:
    sent = await practice.call("sendMessage", chat_id=practice.chat.id, text="A card", reply_markup=BUTTONS)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        pressing = tasks.create_task(practice.ask("/press", message_id=sent["message_id"], data="1:make:7"))
        query = await practice.waiting("callback_query")
        await practice.call("answerCallbackQuery", callback_query_id=query["id"], **answer)

    assert (query["from"]["id"], query["data"]) == (practice.anna.id, "1:make:7")
    assert pressing.result() == shown


async def test_the_menu_is_the_narrowest_list_in_the_persons_language(practice: Practice) -> None:
    async def put(word: str, **audience: object) -> None:
        await practice.call("setMyCommands", commands=[{"command": word, "description": "x"}], **audience)

    async def seen(**where: object) -> list[str]:
        return [each["command"] for each in (await practice.ask("/commands", **where))["commands"]]

    anna, boris = practice.anna.id, practice.boris.id
    in_group = {"chat": practice.group.id}
    assert await seen() == []
    await put("everybody")
    await put("alle", language_code="de")
    await put("admins", scope={"type": "all_chat_administrators"})
    assert (await seen(), await seen(**in_group, person=boris)) == (["alle"], ["everybody"])
    assert await seen(**in_group, person=anna) == ["admins"]
    await put("private", scope={"type": "all_private_chats"})
    await put("groups", scope={"type": "all_group_chats"})
    assert (await seen(), await seen(**in_group, person=boris)) == (["private"], ["groups"])
    await put("here", scope={"type": "chat", "chat_id": practice.group.id})
    await put("mine", scope={"type": "chat_member", "chat_id": practice.group.id, "user_id": boris})
    assert (await seen(**in_group, person=anna), await seen(**in_group, person=boris)) == (["here"], ["mine"])


async def test_the_inline_picker_shows_what_the_bot_offers_and_posts_what_is_chosen(
    practice: Practice,
) -> None:
    article = {
        "type": "article",
        "id": "7",
        "title": "A cat",
        "description": "surfing",
        "input_message_content": {"message_text": "Look: a cat"},
    }
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(practice.ask("/ask-inline", text="cat"))
        query = await practice.waiting("inline_query")
        await practice.call(
            "answerInlineQuery",
            inline_query_id=query["id"],
            results=[article],
            next_offset="50",
            button={"text": "Make one", "start_parameter": "new"},
        )
    offered = asking.result()
    assert (query["query"], query["from"]["id"]) == ("cat", practice.anna.id)
    assert (offered["nextOffset"], offered["button"]) == (
        "50",
        {"text": "Make one", "startParameter": "new"},
    )
    assert offered["results"] == [
        {"id": "7", "kind": "article", "title": "A cat", "description": "surfing", "thumbnail": None}
    ]

    thread = practice.telegram.add_topic(practice.group, "Ideas")
    where = {"chat": practice.group.id, "thread": thread}
    posted = await practice.ask("/choose-inline", **where, query=offered["id"], result="7")
    message = practice.group.messages[posted["id"]]
    assert (message.words, message.thread_id, message.sender) == ("Look: a cat", thread, practice.anna)
    assert message.via_bot == practice.telegram.bot


async def test_a_result_that_was_not_offered_and_anothers_query_are_refused(practice: Practice) -> None:
    query = practice.telegram.ask_inline(practice.anna, "cat", chat=practice.chat)
    await practice.call("answerInlineQuery", inline_query_id=query.id, results=[])
    body: Json = {"person": practice.anna.id, "chat": practice.chat.id, "query": query.id, "result": "7"}
    missing = await practice.page.post("/choose-inline", json=body)
    assert missing.status_code == 404
    chat = practice.telegram.private_chat(practice.boris)
    others = await practice.page.post(
        "/choose-inline", json=body | {"person": practice.boris.id, "chat": chat.id}
    )
    assert (others.status_code, others.text) == (400, "Bad Request: query not found")
