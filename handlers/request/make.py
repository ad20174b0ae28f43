"""Makes a whole request of what a person wrote, sent along, and prefers."""

from __future__ import annotations

from collections.abc import Sequence

from domain.catalogue import Catalogue
from domain.job import Place
from domain.options import PromptOptions, parse_wishes
from domain.request import Photo, VideoRequest, make_request
from handlers.context import Context
from handlers.request.find_character import cast
from handlers.request.permission import check_permitted


def wishes_in(catalogue: Catalogue, text: str) -> PromptOptions:
    """Read what a person wrote, options included; raises an OptionRefusal."""
    return parse_wishes(text, is_model=catalogue.find)


async def request_of(context: Context, asker: Place, text: str, photos: Sequence[Photo]) -> VideoRequest:
    """Read the options in `text` and whom of the asker's characters it names, and fill in the rest; raises a Refusal."""
    await check_permitted(context, asker)
    services = context.services
    wishes, character = await cast(
        services.characters, asker.requester_id, wishes_in(services.catalogue, text)
    )
    return make_request(
        wishes,
        services.catalogue,
        photos=photos,
        character=character,
        preferences=services.groups.find(asker.chat_id).over(context.preferences),
    )
