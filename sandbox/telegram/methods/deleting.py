"""The Bot API's methods that remove messages, each as long and as far as Telegram lets a bot."""

from datetime import timedelta

from sandbox.telegram.access import check_present
from sandbox.telegram.chats import ChatKind, Message, Standing
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.methods.sending import NO_CHAT, find_chat
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import NUMBERS
from sandbox.telegram.state import TelegramState

DELETABLE_FOR = timedelta(hours=48)
MESSAGES_AT_ONCE = 100
NO_MESSAGE = {"message_id": "message identifier is not specified"}
NO_MESSAGES = {"message_ids": "message identifiers are not specified"}


async def delete_message(state: TelegramState, asked: Parameters) -> bool:
    chat = find_chat(state, asked)
    check_present(chat)
    message = chat.find(asked.number("message_id"))
    if message is None:
        raise BadRequest("message to delete not found")
    _check_deletable(state, message)
    state.delete(message)
    return True


async def delete_messages(state: TelegramState, asked: Parameters) -> bool:
    """Deletes all of them or, when one may not be deleted, none; those that are gone are passed over."""
    chat = find_chat(state, asked)
    check_present(chat)
    found = [message for message in map(chat.find, read_message_ids(asked)) if message is not None]
    for message in found:
        _check_deletable(state, message)
    for message in found:
        state.delete(message)
    return True


def read_message_ids(asked: Parameters) -> list[int]:
    """One to a hundred message identifiers.

    Raises:
        BadRequest: None, too many, or one that is no identifier.
    """
    ids = asked.shaped("message_ids", NUMBERS) or []
    if not ids:
        raise BadRequest(NO_MESSAGES["message_ids"])
    if len(ids) > MESSAGES_AT_ONCE:
        raise BadRequest("too many message identifiers specified")
    if min(ids) <= 0:
        raise BadRequest("invalid message identifier specified")
    return ids


def _check_deletable(state: TelegramState, message: Message) -> None:
    """For two days: everything in a private chat, in groups its own, and all of it as an administrator."""
    is_young = state.now() - message.date < DELETABLE_FOR
    is_its_own = message.sender == state.bot or message.chat.standing is Standing.ADMINISTRATOR
    match message.chat.kind:
        case ChatKind.PRIVATE if not is_young:
            raise BadRequest("message can't be deleted for everyone")
        case ChatKind.GROUP if not (is_young and is_its_own):
            raise BadRequest("message can't be deleted for everyone")
        case ChatKind.SUPERGROUP if not (is_young and is_its_own):
            raise BadRequest("message can't be deleted")


DELETING: dict[str, Method] = {
    "deleteMessage": Method(run=delete_message, requires=NO_CHAT | NO_MESSAGE),
    "deleteMessages": Method(run=delete_messages, requires=NO_CHAT | NO_MESSAGES),
}
