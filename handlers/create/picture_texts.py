"""What is said where a message has no picture that can be used, or only a small one."""

from __future__ import annotations

from chat.formatting import shape
from chat.language import gettext as _
from domain.request import Photo
from handlers import texts
from handlers.create import picture_formats
from handlers.create.pictures import HEAVIEST_PHOTO, FormatNotOpened, NoPicture, PhotoTooHeavy, PictureRefusal


def refusal(refused: PictureRefusal) -> str:
    """Say why a picture cannot be used, and what to do."""
    match refused:
        case NoPicture():
            return _no_picture(refused.name)
        case PhotoTooHeavy():
            return texts.photo_too_heavy(refused.size_bytes, HEAVIEST_PHOTO)
        case FormatNotOpened():
            return _not_opened(refused.name)
        case _:
            return _(
                "Telegram does not show me the picture that you see there. "
                "Take a screenshot of it, and send me that as a photo."
            )


def still(photo: Photo) -> str:
    """Say that of what moves or plays only a still picture is used, and how large it is."""
    size = shape(photo.size) if photo.size is not None else "?"
    return _(
        "🎞 From videos, GIFs and animated stickers I use the still picture that Telegram shows of them, here of {size} pixels. "
        "A screenshot of the moment you want, sent as a photo, is usually sharper."
    ).format(size=size)


def link() -> str:
    return _(
        "🔗 I do not see the picture that may be shown with a link. If you want it in the video, send it as a photo."
    )


def _no_picture(name: str | None) -> str:
    match name:
        case picture_formats.VIDEO:
            return _(
                "This is a video, and I start from pictures. "
                "Take a screenshot of the moment you want, and send me that as a photo."
            )
        case picture_formats.PDF:
            return _(
                "This is a PDF file, which I cannot open. "
                "Take a screenshot of the page, and send me that as a photo."
            )
        case _:
            return texts.no_picture()


def _not_opened(name: str) -> str:
    return _(
        "This is a {format} file, which I cannot open. "
        "Send it as a photo instead of a file, or save it as JPEG or PNG first."
    ).format(format=name)
