"""`/start` and `/help`: what the bot does, and how to begin."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from handlers import texts as handlers_texts
from handlers.help import texts as help_texts
from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request.welcome import welcome


async def on_start(call: MessageCall) -> None:
    services, asker = call.services, place_of(call.message)
    said, rows = await welcome(call.context, asker)
    # Whoever had blocked the bot comes back by this very command.
    if not asker.is_group and (kept := await services.storage.videos.count_kept(asker.requester_id)):
        said = f"{handlers_texts.waiting(kept)}\n\n{said}"
    if not asker.is_group and services.rules.is_admin(asker.requester_id):
        said = f"{said}\n\n{help_texts.for_admins()}"
    await call.answer(said, InlineKeyboardMarkup(rows) if rows else None)


async def on_help(call: MessageCall) -> None:
    catalogue = call.services.catalogue
    await call.answer(
        help_texts.everything(await call.services.find_funds(place_of(call.message)), catalogue)
    )
