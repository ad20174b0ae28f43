"""How accounts are called before admins, and what is said if it is not clear who is meant."""

from __future__ import annotations

from chat.formatting import escaped, fitted, side_by_side
from chat.language import gettext as _
from domain.account import Account
from handlers.admin.target import MOST_ALIKE, SeveralMeant, TwoMeant, UnknownAccount, WhomUnclear

_LONGEST_NAME = 64
_LONGEST_ON_BUTTON = 20
#: A longer one is not copied whole, but shown still.
_LONGEST_COMMAND = 250


def called(account: Account) -> str:
    """Name an account in one line: as Telegram calls it, if that was ever heard, and its id to copy."""
    known = []
    if account.name:
        known.append(f"<b>{escaped(account.name, _LONGEST_NAME)}</b>")
    if account.username:
        known.append(f"@{escaped(account.username)}")
    return side_by_side(*known, f"<code>{account.id}</code>")


def unclear(why: WhomUnclear, command: str) -> str:
    """Say that it cannot be told whom an admin means by the command of this name, or ask."""
    match why:
        case SeveralMeant():
            return _several(why, command)
        case TwoMeant():
            return _(
                "Who do you mean? You wrote:\n{written}\nand replied to:\n{replied_to}\n"
                "Give the command once more, either not as a reply or without the name."
            ).format(written=called(why.written), replied_to=called(why.replied_to))
        case UnknownAccount():
            return unknown(why.written)
        case _:
            return unknown("")


def button_of(account: Account) -> str:
    """Label the button of one of several accounts that may be meant."""
    if account.username is None:
        return str(account.id)
    return side_by_side(f"@{fitted(account.username, _LONGEST_ON_BUTTON)}", str(account.id))


def _several(why: SeveralMeant, command: str) -> str:
    lines = [
        f"{called(named.account)}\n<code>{escaped(f'/{command} {named.account.id} {named.words}'.strip(), _LONGEST_COMMAND)}</code>"
        for named in why.alike[:MOST_ALIKE]
    ]
    return "\n\n".join(
        (
            _("Several have that name. Which one do you mean?"),
            *lines,
            *([_("and others")] if len(why.alike) > MOST_ALIKE else []),
            _("Nothing was done. A button shows that one; a tap on a command copies it."),
        )
    )


def unknown(written: str) -> str:
    """Say that nobody is known by what an admin wrote."""
    return _(
        "I don't know “{written}”. Write an id, the @username or the name of somebody who has written to me, "
        "or reply to their message. In a group, <code>here</code> means the group."
    ).format(written=escaped(written, _LONGEST_NAME))
