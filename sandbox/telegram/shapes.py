"""The JSON objects that calls carry inside their parameters; unknown fields are refused as typing errors."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from sandbox.telegram.errors import BadRequest

T = TypeVar("T")


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReplyShape(Shape):
    """Bot API: ReplyParameters."""

    message_id: int
    chat_id: int | None = None
    allow_sending_without_reply: bool = False
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[dict[str, Any]] | None = None
    quote_position: int | None = None
    checklist_task_id: int | None = None


class LinkPreviewShape(Shape):
    """Bot API: LinkPreviewOptions."""

    is_disabled: bool = False
    url: str | None = None
    prefer_small_media: bool = False
    prefer_large_media: bool = False
    show_above_text: bool = False


class EntityShape(BaseModel):
    """Bot API: MessageEntity; what some kinds carry besides is kept as it is."""

    model_config = ConfigDict(extra="allow", frozen=True)
    type: str
    offset: int
    length: int


class InputMediaShape(Shape):
    """Bot API: InputMedia, of all kinds together."""

    type: str
    media: str = ""
    caption: str = ""
    parse_mode: str | None = None
    caption_entities: list[EntityShape] | None = None
    width: int = 0
    height: int = 0
    duration: int = 0
    supports_streaming: bool = False
    thumbnail: str = ""
    cover: str = ""
    start_timestamp: int = 0
    has_spoiler: bool = False
    show_caption_above_media: bool = False
    disable_content_type_detection: bool = False


REPLY = TypeAdapter(ReplyShape)
LINK_PREVIEW = TypeAdapter(LinkPreviewShape)
ENTITIES = TypeAdapter(list[EntityShape])
INPUT_MEDIA = TypeAdapter(InputMediaShape)
INPUT_MEDIA_LIST = TypeAdapter(list[InputMediaShape])
NAMES = TypeAdapter(list[str])
NUMBERS = TypeAdapter(list[int])


def shaped(name: str, value: object, shape: TypeAdapter[T]) -> T | None:
    """Parsed JSON of a known shape; None stays None.

    Raises:
        BadRequest: JSON of another shape, saying where it differs.
    """
    if value is None:
        return None
    try:
        return shape.validate_python(value)
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise BadRequest(f"can't parse {name} JSON object: {first['msg']} {place}".rstrip()) from exc
