"""What money, lateness and the search in one's videos need of jobs, and the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    for name in ("submitted_at", "gone_since", "kept_at", "asked_at", "wanted_at"):
        op.add_column("jobs", sa.Column(name, sa.BigInteger))
    op.drop_column("jobs", "told_late")
    _let_ids_be_long()
    # When earlier orders left is not known to the second; when they were taken is as good.
    op.execute("UPDATE jobs SET submitted_at = ordered_at WHERE ordered_at IS NOT NULL")
    op.create_table(
        "inbox",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("update_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("turn", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("received_at", sa.BigInteger, nullable=False),
    )


def _let_ids_be_long() -> None:
    # SQLite keeps texts of any length, see `storage.tables`.
    if op.get_bind().dialect.name != "sqlite":
        for name in ("video_id", "original_video_id"):
            op.alter_column("jobs", name, type_=sa.Text)
