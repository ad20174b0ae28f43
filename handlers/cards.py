"""The card that shows what would be made and what it costs, before anything is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.options import parse_wishes
from domain.refusals import Refusal
from domain.request import make_request
from handlers import texts

if TYPE_CHECKING:
    from handlers.pressing import Pressing


async def on_make(pressing: Pressing) -> None:
    """[Make the video]: once for each card, however often it is pressed."""
    draft = await pressing.their_draft()
    if draft is None:
        return
    if draft.text is None:
        await pressing.say(texts.too_old())
        return
    await pressing.say()
    try:
        request = make_request(
            parse_wishes(draft.text),
            pressing.context.services.catalogue,
            photos=draft.photos,
            preferences=pressing.context.preferences,
        )
    except Refusal as refused:
        await pressing.refuse(refused)
        return
    await pressing.accept(origin=f"draft:{draft.id}", place=draft.place, request=request)
