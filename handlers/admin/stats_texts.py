"""What `/stats` says under its chart; the squares are the chart's legend."""

from __future__ import annotations

from collections.abc import Sequence

from chat import formatting
from chat.formatting import clock_time, counted, credits_of, escaped, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.statistics import Cost, ModelStatistics, Outcomes, Statistics

#: So many reasons and models are told, those with the highest numbers: all has to fit under a picture.
_REASONS_TOLD, _MODELS_TOLD = 3, 5

_REASONS = {
    FailureReason.MODERATED: mark("refused for content"),
    FailureReason.REFUSED: mark("request not accepted"),
    FailureReason.NO_CREDIT: mark("no credit at the API"),
    FailureReason.KEY_REFUSED: mark("API key refused"),
    FailureReason.MODEL_GONE: mark("model gone"),
    FailureReason.BUSY: mark("API too busy"),
    FailureReason.UNREACHABLE: mark("API out of reach"),
    FailureReason.UNKNOWN_OUTCOME: mark("order's outcome unknown"),
    FailureReason.RENDER_FAILED: mark("rendering failed"),
    FailureReason.VANISHED: mark("API forgot the video"),
    FailureReason.ORIGINAL_GONE: mark("original video gone"),
    FailureReason.EXPIRED: mark("finished video thrown away"),
    FailureReason.CLIP_MISSING: mark("finished video out of reach"),
    FailureReason.NEVER_FINISHED: mark("never finished"),
    FailureReason.PHOTO_GONE: mark("photo gone"),
    FailureReason.PHOTO_BROKEN: mark("photo unreadable"),
    FailureReason.PHOTO_TOO_LARGE: mark("photo too large"),
    FailureReason.CLIP_TOO_LARGE: mark("video too large"),
    FailureReason.CLIP_REFUSED: mark("refused by Telegram"),
    FailureReason.UNDELIVERABLE: mark("chat out of reach"),
    FailureReason.INTERNAL: mark("fault in the bot"),
}

# Translators: at most 27 characters, for it stands on a button behind the command.
in_menu = lazy_gettext("Chart of the last days")


def stats(statistics: Statistics, catalogue: Catalogue) -> str:
    """Tell of a period when somebody asked for videos, within the limit of a caption."""
    blocks = (
        [_title(len(statistics.days)), *_legend(statistics.outcomes, statistics.people)],
        _sums(statistics),
        _reasons(statistics),
        _models(statistics.models, catalogue),
    )
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def nothing_asked(days: int) -> str:
    return "\n".join((_title(days), _("No videos.")))


def days_unusable(most: int) -> str:
    return _("I can look back on 1 to {most} days: <code>/stats 30</code>").format(most=most)


def _title(days: int) -> str:
    if days == 1:
        return _("📊 <b>Today</b> (UTC)")
    return ngettext("📊 <b>The last {n} day</b> (UTC)", "📊 <b>The last {n} days</b> (UTC)", days).format(
        n=days
    )


def _legend(outcomes: Outcomes, people: int) -> Sequence[str]:
    lines = [_("🟩 Delivered: {n}").format(n=counted(outcomes.delivered))]
    if outcomes.kept:
        lines.append(_("📦 Of these kept for people I can't reach: {n}").format(n=counted(outcomes.kept)))
    lines.append(_("🟥 Failed: {n}").format(n=counted(outcomes.failed)))
    if outcomes.under_way:
        lines.append(_("🟨 Under way: {n}").format(n=counted(outcomes.under_way)))
    lines += [
        _("⬜ Cancelled: {n}").format(n=counted(outcomes.cancelled)),
        _("🟦 People: {n}").format(n=counted(people)),
    ]
    return lines


def _sums(statistics: Statistics) -> Sequence[str]:
    lines = [_("💳 Spent: {credits}").format(credits=credits_of(statistics.credits))]
    if statistics.median is not None:
        lines.insert(0, _("⏱ Median time to video: {time}").format(time=clock_time(statistics.median)))
    if statistics.cost is not None:
        lines.append(_cost(statistics.cost))
    return lines


def _cost(cost: Cost) -> str:
    amount = " + ".join(formatting.cost(amount) for amount in cost.amounts)
    if not cost.unpriced:
        return _("💰 Cost: {amount}").format(amount=amount)
    return ngettext(
        "💰 Cost: {amount}, without {n} video whose cost I do not know",
        "💰 Cost: {amount}, without {n} videos whose cost I do not know",
        cost.unpriced,
    ).format(amount=amount, n=counted(cost.unpriced))


def _reasons(statistics: Statistics) -> Sequence[str]:
    told = [
        _("{times} × {reason}").format(times=counted(times), reason=_(_REASONS[reason]))
        for reason, times in statistics.reasons[:_REASONS_TOLD]
    ]
    return [_("Why videos failed:"), *told] if told else []


def _models(models: Sequence[ModelStatistics], catalogue: Catalogue) -> Sequence[str]:
    lines = [_model(model, catalogue) for model in models[:_MODELS_TOLD]]
    if rest := len(models) - len(lines):
        lines.append(ngettext("and {n} other model", "and {n} other models", rest).format(n=rest))
    return lines


def _model(model: ModelStatistics, catalogue: Catalogue) -> str:
    entry = catalogue.about(model.model)
    title = escaped(entry.title if entry else model.model)
    facts = [
        f"{square} {counted(number)}"
        for square, number in (("🟩", model.outcomes.delivered), ("🟥", model.outcomes.failed))
        if number
    ]
    if model.median is not None:
        facts.append(f"⏱ {clock_time(model.median)}")
    return side_by_side(f"<b>{title}</b>", *facts)
