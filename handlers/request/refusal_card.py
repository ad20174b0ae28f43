"""Says why a request is not made, and keeps it: what can be made instead is one tap away, each with its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, button
from chat.send import answer
from domain.alternatives import Alternative, alternatives, prompted, what_is_right
from domain.catalogue import Catalogue
from domain.change import Way
from domain.job import Place
from domain.options import PromptOptions
from domain.refusals import (
    AccessRefusal,
    ModelNotOnOffer,
    PromptMissing,
    QuotaRefusal,
    Refusal,
    UnknownCharacter,
    UnknownMention,
    UnknownModel,
    ValueMissing,
    ValueUnusable,
)
from domain.request import VideoRequest
from domain.request_spec import RequestSpec
from handlers import texts
from handlers.context import Context
from handlers.request import alternative_texts, question_texts, refusal_texts
from handlers.request.find_character import find_all_saved
from handlers.request.lineage import find_anew
from storage.drafts import Draft, DraftKind


async def show_refusal(
    context: Context,
    message: Message,
    *,
    idempotency_key: str,
    place: Place,
    spec: RequestSpec,
    refused: Refusal,
    instead: str = "",
) -> None:
    """Answer a message with why a spec is not made, once per idempotency key, and keep what need not be said anew.

    What lacks words, or has photos, waits for better words, too: a reply to this message. Not so where `instead` says
    what the buttons make although it is not what was asked for.
    """
    services = context.services
    offered = await find_alternatives(context, place, spec, refused)
    waits = not instead and (isinstance(refused, PromptMissing) or bool(spec.photos))
    if not waits and not offered:
        await answer(message, refusal_texts.refusal(refused))
        return
    draft = await services.storage.drafts.add(
        idempotency_key=idempotency_key,
        kind=DraftKind.WORDS if waits else DraftKind.CARD,
        place=place,
        options=what_is_right(spec, refused, services.catalogue).options,
        photos=spec.photos,
        alternatives=offered,
        now=services.clock(),
    )
    if draft.message_id is None:
        keyboard = keyboard_of(draft, refused, services.catalogue) or _forced_reply(refused, spec)
        reason = f"{refusal_texts.refusal(refused)}\n{instead}" if instead else _reason(refused, spec)
        shown = await answer(message, reason, keyboard)
        await services.storage.drafts.show(draft.id, message_id=shown.message_id)


async def show_refused_order(
    context: Context,
    message: Message,
    *,
    idempotency_key: str,
    place: Place,
    request: VideoRequest,
    refused: Refusal,
) -> None:
    """Do the same for a request that was whole; an edit that cannot be paid now can be made new for less."""
    storage = context.services.storage
    if not isinstance(refused, QuotaRefusal):
        await answer(message, refusal_texts.refusal(refused))
        return
    if request.original is None:
        saved = await find_all_saved(storage.characters, place.requester_id)
        await show_refusal(
            context,
            message,
            idempotency_key=idempotency_key,
            place=place,
            spec=RequestSpec.of(request, saved),
            refused=refused,
        )
        return
    draft = await storage.drafts.add(
        idempotency_key=idempotency_key,
        kind=DraftKind.CARD,
        place=place,
        options=PromptOptions(prompt=request.prompt),
        job_id=request.original.job_id,
        now=context.services.clock(),
    )
    if draft.message_id is None:
        await _show_refused_edit(context, message, draft, request.price, refused)


async def _show_refused_edit(
    context: Context, message: Message, draft: Draft, price: int, refused: QuotaRefusal
) -> None:
    draft = await _with_new_videos(context, draft, refused)
    rows = rows_of(draft, context.services.catalogue)
    funds = await context.services.find_funds(draft.place)
    if funds.frees_at(price) is not None:
        rows.append([button(alternative_texts.edit_later(price), ButtonKind.EDIT, draft.id, str(price))])
    offer = InlineKeyboardMarkup(rows) if rows else None
    shown = await answer(message, refusal_texts.refusal(refused), offer)
    await context.services.storage.drafts.show(draft.id, message_id=shown.message_id)


async def _with_new_videos(context: Context, draft: Draft, refused: Refusal) -> Draft:
    """Let the draft of an edit that cannot be paid hold what can: the same as a new video, shorter or by another model."""
    services = context.services
    source = await services.storage.jobs.find(draft.job_id or 0)
    if source is None:
        return draft
    try:
        anew = await find_anew(services, draft.place, source, draft.options)
    except Refusal:
        return draft
    saved = await find_all_saved(services.storage.characters, draft.place.requester_id)
    offered = await find_alternatives(context, draft.place, RequestSpec.of(anew, saved), refused)
    cheaper = tuple(one for one in offered if one.way is not Way.LATER)
    await services.storage.drafts.offer(draft.id, draft.options, cheaper, photos=anew.photos)
    return replace(draft, alternatives=cheaper, photos=anew.photos)


async def find_alternatives(
    context: Context, place: Place, spec: RequestSpec, refused: Refusal
) -> Sequence[Alternative]:
    """Return what can be made instead, and paid; nothing where nothing may be made.

    Photos without words can just move, in a private chat: in a group the app is to open the field for words.
    """
    is_unsaid = isinstance(refused, PromptMissing)
    if isinstance(refused, AccessRefusal) or (is_unsaid and (place.is_group or not spec.photos)):
        return []
    catalogue, funds = context.services.catalogue, await context.services.find_funds(place)
    if is_unsaid:
        return prompted(question_texts.movement(len(spec.photos)), spec, catalogue, funds)
    return alternatives(refused, spec, catalogue, funds)


def keyboard_of(draft: Draft, refused: Refusal, catalogue: Catalogue) -> InlineKeyboardMarkup | None:
    """Return the buttons under a refusal: what can be made, and where to choose among more."""
    rows = rows_of(draft, catalogue)
    if _is_of_model(refused) and rows and len(catalogue.to_choose_from("")) > len(rows):
        rows.append([button(f"{alternative_texts.more_models()} ▾", ButtonKind.PICK, draft.id, "model")])
    if isinstance(refused, UnknownMention | UnknownCharacter):
        rows.append([button(alternative_texts.characters(), ButtonKind.CHARACTERS, draft.id)])
    return InlineKeyboardMarkup(rows) if rows else None


def rows_of(draft: Draft, catalogue: Catalogue) -> list[list[InlineKeyboardButton]]:
    """Return the buttons of what a draft offers, one below the other."""
    return [
        [
            button(
                alternative_texts.alternative(one, catalogue, len(draft.photos)),
                ButtonKind.ALTERNATIVE,
                draft.id,
                str(number),
            )
        ]
        for number, one in enumerate(draft.alternatives)
    ]


def _is_of_model(refused: Refusal) -> bool:
    match refused:
        case UnknownModel() | ModelNotOnOffer():
            return True
        case ValueMissing(name="model") | ValueUnusable(name="model"):
            return True
        case _:
            return False


def _reason(refused: Refusal, spec: RequestSpec) -> str:
    if not isinstance(refused, PromptMissing):
        return (
            refusal_texts.refusal_of_photo(refused, len(spec.photos))
            if spec.photos
            else refusal_texts.refusal(refused)
        )
    return texts.ask_for_words(len(spec.photos)) if spec.photos else question_texts.what_to_show()


def _forced_reply(refused: Refusal, spec: RequestSpec) -> ForceReply | None:
    if isinstance(refused, QuotaRefusal | AccessRefusal):
        return None
    example = texts.words_wanted() if spec.photos else question_texts.example()
    return ForceReply(selective=True, input_field_placeholder=example)
