"""Whether a group's administrators let somebody make videos in it; asked wherever one would be made."""

from __future__ import annotations

from domain.job import Place
from handlers.context import Context


async def check_permitted(context: Context, place: Place) -> None:
    """Let somebody make a video in the group that they ask in; raises a GroupRefusal."""
    services = context.services
    rules = services.groups.find(place.chat_id)
    is_admin = not rules.admins_only or await services.administrators.has(
        context.bot, place.chat_id, place.requester_id, services.clock()
    )
    rules.check(is_admin=is_admin)
