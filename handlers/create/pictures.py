"""The picture in a message: one that was sent to us, or whatever the message replied to shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    Document,
    ExternalReplyInfo,
    Message,
    MessageEntity,
    PaidMedia,
    PaidMediaLivePhoto,
    PaidMediaPhoto,
    PaidMediaVideo,
    PhotoSize,
    PollMedia,
    Sticker,
)

from domain.request import Photo
from domain.size import Size
from handlers.create.picture_formats import NO_PICTURES, may_be_opened, name_of_unopened

#: Bot API: getFile hands out files up to this size.
HEAVIEST_PHOTO = 20 * 1024 * 1024
#: Pixels of a still picture's longer side; a smaller one, such as an animated sticker's, shows next to nothing.
SMALLEST_STILL = 160
#: What people see with a picture that no bot is given (Bot API: Message, ExternalReplyInfo).
_NOT_GIVEN = ("story", "invoice", "giveaway", "giveaway_winners", "gift", "unique_gift")


class PictureRefusal(Exception):
    """A message has no picture that can be used."""


class NoPicture(PictureRefusal):
    """The file that came with it is no picture; `name` is what it is instead, if that is one of NO_PICTURES."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__("it is no picture")
        self.name = name


class FormatNotOpened(PictureRefusal):
    """Its file is of a format that is not opened; `name` is what it is called."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not opened")
        self.name = name


class PhotoTooHeavy(PictureRefusal):
    """Telegram does not hand out a file of this size."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes are more than {HEAVIEST_PHOTO}")
        self.size_bytes = size_bytes


class PictureHidden(PictureRefusal):
    """People see a picture that Telegram does not give to bots, or gives too small."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and whether it is only the small still of something that moves or plays."""

    photo: Photo
    is_still: bool = False


def photo_of(message: Message) -> Photo | None:
    """Return the photo, or the picture file, that a message was sent with; None if it has neither.

    Raises NoPicture or FormatNotOpened for another kind of file, and PhotoTooHeavy for one that is not handed out.
    """
    if message.photo:
        return _largest(message.photo)
    if message.document is not None:
        return _picture_file(message.document)
    return None


def picture_replied_to(message: Message) -> Picture | None:
    """Return the picture that people see in what a message replies to, be it of another chat; None if there is none.

    Raises a PictureRefusal if there is one that cannot be used.
    """
    replied = message.reply_to_message or message.external_reply
    if replied is not None:
        return _shown_in(replied)
    if message.reply_to_story is not None:
        raise PictureHidden
    return None


def picture_in(message: Message) -> Picture | None:
    """Return the picture that people see in a message of whatever kind; None if it shows none.

    Raises a PictureRefusal if there is one that cannot be used.
    """
    return _shown_in(message)


def replies_to_link(message: Message) -> bool:
    """Tell whether a message replies to words with a link, which people may see with a picture, and bots never."""
    replied = message.reply_to_message
    if replied is None or replied.text is None:
        return False
    preview = replied.link_preview_options
    is_shown = preview is None or not preview.is_disabled
    links = {MessageEntity.URL, MessageEntity.TEXT_LINK}
    return is_shown and any(entity.type in links for entity in replied.entities)


def _shown_in(replied: Message | ExternalReplyInfo) -> Picture | None:
    if any(getattr(replied, name, None) is not None for name in _NOT_GIVEN):
        raise PictureHidden
    sizes = replied.photo or (replied.new_chat_photo if isinstance(replied, Message) else ())
    if sizes:
        return Picture(_largest(sizes))
    if replied.sticker is not None:
        return _sticker(replied.sticker)
    if replied.paid_media is not None:
        return _paid(replied.paid_media.paid_media)
    if replied.poll is not None and replied.poll.media is not None:
        return _in_poll(replied.poll.media)
    # Before the document: an animation comes as one, too, for older bots (Bot API: Message, animation).
    still = _moving(replied)
    if still is None and replied.document is not None:
        return Picture(_picture_file(replied.document))
    return still


def _moving(replied: Message | ExternalReplyInfo) -> Picture | None:
    """Return the still of what moves, or plays with a picture."""
    if replied.video is not None:
        return _still(replied.video.cover, replied.video.thumbnail)
    if replied.game is not None:
        return _still(replied.game.photo, None)
    moving = replied.animation or replied.video_note
    if moving is not None:
        return _still((), moving.thumbnail)
    if replied.audio is not None and replied.audio.thumbnail is not None:
        return _still((), replied.audio.thumbnail)
    return None


def _in_poll(media: PollMedia) -> Picture | None:
    if media.photo:
        return Picture(_largest(media.photo))
    if media.sticker is not None:
        return _sticker(media.sticker)
    if media.video is not None:
        return _still(media.video.cover, media.video.thumbnail)
    if media.animation is not None:
        return _still((), media.animation.thumbnail)
    return Picture(_picture_file(media.document)) if media.document is not None else None


def _sticker(sticker: Sticker) -> Picture:
    if sticker.is_animated or sticker.is_video:
        return _still((), sticker.thumbnail)
    return Picture(Photo(file_id=sticker.file_id, size=Size(sticker.width, sticker.height)))


def _paid(media: Sequence[PaidMedia]) -> Picture:
    """Return the first picture that was paid for, or is the bot's own; others come without (Bot API: PaidMedia)."""
    for one in media:
        match one:
            case PaidMediaPhoto(photo=sizes):
                return Picture(_largest(sizes))
            case PaidMediaLivePhoto(live_photo=live) if live.photo:
                return Picture(_largest(live.photo))
            case PaidMediaVideo(video=video):
                return _still(video.cover, video.thumbnail)
            case _:
                continue
    raise PictureHidden


def _still(cover: Sequence[PhotoSize] | None, thumbnail: PhotoSize | None) -> Picture:
    """Return the largest still of what moves; a thumbnail has 320 pixels at most (Bot API: Video)."""
    sizes = [*([thumbnail] if thumbnail is not None else []), *(cover or ())]
    if not sizes or max(sizes[-1].width, sizes[-1].height) < SMALLEST_STILL:
        raise PictureHidden
    return Picture(_largest(sizes), is_still=True)


def _largest(sizes: Sequence[PhotoSize]) -> Photo:
    largest = sizes[-1]
    _check_weight(largest.file_size)
    return Photo(file_id=largest.file_id, size=Size(largest.width, largest.height))


def _picture_file(document: Document) -> Photo:
    if not may_be_opened(document.mime_type, document.file_name):
        name = name_of_unopened(document.mime_type, document.file_name)
        raise NoPicture(name) if name is None or name in NO_PICTURES else FormatNotOpened(name)
    _check_weight(document.file_size)
    # Of a file Telegram tells no size in pixels; its thumbnail has the same shape.
    shown = document.thumbnail
    return Photo(file_id=document.file_id, size=Size(shown.width, shown.height) if shown else None)


def _check_weight(size_bytes: int | None) -> None:
    if size_bytes is not None and size_bytes > HEAVIEST_PHOTO:
        raise PhotoTooHeavy(size_bytes)
