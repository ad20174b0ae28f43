"""Accounts, grants, groups, holds, broadcasts, alerts and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    # Of a job's price, what is paid from granted credits.
    op.add_column("jobs", sa.Column("of_grants", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "ix_jobs_of_grants",
        "jobs",
        ["account_id"],
        sqlite_where=sa.text("of_grants > 0"),
        postgresql_where=sa.text("of_grants > 0"),
    )
    op.create_index("ix_jobs_created", "jobs", ["created_at"])
    _create_accounts()
    _create_audit()
    _create_groups()
    _create_holds_and_alerts()
    _create_broadcasts()
    # Whoever has asked for anything is known from now on.
    op.execute(
        "INSERT INTO accounts (id, since) SELECT requester_id, min(created_at) FROM jobs"
        " WHERE requester_id <> 0 GROUP BY requester_id"
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False, server_default=""),
        sa.Column("username", sa.String(40)),
        sa.Column("language", sa.String(20), nullable=False, server_default="en"),
        sa.Column("since", sa.BigInteger),
        sa.Column("has_limit", sa.Boolean(create_constraint=False), nullable=False, server_default="0"),
        sa.Column("credits", sa.Integer),
        sa.Column("has_grants", sa.Boolean(create_constraint=False), nullable=False, server_default="0"),
        sa.Column("standing", sa.String(20), nullable=False, server_default="stranger"),
        sa.Column("banned_at", sa.BigInteger),
        sa.Column("banned_until", sa.BigInteger),
        sa.Column("ban_reason", sa.Text, nullable=False, server_default=""),
        sa.Column("unreachable_since", sa.BigInteger),
        sa.CheckConstraint(
            "standing IN ('allowed', 'refused', 'stranger', 'waiting')",
            name=op.f("ck_accounts_standing_is_known"),
        ),
        sa.CheckConstraint("credits >= 0", name=op.f("ck_accounts_credits_are_no_debt")),
    )
    op.create_index("ix_accounts_username", "accounts", ["username"])
    op.create_table(
        "grants",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("credits", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_grants_account_id", "grants", ["account_id"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("origin", sa.String(100), nullable=False, unique=True),
        sa.Column("admin_id", sa.BigInteger, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger),
        sa.Column("job_id", sa.BigInteger),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    op.create_table(
        "house_rules",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(100), nullable=False),
    )


def _create_groups() -> None:
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("is_on", sa.Boolean(create_constraint=False), nullable=False, server_default="1"),
        sa.Column("admins_only", sa.Boolean(create_constraint=False), nullable=False, server_default="0"),
        sa.Column("language", sa.String(20)),
        sa.Column("model", sa.String(40)),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("greeted_at", sa.BigInteger),
    )


def _create_holds_and_alerts() -> None:
    op.create_table(
        "holds",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("model", sa.String(40)),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("probe_at", sa.BigInteger),
        sa.Column("probes", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint(
            "cause IN ('balance', 'key', 'model', 'pause')", name=op.f("ck_holds_cause_is_known")
        ),
    )
    op.create_table(
        "alerts",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )


def _create_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("origin", sa.String(100), nullable=False, unique=True),
        sa.Column("admin_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("card_message_id", sa.BigInteger),
        sa.Column("language", sa.String(20), nullable=False, server_default="en"),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger),
        sa.Column("stopped_at", sa.BigInteger),
        sa.Column("finished_at", sa.BigInteger),
    )
    op.create_table(
        "broadcast_people",
        sa.Column(
            "broadcast_id",
            _KEY,
            sa.ForeignKey("broadcasts.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("at", sa.BigInteger),
        sa.CheckConstraint(
            "outcome IN ('blocked', 'delivered', 'failed', 'unknown')",
            name=op.f("ck_broadcast_people_outcome_is_known"),
        ),
    )
    op.create_index(
        "ix_broadcast_people_unsent",
        "broadcast_people",
        ["broadcast_id", "person_id"],
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
