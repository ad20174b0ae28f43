"""Makes a whole request of what a person wrote, sent along, and prefers."""

from __future__ import annotations

from collections.abc import Sequence

from domain.alternatives import alternatives, takes_more
from domain.catalogue import Catalogue
from domain.character import spelled_alike
from domain.job import Place
from domain.mentions import find_unknown
from domain.options import PromptOptions, parse_options
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.refusals import PhotosLeftOut, Refusal, UnknownMention
from domain.request import Photo, VideoRequest, make_request
from domain.request_spec import RequestSpec
from handlers.context import Context
from handlers.request.find_character import find_saved


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
    spec = await spec_of(context, asker, options, photos)
    return spec.request(catalogue or context.services.catalogue)


async def spec_of(
    context: Context, asker: Place, options: PromptOptions, photos: Sequence[Photo]
) -> RequestSpec:
    """Return what somebody asks for, with the characters of theirs that it may name, and with what they prefer."""
    saved = await find_saved(context.services.storage.characters, asker.requester_id, options)
    return RequestSpec(
        options=options,
        photos=tuple(photos),
        characters=saved,
        preferences=preferences_in(context, asker),
    )


async def check_understood(
    context: Context, asker: Place, options: PromptOptions, photos: Sequence[Photo]
) -> None:
    """Ask, before anything is spent, about what would not be made as it was said; raises UnknownMention or PhotosLeftOut.

    Where nothing can be paid anyway, or something else is wrong, that is for others to say.
    """
    services = context.services
    spec = await spec_of(context, asker, options, photos)
    doubt = _doubt(spec, services.catalogue, context.bot.username)
    if doubt is None:
        return
    funds = await services.find_funds(asker)
    if alternatives(doubt, spec, services.catalogue, funds):
        raise doubt


def _doubt(
    spec: RequestSpec, catalogue: Catalogue, bot_username: str
) -> UnknownMention | PhotosLeftOut | None:
    """Return what to ask about: a name of nobody where there are characters, or photos that another model takes."""
    mention = find_unknown(spec.options.prompt, {*spec.characters, spelled_alike(bot_username)})
    if mention is not None and any(model.characters for model in catalogue.models.values()):
        return UnknownMention(mention.name, tuple(spec.characters))
    sent = len(spec.photos)
    try:
        model = catalogue.models[spec.request(catalogue).model]
    except Refusal:
        return None
    roomier = takes_more(model, sent, spec, catalogue) if sent > model.photos else ()
    return PhotosLeftOut(model, sent, roomier) if roomier else None


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
