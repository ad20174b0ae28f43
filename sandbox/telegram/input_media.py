"""Reads media that stand in a call's JSON, with their captions (Bot API: InputMedia)."""

from dataclasses import dataclass

from sandbox.telegram.entities import CAPTION_LIMIT, Entity, check_length, read_text
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import FileKind
from sandbox.telegram.media import Offer
from sandbox.telegram.methods.sending import read_entities
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.shapes import InputMediaShape

ANY_INPUT_MEDIA = {"type", "media", "caption", "parse_mode", "caption_entities"}
SHOWN = ANY_INPUT_MEDIA | {"has_spoiler", "show_caption_above_media"}
MOVING = SHOWN | {"width", "height", "duration", "thumbnail"}
#: InputMedia by type: what it may hold (Bot API: InputMedia).
MEDIA_FIELDS = {
    "photo": (FileKind.PHOTO, SHOWN),
    "video": (FileKind.VIDEO, MOVING | {"supports_streaming", "cover", "start_timestamp"}),
    "animation": (FileKind.ANIMATION, MOVING),
    "document": (FileKind.DOCUMENT, ANY_INPUT_MEDIA | {"thumbnail", "disable_content_type_detection"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InputMedia:
    """Media to take in, and what shall stand under it."""

    offer: Offer
    caption: str
    entities: list[Entity]


def read_media(asked: Parameters, media: InputMediaShape | None, *, in_album: bool = False) -> InputMedia:
    """Checks one InputMedia and finds the file it points to.

    Raises:
        BadRequest: An unknown type, another type's field, a caption that is too long or does not parse.
    """
    if media is None or media.type not in MEDIA_FIELDS:
        raise BadRequest("can't parse InputMedia: type must be non-empty")
    kind, allowed = MEDIA_FIELDS[media.type]
    foreign = media.model_fields_set - allowed
    if foreign:
        raise BadRequest(f"can't parse InputMedia: a {media.type} has no {min(foreign)}")
    caption, entities = read_text(
        media.caption, parse_mode=media.parse_mode, given=read_entities(media.caption_entities)
    )
    check_length(caption, CAPTION_LIMIT, "message caption is too long")
    offer = Offer(
        kind=kind,
        source=asked.attached(media.media),
        width=media.width,
        height=media.height,
        duration=media.duration,
        supports_streaming=media.supports_streaming,
        thumbnail=asked.attached(media.thumbnail),
        in_album=in_album,
    )
    return InputMedia(offer=offer, caption=caption, entities=entities)
