"""What the page's person does reaches the chat, and the bot."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.sandbox.practice.conftest import Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")


def picture(colour: str = "teal", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(out, form)
    return out.getvalue()


async def send(practice: Practice, *files: tuple[str, bytes, str], **fields: object) -> list[int]:
    """Send files as the page does: name, content, type."""
    where = {"person": str(practice.anna.id), "chat": str(practice.chat.id)}
    data = where | {name: str(value) for name, value in fields.items()}
    answer = await practice.page.post("/send", data=data, files=[("file", file) for file in files])
    assert answer.status_code == 200, answer.text
    ids: list[int] = answer.json()["ids"]
    return ids


async def test_words_reach_the_bot_as_the_persons(practice: Practice) -> None:
    said = await practice.ask("/say", text="  a cat surfing\n")
    (update,) = [update for update in await practice.updates() if "message" in update]
    assert update["message"]["text"] == "a cat surfing"
    assert update["message"]["from"]["id"] == practice.anna.id
    assert update["message"]["message_id"] == said["id"]


async def test_an_answer_in_a_topic_stays_there(practice: Practice) -> None:
    thread = practice.telegram.add_topic(practice.group, "Ideas")
    asked = await practice.call(
        "sendMessage", chat_id=practice.group.id, message_thread_id=thread, text="Which?"
    )
    said = await practice.ask(
        "/say", chat=practice.group.id, thread=thread, text="that one", reply_to=asked["message_id"]
    )
    message = practice.group.messages[said["id"]]
    assert (message.thread_id, message.reply_to_message_id) == (thread, asked["message_id"])


async def test_one_picture_is_a_photo_with_its_caption(practice: Practice) -> None:
    (sent,) = await send(practice, ("cat.png", picture(), "image/png"), caption="make it move")
    message = practice.chat.messages[sent]
    assert (len(message.photo), message.caption, message.media_group_id) == (1, "make it move", None)


async def test_several_pictures_are_an_album_with_one_caption(practice: Practice) -> None:
    files = [(f"{colour}.jpg", picture(colour, "JPEG"), "image/jpeg") for colour in ("red", "green", "blue")]
    sent = await send(practice, *files, caption="from this to that")
    messages = [practice.chat.messages[message_id] for message_id in sent]
    assert [message.caption for message in messages] == ["from this to that", None, None]
    assert len({message.media_group_id for message in messages}) == 1
    assert [len(message.photo) for message in messages] == [1, 1, 1]


async def test_more_pictures_than_an_album_holds_are_several_albums(practice: Practice) -> None:
    files = [(f"{number}.png", picture(), "image/png") for number in range(11)]
    messages = [practice.chat.messages[sent] for sent in await send(practice, *files, caption="many")]
    groups = [message.media_group_id for message in messages]
    assert (len(set(groups[:10])), groups[10]) == (1, None)
    assert [message.caption for message in messages] == ["many", *[None] * 10]


@pytest.mark.parametrize(
    ("name", "kind", "as_files"),
    [("notes.txt", "text/plain", False), ("cat.png", "image/png", True), ("page.html", "text/html", False)],
)
async def test_other_files_and_pictures_sent_as_files_go_as_they_are(
    practice: Practice, name: str, kind: str, *, as_files: bool
) -> None:
    content = picture()
    (sent,) = await send(practice, (name, content, kind), as_files=as_files, caption="look")
    message = practice.chat.messages[sent]
    assert message.document is not None
    assert (message.document.file_name, message.document.mime_type) == (name, kind)
    assert (message.document.read(), message.caption) == (content, "look")


async def test_ones_own_message_can_be_changed_and_any_deleted(practice: Practice) -> None:
    said = await practice.ask("/say", text="a dog")
    await practice.ask("/edit", message_id=said["id"], text="a cat")
    assert practice.chat.messages[said["id"]].text == "a cat"

    answer = await practice.call("sendMessage", chat_id=practice.chat.id, text="Hm")
    await practice.ask("/delete", message_id=answer["message_id"])
    assert practice.chat.find(answer["message_id"]) is None


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/say", {"text": "   "}, 400, "Bad Request: text: String should have at least 1 character"),
        ("/say", {"text": "a" * 4097}, 400, "Bad Request: text: String should have at most 4096 characters"),
        ("/say", {}, 400, "Bad Request: text: Field required"),
        ("/say", {"text": "hello", "person": 1}, 400, "Bad Request: person not found"),
        ("/say", {"text": "hello", "chat": 1}, 400, "Bad Request: chat not found"),
        ("/say", {"text": "hello", "reply_to": 9}, 400, "Bad Request: message not found"),
        ("/edit", {"text": "mine", "message_id": 101}, 400, "only one's own messages can be edited"),
        ("/open-topic", {"name": "Ideas"}, 400, "this chat has no topics"),
        ("/bring", {"name": "Chen", "language": "?"}, 400, "String should match pattern"),
        ("/choose-inline", {"query": "1", "result": "1"}, 400, "Bad Request: query not found"),
    ],
)
async def test_what_cannot_be_done_is_refused_with_the_reason(
    practice: Practice, path: str, body: dict[str, object], status: int, said: str
) -> None:
    await practice.call("sendMessage", chat_id=practice.chat.id, text="I am the bot's")
    where = {"person": practice.anna.id, "chat": practice.chat.id}
    answer = await practice.page.post(path, json=where | body)
    assert answer.status_code == status
    assert said in answer.text


async def test_nobody_speaks_in_a_chat_that_is_not_theirs(practice: Practice) -> None:
    body = {"person": practice.boris.id, "chat": practice.chat.id, "text": "let me in"}
    answer = await practice.page.post("/say", json=body)
    assert (answer.status_code, answer.text) == (400, "Bad Request: this person is not in the chat")


async def test_a_parcel_without_files_and_a_photo_that_is_none_are_refused(practice: Practice) -> None:
    where = {"person": str(practice.anna.id), "chat": str(practice.chat.id)}
    nothing = await practice.page.post("/send", data=where)
    assert (nothing.status_code, nothing.text) == (400, "Bad Request: there is no file")
    broken = await practice.page.post(
        "/send", data=where, files=[("file", ("cat.png", b"no picture", "image/png"))]
    )
    assert (broken.status_code, broken.text) == (400, "Bad Request: IMAGE_PROCESS_FAILED")
