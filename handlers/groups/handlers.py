"""Moves a group's data when the group becomes a supergroup."""

from __future__ import annotations

import structlog

from handlers.context import Services
from handlers.message_call import MessageCall

log = structlog.get_logger(__name__)


async def on_migration(call: MessageCall) -> None:
    """The message that tells of it, in the old group or in the new one (Bot API: Message, migrate_to_chat_id)."""
    message = call.message
    if message.migrate_to_chat_id is not None:
        await follow(call.services, message.chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id is not None:
        await follow(call.services, message.migrate_from_chat_id, message.chat_id)


async def follow(services: Services, old_id: int, new_id: int) -> None:
    """Move the group's data to the supergroup; calling it again changes nothing."""
    await services.storage.chat_migration.move(old_id, new_id)
    services.storage.preferences.forget(old_id)
    services.storage.accounts.forget(old_id)
    await services.storage.load()
    services.wake()
    log.info("a group has become a supergroup", group=old_id, supergroup=new_id)
