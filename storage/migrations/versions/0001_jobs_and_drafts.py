"""Jobs, their history, and drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("jobs", _key(), *_who_asked(), *_what_was_asked(), *_how_it_moves(), *_rules())
    op.create_index("ix_jobs_account", "jobs", ["account_id", "created_at"])
    op.create_index(
        "ix_jobs_due",
        "jobs",
        ["due_at"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_index("ix_jobs_model", "jobs", ["model", "seconds", "id"])
    op.create_index("ix_jobs_requester", "jobs", ["requester_id", "id"])
    _create_job_moves()
    _create_drafts()


def _key() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True)


def _who_asked() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("origin", sa.String(100), nullable=False, unique=True),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("requester_id", sa.BigInteger, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("thread_id", sa.BigInteger),
        sa.Column("request_message_id", sa.BigInteger),
    ]


def _what_was_asked() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("model", sa.String(40), nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("price", sa.Integer, nullable=False),
        sa.Column("photo_file_id", sa.String(255)),
        sa.Column("photo_width", sa.Integer),
        sa.Column("photo_height", sa.Integer),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("watermark", sa.Boolean, nullable=False),
    ]


def _how_it_moves() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("troubled_since", sa.BigInteger),
        sa.Column("status_message_id", sa.BigInteger),
        sa.Column("ordered_at", sa.BigInteger),
        sa.Column("video_id", sa.String(255)),
        sa.Column("progress", sa.Integer),
        sa.Column("progress_at", sa.BigInteger),
        sa.Column("pace", sa.Float),
        sa.Column("told_late", sa.Boolean, nullable=False),
        sa.Column("rendered_at", sa.BigInteger),
        sa.Column("video_url", sa.Text),
        sa.Column("failure", sa.String(40)),
        sa.Column("failure_detail", sa.Text, nullable=False),
        sa.Column("sending", sa.Boolean, nullable=False),
        sa.Column("result_message_id", sa.BigInteger),
        sa.Column("file_id", sa.String(255)),
        sa.Column("finished_at", sa.BigInteger),
    ]


def _rules() -> list[sa.schema.SchemaItem]:
    return [
        sa.CheckConstraint(
            "state IN ('cancelled', 'delivering', 'done', 'failed', 'queued', 'rendering', 'submitting')",
            name=op.f("ck_jobs_state_is_known"),
        ),
        sa.CheckConstraint(
            "state <> 'rendering' OR video_id IS NOT NULL", name=op.f("ck_jobs_rendering_has_its_id")
        ),
        sa.CheckConstraint(
            "state <> 'failed' OR failure IS NOT NULL", name=op.f("ck_jobs_failed_has_a_reason")
        ),
        sa.CheckConstraint("state <> 'done' OR failure IS NULL", name=op.f("ck_jobs_done_has_no_reason")),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (state IN ('delivering', 'queued', 'rendering', 'submitting'))",
            name=op.f("ck_jobs_over_has_an_end"),
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_jobs_price_is_no_gift")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_jobs_progress_is_per_cent")),
    ]


def _create_job_moves() -> None:
    op.create_table(
        "job_moves",
        _key(),
        sa.Column(
            "job_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("jobs.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("state_before", sa.String(20)),
        sa.Column("state", sa.String(20), nullable=False),
    )
    op.create_index("ix_job_moves_job_id", "job_moves", ["job_id"])


def _create_drafts() -> None:
    op.create_table(
        "drafts",
        _key(),
        *_who_asked(),
        sa.Column("text", sa.Text),
        sa.Column("photo_file_id", sa.String(255)),
        sa.Column("photo_width", sa.Integer),
        sa.Column("photo_height", sa.Integer),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
    )
    op.create_index("ix_drafts_message", "drafts", ["chat_id", "message_id"])
