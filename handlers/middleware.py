"""What every update passes first: its sender is noted, the language is set, and access is checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from telegram import Chat, Update, User
from telegram.constants import ChatType

from chat.albums import Album
from chat.language import SOURCE, nearest, speak
from domain.group import AS_USUAL
from handlers.addressing import is_meant_for_us
from handlers.admission import admit
from handlers.context import Context
from handlers.groups.switched_off import check_on
from storage.profiles import ProfileSeen

#: In whose name a channel's posts come into its group.
_TELEGRAM = 777000
#: The longest name that is kept.
_LONGEST = 200


async def on_arrival(update: Update | Album, context: Context) -> None:
    person = update.effective_user
    if person is None:
        return
    context.preferences = await context.services.storage.preferences.find_preferences(person.id)
    chat = update.effective_chat
    rules = context.services.storage.groups.find(chat.id) if chat is not None else AS_USUAL
    speak(rules.language or context.preferences.language or nearest(person.language_code))
    note_seen(update, context)
    await check_on(update, context)
    await admit(update, context)


def note_seen(update: Update | Album, context: Context) -> None:
    """Note the profiles of who sent the update and where; they are saved later, and only what is new."""
    services = context.services
    for met in profiles_in(update, services.clock(), preferred=context.preferences.language):
        # Whoever only talks in a group where we are is nobody that we keep.
        if met.id < 0 or not _is_talk_in_group(update) or is_meant_for_us(update, context):
            services.storage.accounts.note_profile(met)


def profiles_in(
    update: Update | Album, now: datetime, *, preferred: str | None = None
) -> Iterator[ProfileSeen]:
    """Yield the profiles of the person, the group and the sender chat; `preferred` is the person's own language.

    Bots, and the names behind which Telegram hides people, are nobody. How the bot stands in a chat tells nothing of
    whom it can write to (Bot API: my_chat_member).
    """
    if isinstance(update, Update) and update.my_chat_member is not None:
        return
    chat, sender_chat = update.effective_chat, _sender_chat(update)
    if chat is not None and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        yield _chat(chat, now, is_reachable=True)
    if sender_chat is not None and sender_chat != chat:
        yield _chat(sender_chat, now, is_reachable=False)
    person = update.effective_user
    if person is not None and sender_chat is None and not person.is_bot and person.id != _TELEGRAM:
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        yield _person(person, now, preferred or nearest(person.language_code), is_reachable=is_private)


def _is_talk_in_group(update: Update | Album) -> bool:
    chat, is_message = update.effective_chat, not isinstance(update, Update) or update.message is not None
    return is_message and chat is not None and chat.id < 0


def _sender_chat(update: Update | Album) -> Chat | None:
    """Return the sender chat of a message; a press always comes from a person (Bot API: CallbackQuery)."""
    message = update.message if isinstance(update, Update) else update.first
    return message.sender_chat if message is not None else None


def _person(person: User, now: datetime, language: str, *, is_reachable: bool) -> ProfileSeen:
    return ProfileSeen(
        id=person.id,
        # Of a deleted account, whose name is empty, python-telegram-bot says None.
        name=(person.full_name or "")[:_LONGEST],
        username=person.username,
        language=language,
        at=now,
        is_reachable=is_reachable,
    )


def _chat(chat: Chat, now: datetime, *, is_reachable: bool) -> ProfileSeen:
    return ProfileSeen(
        id=chat.id,
        name=(chat.title or "")[:_LONGEST],
        username=chat.username,
        language=SOURCE,
        at=now,
        is_reachable=is_reachable,
    )
