"""How accounts are called before admins, and what is said if it is not clear who is meant."""

from __future__ import annotations

from chat.formatting import escaped, side_by_side
from chat.language import gettext as _
from domain.account import Account
from handlers.admin.target import TwoMeant, UnknownAccount, WhomUnclear

_LONGEST_NAME = 64


def called(account: Account) -> str:
    """Name an account in one line: as Telegram calls it, if that was ever heard, and its id to copy."""
    known = []
    if account.name:
        known.append(f"<b>{escaped(account.name, _LONGEST_NAME)}</b>")
    if account.username:
        known.append(f"@{escaped(account.username)}")
    return side_by_side(*known, f"<code>{account.id}</code>")


def unclear(why: WhomUnclear) -> str:
    """Say that it cannot be told whom an admin means, or ask."""
    match why:
        case TwoMeant():
            return _(
                "Whom do you mean? You wrote:\n{written}\nand replied to:\n{replied_to}\n"
                "Give the command once more, either not as a reply or without the name."
            ).format(written=called(why.written), replied_to=called(why.replied_to))
        case UnknownAccount():
            return unknown(why.written)
        case _:
            return unknown("")


def unknown(written: str) -> str:
    """Say that nobody is known by what an admin wrote."""
    return _(
        "I know nobody called “{written}”. Write a number, or the @name of somebody who has written to me, "
        "or reply to their message. In a group, <code>here</code> means the group."
    ).format(written=escaped(written, _LONGEST_NAME))
