"""What `/upstream` says: what the video API tells of our account, and why orders wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chat import formatting
from chat.formatting import duration, escaped, money
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.api_status import ApiReport, Balance
from domain.catalogue import Catalogue, Model
from domain.hold import Hold, HoldCause
from handlers.request import access_texts
from storage.jobs import PendingCount

#: Of the API's own words, and of an admin's.
_LONGEST_WORDS = 200
#: So many models, and so many holds, are told.
_MODELS_TOLD, _HOLDS_TOLD = 30, 8

in_menu = lazy_gettext("The video API: balance, models, and why orders wait")
#: What stands on the button.
try_now = lazy_gettext("🔎 Try now")
#: What the press is answered with.
tried = lazy_gettext("The next order that waits goes out now, to see whether it is taken.")
paused_first = lazy_gettext("Orders are paused. /resume comes first.")
nothing_to_try = lazy_gettext("The API refuses nothing: there is nothing to try.")


def upstream(
    report: ApiReport, catalogue: Catalogue, holds: Sequence[Hold], pending: PendingCount, now: datetime
) -> str:
    """Tell what the API tells, and where our orders stand."""
    blocks = [
        "\n".join([_("🛰 <b>The video API</b>"), *_account(report)]),
        "\n".join(_models(report, catalogue)),
        "\n\n".join(_hold(hold, now) for hold in holds[:_HOLDS_TOLD]) or _("✅ Nothing holds orders."),
        _("Waiting in the queue: {waiting}\nOpen at the API: {opened}").format(
            waiting=pending.waiting, opened=pending.opened
        ),
    ]
    return "\n\n".join(blocks)


def cause(hold_cause: HoldCause, model: str | None) -> str:
    """Say in a few words why orders are held."""
    match hold_cause:
        case HoldCause.PAUSE:
            return _("An admin has paused orders")
        case HoldCause.KEY:
            return _("The API refuses our key")
        case HoldCause.BALANCE:
            return _("Our credit at the API is used up")
        case HoldCause.MODEL:
            return _("The API does not offer {model}").format(model=escaped(model))


def _account(report: ApiReport) -> Sequence[str]:
    if report.problem:
        return [_("It could not be asked:"), formatting.quoted(report.problem, _LONGEST_WORDS)]
    if report.balance is None:
        return [_("It does not tell what is left to spend.")]
    return [_left(report.balance)]


def _left(balance: Balance) -> str:
    if balance.left is None:
        left = _("Nothing limits what we may spend.")
    else:
        left = _("Left to spend: <b>{left}</b>").format(left=money(balance.left, balance.unit))
    if balance.used is None:
        return left
    return f"{left}\n" + _("Used so far: {used}").format(used=money(balance.used, balance.unit))


def _models(report: ApiReport, catalogue: Catalogue) -> Sequence[str]:
    models = list(catalogue.models.values())[:_MODELS_TOLD]
    if report.models is None:
        names = ", ".join(escaped(model.title) for model in models)
        return [_("It does not tell which models it has. People may choose: {models}").format(models=names)]
    unlisted = {model.name for model in report.unlisted(catalogue)}
    lines = [_model(model, is_listed=model.name not in unlisted) for model in models]
    if unlisted:
        lines.append(_("❔ is not in the API's list. If orders for it fail, take it out of the models file."))
    return [_("Models that people may choose:"), *lines]


def _model(model: Model, *, is_listed: bool) -> str:
    sign = "✅" if is_listed else "❔"
    return f"{sign} {escaped(model.title)}"


def _hold(hold: Hold, now: datetime) -> str:
    lines = [
        _("⏸ <b>{cause}</b>, since {moment}.").format(
            cause=cause(hold.cause, hold.model), moment=access_texts.moment(hold.since)
        )
    ]
    if hold.why:
        lines.append(formatting.quoted(hold.why, _LONGEST_WORDS))
    if hold.is_pause:
        lines.append(_("/resume ends it."))
    elif hold.probe_at is not None and hold.probe_at > now:
        lines.append(_("The next try is in {wait}.").format(wait=duration(hold.probe_at - now)))
    else:
        lines.append(_("The next order that comes is tried."))
    return "\n".join(lines)
