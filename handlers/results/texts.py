"""What the bot says about finished videos: what stands on their buttons, how they are changed, and that they are gone."""

from __future__ import annotations

import html

from chat.formatting import credits_of, shape, side_by_side
from chat.language import gettext as _
from domain.catalogue import Catalogue, Model
from domain.refusals import EditRefusal
from domain.request import VideoRequest
from domain.size import Size
from domain.variants import Variant, VariantKind
from handlers.request.refusal_texts import refusal
from handlers.texts import quoted, what_makes_it

_CHANGE_ON_CARD = 1500


def again() -> str:
    return _("🔁 Again")


def change() -> str:
    return _("✏️ Change")


def variants() -> str:
    return _("📐 Variant")


def share() -> str:
    return _("📤 Share")


def delete() -> str:
    return _("🗑 Delete")


def delete_surely() -> str:
    return _("🗑 Yes, delete")


def keep() -> str:
    return _("‹ Keep")


def variant(choice: Variant, catalogue: Catalogue) -> str:
    """Say what a variant is and costs, on its button."""
    request, price = choice.request, credits_of(choice.request.price)
    match choice.kind:
        case VariantKind.SHAPE:
            return side_by_side(f"{_icon(request.size)} {shape(request.size)}", price)
        case VariantKind.LENGTH:
            return side_by_side(_("⏱ {seconds} s").format(seconds=request.seconds), price)
        case VariantKind.MODEL:
            title = catalogue.models[request.model].title
            return side_by_side(title, _("{seconds} s").format(seconds=request.seconds), price)


def what_should_change() -> str:
    return _("✏️ What should change in this video? Reply to this message with a few words.")


def what_should_change_for(name: str, person_id: int) -> str:
    """Ask one person of a group: Telegram shows the input field to whom the question names."""
    person = f'<a href="tg://user?id={person_id}">{html.escape(name, quote=False)}</a>'
    return _("✏️ {person}, what should change in this video? Reply to this message with a few words.").format(
        person=person
    )


def change_wanted() -> str:
    """What an input field shows while the bot waits for a change."""
    return _("e.g. make it night")


def how_to_edit() -> str:
    return _(
        "Reply to one of my videos with what should change, for example:\n<code>/edit make it night</code>"
    )


def edit_card(edit: VideoRequest, model: Model) -> str:
    """Show what would be changed and what it costs, before anything is spent."""
    return "\n\n".join(
        (
            quoted(f"✏️ {edit.prompt}", _CHANGE_ON_CARD),
            what_makes_it(edit, model),
            _("Costs {price}.").format(price=credits_of(edit.price)),
        )
    )


def cannot_be_edited(refused: EditRefusal, price: int) -> str:
    """Say why a video cannot be changed, and what can be done instead."""
    way_out = _("I can make it new instead, with your change in its words. Costs {price}.").format(
        price=credits_of(price)
    )
    return f"{refusal(refused)}\n{way_out}"


def deleted() -> str:
    return _("Deleted.")


def only_forgotten() -> str:
    """Say what was done where Telegram does not let a bot delete its message."""
    return _(
        "🗑 It is gone from your history. Telegram lets me delete messages for two days only: "
        "this one you can delete yourself."
    )


def no_video_any_more() -> str:
    return _("This video is deleted.")


def no_variants() -> str:
    return _("There is no other way to make this one.")


def variant_gone() -> str:
    return _("This is not on offer any more.")


def _icon(size: Size) -> str:
    if size.width == size.height:
        return "◻️"
    return "🖥" if size.width > size.height else "📱"
