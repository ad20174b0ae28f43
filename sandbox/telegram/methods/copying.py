"""The Bot API's methods that copy a message into a chat, without a link to where it came from."""

from sandbox.telegram.access import check_present
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.json import Json
from sandbox.telegram.methods.deleting import NO_MESSAGE, NO_MESSAGES, read_message_ids
from sandbox.telegram.methods.sending import CAPTIONED, NO_CHAT, compose, read_caption
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.state import TelegramState

NO_SOURCE = {"from_chat_id": 'parameter "from_chat_id" is required'}


async def copy_message(state: TelegramState, asked: Parameters) -> Json:
    """Copies a text or media; a caption that is given stands instead of the old one."""
    source = _source(state, asked).find(asked.number("message_id"))
    if source is None:
        raise BadRequest("message to copy not found")
    if not _is_copyable(source):
        raise BadRequest("the message can't be copied")
    copy = compose(state, asked, "text messages")
    _fill(copy, source)
    if "caption" in asked.names and source.has_media:
        copy.caption, copy.entities = read_caption(asked)
    return {"message_id": state.post(copy).id}


async def copy_messages(state: TelegramState, asked: Parameters) -> list[Json]:
    """Copies several, in the order of their numbers; those that are gone or no copies can be made of are passed over."""
    found = map(_source(state, asked).find, sorted(set(read_message_ids(asked))))
    sources = [message for message in found if message is not None and _is_copyable(message)]
    if not sources:
        raise BadRequest("there are no messages to forward")
    copies = []
    for source in sources:
        copy = compose(state, asked, "text messages")
        _fill(copy, source)
        if asked.flag("remove_caption") and source.has_media:
            copy.caption, copy.entities = None, []
        copies.append({"message_id": state.post(copy).id})
    return copies


def _source(state: TelegramState, asked: Parameters) -> Chat:
    chat = state.chats.find_named(asked.text("from_chat_id"))
    check_present(chat)
    return chat


def _is_copyable(message: Message) -> bool:
    return message.has_media or message.text is not None


def _fill(copy: Message, source: Message) -> None:
    copy.text, copy.caption, copy.entities = source.text, source.caption, source.entities
    copy.photo, copy.video = source.photo, source.video
    copy.animation, copy.document = source.animation, source.document
    copy.voice, copy.sticker = source.voice, source.sticker


COPYING: dict[str, Method] = {
    "copyMessage": Method(
        run=copy_message,
        takes=CAPTIONED | {"show_caption_above_media", "video_start_timestamp"},
        requires=NO_CHAT | NO_SOURCE | NO_MESSAGE,
        is_message=True,
    ),
    "copyMessages": Method(
        run=copy_messages,
        takes=frozenset({"message_thread_id", "disable_notification", "protect_content", "remove_caption"}),
        requires=NO_CHAT | NO_SOURCE | NO_MESSAGES,
        is_message=True,
    ),
}
