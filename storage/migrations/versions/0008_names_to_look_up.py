"""Display names as they are looked up, and an index of them."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_BATCH = 1000
_LONGEST = 200


def upgrade() -> None:
    op.add_column("accounts", sa.Column("name_key", sa.String(_LONGEST)))
    _fill()
    op.create_index("ix_accounts_name_key", "accounts", ["name_key"])


def _fill() -> None:
    accounts = sa.table("accounts", sa.column("id", sa.BigInteger), sa.column("name"), sa.column("name_key"))
    filled = (
        sa.update(accounts)
        .where(accounts.c.id == sa.bindparam("row_id"))
        .values(name_key=sa.bindparam("key"))
    )
    connection, last = op.get_bind(), -(2**63)
    while True:
        batch = sa.select(accounts.c.id, accounts.c.name).where(accounts.c.id > last)
        rows = connection.execute(batch.order_by(accounts.c.id).limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        connection.execute(filled, [{"row_id": row.id, "key": _folded(row.name)} for row in rows])


def _folded(name: str) -> str | None:
    """Return a name as this version looks it up."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join(seen.casefold().split())[:_LONGEST] or None
