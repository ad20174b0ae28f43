"""What a person may still spend, and when more frees up."""

from __future__ import annotations

from chat.send import answer
from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request import quota_texts
from handlers.request.listing import find_listed


async def on_quota(call: MessageCall) -> None:
    message, context = call.message, call.context
    jobs = await find_listed(context.services, place_of(message))
    await answer(message, quota_texts.report(await context.services.find_funds(place_of(message)), jobs))
