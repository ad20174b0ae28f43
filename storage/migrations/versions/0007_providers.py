"""What several providers need: where each job's order went, what it cost, and what holds orders there."""
# ruff: noqa: S608 - the statements are put together of nothing but what is written here

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_DAY = "{job}.created_at / 86400000000"
_HAS_COST = "{job}.cost IS NOT NULL AND ({job}.rendered_at IS NOT NULL OR {job}.failure IS NOT NULL)"
_RENDERED = "CASE WHEN ({job}.rendered_at IS NOT NULL) THEN 1 ELSE 0 END"
_ROW = (
    f"day = ({_DAY}) AND model = ({{job}}.model) AND seconds = ({{job}}.seconds)"
    f" AND currency = ({{job}}.cost_currency) AND"
)
_COUNTED = (
    "INSERT INTO daily_costs (day, model, seconds, currency, jobs, rendered, cost)"
    f" SELECT {_DAY}, {{job}}.model, {{job}}.seconds, {{job}}.cost_currency, 1, {_RENDERED}, {{job}}.cost"
    f" WHERE {_HAS_COST} ON CONFLICT (day, model, seconds, currency) DO UPDATE SET"
    " jobs = daily_costs.jobs + excluded.jobs, rendered = daily_costs.rendered + excluded.rendered,"
    " cost = daily_costs.cost + excluded.cost;"
)
_UNCOUNTED = (
    f"UPDATE daily_costs SET jobs = jobs - (1), rendered = rendered - ({_RENDERED}), cost = cost - ({{job}}.cost)"
    f" WHERE {_ROW} {_HAS_COST}; DELETE FROM daily_costs WHERE {_ROW} jobs = 0;"
)
_MADE_OF = ["model", "seconds", "created_at", "rendered_at", "failure", "cost", "cost_currency"]


def upgrade() -> None:
    op.add_column("jobs", sa.Column("provider", sa.String(30), server_default="main"))
    op.add_column("jobs", sa.Column("provider_since", sa.BigInteger))
    op.add_column("jobs", sa.Column("order_key", sa.String(64)))
    op.add_column("jobs", sa.Column("cost", sa.BigInteger))
    op.add_column("jobs", sa.Column("cost_currency", sa.String(3)))
    op.add_column("jobs", sa.Column("failed_orders", sa.Integer, nullable=False, server_default="0"))
    op.add_column("holds", sa.Column("provider", sa.String(30), nullable=False, server_default="main"))
    until_made: sa.Column[bool] = sa.Column(
        "until_made", sa.Boolean(create_constraint=False), nullable=False, server_default="0"
    )
    op.add_column("holds", until_made)
    op.create_table(
        "order_lookups",
        sa.Column("api", sa.String(500), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "daily_costs",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("model", sa.String(40), primary_key=True),
        sa.Column("seconds", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("currency", sa.String(3), primary_key=True),
        sa.Column("jobs", sa.BigInteger, nullable=False),
        sa.Column("rendered", sa.BigInteger, nullable=False),
        sa.Column("cost", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in _triggers():
            op.execute(statement)


def _triggers() -> list[str]:
    was, now = (", ".join(f"{job}.{name}" for name in _MADE_OF) for job in ("OLD", "NEW"))
    fewer, more = _UNCOUNTED.format(job="OLD"), _COUNTED.format(job="NEW")
    changed = f"UPDATE OF {', '.join(_MADE_OF)} ON jobs WHEN ({was}) IS NOT ({now})"
    return [
        f"CREATE TRIGGER daily_costs_insert AFTER INSERT ON jobs BEGIN {more} END",
        f"CREATE TRIGGER daily_costs_update AFTER {changed} BEGIN {fewer} {more} END",
        f"CREATE TRIGGER daily_costs_delete AFTER DELETE ON jobs BEGIN {fewer} END",
    ]
