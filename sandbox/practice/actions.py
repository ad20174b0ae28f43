"""What the page's person does: write, send files, edit, delete, open a topic, bring a friend along."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from sandbox.practice.locate import InChat, OnMessage
from sandbox.practice.samples import Sample, read_clip, sample
from sandbox.practice.view import Json
from sandbox.telegram.chats import Message
from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.people import ALBUM_SIZES
from sandbox.telegram.server import TelegramSandbox

#: What people's clients send as photos; every other file goes as it is.
PHOTO_TYPES = {"image/jpeg", "image/png", "image/webp"}
PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,31}")
#: What people's clients send as videos, and as GIFs where there is no sound.
CLIP_TYPES = {"video/mp4", "image/gif"}
LOCATION = {"latitude": 54.3233, "longitude": 10.1394}
FILES_AT_ONCE = 50


#: What a client sends as a message: trimmed, and never empty.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]


class Saying(InChat):
    text: Words
    reply_to: int | None = None


class Sending(InChat):
    caption: str = Field(default="", max_length=CAPTION_LIMIT)
    reply_to: int | None = None
    as_files: bool = False


class SendingSample(InChat):
    kind: Sample | Literal["location"]
    reply_to: int | None = None


class Editing(OnMessage):
    text: Words


class Opening(InChat):
    name: str = Field(min_length=1, max_length=128)


class Bringing(BaseModel):
    name: str = Field(min_length=1, max_length=64)
    language: str = Field(default="en", pattern=r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


async def say(telegram: TelegramSandbox, request: Request) -> Json:
    asked = Saying.model_validate_json(await request.body())
    message = telegram.say(
        asked.place(telegram),
        asked.someone(telegram),
        asked.text,
        reply_to=asked.reply(telegram, asked.reply_to),
        thread_id=asked.thread,
    )
    return {"id": message.id}


async def send(telegram: TelegramSandbox, request: Request) -> Json:
    """Sends files: pictures as photos, several as albums, clips as videos or GIFs; anything else, or everything if asked so, as documents."""
    async with request.form(max_files=FILES_AT_ONCE) as form:
        asked = Sending.model_validate({name: value for name, value in form.items() if name != "file"})
        files = _files(form)
        pictures = [file for file in files if not asked.as_files and file.content_type in PHOTO_TYPES]
        documents = [file for file in files if file not in pictures]
        sent = await _send_pictures(telegram, asked, pictures)
        for file in documents:
            caption = None if sent else asked.caption or None
            sent.append(await _send_file(telegram, asked, file, caption=caption))
    return {"ids": [message.id for message in sent]}


async def send_sample(telegram: TelegramSandbox, request: Request) -> Json:
    """Sends what few people have at hand: a ready-made clip, GIF, voice message or sticker, or where they are."""
    asked = SendingSample.model_validate_json(await request.body())
    chat, person = asked.place(telegram), asked.someone(telegram)
    reply_to = asked.reply(telegram, asked.reply_to)
    if asked.kind == "location":
        message = telegram.send_raw(chat, person, {"location": LOCATION}, thread_id=asked.thread)
    else:
        media = await asyncio.to_thread(sample, telegram.state.files, asked.kind)
        message = telegram.send_media(chat, person, media, reply_to=reply_to, thread_id=asked.thread)
    return {"id": message.id}


async def edit(telegram: TelegramSandbox, request: Request) -> Json:
    asked = Editing.model_validate_json(await request.body())
    message = asked.message(telegram, asked.message_id)
    if message.sender != asked.someone(telegram):
        raise BadRequest("only one's own messages can be edited")
    telegram.edit(message, asked.text)
    return {"id": message.id}


async def delete(telegram: TelegramSandbox, request: Request) -> Json:
    asked = OnMessage.model_validate_json(await request.body())
    message = asked.message(telegram, asked.message_id)
    telegram.delete_message(message)
    return {"id": message.id}


async def open_topic(telegram: TelegramSandbox, request: Request) -> Json:
    asked = Opening.model_validate_json(await request.body())
    chat = asked.place(telegram)
    if not chat.is_forum:
        raise BadRequest("this chat has no topics")
    thread_id = telegram.add_topic(chat, asked.name)
    telegram.state.opened(chat)
    return {"id": thread_id}


async def bring(telegram: TelegramSandbox, request: Request) -> Json:
    """Adds a person, who joins every group, and has not written to the bot yet; a plain name is their @name too."""
    asked = Bringing.model_validate_json(await request.body())
    username = asked.name.lower() if PLAIN_NAME.fullmatch(asked.name) else None
    if any(other.username == username for other in telegram.state.chats.users.values()):
        username = None
    person = telegram.add_user(asked.name, username=username, language_code=asked.language)
    for chat in telegram.state.chats.by_id.values():
        if not chat.is_private:
            chat.members.append(person)
    telegram.state.opened(telegram.private_chat(person))
    return {"id": person.id}


async def _send_pictures(
    telegram: TelegramSandbox, asked: Sending, pictures: list[UploadFile]
) -> list[Message]:
    chat, person = asked.place(telegram), asked.someone(telegram)
    reply_to = asked.reply(telegram, asked.reply_to)
    contents = [await picture.read() for picture in pictures]
    sent: list[Message] = []
    for start in range(0, len(contents), ALBUM_SIZES[-1]):
        caption = None if sent else asked.caption or None
        match contents[start : start + ALBUM_SIZES[-1]]:
            case [content]:
                sent.append(
                    telegram.send_photo(
                        chat, person, content, caption=caption, reply_to=reply_to, thread_id=asked.thread
                    )
                )
            case album:
                sent += telegram.send_album(
                    chat, person, album, caption=caption, reply_to=reply_to, thread_id=asked.thread
                )
    return sent


async def _send_file(
    telegram: TelegramSandbox, asked: Sending, file: UploadFile, *, caption: str | None
) -> Message:
    chat, person, content = asked.place(telegram), asked.someone(telegram), await file.read()
    reply_to = asked.reply(telegram, asked.reply_to)
    if not asked.as_files and file.content_type in CLIP_TYPES:
        clip = await asyncio.to_thread(read_clip, telegram.state.files, content, file.filename)
        if clip is not None:
            return telegram.send_media(
                chat, person, clip, caption=caption, reply_to=reply_to, thread_id=asked.thread
            )
    return telegram.send_document(
        chat,
        person,
        content,
        filename=file.filename or "file",
        mime_type=file.content_type or "application/octet-stream",
        caption=caption,
        reply_to=reply_to,
        thread_id=asked.thread,
    )


def _files(form: FormData) -> list[UploadFile]:
    files = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
    if not files:
        raise BadRequest("there is no file")
    return files


ACTIONS: dict[str, Callable[[TelegramSandbox, Request], Awaitable[Json]]] = {
    "/say": say,
    "/send": send,
    "/send-sample": send_sample,
    "/edit": edit,
    "/delete": delete,
    "/open-topic": open_topic,
    "/bring": bring,
}
