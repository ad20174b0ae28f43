"""The texts of alerts: what is wrong, what happens meanwhile, and what admins can do."""

from __future__ import annotations

from decimal import Decimal

from chat import failure_texts, formatting, status_texts
from chat.formatting import escaped, megabytes
from chat.language import gettext as _
from chat.language import ngettext
from domain.alert import (
    BalanceLow,
    BudgetLow,
    DiskNearlyFull,
    DiskRefuses,
    HoldOver,
    ManyFailures,
    ModelEnding,
    ModelUnlisted,
    News,
    NothingKnown,
    OrdersHeld,
    PossiblyPaid,
    ProviderMissing,
    VideosLate,
)
from domain.hold import Hold, HoldCause
from domain.provider import MAIN

_LONGEST_WORDS = 300
_JOBS_TOLD = 20


def alert(news: News) -> str:
    match news:
        case OrdersHeld() | HoldOver() | ManyFailures() | BudgetLow() | VideosLate():
            return _of_orders(news)
        case BalanceLow():
            return _balance_low(news)
        case ProviderMissing(provider=provider, number=number):
            return _provider_missing(provider, number)
        case ModelUnlisted() | ModelEnding() | NothingKnown():
            return _of_models(news)
        case DiskNearlyFull(free_bytes=free):
            return _(
                "💾 <b>The disk is nearly full</b>: {free} left. Finished videos lie on it until they are sent. "
                "Please make room where DATA_DIR is; /pause holds new orders until then."
            ).format(free=megabytes(free))
        case DiskRefuses(problem=problem):
            return _(
                "💾 <b>Videos cannot be written to disk</b>: {problem}. Those that are finished wait, "
                "and I keep trying for a day. Please look at where DATA_DIR is: its room, its owner, its open files."
            ).format(problem=escaped(problem))
        case PossiblyPaid():
            return _possibly_paid(news)


def _of_models(news: ModelUnlisted | ModelEnding | NothingKnown) -> str:
    match news:
        case ModelUnlisted(model=model):
            return _(
                "🎬 <b>The video API does not list {model} any more.</b> It stands last now, and is not chosen by itself. "
                "/upstream shows what the API lists, and /model NAME off hides it."
            ).format(model=escaped(model))
        case ModelEnding(model=model, on=day):
            return _(
                "🗓 <b>{model} ends on {day}</b>, the video API says. Nothing is to be done: from then on people are "
                "offered what lives. /models shows what that is, and lets you choose the default."
            ).format(model=escaped(model), day=day.isoformat())
        case NothingKnown(names=names):
            return _(
                "🎬 <b>The video API lists no model that I know</b>, so I offer none by myself. It lists: {names}. "
                "<code>reelbot models</code> shows what to write into MODELS_FILE."
            ).format(names=", ".join(map(escaped, names)) or "–")


def _of_orders(news: OrdersHeld | HoldOver | ManyFailures | BudgetLow | VideosLate) -> str:
    match news:
        case OrdersHeld():
            return _held(news)
        case HoldOver():
            return _over(news)
        case ManyFailures():
            return _failures(news)
        case BudgetLow():
            return _budget_low(news)
        case VideosLate():
            return _late(news)


def _balance_low(news: BalanceLow) -> str:
    left = formatting.money(news.balance.left or Decimal(0), news.balance.unit)
    if news.is_one_of_several:
        return _(
            "💳 <b>Our credit at {provider} runs low</b>: {left} left. Please top it up there; "
            "when it is used up, no orders go there. /upstream shows it, and BALANCE_ALERT sets when I warn."
        ).format(provider=news.provider, left=left)
    return _(
        "💳 <b>Our credit at the video API runs low</b>: {left} left. Please top it up there; "
        "when it is used up, orders wait. /upstream shows it, and BALANCE_ALERT sets when I warn."
    ).format(left=left)


def _provider_missing(provider: str, number: int) -> str:
    return ngettext(
        "🔌 <b>{n} video lies at {provider}, which the models file does not have any more.</b> "
        "I cannot fetch it. It waits two days for that: put the provider back and restart me.",
        "🔌 <b>{n} videos lie at {provider}, which the models file does not have any more.</b> "
        "I cannot fetch them. They wait two days for that: put the provider back and restart me.",
        number,
    ).format(n=number, provider=escaped(provider))


def _held(news: OrdersHeld) -> str:
    lines = [_what_is_wrong_at(news.hold) if news.is_one_of_several else _what_is_wrong(news.hold)]
    if news.hold.why:
        lines += [_("It says:"), formatting.quoted(news.hold.why, _LONGEST_WORDS)]
    lines.append(_what_happens_with_several() if news.is_one_of_several else _what_happens())
    if news.waiting:
        lines.append(status_texts.waiting(news.waiting))
    lines.append(_what_to_do(news.hold, is_one_of_several=news.is_one_of_several))
    return "\n".join(lines)


def _what_happens() -> str:
    return _(
        "New orders wait in the queue. Nobody is charged, nothing is lost, and people are told. "
        "I try one order every few minutes, and all go out by themselves when it is taken."
    )


def _what_happens_with_several() -> str:
    return _(
        "Orders go to the other providers of their models; those that have no other wait in the queue, "
        "and their people are told. I try one order every few minutes to see whether it is taken."
    )


def _over(news: HoldOver) -> str:
    if news.is_one_of_several:
        return _over_at(news)
    match news.cause:
        case HoldCause.KEY:
            mended = _("✅ The video API accepts our key again.")
        case HoldCause.BALANCE:
            mended = _("✅ There is credit at the video API again.")
        case _:
            mended = _("✅ The video API takes orders for {model} again.").format(model=escaped(news.model))
    if news.is_held_still:
        return mended + " " + _("Orders wait all the same, for another reason: /upstream")
    return mended + " " + _("Whatever waited for that goes out now.")


def _over_at(news: HoldOver) -> str:
    match news.cause:
        case HoldCause.KEY:
            return _("✅ {provider} accepts our key again.").format(provider=news.provider)
        case HoldCause.BALANCE:
            return _("✅ There is credit at {provider} again.").format(provider=news.provider)
        case _:
            return _("✅ {provider} takes orders for {model} again.").format(
                provider=news.provider, model=escaped(news.model)
            )


def _what_is_wrong_at(hold: Hold) -> str:
    match hold.cause:
        case HoldCause.KEY:
            return _("🔑 <b>{provider} refuses our key.</b>").format(provider=hold.provider)
        case HoldCause.BALANCE:
            return _("💳 <b>Our credit at {provider} is used up.</b>").format(provider=hold.provider)
        case _:
            return _("🎬 <b>{provider} does not offer {model} any more.</b> Other models go on.").format(
                provider=hold.provider, model=escaped(hold.model)
            )


def _what_is_wrong(hold: Hold) -> str:
    match hold.cause:
        case HoldCause.KEY:
            return _("🔑 <b>The video API refuses our key.</b>")
        case HoldCause.BALANCE:
            return _("💳 <b>Our credit at the video API is used up.</b>")
        case _:
            return _("🎬 <b>The video API does not offer {model} any more.</b> Other models go on.").format(
                model=escaped(hold.model)
            )


def _what_to_do(hold: Hold, *, is_one_of_several: bool) -> str:
    match hold.cause:
        case HoldCause.KEY if is_one_of_several and hold.provider != MAIN:
            return _(
                "What helps: a working key in the variable that the models file names for it and a restart, "
                "or the old one made good there. Then /upstream has a button that tries at once."
            )
        case HoldCause.KEY:
            return _(
                "What helps: a working key in VIDEO_API_KEY and a restart, or the old one made good at the API. "
                "Then /upstream has a button that tries at once."
            )
        case HoldCause.BALANCE:
            return _("What helps: topping it up at the API. Then /upstream has a button that tries at once.")
        case _:
            return _(
                "It may be back soon, and is offered again by itself then. Until then people are offered what can make the same. "
                "/model NAME off hides it for good, and /upstream shows what the API offers."
            )


def _failures(news: ManyFailures) -> str:
    return _(
        "📉 <b>{faults} of the last {number} videos failed</b>, and not for what was asked. "
        "Mostly it was this: {reason}\n"
        "/stats shows the days before, /upstream what the API tells, and /pause holds new orders meanwhile."
    ).format(faults=news.faults, number=news.of, reason=failure_texts.why(news.mostly))


def _budget_low(news: BudgetLow) -> str:
    facts = {"used": news.used, "bound": news.bound}
    if news.is_spent:
        return _(
            "🧮 <b>The day's budget is spent</b>: {used} of {bound} credits. What is queued waits until enough of it "
            "is free again, and people are told. /budget shows it, and raises it."
        ).format(**facts)
    return _(
        "🧮 <b>Most of the day's budget is spent</b>: {used} of {bound} credits. When it is used up, orders wait. "
        "/budget shows it, and raises it."
    ).format(**facts)


def _late(news: VideosLate) -> str:
    return ngettext(
        "🐌 <b>{n} video of {model} is late.</b> The API does not finish it. "
        "It holds up no other order, and is delivered if it still comes. /upstream shows what the API tells.",
        "🐌 <b>{n} videos of {model} are late.</b> The API does not finish them. "
        "They hold up no other orders, and are delivered if they still come. /upstream shows what the API tells.",
        news.number,
    ).format(n=news.number, model=escaped(news.model))


def _possibly_paid(news: PossiblyPaid) -> str:
    told = ", ".join(f"/job {job_id}" for job_id in news.job_ids[:_JOBS_TOLD])
    if len(news.job_ids) > _JOBS_TOLD:
        told += " …"
    begins = ngettext(
        "❓ <b>An order may have been paid for nothing.</b> The connection broke while it was on its way, "
        "and nobody can tell whether it arrived.",
        "❓ <b>{n} orders may have been paid for nothing.</b> The connection broke while they were on their way, "
        "and nobody can tell whether they arrived.",
        len(news.job_ids),
    ).format(n=len(news.job_ids))
    does = _(
        "I never order twice by myself; people were told and not charged. "
        "The API's own list of orders shows what it took. Compare with: {jobs}"
    ).format(jobs=told)
    return f"{begins}\n{does}"
