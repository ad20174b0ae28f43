"""The one list of admins' commands, and `/admin`, which shows it.

Who is no admin meets the same answer as to any unknown command.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity, Update
from telegram.ext import CommandHandler, filters

from chat import broadcast_texts as broadcasts_texts
from chat.callback_data import ButtonKind, button
from handlers import texts
from handlers.addressing import PASSED_ON
from handlers.admin import (
    access_modes_texts,
    accounts_texts,
    audit_texts,
    bans_texts,
    jobs_texts,
    menu_texts,
    quotas_texts,
    stats_texts,
    upstream_texts,
)
from handlers.admin import pause_texts as holds_texts
from handlers.admin.access_modes import on_access
from handlers.admin.accounts import on_user, on_users
from handlers.admin.audit import on_audit
from handlers.admin.bans import on_allow, on_ban, on_unban
from handlers.admin.broadcasts import on_broadcast
from handlers.admin.jobs import on_job, on_retry
from handlers.admin.quotas import on_budget, on_grant, on_limit
from handlers.admin.stats import on_stats
from handlers.admin.target import is_about_group, message_replied_to
from handlers.admin.upstream import on_pause, on_resume, on_upstream
from handlers.button_press import ButtonPress
from handlers.context import BotApplication, Context
from handlers.message import words_of
from handlers.request.accept import answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCommand:
    """A command that only admins can give; `words` says in the menu what it does."""

    name: str
    take: Callable[[Update, Context], Coroutine[Any, Any, None]]
    words: Callable[[], str]
    #: Of a command that does something even without words: how to write it, shown in place of doing it by one tap.
    usage: Callable[[], str] | None = None
    #: Whether it may be given, and answered, in a group: about that group (`here`), and about what it replies to there or
    #: who wrote that. Whatever else operators read is for their private chats.
    about_group: bool = False
    about_members: bool = False

    def is_for_group(self, message: Message, words: str) -> bool:
        is_about_member = self.about_members and message_replied_to(message) is not None
        return is_about_member or (self.about_group and is_about_group(message, words))


_MENU = "admin"
_IN_ROW = 3
#: So much of a command's words goes into a link.
_LONGEST_WORDS = 200

#: In the order of the menu.
COMMANDS: Sequence[AdminCommand] = (
    AdminCommand(name="user", take=on_user, words=accounts_texts.user_in_menu, about_group=True),
    AdminCommand(name="users", take=on_users, words=accounts_texts.users_in_menu),
    AdminCommand(name="access", take=on_access, words=access_modes_texts.in_menu),
    AdminCommand(
        name="allow", take=on_allow, words=bans_texts.allow_in_menu, about_group=True, about_members=True
    ),
    AdminCommand(name="ban", take=on_ban, words=bans_texts.ban_in_menu, about_group=True, about_members=True),
    AdminCommand(
        name="unban", take=on_unban, words=bans_texts.unban_in_menu, about_group=True, about_members=True
    ),
    AdminCommand(
        name="grant", take=on_grant, words=quotas_texts.grant_in_menu, about_group=True, about_members=True
    ),
    AdminCommand(
        name="limit", take=on_limit, words=quotas_texts.limit_in_menu, about_group=True, about_members=True
    ),
    AdminCommand(name="budget", take=on_budget, words=quotas_texts.budget_in_menu),
    AdminCommand(name="job", take=on_job, words=jobs_texts.job_in_menu),
    AdminCommand(name="retry", take=on_retry, words=jobs_texts.retry_in_menu),
    AdminCommand(name="upstream", take=on_upstream, words=upstream_texts.in_menu),
    AdminCommand(
        name="pause", take=on_pause, words=holds_texts.pause_in_menu, usage=holds_texts.how_to_pause
    ),
    AdminCommand(
        name="resume", take=on_resume, words=holds_texts.resume_in_menu, usage=holds_texts.how_to_resume
    ),
    AdminCommand(name="stats", take=on_stats, words=stats_texts.in_menu),
    AdminCommand(name="broadcast", take=on_broadcast, words=broadcasts_texts.in_menu, about_members=True),
    AdminCommand(name="audit", take=on_audit, words=audit_texts.in_menu),
)


def register(application: BotApplication, admin_ids: Collection[int]) -> None:
    """Let the application obey its admins; it must come before what takes unknown commands."""
    own_words = filters.UpdateType.MESSAGE & ~PASSED_ON & ~filters.SenderChat.ALL
    from_admins = own_words & filters.User(user_id=admin_ids)
    application.add_handlers(
        [
            CommandHandler(_MENU, on_admin, filters=from_admins),
            *(
                CommandHandler(command.name, partial(_take, command), filters=from_admins)
                for command in COMMANDS
            ),
        ]
    )


def menu() -> tuple[tuple[str, str], ...]:
    """Return the admins' commands and what each does, for Telegram's menu."""
    return ((_MENU, menu_texts.in_menu()), *((command.name, command.words()) for command in COMMANDS))


async def on_admin(update: Update, context: Context) -> None:
    """`/admin`: every command, each with a button."""
    message = update.effective_message
    if message is not None and message.chat_id < 0:
        await _ask_in_private(context, message, _MENU, "")
    elif message is not None:
        commands = [(command.name, command.words()) for command in COMMANDS]
        await answer(message, menu_texts.commands(commands), _keyboard())


async def on_menu(press: ButtonPress) -> None:
    """A button of `/admin`: what the command shows without words, or how to write it."""
    name, shown = press.pressed.value, press.message
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None or shown is None:
        await press.say(texts.too_old())
        return
    await press.say()
    if command.usage is not None:
        await answer(shown, command.usage())
        return
    press.context.args = []
    await _take(command, _as_if_written(press, shown, f"/{name}"), press.context)


async def _take(command: AdminCommand, update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    words = words_of(context, message)
    if message.chat_id < 0 and not command.is_for_group(message, words):
        await _ask_in_private(context, message, command.name, words)
    else:
        await command.take(update, context)


async def _ask_in_private(context: Context, message: Message, name: str, words: str) -> None:
    """Say where the command belongs, and offer it there, written already."""
    command = quote(f"/{name} {words[:_LONGEST_WORDS]}".strip())
    link = InlineKeyboardButton(
        menu_texts.private_chat(), url=f"https://t.me/{context.bot.username}?text={command}"
    )
    await answer(message, menu_texts.ask_in_private(), InlineKeyboardMarkup([[link]]))


def _as_if_written(press: ButtonPress, shown: Message, text: str) -> Update:
    """Return the update that would have come if the admin had written the command below the menu."""
    message = Message(
        message_id=shown.message_id,
        date=shown.date,
        chat=shown.chat,
        from_user=press.query.from_user,
        text=text,
        entities=[MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text))],
        message_thread_id=shown.message_thread_id,
        is_topic_message=shown.is_topic_message,
    )
    message.set_bot(press.context.bot)
    return Update(update_id=0, message=message)


def _keyboard() -> InlineKeyboardMarkup:
    buttons = [button(f"/{command.name}", ButtonKind.ADMIN, 0, command.name) for command in COMMANDS]
    return InlineKeyboardMarkup([buttons[at : at + _IN_ROW] for at in range(0, len(buttons), _IN_ROW)])
