"""What the bot says about changing a finished video."""

from __future__ import annotations

import html

from chat.formatting import credits_of, quoted, side_by_side
from chat.job_texts import what_makes_it
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Model
from domain.refusals import EditRefusal
from domain.request import VideoRequest
from handlers.request.refusal_texts import refusal

_CHANGE_ON_CARD = 1500


what_should_change = lazy_gettext(
    "✏️ What should change in this video? Reply to this message with a few words."
)


def what_should_change_for(name: str, person_id: int) -> str:
    """Ask one person of a group: Telegram shows the input field to whom the question names."""
    person = f'<a href="tg://user?id={person_id}">{html.escape(name, quote=False)}</a>'
    return _("✏️ {person}, what should change in this video? Reply to this message with a few words.").format(
        person=person
    )


#: What an input field shows while the bot waits for a change.
change_wanted = lazy_gettext("e.g. make it night")


how_to_edit = lazy_gettext(
    "Reply to one of my videos with what should change, for example:\n<code>/edit make it night</code>"
)


def edit_card(edit: VideoRequest, model: Model) -> str:
    """Show what would be changed and what it costs, before anything is spent."""
    made = side_by_side(what_makes_it(edit, model), f"<b>{credits_of(edit.price)}</b>")
    return "\n\n".join((quoted(f"✏️ {edit.prompt}", _CHANGE_ON_CARD), made))


def cannot_be_edited(refused: EditRefusal, price: int) -> str:
    """Say why a video cannot be changed, and what can be done instead."""
    way_out = _(
        "I can make a new video instead, with your change added to the description. Costs {price}."
    ).format(price=credits_of(price))
    return f"{refusal(refused)}\n{way_out}"


#: Stands above buttons that each make one.
new_videos = lazy_gettext("I can make a new video instead, with your change added to the description:")


def anew_costs(price: int) -> str:
    """Say that what was offered instead of a change costs more by now."""
    return _(
        "The price has changed, so nothing was made. A new video with your change costs {price} now."
    ).format(price=credits_of(price))
