"""Registers all handlers, in order: the first that matches takes the update."""

from __future__ import annotations

from functools import partial

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from chat.albums import Album
from domain.small_talk import is_short_question, is_small_talk
from handlers import admin_menu
from handlers.addressing import OVERHEARD, PASSED_ON, replies_to_us, words_to
from handlers.admin.become_admin import OPENS_ADMIN_LINK, on_admin_link
from handlers.admin.broadcasts import on_admins_message
from handlers.button_router import on_press
from handlers.characters.from_video import take_name
from handlers.commands import COMMANDS, Audience
from handlers.context import BotApplication, Services
from handlers.create.albums import on_album
from handlers.create.handlers import on_answer, on_picture, on_request, on_unknown_command, on_words
from handlers.create.other_kinds import on_other_kind
from handlers.edits.handlers import on_change_wanted, take_reply, take_words
from handlers.errors import on_error
from handlers.groups.handlers import on_migration
from handlers.groups.membership import on_membership
from handlers.message_call import MessageCall, take_message
from handlers.middleware import on_arrival
from handlers.request.questions import is_tail
from handlers.request.welcome import answer_small_talk
from handlers.sharing.handlers import on_link
from handlers.sharing.inline import on_inline

#: New messages only: an edited command must not order a second video.
_NEW = filters.UpdateType.MESSAGE & ~OVERHEARD
#: In the sender's own words.
_SAID = _NEW & ~PASSED_ON
_PRIVATE = _NEW & filters.ChatType.PRIVATE
_GROUPS = _NEW & filters.ChatType.GROUPS
#: Before files: a GIF comes as one, too, for older bots (Bot API: Message, animation).
_SHOWS_PICTURE = filters.VIDEO | filters.ANIMATION | filters.VIDEO_NOTE | filters.Sticker.ALL
#: A deep link to a video; any other is like none.
_TO_VIDEO = r"^\S+\s+video_\d"

#: In this order: what every update passes, an admin's answer of any kind, and all others.
_ARRIVAL, _ANSWERS = -2, -1

#: What the poller asks Telegram for.
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")


def register(application: BotApplication, services: Services) -> None:
    """Add all handlers, with these services."""
    application.bot_data["services"] = services
    _register_first(application)
    admin_menu.register(application, services)
    application.add_handlers(
        [
            CommandHandler("start", partial(take_message, on_link), filters=_SAID & filters.Regex(_TO_VIDEO)),
            CommandHandler(
                "start",
                partial(take_message, on_admin_link),
                filters=_SAID & filters.ChatType.PRIVATE & filters.Regex(OPENS_ADMIN_LINK),
            ),
            *(
                CommandHandler(
                    [command.name, *command.other_names],
                    partial(take_message, command.handler),
                    filters=_SAID,
                )
                for command in COMMANDS
                if command.audience is not Audience.ADMINS
            ),
            CallbackQueryHandler(on_press),
            InlineQueryHandler(on_inline),
            ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, partial(take_message, on_migration)),
            TypeHandler(Album, on_album),
            MessageHandler(_PRIVATE & _SHOWS_PICTURE, partial(take_message, on_other_kind)),
            MessageHandler(_NEW & (filters.PHOTO | filters.Document.ALL), partial(take_message, on_picture)),
            MessageHandler(_PRIVATE & filters.COMMAND, partial(take_message, on_unknown_command)),
            MessageHandler(
                _GROUPS & filters.TEXT & ~filters.COMMAND, partial(take_message, on_words_in_group)
            ),
            MessageHandler(_PRIVATE & filters.REPLY & filters.TEXT, partial(take_message, on_reply)),
            MessageHandler(_PRIVATE & filters.TEXT, partial(take_message, on_words_in_private)),
            # Last: it takes whatever nobody else did.
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, partial(take_message, on_other_kind)),
        ]
    )
    application.add_error_handler(on_error)


def _register_first(application: BotApplication) -> None:
    """Add what looks at updates before all other handlers."""
    application.add_handlers(
        [TypeHandler(Update, on_arrival), TypeHandler(Album, on_arrival)],
        group=_ARRIVAL,
    )
    application.add_handlers(
        [
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, on_admins_message),
            TypeHandler(Album, on_admins_message),
        ],
        group=_ANSWERS,
    )


async def on_reply(call: MessageCall) -> None:
    """Words that reply to a question of ours, to a finished video, or to whatever else we said."""
    message = call.message
    if message.text is None or is_tail(call.context, message):
        return
    context, words = call.context, message.text
    if await take_name(context, message, words):
        return
    if is_small_talk(words):
        # “Thanks” under a video changes nothing in it.
        await answer_small_talk(context, message, words, offers_video=False)
    elif not await take_reply(context, message, words):
        await on_answer(call)


async def on_words_in_private(call: MessageCall) -> None:
    """Words that reply to nothing: the name or the change that we have just asked for, or a prompt."""
    message, context, words = call.message, call.context, call.message.text
    if words is None or is_tail(context, message) or await take_name(context, message, words):
        return
    if is_small_talk(words) or not await take_words(context, message, words):
        await on_words(call)


async def on_words_in_group(call: MessageCall) -> None:
    """A mention of us is a request, a reply to us may be one, and the rest is not our business."""
    message, context = call.message, call.context
    words = words_to(context.bot, message)
    if words is not None:
        if await take_name(context, message, words):
            return
        if is_small_talk(words) or (message.reply_to_message is None and is_short_question(words)):
            await answer_small_talk(context, message, words, offers_video=message.reply_to_message is None)
        elif not await on_change_wanted(context, message, words):
            await on_request(context, message, words)
    elif replies_to_us(context.bot, message) and _says_something(message.text or ""):
        await on_reply(call)


def _says_something(words: str) -> bool:
    """Tell whether a reply in a group may be meant for us; people thank each other, too."""
    return any(map(str.isalnum, words)) and not is_small_talk(words)
