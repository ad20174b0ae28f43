"""How a model wants to be asked for a video: the kind of body, how pictures go, how a size is spelt, what else is sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


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
    #: One JSON object, photos as data URLs.
    JSON = "json"


class PhotoEncoding(StrEnum):
    """In what a photo is sent."""

    #: A part of its own of a multipart body.
    FILE = "file"
    #: `data:image/jpeg;base64,…`
    DATA_URL = "data_url"
    #: The same without what stands before the comma.
    BASE64 = "base64"


class SizeSpelling(StrEnum):
    """How a size is written."""

    #: `size`: 1280x720
    PIXELS = "1280x720"
    #: `size`: 1280*720
    STARRED = "1280*720"
    #: `size`: 16x9
    RATIO = "16x9"
    #: `resolution`: 720p and `aspect_ratio`: 16:9
    RESOLUTION = "resolution"


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

    def photo_field(self, role: PhotoRole) -> str:
        """Return the path of the field in which a photo of this role goes."""
        return self.photo_fields.get(role, "input_reference")


#: As OpenAI has it.
PLAIN_FORM = OrderForm()
