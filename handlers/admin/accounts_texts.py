"""What admins read about one account, and about all by their use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chat.formatting import credits_of, day, escaped, fitted, quoted, side_by_side, when
from chat.language import LANGUAGES, lazy_gettext, mark, ngettext
from chat.language import gettext as _
from domain.account import AccessMode, AccessStatus, Account
from domain.job import Job, State
from handlers.admin import bans_texts
from handlers.admin.allowance import Allowance
from handlers.admin.target_texts import called
from storage.usage import Share, Use

_LONGEST_REASON = 300
_LONGEST_PROMPT = 80

_STATES = {
    State.DONE: mark("✅ {n} delivered"),
    State.FAILED: mark("❌ {n} failed"),
    State.CANCELLED: mark("✋ {n} cancelled"),
    State.QUEUED: mark("🕐 {n} in the queue"),
    State.SUBMITTING: mark("📨 {n} being ordered"),
    State.RENDERING: mark("🎬 {n} being made"),
    State.DELIVERING: mark("📦 {n} being delivered"),
}
_SIGNS = {state: words.partition(" ")[0] for state, words in _STATES.items()}
_ACCESS = {
    AccessStatus.STRANGER: mark("not decided yet"),
    AccessStatus.WAITING: mark("has asked for access"),
    AccessStatus.ALLOWED: mark("allowed"),
    AccessStatus.REFUSED: mark("refused"),
}

# Translators: at most 27 characters, for it stands on a button behind the command.
user_in_menu = lazy_gettext("Look up a person or group")
# Translators: at most 27 characters, for it stands on a button behind the command.
users_in_menu = lazy_gettext("Who uses the bot")
usage = lazy_gettext(
    "Everything about a person or a group:\n"
    "<code>/user @mina</code>\n"
    "<code>/user Mina Smith</code>\n"
    "<code>/user 123456789</code>\n"
    "<code>/user here</code> is for this group\n"
    "Or reply to somebody's message: <code>/user</code>\n"
    "/users lists who uses the bot."
)
ban = lazy_gettext("⛔ Block")
unban = lazy_gettext("✅ Unblock")
allow = lazy_gettext("✅ Allow")
given_already = lazy_gettext("Already given.")
more_used = lazy_gettext("‹ More use")
less_used = lazy_gettext("Less use ›")


def account(
    account: Account, use: Use, allowance: Allowance, *, mode: AccessMode, is_admin: bool, now: datetime
) -> str:
    """Show who it is, whether they may use the bot, what they may spend, and what they made."""
    blocks = (
        _identity(account),
        _access(account, mode, now, is_admin=is_admin),
        _credits(allowance, is_admin=is_admin),
        _jobs(use, now),
    )
    return "\n\n".join("\n".join(lines) for lines in blocks)


def give(number: int) -> str:
    return ngettext("🎁 +{n} credit", "🎁 +{n} credits", number).format(n=number)


def given(number: int) -> str:
    """Say it as plain text, in answer to the press."""
    return ngettext("{n} credit given.", "{n} credits given.", number).format(n=number)


def users(shares: Sequence[tuple[Account, Share]], first: int, *, days: int) -> str:
    """List who asked for videos in the last days, the one who spent most first; `first` is that one's place."""
    title = _("👥 <b>Who used the bot in the last {days} days</b>").format(days=days)
    if not shares:
        return f"{title}\n\n" + _("No videos yet.")
    lines = (f"{place}. {_share(one, share)}" for place, (one, share) in enumerate(shares, first))
    return "\n".join((title, "", *lines, "", _("Tap a number for details.")))


def _identity(account: Account) -> Sequence[str]:
    name = f"{'👥' if account.is_group else '👤'} {called(account)}"
    if account.since is None:
        return name, _("Has never written to the bot.")
    language = _("Speaks: {language}").format(language=LANGUAGES[account.language])
    since = _("Known since {date}").format(date=day(account.since))
    return (name, since) if account.is_group else (name, language, since)


def _access(account: Account, mode: AccessMode, now: datetime, *, is_admin: bool) -> Sequence[str]:
    if is_admin:
        return [_("🛠 Admin: may always use the bot.")]
    access = _(_ACCESS[account.access])
    if mode is AccessMode.OPEN and account.access is not AccessStatus.ALLOWED:
        access = _("open to everybody")
    lines = [_("Access: {standing}").format(standing=access)]
    if account.ban is not None and account.ban.holds(now):
        lines.append(f"⛔ {bans_texts.ban(account.ban, now)}")
        if account.ban.reason:
            lines.append(quoted(account.ban.reason, _LONGEST_REASON))
    if account.unreachable_since is not None:
        lines.append(_("I can't message them."))
    return lines


def _credits(allowance: Allowance, *, is_admin: bool) -> Sequence[str]:
    quota = allowance.quota
    used = _("Used in the last 24 hours: {used}").format(used=credits_of(quota.used))
    if is_admin:
        return [used]
    lines = [_limit_of(allowance), used]
    if quota.left is not None:
        lines.append(_("Left now: <b>{left}</b>").format(left=credits_of(quota.left)))
    if quota.granted:
        lines.append(_("Granted credits left: {granted}").format(granted=quota.granted))
    return lines


def _limit_of(allowance: Allowance) -> str:
    limit = allowance.own or allowance.default
    if allowance.own is None and allowance.is_group:
        return _("Own limit: none, each member pays for themselves")
    amount = _("unlimited") if limit.credits is None else credits_of(limit.credits)
    words = _("Own limit: {limit}") if allowance.own else _("Limit: {limit}, the default")
    return words.format(limit=amount)


def _jobs(use: Use, now: datetime) -> Sequence[str]:
    counts = [
        _(words).format(n=use.states[state]) for state, words in _STATES.items() if use.states.get(state)
    ]
    if not counts:
        return [_("No videos yet.")]
    if use.kept:
        counts.append(_("📦 {n} of them kept: the chat can't be reached").format(n=use.kept))
    return [side_by_side(*counts), *(_line(job, now) for job in use.newest)]


def _line(job: Job, now: datetime) -> str:
    """Tell of a job without what its person wants to keep to themselves."""
    prompt = _("private") if job.request.private else fitted(job.request.prompt, _LONGEST_PROMPT)
    return f"{_SIGNS[job.state]} {job.id}  {escaped(prompt)} ({when(job.created_at, now)})"


def _share(account: Account, share: Share) -> str:
    videos = ngettext("{n} video", "{n} videos", share.videos).format(n=share.videos)
    return side_by_side(called(account), videos, credits_of(share.credits))
