"""What the bot says about photos that come with a request, one or several."""

from __future__ import annotations

import html

from chat.formatting import shape
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.catalogue import Model
from domain.request import Photo
from handlers import texts
from handlers.create import picture_formats
from handlers.create.pictures import HEAVIEST_PHOTO, FormatNotOpened, NoPicture, PhotoTooHeavy, PictureRefusal

no_pictures = lazy_gettext(
    "There is no picture among these. Send photos, or pictures as JPEG, PNG or WebP files."
)


def pictures_alone(number: int) -> str:
    return ngettext(
        "Not everything here is a picture: only one is used.",
        "Not everything here is a picture: only {n} are used.",
        number,
    ).format(n=number)


def left_out(model: Model, sent: int) -> str:
    """Say that the model takes fewer photos than were `sent`, as all others do."""
    return ngettext(
        "🖼 {model} takes one photo: of your {sent} I use the first.",
        "🖼 {model} takes {n} photos: of your {sent} I use the first {n}.",
        model.photos,
    ).format(model=html.escape(model.title, quote=False), n=model.photos, sent=sent)


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
                "Telegram does not show me that picture. Take a screenshot of it, and send it as a photo."
            )


def still(photo: Photo) -> str:
    """Say that of what moves or plays only a still picture is used, and how large it is."""
    size = shape(photo.size) if photo.size is not None else "?"
    return _(
        "🎞 Of videos, GIFs and animated stickers only a still picture is used, here of {size} pixels. "
        "A screenshot, sent as a photo, is usually sharper."
    ).format(size=size)


link = lazy_gettext(
    "🔗 Pictures of links are not used. If you want this one in the video, send it as a photo."
)


def _no_picture(name: str | None) -> str:
    match name:
        case picture_formats.VIDEO:
            return _(
                "This is a video, and I start from pictures. "
                "Take a screenshot of the moment you want, and send it as a photo."
            )
        case picture_formats.PDF:
            return _("PDF files cannot be opened. Take a screenshot of the page, and send it as a photo.")
        case _:
            return texts.no_picture()


def _not_opened(name: str) -> str:
    return _(
        "{format} files cannot be opened. Send it as a photo instead of a file, or save it as JPEG or PNG first."
    ).format(format=name)
