"""Words and options of drafts as data, beside the text that has held both."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("drafts", sa.Column("prompt", sa.Text))
    op.add_column("drafts", sa.Column("options", sa.JSON))
