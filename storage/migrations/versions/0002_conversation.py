"""Several photos, characters, edits, languages, preferences; drafts of several kinds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_PHOTO = ("photo_file_id", "photo_width", "photo_height")


def upgrade() -> None:
    # Only what every database does in place: SQLite would copy a table anew for more, and lose the rows that hang on it.
    for table in ("jobs", "drafts"):
        op.add_column(table, sa.Column("photos", sa.JSON, nullable=False, server_default="[]"))
        op.add_column(table, sa.Column("language", sa.String(20), nullable=False, server_default="en"))
    op.add_column("jobs", sa.Column("character_url", sa.Text))
    op.add_column("jobs", sa.Column("character_start", sa.Float))
    op.add_column("jobs", sa.Column("character_end", sa.Float))
    op.add_column("jobs", sa.Column("original_job_id", sa.BigInteger))
    op.add_column("jobs", sa.Column("original_video_id", sa.String(255)))
    op.add_column("jobs", sa.Column("removed_at", sa.BigInteger))
    op.add_column("drafts", sa.Column("kind", sa.String(20), nullable=False, server_default="card"))
    op.add_column("drafts", sa.Column("chosen", sa.String(100), nullable=False, server_default=""))
    op.add_column("drafts", sa.Column("job_id", sa.BigInteger))
    op.execute("UPDATE drafts SET kind = 'words' WHERE photo_file_id IS NOT NULL")
    for table in ("jobs", "drafts"):
        _gather_photos(table)
    op.create_index("ix_jobs_result", "jobs", ["chat_id", "result_message_id"])
    _create_preferences()
    _create_characters()


def _gather_photos(name: str) -> None:
    table = sa.table(name, sa.column("id"), *map(sa.column, _PHOTO), sa.column("photos", sa.JSON))
    photos = sa.select(table.c.id, *(table.c[column] for column in _PHOTO))
    connection = op.get_bind()
    for row_id, file_id, width, height in connection.execute(
        photos.where(table.c.photo_file_id.is_not(None))
    ).all():
        photo = [file_id] if width is None or height is None else [file_id, width, height]
        connection.execute(sa.update(table).where(table.c.id == row_id).values(photos=[photo]))
    for column in _PHOTO:
        op.drop_column(name, column)


def _create_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(20)),
        sa.Column("model", sa.String(40)),
        sa.Column("seconds", sa.Integer),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("watermark", sa.Boolean, nullable=False),
        sa.Column("ask_first", sa.Boolean, nullable=False),
    )


def _create_characters() -> None:
    op.create_table(
        "characters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("owner_id", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("start", sa.Float, nullable=False),
        sa.Column("end", sa.Float, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("owner_id", "name", name="uq_characters_owner_id_name"),
    )
