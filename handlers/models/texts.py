"""What `/models` tells of each model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from chat.formatting import credits_of, escaped, shape_name, side_by_side
from chat.language import gettext as _
from chat.language import ngettext
from domain.catalogue import Model
from domain.size import resolution

#: So many lengths and shapes of one model are listed.
_LISTED = 8


def models(
    shown: Sequence[Model], default: str, page: int, pages: int, *, unlisted: Collection[str] = ()
) -> str:
    """Describe one page of models; `default` is the name of the reader's own, `unlisted` are those not sure to be had."""
    title = _("🎬 <b>Models</b>: what each can do and costs")
    if pages > 1:
        title = f"{title} ({page} / {pages})"
    told = "\n\n".join(
        _model(model, is_default=model.name == default, is_listed=model.name not in unlisted)
        for model in shown
    )
    return "\n\n".join(
        (
            title,
            told,
            _("Tap a model to use it by default, or add <code>--model NAME</code> to a description."),
        )
    )


def use_as_default(model: Model) -> str:
    return _("Use {model} as my default").format(model=model.title)


def manage(model: Model) -> str:
    """What stands on an admin's button to the model's own page."""
    return f"⚙️ {model.title}"


def is_default_now(model: Model) -> str:
    """Confirm, as plain text."""
    return _("{model} is your default now.").format(model=model.title)


def _model(model: Model, *, is_default: bool, is_listed: bool) -> str:
    title = f"<b>{escaped(model.title)}</b>"
    lines = [
        f"{title} ✓ " + _("your default") if is_default else title,
        f"<code>--model {model.name}</code>",
        "⏱ " + _listed(_length(*length) for length in _lengths(model)),
        "📐 " + _listed(_shapes(model)),
        "✨ " + side_by_side(*_abilities(model)),
    ]
    if not is_listed:
        lines.append(_("❔ The video service does not list it and may refuse it."))
    return "\n".join(lines)


def _lengths(model: Model) -> Sequence[tuple[int, int, int]]:
    """Return the lengths with what they cost at least and at most, by the model's sizes."""
    costs = {seconds: [model.price_of(seconds, size) for size in model.sizes] for seconds in model.lengths}
    return [(seconds, min(costs[seconds]), max(costs[seconds])) for seconds in sorted(costs)]


def _shapes(model: Model) -> Sequence[str]:
    """Return the names of a model's shapes, and if they come in several resolutions, these."""
    resolutions = list(dict.fromkeys(map(resolution, model.sizes)))
    names = dict.fromkeys(map(shape_name, model.sizes))
    return [*names, *(resolutions if len(resolutions) > 1 else [])]


def _listed(parts: Iterable[str]) -> str:
    every = iter(parts)
    listed = list(islice(every, _LISTED))
    return side_by_side(*listed, *(["…"] if any(every) else []))


def _length(seconds: int, least: int, most: int) -> str:
    if least == most:
        return _("{seconds} s: {price}").format(seconds=seconds, price=credits_of(least))
    return _("{seconds} s: {least} to {most}").format(seconds=seconds, least=least, most=credits_of(most))


def _abilities(model: Model) -> Sequence[str]:
    able = [
        _("from text only")
        if not model.photos
        else ngettext("from text or a photo", "from text or up to {n} photos", model.photos).format(
            n=model.photos
        )
    ]
    for has, words in (
        (model.sound, _("with sound")),
        (model.private, _("private")),
        (model.characters, _("characters")),
        (model.edits, _("edits")),
        (model.watermark, _("watermark")),
    ):
        if has:
            able.append(words)
    return able
