"""`/quota`: what a person may still spend, and when more is free."""

from __future__ import annotations

from handlers.message import place_of
from handlers.message_call import MessageCall
from handlers.request import quota_texts
from handlers.request.listing import find_listed


async def on_quota(call: MessageCall) -> None:
    jobs = await find_listed(call.services, place_of(call.message))
    await call.answer(quota_texts.report(await call.services.find_funds(place_of(call.message)), jobs))
