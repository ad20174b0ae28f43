"""Keeps the files that went up or down, each under the file_id the bot knows it by."""

import io
import secrets
import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import count
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.telegram.errors import BadRequest
from sandbox.telegram.probe import Probe

DOWNLOAD_LIMIT = 20 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
PHOTO_SIDES = (90, 320, 800, 1280, 2560)
PHOTO_SIDES_SUM = 10_000
THUMBNAIL_SIDE = 320


class FileKind(StrEnum):
    """What Telegram takes a file for; the value names its folder and its errors."""

    PHOTO = "Photo"
    VIDEO = "Video"
    ANIMATION = "Animation"
    DOCUMENT = "Document"
    VOICE = "Voice"
    STICKER = "Sticker"
    THUMBNAIL = "Thumbnail"


#: What Telegram keeps alike: by its file_id, each can be sent by the others' methods.
DOCUMENT_KINDS = {FileKind.VIDEO, FileKind.ANIMATION, FileKind.DOCUMENT}
FILE_ID_PREFIX = {
    FileKind.PHOTO: "AgACAgIAAxkBAA",
    FileKind.VIDEO: "BAACAgIAAxkBAA",
    FileKind.ANIMATION: "CgACAgIAAxkBAA",
    FileKind.DOCUMENT: "BQACAgIAAxkBAA",
    FileKind.VOICE: "AwACAgIAAxkBAA",
    FileKind.STICKER: "CAACAgIAAxkBAA",
    FileKind.THUMBNAIL: "AAMCAgADGQEAAQ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file on the server's disk."""

    id: str
    unique_id: str
    kind: FileKind
    path: Path
    #: The path in its download address.
    address: str
    size: int

    def read(self) -> bytes:
        """Its bytes, whole; meant for small files and single clips."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSize:
    """A photo, or a thumbnail, in one of its sizes; pixels."""

    file: StoredFile
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A video, an animation, a document, a voice message or a sticker as it stands in a message.

    Width, height (pixels) and duration (seconds) are what the sender said; `probed` is what the file holds.
    """

    file: StoredFile
    mime_type: str
    file_name: str | None = None
    width: int = 0
    height: int = 0
    duration: int = 0
    supports_streaming: bool = False
    thumbnail: PhotoSize | None = None
    probed: Probe | None = None

    @property
    def path(self) -> Path:
        return self.file.path

    @property
    def size(self) -> int:
        return self.file.size

    def read(self) -> bytes:
        return self.file.read()


class TelegramFiles:
    """The server's files, in a directory of its own that goes when it goes."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="telegram-sandbox-"))
        # Not TemporaryDirectory: tests look at files after the server has stopped, and need not say when they are done.
        weakref.finalize(self, shutil.rmtree, self.directory, ignore_errors=True)
        self._by_id: dict[str, StoredFile] = {}
        self._by_address: dict[str, StoredFile] = {}
        self._photos: dict[str, list[PhotoSize]] = {}
        self._media: dict[str, Media] = {}
        self._numbers = count(1)

    def adopt(self, upload: Path, *, kind: FileKind, suffix: str) -> StoredFile:
        """Takes over an uploaded file by moving it."""
        file = self._new(kind=kind, suffix=suffix, size=upload.stat().st_size)
        upload.rename(file.path)
        return file

    def write(self, content: bytes, *, kind: FileKind, suffix: str) -> StoredFile:
        file = self._new(kind=kind, suffix=suffix, size=len(content))
        file.path.write_bytes(content)
        return file

    def add_photo(self, content: bytes) -> list[PhotoSize]:
        """Stores a picture as Telegram does: JPEG in several sizes, the largest no wider than 2560, smallest first.

        Raises:
            BadRequest: Not a picture, or one of impossible proportions.
        """
        sizes = [self._photo_size(picture) for picture in _downsized(content)]
        for size in sizes:
            self._photos[size.file.id] = sizes
        return sizes

    def add_thumbnail(self, content: bytes) -> PhotoSize | None:
        """Stores a video's JPEG thumbnail; one that breaks Telegram's rules is ignored, as Telegram does."""
        try:
            with Image.open(io.BytesIO(content)) as picture:
                width, height, form = picture.width, picture.height, picture.format
        except UnidentifiedImageError:
            return None
        if form != "JPEG" or max(width, height) > THUMBNAIL_SIDE or len(content) >= 200_000:  # noqa: PLR2004
            return None
        file = self.write(content, kind=FileKind.THUMBNAIL, suffix=".jpg")
        return PhotoSize(file=file, width=width, height=height)

    def draw_thumbnail(self, content: bytes) -> PhotoSize | None:
        """Stores the small upright JPEG that people's clients send along with a picture file; None for other files."""
        try:
            sizes = _downsized(content)
        except (BadRequest, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return None
        thumbnail, width, height = next(size for size in reversed(sizes) if max(size[1:]) <= THUMBNAIL_SIDE)
        file = self.write(thumbnail, kind=FileKind.THUMBNAIL, suffix=".jpg")
        return PhotoSize(file=file, width=width, height=height)

    def remember(self, media: Media) -> Media:
        """Makes the media sendable again by its file_id."""
        self._media[media.file.id] = media
        return media

    def photo(self, file_id: str) -> list[PhotoSize]:
        self.find_to_send(file_id, FileKind.PHOTO)
        return self._photos[file_id]

    def media(self, file_id: str, kind: FileKind) -> Media:
        self.find_to_send(file_id, kind)
        return self._media[file_id]

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def find_to_send(self, file_id: str, kind: FileKind) -> StoredFile:
        """The file a send names; a video, an animation or a document is taken for each other and stays what it is.

        Raises:
            BadRequest: No such file, or a picture for another file, or another for a picture.
        """
        if file_id.startswith(("http://", "https://")):
            raise BadRequest("failed to get HTTP URL content")  # there is no internet here
        file = self._by_id.get(file_id)
        if file is None:
            raise BadRequest("wrong file identifier/HTTP URL specified")
        if file.kind is not kind and not {file.kind, kind} <= DOCUMENT_KINDS:
            raise BadRequest(f"can't use file of type {file.kind} as {kind}")
        return file

    def find_to_download(self, file_id: str) -> StoredFile:
        """The file getFile names (Bot API: getFile).

        Raises:
            BadRequest: No such file, or over 20 MB.
        """
        file = self._by_id.get(file_id)
        if file is None:
            raise BadRequest("wrong file_id or the file is temporarily unavailable")
        if file.size > DOWNLOAD_LIMIT:
            raise BadRequest("file is too big")
        return file

    def at(self, address: str) -> StoredFile | None:
        """The file under a download address."""
        return self._by_address.get(address)

    def _photo_size(self, picture: tuple[bytes, int, int]) -> PhotoSize:
        content, width, height = picture
        file = self.write(content, kind=FileKind.PHOTO, suffix=".jpg")
        return PhotoSize(file=file, width=width, height=height)

    def _new(self, *, kind: FileKind, suffix: str, size: int) -> StoredFile:
        number = next(self._numbers)
        address = f"{kind.lower()}s/file_{number}{suffix}"
        file = StoredFile(
            id=FILE_ID_PREFIX[kind] + secrets.token_urlsafe(36),
            unique_id="AgAD" + secrets.token_urlsafe(9),
            kind=kind,
            path=self.directory / f"file_{number}{suffix}",
            address=address,
            size=size,
        )
        self._by_id[file.id] = file
        self._by_address[address] = file
        return file


@lru_cache(maxsize=16)  # the same picture is often sent by a hundred people
def _downsized(content: bytes) -> Sequence[tuple[bytes, int, int]]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width + picture.height > PHOTO_SIDES_SUM:
                raise BadRequest("PHOTO_INVALID_DIMENSIONS")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError) as exc:
        raise BadRequest("IMAGE_PROCESS_FAILED") from exc
    longest = max(upright.size)
    sides = [min(longest, PHOTO_SIDES[-1]), *(side for side in reversed(PHOTO_SIDES) if side < longest)]
    return [_jpeg(upright, side) for side in dict.fromkeys(sides)][::-1]


def _jpeg(picture: Image.Image, side: int) -> tuple[bytes, int, int]:
    """Shrinks in place, so that each size is made from the one above it."""
    picture.thumbnail((side, side))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=87)
    return out.getvalue(), picture.width, picture.height
