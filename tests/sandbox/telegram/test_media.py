"""Media up and down: what an upload is taken for, file_ids, photos' sizes, limits."""

import io
from pathlib import Path

import httpx
import pytest
from PIL import Image
from telegram import Bot, InputFile, InputMediaVideo
from telegram.error import BadRequest

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox

GIF = Image.new("RGB", (8, 8))


async def send_clip(bot: Bot, telegram: TelegramSandbox, chat: Chat, path: Path) -> Message:
    with path.open("rb") as file:
        video = InputFile(file, filename="clip.mp4", read_file_handle=False)
        await bot.send_video(chat.id, video, width=64, height=36, duration=1, supports_streaming=True)
    return telegram.messages(chat)[-1]


async def test_a_streamed_video_arrives_byte_for_byte(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clip: Path, clip_bytes: bytes
) -> None:
    thumbnail = io.BytesIO()
    Image.new("RGB", (320, 180)).save(thumbnail, "JPEG")
    with clip.open("rb") as file:
        sent = await bot.send_video(
            chat.id,
            InputFile(file, filename="clip.mp4", read_file_handle=False),
            caption="a <i>cat</i>",
            parse_mode="HTML",
            width=64,
            height=36,
            duration=1,
            supports_streaming=True,
            thumbnail=thumbnail.getvalue(),
        )
    [message] = telegram.messages(chat)
    video = message.video
    assert video is not None
    assert video.read() == clip_bytes
    assert (video.width, video.height, video.duration, video.mime_type) == (64, 36, 1, "video/mp4")
    assert (video.supports_streaming, message.caption, message.text) == (True, "a cat", None)
    assert sent.video is not None
    assert (sent.video.file_id, sent.video.file_size, sent.video.file_name) == (
        video.file.id,
        len(clip_bytes),
        "clip.mp4",
    )
    assert sent.video.thumbnail is not None
    assert sent.video.thumbnail.width == 320


async def test_what_the_file_holds_is_known_beside_what_was_said(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clips: Path
) -> None:
    probed = []
    for name in ("sound.mp4", "slow.mp4"):
        video = (await send_clip(bot, telegram, chat, clips / name)).video
        assert video is not None
        assert video.probed is not None
        probed.append(video.probed)
    assert [(p.width, p.height, p.codec, p.has_audio) for p in probed] == [(64, 36, "h264", True)] * 2
    assert [p.faststart for p in probed] == [True, False]
    assert probed[0].duration == pytest.approx(1, abs=0.1)


async def test_a_clip_without_sound_comes_back_as_an_animation(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clips: Path
) -> None:
    with (clips / "silent.mp4").open("rb") as file:
        sent = await bot.send_video(chat.id, file)
    message = telegram.messages(chat)[0]
    assert (message.video, message.animation is not None) == (None, True)
    assert (sent.video, sent.animation is not None, sent.document is not None) == (None, True, True)


async def test_an_animation_with_sound_comes_back_as_a_video(bot: Bot, chat: Chat, clip: Path) -> None:
    sent = await bot.send_animation(chat.id, clip)
    assert (sent.video is not None, sent.animation) == (True, None)


async def test_a_gif_is_an_animation_and_a_video_that_is_none_a_document(bot: Bot, chat: Chat) -> None:
    gif = io.BytesIO()
    GIF.save(gif, "GIF")
    animation = await bot.send_animation(chat.id, gif.getvalue(), filename="a.gif")
    document = await bot.send_video(chat.id, b"not a video", filename="clip.mp4")
    assert animation.animation is not None
    assert document.video is None
    assert document.document is not None
    assert (document.document.file_name, document.document.file_size) == ("clip.mp4", 11)


async def test_a_video_is_sent_again_by_its_file_id(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clip: Path
) -> None:
    first = await send_clip(bot, telegram, chat, clip)
    assert first.video is not None
    again = await bot.send_video(chat.id, first.video.file.id)
    assert again.video is not None
    assert again.video.file_unique_id == first.video.file.unique_id
    assert len(list(telegram.state.files.directory.iterdir())) == 1


async def test_a_files_own_kind_wins_over_the_method_that_sends_it_again(
    bot: Bot, chat: Chat, clips: Path, video: Media
) -> None:
    silent = (await bot.send_video(chat.id, clips / "silent.mp4")).animation
    assert silent is not None
    as_video = await bot.send_video(chat.id, silent.file_id)
    as_animation = await bot.send_animation(chat.id, video.file.id)
    edited = await bot.edit_message_media(InputMediaVideo(silent.file_id), chat.id, as_animation.message_id)
    assert (as_video.video, as_video.animation and as_video.animation.file_id) == (None, silent.file_id)
    assert (as_animation.animation, as_animation.video and as_animation.video.file_id) == (
        None,
        video.file.id,
    )
    assert not isinstance(edited, bool)
    assert (edited.video, edited.animation and edited.animation.file_id) == (None, silent.file_id)


async def test_a_file_id_cannot_change_what_it_is(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, clip: Path, photo: bytes
) -> None:
    message = await send_clip(bot, telegram, chat, clip)
    picture = await bot.send_photo(chat.id, photo)
    assert message.video is not None
    with pytest.raises(BadRequest, match="Can't use file of type photo as video"):
        await bot.send_video(chat.id, picture.photo[-1].file_id)
    with pytest.raises(BadRequest, match="Can't use file of type video as photo"):
        await bot.send_photo(chat.id, message.video.file.id)
    with pytest.raises(BadRequest, match="Wrong file identifier/http url specified"):
        await bot.send_video(chat.id, "BAAC-no-such-file")
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_video(chat.id, "https://example.org/clip.mp4")


async def test_empty_and_broken_files_are_refused(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_video(chat.id, b"", filename="clip.mp4")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(chat.id, b"no picture")
    with pytest.raises(BadRequest, match="is too big for a photo; the maximum size is 10485760 bytes"):
        await bot.send_photo(chat.id, bytes(10 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(chat.id, b"x", caption="x" * 1025)
    assert (telegram.messages(chat), list(telegram.state.files.directory.iterdir())) == ([], [])


async def test_a_photo_has_several_sizes_that_can_be_downloaded(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes
) -> None:
    telegram.send_photo(chat, anna, photo, caption="swim")
    [update] = await bot.get_updates()
    assert update.message is not None
    sizes = update.message.photo
    assert [(size.width, size.height) for size in sizes] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
        (2000, 1000),
    ]
    file = await sizes[-1].get_file()
    content = bytes(await file.download_as_bytearray())
    assert (len(content), Image.open(io.BytesIO(content)).size) == (sizes[-1].file_size, (2000, 1000))


async def test_photos_are_stood_upright_and_no_larger_than_2560(telegram: TelegramSandbox) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by 90 degrees
    out = io.BytesIO()
    Image.new("RGB", (4000, 2000)).save(out, "JPEG", exif=exif)
    sizes = telegram.state.files.add_photo(out.getvalue())
    assert (sizes[-1].width, sizes[-1].height) == (1280, 2560)


async def test_a_document_comes_down_as_it_went_up(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes
) -> None:
    telegram.send_document(chat, anna, photo, filename="cat.png", mime_type="image/png", caption="swim")
    [update] = await bot.get_updates()
    assert update.message is not None
    document = update.message.document
    assert document is not None
    assert (document.file_name, document.mime_type, document.file_size) == (
        "cat.png",
        "image/png",
        len(photo),
    )
    file = await document.get_file()
    assert bytes(await file.download_as_bytearray()) == photo


async def test_a_picture_file_has_an_upright_thumbnail_and_no_other_file_has_one(
    telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by 90 degrees
    out = io.BytesIO()
    Image.new("RGB", (640, 320)).save(out, "JPEG", exif=exif)
    picture = telegram.send_document(chat, anna, out.getvalue(), filename="a.jpg", mime_type="image/jpeg")
    words = telegram.send_document(chat, anna, b"12345", filename="a.txt", mime_type="text/plain")
    assert picture.document is not None
    assert picture.document.thumbnail is not None
    assert (picture.document.thumbnail.width, picture.document.thumbnail.height) == (160, 320)
    assert words.document is not None
    assert words.document.thumbnail is None


async def test_a_download_says_how_long_it_is(
    http: httpx.AsyncClient, origin: str, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.send_document(chat, anna, b"12345", filename="a.txt", mime_type="text/plain")
    document = telegram.messages(chat)[0].document
    assert document is not None
    path = (await http.get("getFile", params={"file_id": document.file.id})).json()["result"]["file_path"]
    response = await http.get(f"{origin}/file/bot{telegram.token}/{path}")
    assert (response.headers["content-length"], response.content) == ("5", b"12345")
    assert (await http.get(f"{origin}/file/bot{telegram.token}/photos/no.jpg")).status_code == 404


async def test_files_over_twenty_megabytes_do_not_come_down(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    big = bytes(20 * 1024 * 1024 + 1)
    message = telegram.send_document(chat, anna, big, filename="big.png", mime_type="image/png")
    assert message.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(message.document.file.id)
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("nothing")
