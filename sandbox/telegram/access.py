"""What the bot may do in a chat, and the words in which Telegram refuses the rest."""

from sandbox.telegram.chats import Chat, Standing
from sandbox.telegram.errors import BadRequest, Forbidden

GENERAL_TOPIC = 1


def check_present(chat: Chat) -> None:
    """Refuses a bot that is not, or no longer, in the chat.

    Raises:
        Forbidden: Kicked, left, or the person's account is deleted.
    """
    match chat.standing:
        case Standing.DEACTIVATED:
            raise Forbidden("user is deactivated")
        case Standing.KICKED:
            raise Forbidden(f"bot was kicked from the {chat.kind} chat")
        case Standing.LEFT:
            raise Forbidden(f"bot is not a member of the {chat.kind} chat")


def check_writable(chat: Chat, what: str) -> None:
    """Refuses a bot that may not write here; `what` is text messages, videos, photos…

    Raises:
        Forbidden: Blocked, kicked, deactivated, never started.
        BadRequest: The chat lets the bot stay but not write.
    """
    check_present(chat)
    match chat.standing:
        case Standing.BLOCKED:
            raise Forbidden("bot was blocked by the user")
        case Standing.RESTRICTED:
            raise BadRequest(f"not enough rights to send {what} to the chat")


def find_thread(chat: Chat, thread_id: int | None) -> int | None:
    """The topic a message goes to; General is chosen by naming none.

    Raises:
        BadRequest: The chat has no such topic, or has no topics.
    """
    if thread_id is None:
        return None
    if thread_id == GENERAL_TOPIC or thread_id not in chat.topics:
        raise BadRequest("message thread not found")
    return thread_id


def check_open(chat: Chat, thread_id: int | None) -> None:
    """Refuses to write into a closed topic; naming none means General.

    Raises:
        BadRequest: It is closed.
    """
    if chat.is_forum and (thread_id or GENERAL_TOPIC) in chat.closed_topics:
        raise BadRequest("TOPIC_CLOSED")
