"""What admins read about limits, granted credits and the budget, and what people read about a grant."""

from __future__ import annotations

from collections.abc import Sequence

from chat.formatting import credits_of, duration, escaped, quoted
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.account import Account, Limit
from domain.budget import Budget
from handlers.admin.allowance import Allowance
from handlers.admin.target_texts import called

_LONGEST_REASON = 500
_LONGEST_WORD = 60

# Translators: at most 27 characters, for it stands on a button behind the command.
grant_in_menu = lazy_gettext("Give or take back credits")
# Translators: at most 27 characters, for it stands on a button behind the command.
limit_in_menu = lazy_gettext("Credits a day for each")
# Translators: at most 27 characters, for it stands on a button behind the command.
budget_in_menu = lazy_gettext("Credits a day for all")
grant_usage = lazy_gettext(
    "Credits come on top of the daily limit and do not expire:\n"
    "<code>/grant @mina 5 for the lighthouse</code>\n"
    "<code>/grant 123456789 -5</code> takes some back\n"
    "<code>/grant here 50</code> is for this group\n"
    "Or reply to somebody's message: <code>/grant 5</code>"
)
limit_usage = lazy_gettext(
    "A limit says how many credits may be spent in any 24 hours:\n"
    "<code>/limit @mina 10</code>\n"
    "<code>/limit here 50</code> lets this group pay for its members\n"
    "<code>/limit default 5</code> is for everybody without a limit of their own\n"
    "In place of the number: <code>unlimited</code>, or <code>off</code> to take it away"
)
budget_usage = lazy_gettext(
    "The budget limits what all orders together may cost in any 24 hours, failed ones included:\n"
    "<code>/budget 100</code>\n"
    "<code>/budget off</code> takes it away"
)
admins_need_none = lazy_gettext("Admins have no limit. Only the budget applies to them too.")


def no_such_grant(written: str, most: int) -> str:
    wrong = _("“{written}” is not a number of credits: write 1 to {most}, or -1 to -{most}.").format(
        written=escaped(written, _LONGEST_WORD), most=most
    )
    return f"{wrong}\n\n{grant_usage()}"


def no_such_limit(written: str, most: int) -> str:
    wrong = _("“{written}” is not a limit: write 0 to {most}.").format(
        written=escaped(written, _LONGEST_WORD), most=most
    )
    return f"{wrong}\n\n{limit_usage()}"


def no_such_budget(written: str, most: int) -> str:
    wrong = _("“{written}” is not a budget: write 0 to {most}.").format(
        written=escaped(written, _LONGEST_WORD), most=most
    )
    return f"{wrong}\n\n{budget_usage()}"


def nothing_to_take_back(account: Account) -> str:
    return "\n".join((called(account), _("There are no granted credits left to take back.")))


def stands(account: Account, now: Allowance, before: Allowance | None = None) -> str:
    """Show an account's limit, what is used of it and what was granted; what an action has changed with its old value."""
    was = before or now
    return "\n".join(
        (
            called(account),
            _("Limit in 24 hours: {limit}").format(limit=_changed(_limit_of(was), _limit_of(now))),
            _("Used in the last 24 hours: {used}").format(used=credits_of(now.quota.used)),
            _("Granted credits left: {granted}").format(
                granted=_changed(str(was.quota.granted), str(now.quota.granted))
            ),
        )
    )


def default_stands(now: Limit, set_by_operator: int, before: Limit | None = None) -> str:
    """Show what everybody may spend who has no limit of their own; `set_by_operator` is the setting."""
    return "\n".join(
        (
            _("<b>Everybody without a limit of their own</b>"),
            _("Limit in 24 hours: {limit}").format(limit=_changed(_amount(before or now), _amount(now))),
            _("The setting DAILY_ALLOWANCE says {credits}.").format(credits=credits_of(set_by_operator)),
        )
    )


def limited(accounts: Sequence[Account], *, has_more: bool = False) -> str:
    """List who has a limit of their own."""
    if not accounts:
        return _("Nobody has a limit of their own.")
    lines = [f"{called(one)}: <b>{_amount(one.limit)}</b>" for one in accounts if one.limit is not None]
    return "\n".join((_("With a limit of their own:"), *lines, *_more(has_more=has_more)))


def with_grants(holders: Sequence[tuple[Account, int]], *, has_more: bool = False) -> str:
    """List who was granted credits, each with what is left of them."""
    if not holders:
        return _("Nobody has been granted credits yet.")
    lines = [f"{called(one)}: <b>{granted}</b>" for one, granted in holders]
    return "\n".join((_("Granted credits left:"), *lines, *_more(has_more=has_more)))


def budget_stands(now: Budget, before: int | None) -> str:
    """Show the budget of all, what counts against it, and what it was."""
    ordered, committed = now.ordered, now.committed
    lines = [
        _("<b>Everybody together</b>"),
        _("Budget in 24 hours: {budget}").format(
            budget=_changed(_budget(before), _budget(ordered.allowance))
        ),
        _("Ordered in the last 24 hours: {credits}").format(credits=credits_of(ordered.used)),
    ]
    if now.queued:
        lines.append(_("Waiting to be ordered: {credits}").format(credits=credits_of(now.queued)))
    if committed.left == 0 and (freed_at := committed.frees_at(1)) is not None:
        lines.append(_("Orders are taken again in {wait}.").format(wait=duration(freed_at - committed.now)))
    if ordered.allowance == 0:
        lines.append(
            _("⛔ Nobody can make videos with a budget of 0. <code>/budget off</code> takes the budget away.")
        )
    return "\n".join(lines)


def given(number: int, why: str, *, to_group: bool) -> str:
    """Tell who was granted credits about it."""
    if to_group:
        words = ngettext(
            "🎁 This group has been given <b>{n} credit</b>. It does not expire.",
            "🎁 This group has been given <b>{n} credits</b>. They do not expire.",
            number,
        )
    else:
        words = ngettext(
            "🎁 You have been given <b>{n} credit</b>. It does not expire.",
            "🎁 You have been given <b>{n} credits</b>. They do not expire.",
            number,
        )
    return "\n".join((words.format(n=number), *([quoted(why, _LONGEST_REASON)] if why else [])))


def _limit_of(allowance: Allowance) -> str:
    if allowance.own is not None:
        return _amount(allowance.own)
    if allowance.is_group:
        return _("none, each member pays for themselves")
    return _("{limit}, the default").format(limit=_amount(allowance.default))


def _amount(limit: Limit) -> str:
    return _("unlimited") if limit.credits is None else credits_of(limit.credits)


def _budget(number: int | None) -> str:
    return _("none is set") if number is None else credits_of(number)


def _changed(before: str, now: str) -> str:
    return f"<b>{now}</b>" if before == now else f"{before} → <b>{now}</b>"


def _more(*, has_more: bool) -> Sequence[str]:
    return [_("and others")] if has_more else []
