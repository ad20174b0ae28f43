"""Turns any picture people send into the exact JPEG a video API takes, in bounded memory."""

from __future__ import annotations

import io
import mmap
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, UnidentifiedImageError

from bot.media.errors import PictureBroken, PictureTooLarge, PictureUnsupported
from domain.size import Size

#: The decoders in use; Pillow has some forty, of which some start other programs.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP")
#: The largest picture looked at: phones make JPEGs of 200 megapixels, which are decoded at a fraction of that.
MAX_PIXELS: Final = 250_000_000
#: What decoding one picture may take, for the process to stay well under 150 MB.
MAX_DECODED_BYTES: Final = 90_000_000

_BYTES_PER_PIXEL: Final = 4  # Pillow keeps colour in 32 bits
_BYTES_PER_PIXEL_OF: Final = {
    "WEBP": 16,  # libwebp's canvas, the one before it, a copy of it, and Pillow's
    "AVIF": 12,  # libavif's planes, which are 16 bits deep at worst, its colours, a copy of them, and Pillow's
}
_BYTES_PER_PIXEL_OF_PROGRESSIVE_JPEG: Final = 6  # libjpeg holds all coefficients until the last scan
_MOST_SCANS: Final = 100  # encoders write about ten; each scan is another pass over all of the picture
_BAND_ROWS: Final = 64
_LANCZOS_GAP: Final = 1.5  # how much larger than the result averaging leaves a picture, for it to be sharp
_JPEG_QUALITY: Final = 92
_WHITE: Final = (255, 255, 255, 255)  # what stickers and logos are drawn for

_EXIF_ORIENTATION: Final = 0x0112  # its values: EXIF 2.32, section 4.6.4
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING: Final = frozenset({5, 6, 7, 8})  # width and height are exchanged

_JPEGS: Final = frozenset({"JPEG", "MPO"})  # a phone's double picture opens as the latter
_MARKER: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)  # FF 00 is data, FF D0 to D7 divide it
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = 0xD9
_BARE: Final = frozenset({0x01, 0xD8})  # markers without a segment

_BRANDS: Final = {
    b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF", b"avis": "AVIF",
}  # fmt: skip
_SIGNATURES: Final = {
    b"%PDF": "PDF", b"%!PS": "PostScript", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"8BPS": "PSD", b"\0\0\1\0": "ICO",
    b"<svg": "SVG", b"\xff\x0a": "JPEG XL", b"\0\0\0\x0cJXL ": "JPEG XL", b"\0\0\0\x0cjP  ": "JPEG 2000",
}  # fmt: skip

# What Pillow's decoders raise over mangled files, besides OSError.
_DECODER_ERRORS: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, RuntimeError, struct.error,
    zlib.error,
)  # fmt: skip

# Pillow warns above this and refuses above twice as much, before it asks for any memory.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread holds pictures of its own


def prepare(source: Path, target: Path, size: Size) -> None:
    """Write the picture to `target` as a JPEG of exactly `size`: turned by EXIF, cropped to cover, without metadata.

    Colours become sRGB, transparency becomes white, of an animation the first frame is taken.
    Whoever finds a file at `target` finds a whole one.

    Raises:
        PictureBroken: The file is no picture, or of a format that is not opened (PictureUnsupported).
        PictureTooLarge: Decoding it would take too much memory.
        OSError: A file cannot be read or written.
    """
    with _opened(source) as image:
        orientation = _orientation(image)
        profile = image.info.get("icc_profile")
        lying = orientation in _LYING
        picture = _covering(image, Size(size.height, size.width) if lying else size)
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    if profile:
        picture = _in_srgb(picture, profile)
    part = target.with_name(f"{target.name}.part")
    try:
        picture.save(part, "JPEG", quality=_JPEG_QUALITY, subsampling="4:4:4", icc_profile=None, exif=b"")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(source: Path) -> Iterator[Image.Image]:
    """Open the picture's header, and call whatever goes wrong in decoding it by its name."""
    with source.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about oddities of the file and sizes that are checked here
        try:
            with Image.open(file, formats=FORMATS) as image:
                _check(image, MAX_PIXELS)
                if image.format in _JPEGS:
                    _check_scans(source)
                yield image
        except UnidentifiedImageError as exc:
            raise _unidentified(source) from exc
        except (Image.DecompressionBombError, MemoryError) as exc:
            raise PictureTooLarge(MAX_PIXELS) from exc
        except _DECODER_ERRORS as exc:
            raise PictureBroken(str(exc) or type(exc).__name__) from exc


def _check(image: Image.Image, limit_pixels: int) -> None:
    if image.width * image.height > limit_pixels:
        raise PictureTooLarge(limit_pixels, Size(*image.size))


def _check_scans(source: Path) -> None:
    """Count the scans of a JPEG without decoding any (ITU-T T.81, B.1.1): the file may be small and still take hours."""
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        scans = position = 0
        while marker := _MARKER.search(content, position):
            position = marker.end()
            kind = content[position - 1]
            if kind == _END_OF_IMAGE:
                return
            if kind == _START_OF_SCAN:
                scans += 1
            if scans > _MOST_SCANS:
                raise PictureBroken(f"it has more than {_MOST_SCANS} scans")
            if kind not in _BARE:
                position += int.from_bytes(content[position : position + 2], "big")


def _unidentified(source: Path) -> PictureBroken:
    with source.open("rb") as file:
        head = file.read(16)
    name = _BRANDS.get(head[8:12]) if head[4:8] == b"ftyp" else None
    name = name or next((known for start, known in _SIGNATURES.items() if head.startswith(start)), None)
    return PictureUnsupported(name) if name else PictureBroken("it is no JPEG, PNG, WebP, AVIF, GIF or BMP")


def _orientation(image: Image.Image) -> int:
    """Read EXIF's orientation, 1 to 8; a picture that says nothing sensible stays as it is."""
    exif = Image.Exif()  # not image.getexif(), which decodes a whole PNG in search of it
    try:
        exif.load(image.info.get("exif", b""))
        orientation = exif.get(_EXIF_ORIENTATION)
    except _DECODER_ERRORS:
        return 1
    return orientation if orientation in _TURNS else 1


def _covering(image: Image.Image, size: Size) -> Image.Image:
    """Decode to RGB of exactly `size`, in three steps of growing quality: by the decoder, by averaging, by Lanczos."""
    if image.info.get("progressive"):
        _check(image, MAX_DECODED_BYTES // _BYTES_PER_PIXEL_OF_PROGRESSIVE_JPEG)
    image.draft(None, (size.width, size.height))
    _check(image, MAX_DECODED_BYTES // _BYTES_PER_PIXEL_OF.get(image.format or "", _BYTES_PER_PIXEL))
    scale = min(image.width / size.width, image.height / size.height)
    reduced = _reduced(image, max(1, round(scale / _LANCZOS_GAP)))
    return ImageOps.fit(reduced, (size.width, size.height), Image.Resampling.LANCZOS)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Convert to RGB and average `factor` by `factor` pixels into one, in bands: no second copy of a large picture."""
    reduced = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for row in range(0, reduced.height, _BAND_ROWS):
        bottom = min(image.height, (row + _BAND_ROWS) * factor)
        band = image.crop((0, row * factor, image.width, bottom))
        reduced.paste(_rgb(band).reduce(factor), (0, row))
    return reduced


def _rgb(band: Image.Image) -> Image.Image:
    if band.mode.startswith("I;16"):
        band.info.pop("transparency", None)  # one of 65536 greys, and Pillow looks for it among 256
        return band.point(lambda grey: grey / 256).convert("L").convert("RGB")
    if not band.has_transparency_data:
        return band.convert("RGB")
    paper = Image.new("RGBA", band.size, _WHITE)
    paper.alpha_composite(band.convert("RGBA"))
    return paper.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Move the colours from the picture's own ICC profile, such as a phone's Display P3; a broken one is ignored."""
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if own.profile.xcolor_space.strip() != "RGB":
            return picture
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, *_DECODER_ERRORS):
        return picture
