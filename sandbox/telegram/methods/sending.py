"""The Bot API's methods that put something into a chat: messages, media, chat actions, reactions."""

from functools import partial

from telegram.constants import ReactionEmoji

from sandbox.telegram.access import check_open, check_writable, find_thread
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT, Entity, check_length, read_text
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import FileKind
from sandbox.telegram.json import Json, message_json
from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.media import Offer, accept, place
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import ENTITIES, LINK_PREVIEW, REPLY, EntityShape
from sandbox.telegram.state import TelegramState

CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
REACTIONS = {str(emoji) for emoji in ReactionEmoji}
NO_CHAT = {"chat_id": "chat_id is empty"}


async def send_message(state: TelegramState, asked: Parameters) -> Json:
    message = compose(state, asked, "text messages")
    message.text, message.entities = read_message_text(asked)
    return message_json(state.post(message))


async def send_media(kind: FileKind, state: TelegramState, asked: Parameters) -> Json:
    message = compose(state, asked, f"{kind.lower()}s")
    caption, entities = read_caption(asked)
    field = kind.lower()
    offer = Offer(
        kind=kind,
        source=asked.file(field),
        width=asked.number("width"),
        height=asked.number("height"),
        duration=asked.number("duration"),
        supports_streaming=asked.flag("supports_streaming"),
        thumbnail=asked.file("thumbnail"),
    )
    place(message, await accept(state.files, offer))
    message.caption, message.entities = caption, entities
    return message_json(state.post(message))


async def send_chat_action(state: TelegramState, asked: Parameters) -> bool:
    chat = find_chat(state, asked)
    check_writable(chat, "text messages")
    find_thread(chat, asked.optional_number("message_thread_id"))
    if asked.text("action") not in CHAT_ACTIONS:
        raise BadRequest("wrong parameter action in request")
    state.act(chat, asked.text("action"))
    return True


async def set_message_reaction(state: TelegramState, asked: Parameters) -> bool:
    chat = find_chat(state, asked)
    check_writable(chat, "reactions")
    message = chat.find(asked.number("message_id"))
    if message is None:
        raise BadRequest("message to react not found")
    match asked.parsed("reaction"):
        case None | []:
            state.react(message, [])
        case [{"type": "emoji", "emoji": str(emoji)}] if emoji in REACTIONS:
            state.react(message, [emoji])
        case [_]:
            raise BadRequest("REACTION_INVALID")
        case _:
            raise BadRequest("REACTIONS_TOO_MANY")
    return True


def find_chat(state: TelegramState, asked: Parameters) -> Chat:
    return state.chats.find_named(asked.text("chat_id"))


def read_message_text(asked: Parameters) -> tuple[str, list[Entity]]:
    text, entities = _read(asked, "text", "entities")
    if not text:
        raise BadRequest("message text is empty")
    check_length(text, TEXT_LIMIT, "message is too long")
    return text, entities


def read_caption(asked: Parameters) -> tuple[str, list[Entity]]:
    caption, entities = _read(asked, "caption", "caption_entities")
    check_length(caption, CAPTION_LIMIT, "message caption is too long")
    return caption, entities


def _read(asked: Parameters, name: str, entities: str) -> tuple[str, list[Entity]]:
    asked.shaped("link_preview_options", LINK_PREVIEW)
    given = read_entities(asked.shaped(entities, ENTITIES))
    return read_text(asked.text(name), parse_mode=asked.text("parse_mode"), given=given)


def read_entities(shapes: list[EntityShape] | None) -> list[Entity]:
    return [
        Entity(
            type=shape.type,
            offset=shape.offset,
            length=shape.length,
            extra=tuple((shape.model_extra or {}).items()),
        )
        for shape in shapes or []
    ]


def compose(state: TelegramState, asked: Parameters, what: str) -> Message:
    """A message without its content, once nothing speaks against sending it."""
    chat = find_chat(state, asked)
    check_writable(chat, what)
    thread_id = find_thread(chat, asked.optional_number("message_thread_id"))
    reply_to = _find_reply(state, asked, chat)
    markup = read_markup(asked.parsed("reply_markup"))
    message = state.new_message(chat, state.bot)
    message.reply_to = reply_to
    message.thread_id = thread_id or (reply_to.thread_id if reply_to else None)
    check_open(chat, message.thread_id)
    message.buttons, message.force_reply = markup.buttons, markup.force_reply
    message.reply_placeholder = markup.placeholder
    message.is_silent = asked.flag("disable_notification")
    message.is_protected = asked.flag("protect_content")
    return message


def _find_reply(state: TelegramState, asked: Parameters, chat: Chat) -> Message | None:
    reply = asked.shaped("reply_parameters", REPLY)
    if reply is None:
        return None
    other = chat if reply.chat_id is None else state.chats.find(reply.chat_id)
    found = other.find(reply.message_id)
    if found is None and not reply.allow_sending_without_reply:
        raise BadRequest("message to be replied not found")
    return found


ANY_MESSAGE = frozenset(
    {
        "message_thread_id",
        "parse_mode",
        "disable_notification",
        "protect_content",
        "reply_markup",
        "reply_parameters",
        "message_effect_id",
        "allow_paid_broadcast",
    }
)
CAPTIONED = ANY_MESSAGE | {"caption", "caption_entities"}
SHOWN = CAPTIONED | {"has_spoiler", "show_caption_above_media"}
MOVING = SHOWN | {"width", "height", "duration", "thumbnail"}


def _media_method(kind: FileKind, takes: frozenset[str]) -> Method:
    name = kind.lower()
    return Method(
        run=partial(send_media, kind),
        takes=takes,
        requires=NO_CHAT | {name: f"there is no {name} in the request"},
        is_message=True,
    )


SENDING: dict[str, Method] = {
    "sendMessage": Method(
        run=send_message,
        takes=ANY_MESSAGE | {"entities", "link_preview_options"},
        requires=NO_CHAT | {"text": "message text is empty"},
        is_message=True,
    ),
    "sendPhoto": _media_method(FileKind.PHOTO, SHOWN),
    "sendVideo": _media_method(FileKind.VIDEO, MOVING | {"supports_streaming", "cover", "start_timestamp"}),
    "sendAnimation": _media_method(FileKind.ANIMATION, MOVING),
    "sendDocument": _media_method(
        FileKind.DOCUMENT, CAPTIONED | {"thumbnail", "disable_content_type_detection"}
    ),
    "sendChatAction": Method(
        run=send_chat_action,
        takes=frozenset({"message_thread_id"}),
        requires=NO_CHAT | {"action": "wrong parameter action in request"},
    ),
    "setMessageReaction": Method(
        run=set_message_reaction,
        takes=frozenset({"reaction", "is_big"}),
        requires=NO_CHAT | {"message_id": "message identifier is not specified"},
    ),
}
