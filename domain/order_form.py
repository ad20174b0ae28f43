"""How a model wants to be asked for a video: the kind of body, how pictures go, how a size is spelt, what else is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class PhotoRole(StrEnum):
    """What a photo is to the video."""

    #: The video begins with it.
    FIRST_FRAME = "first_frame"
    #: The video ends with it.
    LAST_FRAME = "last_frame"
    #: It shows who or what is to be seen.
    REFERENCE = "reference"


class BodyKind(StrEnum):
    """In what an order is written."""

    #: `multipart/form-data`: text parts, and photos as files.
    MULTIPART = "multipart"
    #: One JSON object, photos as text.
    JSON = "json"


class PhotoEncoding(StrEnum):
    """In what a photo is sent."""

    #: A part of its own of a multipart body.
    FILE = "file"
    #: `data:image/jpeg;base64,…`
    DATA_URL = "data_url"
    #: The same without what stands before the comma.
    BASE64 = "base64"
    #: An address that everybody can read. Photos have none, so such a model makes videos of words only.
    PUBLIC_URL = "public_url"


class SizeSpelling(StrEnum):
    """How a size is written."""

    #: `size`: 1280x720
    PIXELS = "1280x720"
    #: `size`: 1280*720
    STARRED = "1280*720"
    #: `size`: 16x9
    RATIO = "16x9"
    #: `size`: 720p, whatever the shape
    LINES = "720p"
    #: `resolution`: 720p and `aspect_ratio`: 16:9
    RESOLUTION = "resolution"


PLAIN_PHOTO_FIELD: Final = "input_reference"
#: What an order may say of itself under these names, whatever the model.
_OF_EVERY_ORDER: Final = (
    "model",
    "prompt",
    "negative_prompt",
    "seed",
    "private",
    "watermark",
    "character_url",
    "character_timestamps",
)

FieldPath = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\[\])?$", max_length=100)]


class OrderForm(BaseModel):
    """How an order for a model is written in the format of OpenAI's videos; what is left out is as OpenAI has it.

    A field's path may lead into objects (`metadata.first_frame_image`) and to a list (`images[]`); in a multipart body
    a list is the same part several times.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: BodyKind = BodyKind.MULTIPART
    photos_as: PhotoEncoding | None = None
    photo_fields: dict[PhotoRole, FieldPath] = {}
    size_as: SizeSpelling = SizeSpelling.PIXELS
    #: Where the two go that a size is spelt with as a resolution.
    resolution_field: FieldPath = "resolution"
    ratio_field: FieldPath = "aspect_ratio"
    length_field: FieldPath = "seconds"
    length_as_number: bool = False
    #: What is sent besides, word for word.
    extra: dict[str, Any] = {}

    @property
    def photo_encoding(self) -> PhotoEncoding:
        """Files in a multipart body, data URLs in JSON, if nothing else is asked for."""
        if self.photos_as is not None:
            return self.photos_as
        return PhotoEncoding.FILE if self.body is BodyKind.MULTIPART else PhotoEncoding.DATA_URL

    @property
    def size_fields(self) -> tuple[str, ...]:
        is_by_resolution = self.size_as is SizeSpelling.RESOLUTION
        return (self.resolution_field, self.ratio_field) if is_by_resolution else ("size",)

    def photo_field(self, role: PhotoRole) -> str:
        """Return the path of the field in which a photo of this role goes."""
        return self.photo_fields.get(role, PLAIN_PHOTO_FIELD)

    @field_validator("extra")
    @classmethod
    def _is_json(cls, extra: dict[str, Any]) -> dict[str, Any]:
        try:
            json.dumps(extra, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as exc:
            raise ValueError("holds what cannot be written as JSON, such as a date") from exc
        return extra

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        self._check_files()
        written = list(self._paths())
        for one, other in combinations(written, 2):
            if _collide(_parts(one), _parts(other)):
                raise ValueError(
                    f"{one} and {other} cannot both be written: choose another field for one of them"
                )
        for path in written:
            if _is_taken(self.extra, _parts(path)):
                raise ValueError(f"extra: {path} is written by the order itself, so it cannot stand here")
        return self

    def _check_files(self) -> None:
        """Refuse files where there are none: inside of JSON, and inside of objects."""
        if self.photo_encoding is not PhotoEncoding.FILE:
            return
        if self.body is BodyKind.JSON:
            raise ValueError("photos_as: a JSON body has no files; choose data_url or base64")
        for role, path in self.photo_fields.items():
            if "." in path:
                raise ValueError(
                    f"photo_fields.{role}: a file cannot go inside of an object ({path}); "
                    "choose a field of its own, or photos_as data_url or base64"
                )

    def _paths(self) -> Iterator[str]:
        """Yield the path of every field that an order may write; photos of several roles may share theirs."""
        yield from (*_OF_EVERY_ORDER, self.length_field, *self.size_fields)
        yield from dict.fromkeys(self.photo_fields.values() or (PLAIN_PHOTO_FIELD,))


def _parts(path: str) -> Sequence[str]:
    return path.removesuffix("[]").split(".")


def _collide(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two paths are the same, or one leads into the other."""
    return all(a == b for a, b in zip(one, other, strict=False))


def _is_taken(extra: dict[str, Any], parts: Sequence[str]) -> bool:
    """Tell whether something stands in `extra` where the path leads, or in its way."""
    inner: Any = extra
    for part in parts:
        if not isinstance(inner, dict):
            return True
        if part not in inner:
            return False
        inner = inner[part]
    return True


#: As OpenAI has it.
PLAIN_FORM = OrderForm()
