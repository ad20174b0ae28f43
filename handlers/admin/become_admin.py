"""`/start admin_…`, the one-time link that a bot without an admin offers at its start: who opens it first is the admin."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType

from chat.admin_link import PREFIX
from domain.admin_action import AdminActionKind
from handlers.admin import become_admin_texts
from handlers.admin.action import action_of
from handlers.context import Context
from handlers.message import command_of
from handlers.message_call import MessageCall

#: Of the command that opens it.
OPENS_ADMIN_LINK = rf"^\S+\s+{PREFIX}"


def is_admin_link(message: Message, context: Context) -> bool:
    """Tell whether a person has opened the link, in their private chat, while it works."""
    command, link = command_of(message, context.bot.username), context.services.admin_link
    if command is None or command.name != "start" or message.chat.type != ChatType.PRIVATE:
        return False
    return link is not None and link.fits(command.words)


async def on_admin_link(call: MessageCall) -> None:
    """Make them the admin, unless somebody was faster; who is one already, from setup say, is told so."""
    services, person = call.services, call.message.from_user
    settings = services.storage.runtime_settings
    if services.admin_link is not None and is_admin_link(call.message, call.context):
        await settings.become_admin(action_of(call, AdminActionKind.BECOME_ADMIN))
        services.admin_link.use_up()
    if person is not None and services.rules.is_admin(person.id):
        await call.answer(become_admin_texts.welcome(settings.access, settings.budget))
    else:
        await call.answer(become_admin_texts.link_is_used())
