"""The Bot API's methods that change what is in a chat, or an inline result wherever it was posted."""

from dataclasses import dataclass
from typing import Literal

from sandbox.telegram.access import check_writable
from sandbox.telegram.chats import Message
from sandbox.telegram.entities import Entity
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import Media
from sandbox.telegram.input_media import read_media
from sandbox.telegram.json import Json, message_json
from sandbox.telegram.keyboards import Button, read_markup
from sandbox.telegram.media import Accepted, accept, place
from sandbox.telegram.methods.sending import find_chat, read_caption, read_message_text
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import INPUT_MEDIA
from sandbox.telegram.state import TelegramState
from sandbox.telegram.uploads import Upload

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)

#: An edited message of the bot's, or only that an inline result was edited.
Edited = Json | Literal[True]


@dataclass(frozen=True, slots=True)
class _Look:
    """What makes a message look the way it does; an edit that leaves it is none."""

    text: str | None
    caption: str | None
    entities: list[Entity]
    buttons: list[list[Button]]
    file_id: str | None

    @classmethod
    def of(cls, message: Message) -> "_Look":
        media = message.video or message.animation or message.document
        file_id = media.file.id if media else message.photo[-1].file.id if message.photo else None
        return cls(message.text, message.caption or None, message.entities, message.buttons, file_id)


async def edit_message_text(state: TelegramState, asked: Parameters) -> Edited:
    message = _find_own(state, asked)
    if message.text is None:
        raise BadRequest("there is no text in the message to edit")
    text, entities = read_message_text(asked)
    wanted = _Look(text, None, entities, _buttons(asked), None)
    return _apply(state, asked, message, wanted)


async def edit_message_caption(state: TelegramState, asked: Parameters) -> Edited:
    message = _find_own(state, asked)
    if not message.has_media:
        raise BadRequest("there is no caption in the message to edit")
    caption, entities = read_caption(asked)
    wanted = _Look(None, caption or None, entities, _buttons(asked), _Look.of(message).file_id)
    return _apply(state, asked, message, wanted)


async def edit_message_reply_markup(state: TelegramState, asked: Parameters) -> Edited:
    message = _find_own(state, asked)
    look = _Look.of(message)
    wanted = _Look(look.text, look.caption, look.entities, _buttons(asked), look.file_id)
    return _apply(state, asked, message, wanted)


async def edit_message_media(state: TelegramState, asked: Parameters) -> Edited:
    """Replaces text or media by media; the same file_id with the same caption is "not modified".

    An inline result takes only media that Telegram has already.
    """
    _find_own(state, asked)
    media = read_media(asked, asked.shaped("media", INPUT_MEDIA))
    if _is_inline(asked) and isinstance(media.offer.source, Upload):
        raise BadRequest("invalid message content specified")
    buttons = _buttons(asked)
    accepted = await accept(state.files, media.offer)
    message = _find_own(state, asked)  # taking an upload in gives a person time to delete the message
    wanted = _Look(None, media.caption or None, media.entities, buttons, _file_id(accepted))
    return _apply(state, asked, message, wanted, accepted)


def _apply(
    state: TelegramState, asked: Parameters, message: Message, wanted: _Look, accepted: Accepted | None = None
) -> Edited:
    look = _Look.of(message)
    if wanted == look:
        raise BadRequest(NOT_MODIFIED)
    if (wanted.text, wanted.caption) != (look.text, look.caption):
        message.edits.append(message.words)
    if accepted is not None:
        place(message, accepted)
    message.text, message.caption = wanted.text, wanted.caption
    message.entities, message.buttons = wanted.entities, wanted.buttons
    state.mark_edited(message)
    return True if _is_inline(asked) else message_json(message)


def _find_own(state: TelegramState, asked: Parameters) -> Message:
    """The message to edit: one in a chat, or an inline result by its own id.

    Only messages without a keyboard or with an inline one can be edited (Bot API: Updating messages).
    """
    if _is_inline(asked):
        return state.inline.find_message(asked.text("inline_message_id"))
    if not asked.text("chat_id"):
        raise BadRequest(
            "chat_id is empty" if asked.text("message_id") else "message identifier is not specified"
        )
    chat = find_chat(state, asked)
    check_writable(chat, "text messages")
    message = chat.find(asked.number("message_id"))
    if message is None:
        raise BadRequest("message to edit not found")
    if state.bot not in {message.sender, message.via_bot} or message.force_reply:
        raise BadRequest("message can't be edited")
    return message


def _is_inline(asked: Parameters) -> bool:
    return "inline_message_id" in asked.names


def _buttons(asked: Parameters) -> list[list[Button]]:
    markup = read_markup(asked.parsed("reply_markup"))
    if markup.force_reply:
        raise BadRequest("inline keyboard expected")
    return markup.buttons


def _file_id(accepted: Accepted) -> str:
    return accepted.file.id if isinstance(accepted, Media) else accepted[-1].file.id


TARGET = frozenset({"chat_id", "message_id", "inline_message_id", "reply_markup"})
#: Python-telegram-bot sends a bot's default for it with every edit, also where the real server has no use for it.
SENT_ALONG = frozenset({"parse_mode"})

EDITING: dict[str, Method] = {
    "editMessageText": Method(
        run=edit_message_text,
        takes=TARGET | {"parse_mode", "entities", "link_preview_options"},
        requires={"text": "message text is empty"},
        is_message=True,
    ),
    "editMessageCaption": Method(
        run=edit_message_caption,
        takes=TARGET | {"caption", "parse_mode", "caption_entities", "show_caption_above_media"},
        is_message=True,
    ),
    "editMessageMedia": Method(
        run=edit_message_media,
        takes=TARGET | SENT_ALONG,
        requires={"media": "there is no media in the request"},
        is_message=True,
    ),
    "editMessageReplyMarkup": Method(
        run=edit_message_reply_markup, takes=TARGET | SENT_ALONG, is_message=True
    ),
}
