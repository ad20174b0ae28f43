"""Greets a group when the bot joins it, and cancels what is queued there when the bot is removed."""

from __future__ import annotations

from contextlib import suppress

import structlog
from telegram import Chat, ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from chat import job_keyboards
from chat.errors import SendError, Undeliverable
from chat.language import speaking
from chat.send import Destination, send
from domain.account import check_access
from domain.job import Job
from domain.refusals import AccessRefusal, Banned
from handlers.context import Context, Services
from handlers.groups import texts as group_texts
from handlers.groups.handlers import follow

log = structlog.get_logger(__name__)

_IS_IN = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})


async def on_membership(update: Update, context: Context) -> None:
    """The bot's membership in a chat has changed (Bot API: my_chat_member); channels are ignored."""
    change = update.my_chat_member
    if change is None or change.chat.type == ChatType.CHANNEL:
        return
    was_in, is_in = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
    if was_in and not is_in:
        await _leave(context, change.chat)
    elif is_in and not was_in and change.chat.type != ChatType.PRIVATE:
        await _greet(context, change.chat.id)


async def _greet(context: Context, chat_id: int) -> None:
    services = context.services
    if not await services.storage.membership.greet(chat_id, now=services.clock()):
        return
    try:
        text = group_texts.greeting(context.bot.username, needs_access=_needs_access(services, chat_id))
        await send(context.bot, Destination(chat_id), text)
    except Undeliverable as error:
        log.info("a group lets us say nothing", group=chat_id, problem=str(error))


def _needs_access(services: Services, group_id: int) -> bool:
    """Tell whether a stranger in the group could not use the bot, unless an admin allows the group."""
    try:
        check_access(
            services.storage.runtime_settings.access,
            services.storage.accounts.cached(group_id),
            services.clock(),
        )
    except AccessRefusal as refused:
        return not isinstance(refused, Banned)
    return False


async def _leave(context: Context, chat: Chat) -> None:
    services, now, chat_id = context.services, context.services.clock(), chat.id
    if chat.type == ChatType.GROUP and (new_id := await _moved_to(context, chat_id)) is not None:
        await follow(services, chat_id, new_id)
        return
    await services.storage.accounts.note_unreachable(chat_id, now=now)
    log.info("shut out of a chat", chat=chat_id)
    if chat_id < 0:
        for job in await services.storage.membership.leave(chat_id, now=now):
            await _tell(context, job, chat.title or "")


async def _tell(context: Context, job: Job, group: str) -> None:
    """Tell the person in private, if possible, that their request was cancelled."""
    if job.place.asked_as_chat:
        return
    with speaking(job.place.language):
        text, offer = group_texts.cancelled(job, group), job_keyboards.here_instead(job)
    try:
        await send(context.bot, Destination(job.place.requester_id), text, offer)
    except SendError as error:
        log.info("whose request was cancelled was not told", job=job.id, problem=str(error))


async def _moved_to(context: Context, chat_id: int) -> int | None:
    """Return the supergroup that a group has become; None if the bot was really removed."""
    try:
        with suppress(BadRequest, Forbidden):
            await context.bot.get_chat(chat_id)
    except ChatMigrated as moved:
        return moved.new_chat_id
    return None


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _IS_IN
