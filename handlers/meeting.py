"""Notes what people and groups are called, as each update tells it: operators speak of them by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Update
from telegram.constants import ChatType

from handlers.language import SOURCE, nearest
from storage.acquaintances import Met

if TYPE_CHECKING:
    from telegram import Chat, Message, User

    from handlers.albums import Album
    from handlers.context import Context

#: In whose name a channel's posts come into its group.
_TELEGRAM = 777000
#: The longest name that is kept.
_LONGEST = 200


def meet(update: Update | Album, context: Context) -> None:
    """Note who caused the update and where; it is written down later, and only what is new."""
    chat = update.effective_chat
    speaks_as = _sender_chat(update)
    if chat is not None and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        _note_chat(chat, context, is_reachable=True)
    if speaks_as is not None and speaks_as != chat:
        _note_chat(speaks_as, context, is_reachable=False)
    person = update.effective_user
    if person is not None and speaks_as is None and not person.is_bot and person.id != _TELEGRAM:
        _note_person(person, context, is_reachable=chat is not None and chat.type == ChatType.PRIVATE)


def _sender_chat(update: Update | Album) -> Chat | None:
    """Return the chat in whose name a message was sent; a press is always a person's own (Bot API: CallbackQuery)."""
    message: Message | None = update.message if isinstance(update, Update) else update.first
    return message.sender_chat if message is not None else None


def _note_person(person: User, context: Context, *, is_reachable: bool) -> None:
    context.services.accounts.note_met(
        Met(
            id=person.id,
            name=person.full_name[:_LONGEST],
            username=person.username,
            language=context.preferences.language or nearest(person.language_code),
            at=context.services.clock(),
            is_reachable=is_reachable,
        )
    )


def _note_chat(chat: Chat, context: Context, *, is_reachable: bool) -> None:
    context.services.accounts.note_met(
        Met(
            id=chat.id,
            name=(chat.title or "")[:_LONGEST],
            username=chat.username,
            language=SOURCE,
            at=context.services.clock(),
            is_reachable=is_reachable,
        )
    )
