"""The texts of alerts: what is wrong, what happens meanwhile, and what admins can do."""

from __future__ import annotations

from decimal import Decimal

from chat import failure_texts, formatting, status_texts
from chat.formatting import day, escaped, megabytes
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
                "💾 <b>The disk is nearly full</b>: {free} left. Finished videos are kept there until they are sent. "
                "Please free some space in DATA_DIR; /pause stops new orders until then."
            ).format(free=megabytes(free))
        case DiskRefuses(problem=problem):
            return _(
                "💾 <b>Videos cannot be written to disk</b>: {problem}. Finished videos wait, "
                "and I keep trying for a day. Please check DATA_DIR: free space, owner, open files."
            ).format(problem=escaped(problem))
        case PossiblyPaid():
            return _possibly_paid(news)


def _of_models(news: ModelUnlisted | ModelEnding | NothingKnown) -> str:
    match news:
        case ModelUnlisted(model=model):
            return _(
                "🎬 <b>The video API does not list {model} any more.</b> It is shown last now and never chosen automatically. "
                "/upstream shows what the API lists, and /model NAME off hides it."
            ).format(model=escaped(model))
        case ModelEnding(model=model, on=on):
            return _(
                "🗓 <b>{model} ends on {day}</b>, says the video API. You need not do anything: from then on people are "
                "offered the other models. /models shows them, and lets you choose the default."
            ).format(model=escaped(model), day=day(on))
        case NothingKnown(names=names):
            return _(
                "🎬 <b>The video API lists no model that I know</b>, so none is available. It lists: {names}. "
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
        "🔌 <b>{n} video is at {provider}, which is not in the models file any more.</b> "
        "I can't fetch it, and keep waiting for two days: put the provider back and restart me.",
        "🔌 <b>{n} videos are at {provider}, which is not in the models file any more.</b> "
        "I can't fetch them, and keep waiting for two days: put the provider back and restart me.",
        number,
    ).format(n=number, provider=escaped(provider))


def _held(news: OrdersHeld) -> str:
    lines = [_what_is_wrong_at(news.hold) if news.is_one_of_several else _what_is_wrong(news.hold)]
    if news.hold.why:
        lines += [_("It says:"), formatting.quoted(news.hold.why, _LONGEST_WORDS)]
    lines.append(_what_happens_with_several() if news.is_one_of_several else _what_happens(news.hold.cause))
    if news.waiting:
        lines.append(status_texts.waiting(news.waiting))
    lines.append(_what_to_do(news.hold, is_one_of_several=news.is_one_of_several))
    return "\n".join(lines)


def _what_happens(cause: HoldCause) -> str:
    if cause not in {HoldCause.KEY, HoldCause.BALANCE}:
        return _(
            "Its orders wait in the queue. Nobody is charged, nothing is lost, and people are told. "
            "I try one of them every few minutes; once it is taken, all go out."
        )
    return _(
        "New orders wait in the queue. Nobody is charged, nothing is lost, and people are told. "
        "I try one order every few minutes; once it is taken, all go out."
    )


def _what_happens_with_several() -> str:
    return _(
        "Orders go to the other providers of their models; those without another wait in the queue, "
        "and people are told. I try one order every few minutes."
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
        return mended + " " + _("But orders still wait, for another reason: /upstream")
    return mended + " " + _("Waiting orders go out now.")


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
            return _("🎬 <b>{provider} does not offer {model} any more.</b> Other models work.").format(
                provider=hold.provider, model=escaped(hold.model)
            )


def _what_is_wrong(hold: Hold) -> str:
    match hold.cause:
        case HoldCause.KEY:
            return _("🔑 <b>The video API refuses our key.</b>")
        case HoldCause.BALANCE:
            return _("💳 <b>Our credit at the video API is used up.</b>")
        case _:
            return _("🎬 <b>The video API does not offer {model} any more.</b> Other models work.").format(
                model=escaped(hold.model)
            )


def _what_to_do(hold: Hold, *, is_one_of_several: bool) -> str:
    match hold.cause:
        case HoldCause.KEY if is_one_of_several and hold.provider != MAIN:
            return _(
                "To fix it, set a working key in the variable that the models file names and restart, "
                "or reactivate the old key there. Then /upstream has a button to try at once."
            )
        case HoldCause.KEY:
            return _(
                "To fix it, set a working VIDEO_API_KEY and restart, or reactivate the old key at the API. "
                "Then /upstream has a button to try at once."
            )
        case HoldCause.BALANCE:
            return _("To fix it, top it up at the API. Then /upstream has a button to try at once.")
        case _:
            return _(
                "If it comes back, it is offered again automatically. Until then people are offered other models. "
                "/model NAME off hides it for good, and /upstream shows what the API offers."
            )


def _failures(news: ManyFailures) -> str:
    return _(
        "📉 <b>{faults} of the last {number} videos failed</b>, and not because of their prompts. "
        "Most common reason: {reason}\n"
        "/stats shows the days before, /upstream the state of the API, and /pause stops new orders."
    ).format(faults=news.faults, number=news.of, reason=failure_texts.why(news.mostly))


def _budget_low(news: BudgetLow) -> str:
    facts = {"used": news.used, "bound": news.bound}
    if news.is_spent:
        return _(
            "🧮 <b>The day's budget is spent</b>: {used} of {bound} credits. Queued orders wait until enough of it "
            "is free again, and people are told. /budget shows and raises it."
        ).format(**facts)
    return _(
        "🧮 <b>Most of the day's budget is spent</b>: {used} of {bound} credits. When it is used up, orders wait. "
        "/budget shows and raises it."
    ).format(**facts)


def _late(news: VideosLate) -> str:
    return ngettext(
        "🐌 <b>{n} video of {model} is late.</b> The API does not finish it. "
        "Other orders are not held up; it is delivered if it still comes. /upstream shows the state of the API.",
        "🐌 <b>{n} videos of {model} are late.</b> The API does not finish them. "
        "Other orders are not held up; they are delivered if they still come. /upstream shows the state of the API.",
        news.number,
    ).format(n=news.number, model=escaped(news.model))


def _possibly_paid(news: PossiblyPaid) -> str:
    told = ", ".join(f"/job {job_id}" for job_id in news.job_ids[:_JOBS_TOLD])
    if len(news.job_ids) > _JOBS_TOLD:
        told += " …"
    begins = ngettext(
        "❓ <b>An order may have been paid for nothing.</b> The connection broke while it was being sent, "
        "so it is unknown whether it arrived.",
        "❓ <b>{n} orders may have been paid for nothing.</b> The connection broke while they were being sent, "
        "so it is unknown whether they arrived.",
        len(news.job_ids),
    ).format(n=len(news.job_ids))
    does = _(
        "I never order twice on my own; people were told and not charged. "
        "The API's own list of orders shows which ones it took. Compare with: {jobs}"
    ).format(jobs=told)
    return f"{begins}\n{does}"
