"""What admins read and press about one model: whether it is on offer, where it is ordered, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from chat.formatting import credits_of, escaped
from chat.language import gettext as _
from chat.language import mark
from domain.catalogue import Model
from domain.offer import ModelChange, Route
from domain.price_list import PriceList

_ROUTES_TOLD = 8
_LONGEST_WRITTEN = 100
_LISTED = {
    True: mark("listed"),
    False: mark("not listed, so it may be refused"),
    None: mark("tells no list of models"),
}


def in_menu() -> str:
    # Translators: at most 27 characters, for it stands on a button behind the command.
    return _("Switch models off, set prices")


def usage() -> str:
    return _(
        "<code>/model NAME off</code> or <code>on</code>, <code>/model NAME default</code>, <code>/model NAME 2</code> for its "
        "price; <code>/model NAME</code> shows how it is now. /models has the names."
    )


def unknown(name: str) -> str:
    return _("There is no model called “{name}”. /models has the names.").format(name=escaped(name))


def unusable_price(written: str) -> str:
    return _(
        "“{written}” is not a price for this model: it has to cover every length and size of it, in whole credits. "
        "Write it like <code>2</code>, <code>0.4/s</code>, <code>5=1 10=2</code> or <code>720p=1 1080p=2</code>."
    ).format(written=escaped(written, _LONGEST_WRITTEN))


def model(
    known: Model, change: ModelChange, routes: Sequence[Route], *, is_on_offer: bool, is_default: bool
) -> str:
    """Describe a model to an admin, and say how to change its price."""
    changed = change.price
    if changed is not None and changed.gap(known.every_length(), known.sizes):
        changed = None
    price = changed or known.price
    lines = [
        f"⚙️ <b>{escaped(known.title)}</b> <code>{known.name}</code>",
        _state(change, is_on_offer=is_on_offer, is_default=is_default),
        *(_route(route) for route in routes[:_ROUTES_TOLD]),
        _price(price) if changed is None else f"{_price(price)} " + _("(changed here)"),
        "",
        _(
            "Another price: <code>/model {name} 2</code>, by length <code>5=1 10=2</code>, by size <code>720p=1 1080p=2</code>, "
            "by the second <code>0.4/s</code>; <code>/model {name} price</code> restores the catalogue’s."
        ).format(name=known.name),
    ]
    return "\n".join(lines)


def switch_off() -> str:
    return _("Switch it off")


def switch_on() -> str:
    return _("Switch it on")


def make_default() -> str:
    return _("Make it everybody’s default")


def _state(change: ModelChange, *, is_on_offer: bool, is_default: bool) -> str:
    if change.is_off:
        return _("🚫 Switched off: nobody can choose it.")
    if not is_on_offer:
        return _("⏸ Not available at the moment. It comes back by itself.")
    return _("✅ Available, and everybody’s default.") if is_default else _("✅ Available.")


def _route(route: Route) -> str:
    return f"{escaped(route.provider)}: <code>{escaped(route.name)}</code>, {_(_LISTED[route.is_listed])}"


def _price(price: PriceList) -> str:
    written = price.written
    if isinstance(written, dict):
        parts = [f"{name}={rate}" for name, rate in _flat(written)]
        return _("💳 Credits: {prices}").format(prices=" ".join(parts))
    whole = str(written)
    if whole.isdecimal():
        return "💳 " + credits_of(int(whole))
    return _("💳 Credits: {prices}").format(prices=whole)


def _flat(written: dict[object, object]) -> Sequence[tuple[str, object]]:
    """Return the prices of a list by both one by one: `720p/5` is 5 s at 720p."""
    return [
        (f"{name}/{seconds}" if seconds else str(name), rate)
        for name, value in written.items()
        for seconds, rate in (value.items() if isinstance(value, dict) else [("", value)])
    ]
