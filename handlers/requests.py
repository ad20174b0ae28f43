"""Makes a whole request of what a person wrote, sent along, and prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.options import parse_wishes
from domain.request import make_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.request import Photo, VideoRequest
    from handlers.context import Context


async def request_of(context: Context, text: str, photos: Sequence[Photo]) -> VideoRequest:
    """Read the options in `text`, and fill in what they leave open; raises a Refusal."""
    return make_request(
        parse_wishes(text), context.services.catalogue, photos=photos, preferences=context.preferences
    )
