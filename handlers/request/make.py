"""Makes a whole request of what a person wrote, sent along, and prefers."""

from __future__ import annotations

from collections.abc import Sequence

from domain.catalogue import Catalogue
from domain.job import Place
from domain.options import PromptOptions, parse_options
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.request import Photo, VideoRequest, make_request
from handlers.context import Context
from handlers.request.find_character import cast


def options_in(catalogue: Catalogue, text: str) -> PromptOptions:
    """Read what a person wrote, options included; raises an OptionRefusal."""
    return parse_options(text, is_model=catalogue.find)


async def request_of(
    context: Context,
    asker: Place,
    options: PromptOptions,
    photos: Sequence[Photo],
    *,
    catalogue: Catalogue | None = None,
) -> VideoRequest:
    """Find whom of the asker's characters the words and the options name, and fill in the rest; raises a Refusal.

    What is not said is as the catalogue has it: what is on offer, if no other is given.
    """
    await check_permitted(context, asker)
    services = context.services
    options, character = await cast(services.storage.characters, asker.requester_id, options)
    return make_request(
        options,
        catalogue or services.catalogue,
        photos=photos,
        character=character,
        preferences=preferences_in(context, asker),
    )


def preferences_in(context: Context, asker: Place) -> Preferences:
    """Return what holds where somebody asks: the group's preferences over their own, and these alone in private."""
    own = NOTHING_CHOSEN if asker.asked_as_chat else context.preferences
    if not asker.is_group:
        return own
    return context.services.storage.groups.find(asker.chat_id).over(own.in_group())


async def check_permitted(context: Context, place: Place) -> None:
    """Let somebody make a video in the group that they ask in; raises a GroupRefusal."""
    services = context.services
    rules = services.storage.groups.find(place.chat_id)
    is_admin = not rules.admins_only or await services.administrators.has(
        context.bot, place.chat_id, place.requester_id, services.clock()
    )
    rules.check(is_admin=is_admin)


def preferred_request(catalogue: Catalogue, preferences: Preferences) -> VideoRequest:
    """Return what becomes of a request that leaves everything open."""
    if catalogue.is_empty:
        catalogue = catalogue.known
    first = None if catalogue.has_default else next(iter(catalogue.models))
    return make_request(PromptOptions(prompt="…", model=first), catalogue, preferences=preferences)
