"""Albums that the bot sends: what goes together, how many, what becomes of clips without sound."""

from pathlib import Path

import httpx
import pytest
from telegram import Bot, InputMediaAnimation, InputMediaDocument, InputMediaPhoto, InputMediaVideo

from sandbox.telegram.chats import Chat
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal


async def test_an_album_is_several_messages_of_one_group(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, *, photo: bytes, video: Media, clips: Path
) -> None:
    silent = (clips / "silent.mp4").read_bytes()
    album: list[InputMediaPhoto | InputMediaVideo] = [
        InputMediaPhoto(photo, caption="<b>a</b> cat", parse_mode="HTML"),
        InputMediaVideo(video.file.id),
        InputMediaVideo(silent),
    ]
    sent = await bot.send_media_group(chat.id, album)
    kept = telegram.messages(chat)[-3:]
    assert [message.message_id for message in sent] == [message.id for message in kept]
    assert len({message.media_group_id for message in sent} - {None}) == 1
    assert [(bool(m.photo), m.video is not None, m.caption or "") for m in kept] == [
        (True, False, "a cat"),
        (False, True, ""),
        (False, True, ""),
    ]
    assert telegram.transcript(chat).splitlines()[-3].startswith(f"#{kept[0].id} Reelbot album 1/3: <photo")


async def test_one_picture_is_no_album(bot: Bot, chat: Chat, photo: bytes) -> None:
    [sent] = await bot.send_media_group(chat.id, [InputMediaPhoto(photo)])
    assert sent.media_group_id is None


@pytest.mark.parametrize(
    ("album", "complaint"),
    [
        pytest.param([InputMediaPhoto("x")] * 11, "Too many messages to send as an album", id="eleven"),
        pytest.param(
            [InputMediaAnimation("x")],
            "Can't parse inputmedia: type \"animation\" can't be used in sendmediagroup",
            id="animation",
        ),
        pytest.param(
            [InputMediaPhoto("x"), InputMediaDocument("x")],
            "Document can't be mixed with other media types",
            id="document among pictures",
        ),
        pytest.param(
            [InputMediaPhoto("x", caption="x" * 1025)], "Message caption is too long", id="long caption"
        ),
    ],
)
async def test_albums_are_checked(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, *, album: list[InputMediaPhoto], complaint: str
) -> None:
    assert await refusal(bot.send_media_group(chat.id, album)) == complaint
    assert telegram.messages(chat) == []


async def test_of_an_album_with_a_bad_file_nothing_is_sent(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, photo: bytes
) -> None:
    album = [InputMediaPhoto(photo), InputMediaPhoto(b"no picture")]
    assert await refusal(bot.send_media_group(chat.id, album)) == "Image_process_failed"
    assert telegram.messages(chat) == []


async def test_an_empty_album_is_refused(http: httpx.AsyncClient, chat: Chat) -> None:
    response = await http.post("sendMediaGroup", json={"chat_id": chat.id, "media": []})
    assert response.json()["description"] == "Bad Request: there are no messages to send"
