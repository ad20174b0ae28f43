"""The Bot API's method that sends several media as one album."""

from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import FileKind
from sandbox.telegram.input_media import InputMedia, read_media
from sandbox.telegram.json import Json, message_json
from sandbox.telegram.media import accept, place
from sandbox.telegram.methods.sending import ANY_MESSAGE, NO_CHAT, compose
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import INPUT_MEDIA_LIST
from sandbox.telegram.state import TelegramState

LARGEST_ALBUM = 10


async def send_media_group(state: TelegramState, asked: Parameters) -> list[Json]:
    """Sends each as a message of its own; nothing is sent unless everything can be."""
    album = _read_album(asked)
    messages = [compose(state, asked, "photos") for _ in album]
    for message, media in zip(messages, album, strict=True):
        place(message, await accept(state.files, media.offer))
        message.caption, message.entities = media.caption, media.entities
    album_id = state.chats.next_album_id() if len(album) > 1 else None
    for message in messages:
        message.media_group_id = album_id
        state.post(message)
    return [message_json(message) for message in messages]


def _read_album(asked: Parameters) -> list[InputMedia]:
    shapes = asked.shaped("media", INPUT_MEDIA_LIST) or []
    if not shapes:
        raise BadRequest("there are no messages to send")
    if len(shapes) > LARGEST_ALBUM:
        raise BadRequest("too many messages to send as an album")
    if any(shape.type == "animation" for shape in shapes):
        raise BadRequest("can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup")
    album = [read_media(asked, shape, in_album=True) for shape in shapes]
    kinds = {media.offer.kind for media in album}
    if FileKind.DOCUMENT in kinds and len(kinds) > 1:
        raise BadRequest("document can't be mixed with other media types")
    return album


ALBUMS: dict[str, Method] = {
    "sendMediaGroup": Method(
        run=send_media_group,
        takes=ANY_MESSAGE - {"parse_mode", "reply_markup"},
        requires=NO_CHAT | {"media": 'parameter "media" is required'},
        is_message=True,
    )
}
