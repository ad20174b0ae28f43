"""The photos of an order: as files, as text in a field, or by their address, each model in its own ways."""

import io
from base64 import b64decode
from collections.abc import Iterator

from PIL import Image

from sandbox.video_api.errors import Refusal, RefusalKind, invalid
from sandbox.video_api.model_rules import ModelRules, PhotosAs
from sandbox.video_api.orders import Draft, UploadedPart

PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")
FILE_FIELDS = ("input_reference", "input_reference[]")
#: Of a text that is a picture, not its name.
LARGEST_FILE = 20_000_000


def photos_of(draft: Draft, rules: ModelRules, size: tuple[int, int]) -> tuple[bytes, ...]:
    """The photos that the video is made of, but for those of which only the address is told.

    Raises:
        Refusal: The photos are too many, no pictures, or not in a way that the model takes.
    """
    texts = list(_texts(draft, rules))
    _check_ways(draft, rules, texts)
    photos = [*(_checked_file(file) for file in draft.files), *(_checked_text(text) for text in texts)]
    _check_number(rules, len(photos))
    sizes = [_size_of(photo) for photo in photos if photo is not None]
    if rules.photo_matches_size and any(one != size for one in sizes):
        raise invalid("Inpaint image must match the requested width and height", param="input_reference")
    return tuple(photo for photo in photos if photo is not None)


def _texts(draft: Draft, rules: ModelRules) -> Iterator[str]:
    """Everything in the model's photo fields that is text."""
    for path in rules.photo_fields:
        found = draft.found(path)
        yield from map(_address_in, found if isinstance(found, list) else [found] if found else [])


def _address_in(value: object) -> str:
    """A picture's text, or what stands for it in an object: `{"image_url": {"url": "https://…"}}`."""
    match value:
        case str():
            return value
        case {"image_url": inner} | {"url": inner}:
            return _address_in(inner)
        case _:
            raise invalid("A photo is a text, or an object with its address.", param="input_reference")


def _check_ways(draft: Draft, rules: ModelRules, texts: list[str]) -> None:
    known = {*FILE_FIELDS, *rules.photo_fields}
    strangers = [file.field for file in draft.files if file.field not in known]
    if strangers:
        raise invalid(f"Unexpected file '{strangers[0]}'", param=strangers[0])
    if PhotosAs.FILE not in rules.photos_as and draft.files:
        raise _not_so(rules)
    if PhotosAs.TEXT not in rules.photos_as and not all(map(_is_address, texts)):
        raise _not_so(rules)
    if draft.is_form and PhotosAs.FILE in rules.photos_as and any(map(draft.fields.get, FILE_FIELDS)):
        raise invalid(
            "Invalid type for 'input_reference': expected a file, but got a string instead.",
            param="input_reference",
            code="invalid_type",
        )


def _not_so(rules: ModelRules) -> Refusal:
    """new-api's words, which its plugins have for the makers behind it."""
    message = (
        "uploaded input_reference is not supported"
        if PhotosAs.TEXT in rules.photos_as
        else "requires image references to be URLs"
    )
    return Refusal(400, "plugin_request_invalid", message, kind=RefusalKind.TASK)


def _check_number(rules: ModelRules, number: int) -> None:
    if number <= rules.photos:
        return
    if rules.once_only:
        message = "input_reference must be provided once"
        raise Refusal(400, "plugin_request_invalid", message, kind=RefusalKind.TASK)
    raise invalid(f"At most {rules.photos} input_reference, got {number}", param="input_reference")


def _checked_file(file: UploadedPart) -> bytes:
    if file.content_type not in PHOTO_TYPES:
        raise invalid(
            f"Invalid file '{file.filename}': unsupported mimetype ('{file.content_type}'). "
            f"Supported file formats are {', '.join(PHOTO_TYPES)}.",
            param="input_reference",
        )
    if len(file.content) > LARGEST_FILE:
        raise invalid(f"Invalid file '{file.filename}': larger than 20 MB", param="input_reference")
    return file.content


def _checked_text(text: str) -> bytes | None:
    """The picture that a data URL or base64 is; None of an address, which nobody here fetches."""
    if _is_address(text):
        return None
    kind, _, encoded = text.rpartition(",")
    if kind and kind not in {f"data:{one};base64" for one in PHOTO_TYPES}:
        raise invalid(f"Invalid image: '{kind[:40]}' is no picture", param="input_reference")
    try:
        return b64decode(encoded, validate=True)
    except ValueError as exc:
        raise invalid("Invalid image: neither base64 nor an address", param="input_reference") from exc


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _size_of(picture: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            return opened.size
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise invalid("Invalid file: not a picture", param="input_reference") from exc
