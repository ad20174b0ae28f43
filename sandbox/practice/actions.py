"""What the page's person does: write, send files, edit, delete, open a topic, bring a friend along."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from sandbox.practice.locate import InChat, OnMessage
from sandbox.practice.view import Json
from sandbox.telegram.chats import Message
from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.people import ALBUM_SIZES
from sandbox.telegram.server import TelegramSandbox

#: What people's clients send as photos; every other file goes as it is.
PHOTO_TYPES = {"image/jpeg", "image/png", "image/webp"}
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
    """Sends files: pictures as photos, several as albums; anything else, or everything if asked so, as documents."""
    async with request.form(max_files=FILES_AT_ONCE) as form:
        asked = Sending.model_validate({name: value for name, value in form.items() if name != "file"})
        files = _files(form)
        pictures = [file for file in files if not asked.as_files and file.content_type in PHOTO_TYPES]
        documents = [file for file in files if file not in pictures]
        sent = await _send_pictures(telegram, asked, pictures)
        for file in documents:
            sent.append(await _send_document(telegram, asked, file, caption=None if sent else asked.caption))
    return {"ids": [message.id for message in sent]}


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
    """Adds a person, who joins every group, and has not written to the bot yet."""
    asked = Bringing.model_validate_json(await request.body())
    person = telegram.add_user(asked.name, language_code=asked.language)
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


async def _send_document(
    telegram: TelegramSandbox, asked: Sending, file: UploadFile, *, caption: str | None
) -> Message:
    return telegram.send_document(
        asked.place(telegram),
        asked.someone(telegram),
        await file.read(),
        filename=file.filename or "file",
        mime_type=file.content_type or "application/octet-stream",
        caption=caption or None,
        reply_to=asked.reply(telegram, asked.reply_to),
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
    "/edit": edit,
    "/delete": delete,
    "/open-topic": open_topic,
    "/bring": bring,
}
