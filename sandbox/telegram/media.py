"""Takes media in: decides as Telegram does what an upload is, and finds media again by file_id."""

import asyncio
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath

from sandbox.telegram.chats import Message
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import PHOTO_LIMIT, FileKind, Media, PhotoSize, TelegramFiles
from sandbox.telegram.probe import probe
from sandbox.telegram.uploads import Upload

GIF = b"GIF8"
FALLBACK_SUFFIX = {FileKind.VIDEO: ".mp4", FileKind.ANIMATION: ".mp4", FileKind.DOCUMENT: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Media as a call describes it: an upload or a file_id, and what the sender says of it."""

    kind: FileKind
    source: Upload | str
    width: int = 0
    height: int = 0
    duration: int = 0
    supports_streaming: bool = False
    thumbnail: Upload | str = ""
    #: In an album, a clip without sound stays a video.
    in_album: bool = False


Accepted = Media | list[PhotoSize]


async def accept(files: TelegramFiles, offer: Offer) -> Accepted:
    """Stores an upload, or finds what was stored before.

    Raises:
        BadRequest: Nothing given, an unknown file_id, one of another type, an empty file, a picture that is none.
    """
    upload = offer.source
    if isinstance(upload, str):
        return _find(files, offer.kind, upload)
    if upload.size == 0:
        raise BadRequest("file must be non-empty")
    if offer.kind is FileKind.PHOTO:
        return await _accept_photo(files, upload)
    return await _accept_upload(files, offer, upload)


def place(message: Message, accepted: Accepted) -> None:
    """Makes the media the message's content, instead of what was there."""
    message.text = None
    message.photo, message.video, message.animation, message.document = [], None, None, None
    match accepted:
        case list():
            message.photo = accepted
        case Media() if accepted.file.kind is FileKind.VIDEO:
            message.video = accepted
        case Media() if accepted.file.kind is FileKind.ANIMATION:
            message.animation = accepted
        case Media():
            message.document = accepted


def _find(files: TelegramFiles, kind: FileKind, file_id: str) -> Accepted:
    if not file_id:
        raise BadRequest(f"there is no {kind.lower()} in the request")
    return files.photo(file_id) if kind is FileKind.PHOTO else files.media(file_id, kind)


async def _accept_photo(files: TelegramFiles, upload: Upload) -> list[PhotoSize]:
    if upload.size > PHOTO_LIMIT:
        raise BadRequest(
            f"file of size {upload.size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    content = upload.path.read_bytes()
    return await asyncio.to_thread(files.add_photo, content)


async def _accept_upload(files: TelegramFiles, offer: Offer, upload: Upload) -> Media:
    """A clip without sound becomes an animation, one that is no MP4 a document, whatever it was sent as."""
    found = None if offer.kind is FileKind.DOCUMENT else await asyncio.to_thread(probe, upload.path)
    if found is not None:
        kind = FileKind.VIDEO if found.has_audio or offer.in_album else FileKind.ANIMATION
    elif offer.kind is FileKind.ANIMATION and _is_gif(upload):
        kind = FileKind.ANIMATION
    else:
        kind = FileKind.DOCUMENT
    thumbnail = offer.thumbnail.path.read_bytes() if isinstance(offer.thumbnail, Upload) else None
    suffix = PurePath(upload.file_name).suffix or FALLBACK_SUFFIX[kind]
    guessed = mimetypes.guess_type(f"file{suffix}")[0] or upload.mime_type
    return files.remember(
        Media(
            file=files.adopt(upload.path, kind=kind, suffix=suffix),
            mime_type="video/mp4" if found is not None else guessed,
            file_name=upload.file_name or None,
            width=offer.width,
            height=offer.height,
            duration=offer.duration,
            supports_streaming=offer.supports_streaming,
            thumbnail=files.add_thumbnail(thumbnail) if thumbnail else None,
            probed=found,
        )
    )


def _is_gif(upload: Upload) -> bool:
    with upload.path.open("rb") as file:
        return file.read(len(GIF)) == GIF
