"""The one ordered list of what the bot listens to; the first that fits takes the update."""

from __future__ import annotations

from collections.abc import Collection

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
from handlers import admin_menu
from handlers.addressing import OVERHEARD, PASSED_ON
from handlers.button_router import on_press
from handlers.commands import COMMANDS, Audience
from handlers.context import BotApplication, Services
from handlers.create.albums import on_album
from handlers.create.handlers import on_picture, on_unknown_command, on_words
from handlers.errors import on_error
from handlers.groups.handlers import on_migration
from handlers.groups.membership import on_membership
from handlers.middleware import on_arrival
from handlers.replies import on_anything_else, on_reply, on_words_in_group
from handlers.sharing.handlers import on_link
from handlers.sharing.inline import on_inline

#: New messages only: an edited command must not order a second video.
_NEW = filters.UpdateType.MESSAGE & ~OVERHEARD
#: In the sender's own words.
_SAID = _NEW & ~PASSED_ON
_PRIVATE = _NEW & filters.ChatType.PRIVATE
_GROUPS = _NEW & filters.ChatType.GROUPS
#: A deep link to a video; any other is like none.
_TO_VIDEO = r"^\S+\s+video_\d"

_FIRST = -1

#: What the poller asks Telegram for.
ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")


def register(
    application: BotApplication, services: Services, *, admin_ids: Collection[int] = frozenset()
) -> None:
    """Let the application serve people with these services, and obey the admins."""
    application.bot_data["services"] = services
    application.add_handler(TypeHandler(Update, on_arrival), group=_FIRST)
    application.add_handler(TypeHandler(Album, on_arrival), group=_FIRST)
    admin_menu.register(application, admin_ids)
    application.add_handlers(
        [
            CommandHandler("start", on_link, filters=_SAID & filters.Regex(_TO_VIDEO)),
            *(
                CommandHandler([command.name, *command.other_names], command.handler, filters=_SAID)
                for command in COMMANDS
                if command.audience is not Audience.ADMINS
            ),
            CallbackQueryHandler(on_press),
            InlineQueryHandler(on_inline),
            ChatMemberHandler(on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.StatusUpdate.MIGRATE, on_migration),
            TypeHandler(Album, on_album),
            MessageHandler(_NEW & (filters.PHOTO | filters.Document.ALL), on_picture),
            MessageHandler(_PRIVATE & filters.COMMAND, on_unknown_command),
            MessageHandler(_GROUPS & filters.TEXT & ~filters.COMMAND, on_words_in_group),
            MessageHandler(_PRIVATE & filters.REPLY & filters.TEXT, on_reply),
            MessageHandler(_PRIVATE & filters.TEXT, on_words),
            # Last: it takes whatever nobody else did.
            MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, on_anything_else),
        ]
    )
    application.add_error_handler(on_error)
