"""What `/upstream` says: what the video API tells of our account, and why orders wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from chat import formatting
from chat.formatting import duration, escaped, moment, money
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.api_status import ApiReport, Balance
from domain.catalogue import Catalogue, Model
from domain.hold import Hold, HoldCause
from storage.jobs import PendingCount

#: Of the API's own words, and of an admin's.
_LONGEST_WORDS = 200
#: So many models, holds and providers are told.
_MODELS_TOLD, _HOLDS_TOLD, _PROVIDERS_TOLD = 30, 8, 4
_HOLDS_TOLD_OF_SEVERAL = 5

# Translators: at most 27 characters, for it stands on a button behind the command.
in_menu = lazy_gettext("API state and balance")
#: What stands on the button.
try_now = lazy_gettext("🔎 Try now")
#: What the press is answered with.
tried = lazy_gettext("The next waiting order goes out now, as a test.")
paused_first = lazy_gettext("Orders are paused. /resume comes first.")
nothing_to_try = lazy_gettext("Nothing to try: the API refuses no orders.")


def upstream(
    reports: Mapping[str, ApiReport],
    catalogue: Catalogue,
    holds: Sequence[Hold],
    pending: PendingCount,
    now: datetime,
) -> str:
    """Tell what each provider tells, and where our orders stand; they are named if there are several."""
    has_several = len(reports) > 1
    most = _HOLDS_TOLD_OF_SEVERAL if has_several else _HOLDS_TOLD
    told = [_hold(hold, now, is_one_of_several=has_several) for hold in holds[:most]]
    blocks = [
        *(
            "\n".join([_heading(name if has_several else None), *_account(report)])
            for name, report in list(reports.items())[:_PROVIDERS_TOLD]
        ),
        "\n".join(_models(list(reports.values()), catalogue)),
        "\n\n".join(told) or _("✅ Videos are being ordered as usual."),
        _("Waiting in the queue: {waiting}\nOpen at the API: {opened}").format(
            waiting=pending.waiting, opened=pending.opened
        ),
    ]
    return "\n\n".join(blocks)


def cause_at(hold: Hold) -> str:
    """Say in a few words why which provider gets no orders."""
    match hold.cause:
        case HoldCause.PAUSE:
            return cause(hold.cause, hold.model)
        case HoldCause.KEY:
            return _("{provider} refuses our key").format(provider=hold.provider)
        case HoldCause.BALANCE:
            return _("Our credit at {provider} is used up").format(provider=hold.provider)
        case HoldCause.MODEL:
            return _("{provider} does not offer {model}").format(
                provider=hold.provider, model=escaped(hold.model)
            )


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


def _heading(provider: str | None) -> str:
    if provider is None:
        return _("🛰 <b>The video API</b>")
    return _("🛰 <b>{provider}</b>").format(provider=provider)


def _account(report: ApiReport) -> Sequence[str]:
    if report.problem:
        return [_("It could not be reached:"), formatting.quoted(report.problem, _LONGEST_WORDS)]
    if report.balance is None:
        return [_("It does not report a balance.")]
    return [_left(report.balance)]


def _left(balance: Balance) -> str:
    if balance.left is None:
        left = _("It sets no limit on spending.")
    else:
        left = _("Left to spend: <b>{left}</b>").format(left=money(balance.left, balance.unit))
    if balance.used is None:
        return left
    return f"{left}\n" + _("Used so far: {used}").format(used=money(balance.used, balance.unit))


def _models(reports: Sequence[ApiReport], catalogue: Catalogue) -> Sequence[str]:
    models = list(catalogue.models.values())
    if all(report.models is None for report in reports):
        return [_("It does not list its models. People can choose: {models}").format(models=_titles(models))]
    listed = [model for model in models if catalogue.is_listed(model)]
    lines = [f"✅ {escaped(model.title)}" for model in listed[:_MODELS_TOLD]]
    unlisted = [model for model in models if not catalogue.is_listed(model)]
    if unlisted:
        lines.append(_("❔ Known, but not listed: {models}").format(models=_titles(unlisted)))
    return [_("Models that people can choose:"), *lines]


def _titles(models: Sequence[Model]) -> str:
    told = [escaped(model.title) for model in models[:_MODELS_TOLD]]
    return ", ".join(told + (["…"] if len(models) > _MODELS_TOLD else []))


def _hold(hold: Hold, now: datetime, *, is_one_of_several: bool) -> str:
    why = cause_at(hold) if is_one_of_several else cause(hold.cause, hold.model)
    lines = [_("⏸ <b>{cause}</b>, since {moment}.").format(cause=why, moment=moment(hold.since, now))]
    if hold.why:
        lines.append(formatting.quoted(hold.why, _LONGEST_WORDS))
    if hold.is_pause:
        lines.append(_("/resume ends it."))
    elif hold.probe_at is not None and hold.probe_at > now:
        lines.append(_("The next try is in {wait}.").format(wait=duration(hold.probe_at - now)))
    else:
        lines.append(_("The next order is tried."))
    return "\n".join(lines)
