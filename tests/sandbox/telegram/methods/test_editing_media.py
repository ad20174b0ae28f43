"""Edits that bring a video or a picture: from an upload or a file_id, checked field by field."""

from pathlib import Path

import pytest
from telegram import Bot, InputFile, InputMediaAnimation, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest

from sandbox.telegram.chats import Chat
from sandbox.telegram.server import TelegramSandbox


async def test_a_status_message_becomes_the_video_once(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clip: Path, clip_bytes: bytes
) -> None:
    status = await bot.send_message(chat.id, "Rendering…")
    with clip.open("rb") as file:
        media = InputMediaVideo(
            InputFile(file, filename="clip.mp4", read_file_handle=False, attach=True), "done"
        )
        edited = await bot.edit_message_media(media, chat.id, status.message_id)
    [message] = telegram.messages(chat)
    assert message.video is not None
    assert message.video.read() == clip_bytes
    assert (message.text, message.caption, message.edits) == (None, "done", ["Rendering…"])
    assert not isinstance(edited, bool)
    assert (edited.text, edited.caption, edited.edit_date is not None) == (None, "done", True)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(
            InputMediaVideo(message.video.file.id, "done"), chat.id, status.message_id
        )
    await bot.edit_message_media(InputMediaVideo(message.video.file.id, "seen"), chat.id, status.message_id)
    assert message.caption == "seen"


async def test_an_edit_takes_photos_and_animations_too(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clips: Path, photo: bytes
) -> None:
    status = await bot.send_message(chat.id, "x")
    await bot.edit_message_media(InputMediaPhoto(photo), chat.id, status.message_id)
    [message] = telegram.messages(chat)
    was_photo = bool(message.photo)
    with (clips / "silent.mp4").open("rb") as silent:
        animation = InputMediaAnimation(silent, filename="a.mp4")
        await bot.edit_message_media(animation, chat.id, status.message_id)
    assert (was_photo, message.photo, message.animation is not None) == (True, [], True)


@pytest.mark.parametrize(
    ("media", "complaint"),
    [
        pytest.param({"type": "video"}, "There is no video in the request", id="nothing"),
        pytest.param({"media": "x"}, "Can't parse media json object: field required type", id="no type"),
        pytest.param(
            {"type": "video", "media": "attach://nowhere"},
            "Can't get url of the attached file",
            id="not attached",
        ),
        pytest.param(
            {"type": "photo", "media": "x", "width": 1},
            "Can't parse inputmedia: a photo has no width",
            id="another kind's",
        ),
        pytest.param(
            {"type": "sticker", "media": "x"},
            "Can't parse inputmedia: type must be non-empty",
            id="no such kind",
        ),
        pytest.param(
            {"type": "video", "media": "x", "widht": 1},
            "Can't parse media json object: extra inputs are not permitted widht",
            id="typing error",
        ),
    ],
)
async def test_media_of_an_edit_are_checked(
    bot: Bot, chat: Chat, media: dict[str, object], complaint: str
) -> None:
    status = await bot.send_message(chat.id, "x")
    with pytest.raises(BadRequest, match=complaint):
        await bot.edit_message_media(
            InputMediaVideo("x"), chat.id, status.message_id, api_kwargs={"media": media}
        )
