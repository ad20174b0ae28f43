"""What admins read about a stranger who asks for access, and what the stranger hears in the end."""

from __future__ import annotations

from datetime import datetime

from chat import formatting
from chat.formatting import escaped, moment
from chat.language import LANGUAGES, lazy_gettext, ngettext
from chat.language import gettext as _
from domain.account import AccessStatus, Account
from domain.refusals import InvitationNeeded
from handlers.admin.target_texts import called
from handlers.request import access_texts

_LONGEST_WORDS = 300
_LONGEST_TITLE = 128

allow = lazy_gettext("✅ Allow")
refuse = lazy_gettext("🚫 Refuse")
decided_already = lazy_gettext("Already decided.")
not_told = lazy_gettext("I could not tell them: they have to write to me first.")


def card(account: Account, *, said: str, group: str | None) -> str:
    """Introduce a stranger: who it is, where they asked, and what they said first."""
    lines = [_("🚪 <b>Somebody asks for access</b>"), called(account)]
    if not account.is_group:
        lines.append(_("Speaks: {language}").format(language=LANGUAGES[account.language]))
    if group is not None:
        title = escaped(group, _LONGEST_TITLE)
        lines.append(_("Asked in the group: {group}").format(group=title))
    if said.strip():
        lines += [_("First words:"), formatting.quoted(said.strip(), _LONGEST_WORDS)]
    return "\n".join(lines)


def more_wait(waiting: int) -> str:
    """Say how many wait, for no more of them are shown by themselves within the hour."""
    return ngettext(
        "🚪 <b>{n} person asks for access</b>. I announce only a few an hour: /access shows the others.",
        "🚪 <b>{n} people ask for access</b>. I announce only a few an hour: /access shows the others.",
        waiting,
    ).format(n=waiting)


def decided(access: AccessStatus) -> str:
    return _("✅ Allowed.") if access is AccessStatus.ALLOWED else _("🚫 Refused.")


def decided_by(admin: Account, access: AccessStatus, at: datetime, now: datetime) -> str:
    """Say how it was decided, and who did so."""
    is_in = access is AccessStatus.ALLOWED
    words = _("✅ Allowed by {admin}, {moment}.") if is_in else _("🚫 Refused by {admin}, {moment}.")
    return words.format(admin=_name(admin), moment=moment(at, now))


def answer_to(account: Account) -> str:
    """Tell who asked how it was decided."""
    if account.access is not AccessStatus.ALLOWED:
        return access_texts.refusal(InvitationNeeded(is_refused=True))
    return access_texts.group_let_in() if account.is_group else access_texts.let_in()


def _name(account: Account) -> str:
    return escaped(account.name or str(account.id), _LONGEST_TITLE)
