"""Each kind of action is told in a sentence of its own, and nothing in it can break the message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from domain.account import Account
from domain.admin_action import AdminAction, AdminActionKind
from handlers.admin.audit_texts import audit

PEOPLE = {9: Account(id=9, name="<Boss>"), 7: Account(id=7, name="Ada", username="ada")}
ADA = "Ada · @ada · 7"
SENTENCES = {
    AdminActionKind.BECOME_ADMIN: "<Boss> became the bot's admin",
    AdminActionKind.GRANT: f"<Boss> gave {ADA} credits: 5<",
    AdminActionKind.LIMIT: f"<Boss> set the limit of {ADA}: 5<",
    AdminActionKind.LIMIT_DEFAULT: "<Boss> set everybody's limit: 5<",
    AdminActionKind.BUDGET: "<Boss> set the daily budget: 5<",
    AdminActionKind.ALLOW: f"<Boss> allowed {ADA}",
    AdminActionKind.REFUSE: f"<Boss> refused {ADA}",
    AdminActionKind.ALLOW_KNOWN: "<Boss> allowed everybody who had made videos: 5<",
    AdminActionKind.BAN: f"<Boss> blocked {ADA} for 5<",
    AdminActionKind.UNBAN: f"<Boss> unblocked {ADA}",
    AdminActionKind.ACCESS: "<Boss> set who may use the bot: 5<",
    AdminActionKind.PAUSE: "<Boss> paused new orders",
    AdminActionKind.RESUME: "<Boss> resumed orders",
    AdminActionKind.PROBE: "<Boss> tested whether orders are taken again: 5<",
    AdminActionKind.MODEL: "<Boss> changed a model: 5<",
    AdminActionKind.RETRY: "<Boss> retried a failed video: 5<",
    AdminActionKind.BROADCAST: "<Boss> sent a message to everybody: 5<",
    AdminActionKind.BROADCAST_STOP: "<Boss> stopped a message to everybody: 5<",
}


@pytest.mark.parametrize("kind", AdminActionKind)
def test_each_deed_is_told_with_who_when_what_and_why(
    kind: AdminActionKind, read: Callable[[str], str], now: datetime
) -> None:
    action = AdminAction(
        idempotency_key="o",
        admin_id=9,
        kind=kind,
        at=now,
        account_id=7,
        detail="5<",
        why="for the <lighthouse>",
    )
    title, moment, sentence, why = read(audit([action], PEOPLE, now)).replace("\n\n", "\n").split("\n")
    assert title == "📒 What admins did"
    assert moment == "today 12:00 UTC"
    assert (sentence, why) == (SENTENCES[kind], "Why: for the <lighthouse>")


def test_a_ban_without_an_end_and_an_admin_whom_nobody_has_met_are_told_too(
    read: Callable[[str], str], now: datetime
) -> None:
    action = AdminAction(idempotency_key="o", admin_id=1, kind=AdminActionKind.BAN, at=now, account_id=7)
    assert read(audit([action], PEOPLE, now)).split("\n")[-1] == f"1 blocked {ADA} for good"
