"""What the page's person does reaches the chat, and the bot."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sandbox.practice.samples import Sample
from sandbox.telegram.files import Media
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


def shown(practice: Practice, message_id: int) -> tuple[str | None, Media | None]:
    """Return which of a clip, a GIF, a voice message, a sticker and a file the message is."""
    message = practice.chat.messages[message_id]
    kinds = ("video", "animation", "voice", "sticker", "document")
    return next(((kind, getattr(message, kind)) for kind in kinds if getattr(message, kind)), (None, None))


@pytest.mark.parametrize(
    ("kind", "field", "looks"),
    [
        pytest.param(Sample.VIDEO, "video", ("video/mp4", 640, 360, 3, True), id="video"),
        pytest.param(Sample.GIF, "animation", ("video/mp4", 640, 360, 3, True), id="GIF"),
        pytest.param(Sample.VOICE, "voice", ("audio/ogg", 0, 0, 2, False), id="voice"),
        pytest.param(Sample.STICKER, "sticker", ("image/webp", 512, 512, 0, False), id="sticker"),
    ],
)
async def test_what_is_ready_made_reaches_the_bot_as_a_file_that_it_can_have(
    practice: Practice, kind: Sample, field: str, looks: tuple[str, int, int, int, bool]
) -> None:
    sent = await practice.ask("/send-sample", kind=kind)
    found, media = shown(practice, sent["id"])
    assert media is not None
    about = (media.mime_type, media.width, media.height, media.duration, media.thumbnail is not None)
    assert (found, about) == (field, looks)
    (update,) = [update for update in await practice.updates() if "message" in update]
    file = await practice.call("getFile", file_id=update["message"][field]["file_id"])
    assert file["file_size"] == media.size > 1000


async def test_where_somebody_is_reaches_the_bot(practice: Practice) -> None:
    await practice.ask("/send-sample", kind="location", chat=practice.chat.id)
    (update,) = [update for update in await practice.updates() if "message" in update]
    assert update["message"]["location"] == {"latitude": 54.3233, "longitude": 10.1394}


async def test_ones_own_clips_and_gifs_are_sent_as_such_unless_asked_otherwise(practice: Practice) -> None:
    ready = practice.chat.messages[(await practice.ask("/send-sample", kind=Sample.VIDEO))["id"]]
    assert ready.video is not None
    clip = ("mine.mp4", ready.video.read(), "video/mp4")
    gif = ("mine.gif", picture(form="GIF"), "image/gif")
    broken = ("broken.mp4", b"no clip", "video/mp4")
    cut = ("cut.mp4", ready.video.read()[:3000], "video/mp4")
    broken_gif = ("broken.gif", b"GIF89a", "image/gif")
    sent = await send(practice, clip, gif, broken, broken_gif, cut, caption="look")
    sent += await send(practice, clip, as_files=True)
    assert [shown(practice, each)[0] for each in sent] == [
        "video",
        "animation",
        "document",
        "document",
        "document",
        "document",
    ]
    assert [practice.chat.messages[each].caption for each in sent] == ["look", *[None] * 5]


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
        ("/send-sample", {"kind": "elephant"}, 400, "Input should be 'video', 'gif', 'voice' or 'sticker'"),
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


async def test_a_friend_with_a_plain_name_has_an_at_name_unless_it_is_taken(practice: Practice) -> None:
    for name in ("Chen", "chen", "عمر", "reelbot_bot"):
        await practice.ask("/bring", name=name)
    brought = list(practice.telegram.state.chats.users.values())[-4:]
    assert [person.username for person in brought] == ["chen", None, None, None]
