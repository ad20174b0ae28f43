"""What money, lateness and the search in one's videos need of jobs, the inbox, and the indexes of what grows."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.rollups_0004 import FILLING, TRIGGERS

revision = "0004"
down_revision = "0003"

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
#: So many rows are filled at once: a million prompts are more than should be in memory.
_BATCH = 10_000
_IS_UNDER_WAY = "finished_at IS NULL"


def upgrade() -> None:
    for name in ("submitted_at", "gone_since", "kept_at", "asked_at", "wanted_at", "over_budget_until"):
        op.add_column("jobs", sa.Column(name, sa.BigInteger))
    op.add_column("jobs", sa.Column("search_text", sa.Text, nullable=False, server_default=""))
    op.drop_column("jobs", "told_late")
    op.add_column("accounts", sa.Column("username_key", sa.String(40)))
    _let_ids_be_long()
    # When earlier orders left is not known to the second; when they were taken is as good.
    op.execute("UPDATE jobs SET submitted_at = ordered_at WHERE ordered_at IS NOT NULL")
    op.execute("UPDATE accounts SET username_key = lower(username) WHERE username IS NOT NULL")
    op.add_column("drafts", sa.Column("answered_by", sa.BigInteger))
    _fold_prompts()
    op.create_table(
        "inbox",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("update_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("turn", sa.BigInteger, nullable=False, index=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("received_at", sa.BigInteger, nullable=False),
    )
    _index_jobs()
    _index_the_rest()
    _roll_up_jobs()


def _let_ids_be_long() -> None:
    # SQLite keeps texts of any length, see `storage.tables`.
    if op.get_bind().dialect.name != "sqlite":
        for name in ("video_id", "original_video_id"):
            op.alter_column("jobs", name, type_=sa.Text)


def _fold_prompts() -> None:
    jobs = sa.table("jobs", sa.column("id"), sa.column("prompt"), sa.column("search_text"))
    filled = (
        sa.update(jobs).where(jobs.c.id == sa.bindparam("row_id")).values(search_text=sa.bindparam("folded"))
    )
    connection, last = op.get_bind(), 0
    while True:
        batch = sa.select(jobs.c.id, jobs.c.prompt).where(jobs.c.id > last).order_by(jobs.c.id).limit(_BATCH)
        rows = connection.execute(batch).all()
        if not rows:
            return
        connection.execute(filled, [{"row_id": row.id, "folded": row.prompt.casefold()} for row in rows])
        last = rows[-1].id


def _index_jobs() -> None:
    for name in ("ix_jobs_due", "ix_jobs_of_grants", "ix_jobs_created", "ix_jobs_model"):
        op.drop_index(name, "jobs")
    _index("jobs", "due", "state", "due_at", where=_IS_UNDER_WAY)
    _index("jobs", "under_way", "state", "requester_id", "id", where=_IS_UNDER_WAY)
    _index("jobs", "under_way_in_chat", "chat_id", "state", where=_IS_UNDER_WAY)
    _index("jobs", "requester_in_chat", "requester_id", "chat_id", "id")
    _index("jobs", "asked", "requester_id", "created_at")
    paid = ("account_id", "of_grants", "state", "failure", "kept_at")
    _index("jobs", "of_grants", *paid, where="of_grants > 0")
    _index("jobs", "submitted", "submitted_at", "price")
    _index("jobs", "failures", "requester_id", "submitted_at", where="failure IS NOT NULL")
    _index("jobs", "kept", "requester_id", where="kept_at IS NOT NULL")
    _index("jobs", "asked_about", "due_at", where=f"{_IS_UNDER_WAY} AND asked_at IS NOT NULL")
    _index("jobs", "unknown_outcome", "created_at", where="failure = 'unknown_outcome'")
    _index("jobs", "half_forgotten", "account_id", where="requester_id = 0 AND account_id != 0")
    _index("jobs", "rendered", "model", "seconds", "id", where="rendered_at IS NOT NULL")
    _index("jobs", "created", "created_at", "state", "failure")


def _index_the_rest() -> None:
    op.drop_index("ix_accounts_username", "accounts")
    _index("accounts", "username", "username_key")
    _index("accounts", "standing", "standing", "since", "id")
    said = _sql(
        "has_limit = 1 OR has_grants = 1 OR standing != 'stranger' OR banned_at IS NOT NULL",
        "has_limit OR has_grants OR standing != 'stranger' OR banned_at IS NOT NULL",
    )
    _index("accounts", "said", "id", where=said)
    _index("accounts", "limited", "name", "id", where=_sql("has_limit IS 1", "has_limit IS true"))
    _index("accounts", "granted", "name", "id", where=_sql("has_grants IS 1", "has_grants IS true"))
    reachable = ("id", "banned_at", "banned_until", "unreachable_since")
    _index("accounts", "heard", *reachable, where="since IS NOT NULL")
    _index("audit", "account", "account_id", "id")
    chosen = "language IS NOT NULL OR model IS NOT NULL OR width IS NOT NULL"
    off = _sql("is_on IS 0 OR admins_only = 1", "is_on IS false OR admins_only")
    _index("groups", "chosen", "chat_id", where=f"{off} OR {chosen}")
    _index("broadcast_people", "outcome", "broadcast_id", "outcome")
    _index("broadcast_people", "person", "person_id")
    _index("drafts", "requester", "requester_id", "id")
    _index("drafts", "account", "account_id")
    _index("drafts", "created", "created_at")


def _roll_up_jobs() -> None:
    """Make the sums of jobs, fill them, and let triggers keep them."""
    _create_sums("daily_tallies", _day(), *_alike(), _sum("jobs"), _sum("credits"))
    _create_sums("daily_waits", _day(), _model(), _number("wait"), _sum("videos"))
    _create_sums("weekly_waits", _number("week"), _model(), _number("wait"), _sum("videos"))
    _create_sums("daily_people", _day(), _sum("people"), _sum("last_seen"))
    asker = sa.Column("requester_id", sa.BigInteger, primary_key=True, autoincrement=False)
    _create_sums("recent_use", asker, _sum("jobs"), _sum("videos"), _sum("credits"))
    op.create_index("ix_recent_use_credits", "recent_use", [sa.text("credits DESC"), "requester_id"])
    op.create_table("recent_use_since", _day())
    for statement in FILLING:
        op.execute(statement)
    if op.get_bind().dialect.name == "sqlite":
        for statement in TRIGGERS:
            op.execute(statement)


def _create_sums(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, *columns, sqlite_with_rowid=False)


def _alike() -> list[sa.Column[Any]]:
    words = [
        sa.Column(name, sa.String(size), primary_key=True) for name, size in (("state", 20), ("failure", 40))
    ]
    facts: list[sa.Column[Any]] = [
        sa.Column(name, sa.Boolean(create_constraint=False), primary_key=True)
        for name in ("is_rendered", "is_kept")
    ]
    return [_model(), _number("seconds"), *words, *facts]


def _day() -> sa.Column[int]:
    return _number("day")


def _model() -> sa.Column[str]:
    return sa.Column("model", sa.String(40), primary_key=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _sum(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=False)


def _index(table: str, name: str, *columns: str, where: str | None = None) -> None:
    held = None if where is None else sa.text(where)
    op.create_index(f"ix_{table}_{name}", table, list(columns), sqlite_where=held, postgresql_where=held)


def _sql(sqlite: str, other: str) -> str:
    return sqlite if op.get_bind().dialect.name == "sqlite" else other
