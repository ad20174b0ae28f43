"""What admins change of models from the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "model_changes",
        sa.Column("model", sa.String(40), primary_key=True),
        sa.Column("is_off", sa.Boolean, nullable=False, server_default="0"),
        sa.Column("price", sa.Text),
        sa.Column("is_default", sa.Boolean, nullable=False, server_default="0"),
    )
