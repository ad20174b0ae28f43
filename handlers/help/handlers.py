"""`/start` and `/help`: what the bot does, and how to begin."""

from __future__ import annotations

from chat.send import answer
from handlers import texts as handlers_texts
from handlers.help import texts as help_texts
from handlers.message import place_of
from handlers.message_call import MessageCall


async def on_start(call: MessageCall) -> None:
    message, context = call.message, call.context
    services, asker = context.services, place_of(message)
    said = help_texts.welcome(await services.find_funds(asker), services.catalogue)
    # Whoever had blocked the bot comes back by this very command.
    if not asker.is_group and (kept := await services.storage.videos.count_kept(asker.requester_id)):
        said = f"{handlers_texts.waiting(kept)}\n\n{said}"
    await answer(message, said)


async def on_help(call: MessageCall) -> None:
    message, context = call.message, call.context
    catalogue = context.services.catalogue
    await answer(
        message, help_texts.everything(await context.services.find_funds(place_of(message)), catalogue)
    )
