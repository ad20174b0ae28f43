"""Which messages of a group are meant for us, and what they say besides our name."""

from __future__ import annotations

from itertools import pairwise

from telegram import Bot, Message, MessageEntity, Update
from telegram.ext import CommandHandler, filters

from chat.albums import Album
from handlers.context import Context
from handlers.message import command_of, is_passed_on

_NAMES: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
#: The one command that may stand under a picture.
_CAPTIONS_COMMAND = "video"
#: What people put behind a name before they say what they want.
_SETTING_OFF = " \n,:;，、："


def is_overheard(message: Message) -> bool:
    """Tell whether a message is from a bot, or a channel's post that was forwarded into its group.

    The bot in whose name anonymous administrators and channels speak is no such (Bot API: Message, sender_chat).
    """
    if message.sender_chat is not None:
        return bool(message.is_automatic_forward)
    return message.from_user is not None and message.from_user.is_bot


class _Overheard(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return is_overheard(message)


OVERHEARD = _Overheard()


class _PassedOn(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return is_passed_on(message)


#: What is passed on commands nothing.
PASSED_ON = _PassedOn()


def words_to(bot: Bot, message: Message) -> str | None:
    """Return a text or caption without its mention of us; None if it does not mention us.

    A command is meant for whom it names, and what is passed on, or posted through another bot, was said elsewhere.
    """
    if is_passed_on(message) or _opens_with_command(message):
        return None
    ours = [entity for entity, name in _named(message).items() if _is_us(bot, entity, name)]
    return _without(message.text or message.caption or "", ours) if ours else None


def replies_to_us(bot: Bot, message: Message) -> bool:
    """Tell whether a message replies to one of ours; what we say in another's name is none."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == bot.id


def is_meant_for_us(update: Update | Album, context: Context) -> bool:
    """Tell whether what was said in a group is a command of ours, a mention of us, or a reply to us."""
    if any(
        isinstance(handler, CommandHandler) and handler.check_update(update)
        for handler in context.application.handlers[0]
    ):
        return True
    messages = [update.effective_message] if isinstance(update, Update) else update.messages
    return any(_is_meant_for_us(message, context.bot) for message in messages if message is not None)


def _is_meant_for_us(message: Message, bot: Bot) -> bool:
    if _opens_with_command(message):
        command = command_of(message, bot.username) if message.caption else None
        return command is not None and command.name == _CAPTIONS_COMMAND
    return words_to(bot, message) is not None or replies_to_us(bot, message)


def _opens_with_command(message: Message) -> bool:
    first = next(iter(message.entities or message.caption_entities), None)
    return first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0


def _named(message: Message) -> dict[MessageEntity, str]:
    if message.text is not None:
        return message.parse_entities(_NAMES)
    return message.parse_caption_entities(_NAMES) if message.caption is not None else {}


def _is_us(bot: Bot, entity: MessageEntity, name: str) -> bool:
    if entity.user is not None:
        return entity.user.id == bot.id
    return name.casefold() == f"@{bot.username}".casefold()


def _without(text: str, names: list[MessageEntity]) -> str:
    """Cut names out of a text, and what sets them off; their places count in UTF-16 units (Bot API: MessageEntity)."""
    units = text.encode("utf-16-le")
    edges = [0, *(edge for one in names for edge in (one.offset, one.offset + one.length)), len(units) // 2]
    before, *behind = [
        units[start * 2 : end * 2].decode("utf-16-le").strip() for start, end in list(pairwise(edges))[::2]
    ]
    kept = [before, *(part.lstrip(_SETTING_OFF) for part in behind)]
    return " ".join(part for part in kept if part)
