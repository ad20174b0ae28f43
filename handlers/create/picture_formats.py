"""Which files people send as pictures can be opened, told by their type and name; their bytes have the last word."""

from __future__ import annotations

from collections.abc import Iterable

#: As types and names of files spell what is opened.
_OPENED = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "pjpeg", "png", "webp", "gif", "bmp", "ms-bmp", "avif"},
)
_MAKERS = ("canon", "nikon", "sony", "fuji", "olympus", "panasonic", "pentax", "samsung")
_RAW = ("cr2", "cr3", "nef", "nrw", "arw", "raf", "orf", "rw2", "pef", "srw")
_UNOPENED = {
    "HEIC": ("heic", "heif", "hif", "heics", "heifs", "heic-sequence", "heif-sequence"),
    "TIFF": ("tif", "tiff"),
    "Photoshop": ("psd", "psb", "vnd.adobe.photoshop", "photoshop"),
    "SVG": ("svg", "svgz", "svg+xml"),
    "PostScript": ("ps", "eps", "ai", "postscript", "illustrator"),
    "JPEG XL": ("jxl",),
    "JPEG 2000": ("jp2", "j2k", "jpf", "jpx", "jpm"),
    "RAW": ("raw", "dng", "adobe-dng", *_RAW, *(f"{maker}-{raw}" for maker in _MAKERS for raw in _RAW)),
    "ICO": ("ico", "icon", "vnd.microsoft.icon"),
    "GIMP": ("xcf",),
}
_NAMES = {spelling: name for name, spellings in _UNOPENED.items() for spelling in spellings}
_VIDEOS = frozenset({"mp4", "m4v", "mov", "webm", "mkv", "avi", "3gp", "mpg", "mpeg", "wmv", "flv", "mts"})
#: What programs say that do not know what they send.
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/unknown"})
VIDEO, PDF = "video", "PDF"
#: What is no picture, although people see one.
NO_PICTURES = frozenset({VIDEO, PDF})


def may_be_opened(mime_type: str | None, file_name: str | None) -> bool:
    """Tell whether a file may be a picture that is opened: so says its type or its name, or neither says anything."""
    mime_type = _plain(mime_type)
    spelled = _spellings(mime_type, file_name)
    if not _OPENED.isdisjoint(spelled):
        return True
    if name_of_unopened(mime_type, file_name) is not None:
        return False
    return mime_type in _SAYS_NOTHING or mime_type.startswith("image/")


def name_of_unopened(mime_type: str | None, file_name: str | None) -> str | None:
    """Return what a format that is not opened is called, one of NO_PICTURES or a picture's; None if it is unknown."""
    mime_type = _plain(mime_type)
    spelled = _spellings(mime_type, file_name)
    if mime_type.startswith("video/") or not _VIDEOS.isdisjoint(spelled):
        return VIDEO
    if "pdf" in spelled:
        return PDF
    return next((_NAMES[spelling] for spelling in spelled if spelling in _NAMES), None)


def _plain(mime_type: str | None) -> str:
    """Return a type without its parameters, in small letters."""
    return (mime_type or "").partition(";")[0].strip().lower()


def _spellings(mime_type: str, file_name: str | None) -> Iterable[str]:
    subtype = mime_type.partition("/")[2].removeprefix("x-")
    _, dot, ending = (file_name or "").rpartition(".")
    return [subtype, ending.lower()] if dot else [subtype]
