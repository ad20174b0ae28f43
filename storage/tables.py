"""The tables, as every supported database has them; rules stand here where a database can keep them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    case,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from domain.failures import FailureReason
from domain.job import ACTIVE, State
from domain.provider import MAIN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole microseconds since 1970: exact, and alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else microseconds(value - _EPOCH)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        return None if value is None else _EPOCH + value * _MICROSECOND


def microseconds(span: timedelta) -> int:
    """Return a span of time as it lies between two Instants in the database."""
    return span // _MICROSECOND


def any_of(values: Iterable[StrEnum]) -> str:
    """Return the values as SQL writes them between the brackets of IN."""
    return ", ".join(f"'{value}'" for value in sorted(values))


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

#: Whoever asked, paid or listened, once that is forgotten: Telegram gives nobody this id.
NOBODY = 0

# SQLite numbers rows by itself only where the key is a plain INTEGER.
key = BigInteger().with_variant(Integer, "sqlite")

# Some APIs' ids have hundreds of characters. SQLite keeps texts of any length, whatever a column says, and would have
# to copy the whole table for the column to say something else.
video_id = Text().with_variant(String(255), "sqlite")

jobs = Table(
    "jobs",
    metadata,
    Column("id", key, primary_key=True),
    Column("origin", String(100), nullable=False, unique=True),
    Column("account_id", BigInteger, nullable=False),
    Column("requester_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("request_message_id", BigInteger),
    Column("language", String(20), nullable=False, server_default="en"),
    Column("prompt", Text, nullable=False),
    # The prompt as it is searched, written by `storage.rows.searchable`: SQLite folds the capitals of ASCII only.
    Column("search_text", Text, nullable=False, server_default=""),
    Column("model", String(40), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("price", Integer, nullable=False),
    # What of the price is paid from granted credits.
    Column("of_grants", Integer, nullable=False, server_default="0"),
    # Each photo's file_id, width and height, in order.
    Column("photos", JSON, nullable=False, server_default="[]"),
    Column("private", Boolean(create_constraint=False), nullable=False),
    Column("watermark", Boolean(create_constraint=False), nullable=False),
    Column("character_url", Text),
    Column("character_start", Float),
    Column("character_end", Float),
    # Of an edit: the job whose video it changes, and the API's id of that video.
    Column("original_job_id", BigInteger),
    Column("original_video_id", video_id),
    Column("state", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("troubled_since", Instant),
    Column("status_message_id", BigInteger),
    Column("submitted_at", Instant),
    Column("ordered_at", Instant),
    Column("video_id", video_id),
    Column("progress", Integer),
    Column("progress_at", Instant),
    Column("pace", Float),
    Column("gone_since", Instant),
    Column("rendered_at", Instant),
    Column("video_url", Text),
    Column("failure", String(40)),
    Column("failure_detail", Text, nullable=False),
    Column("sending", Boolean(create_constraint=False), nullable=False),
    Column("result_message_id", BigInteger),
    Column("file_id", String(255)),
    Column("finished_at", Instant),
    Column("kept_at", Instant),
    Column("asked_at", Instant),
    Column("wanted_at", Instant),
    Column("over_budget_until", Instant),
    # When the person took the video out of their history.
    Column("removed_at", Instant),
    # Which provider has the video or may have it, since when its order has been tried there, and our key for the order.
    Column("provider", String(30), server_default=MAIN),
    Column("provider_since", Instant),
    Column("order_key", String(64)),
    # What the order costs the operator, in millionths, and in what: by ISO 4217.
    Column("cost", BigInteger),
    Column("cost_currency", String(3)),
    # How many of its orders were taken and then not made for our account's sake.
    Column("failed_orders", Integer, nullable=False, server_default="0"),
    CheckConstraint(f"state IN ({any_of(State)})", name="state_is_known"),
    CheckConstraint("state <> 'rendering' OR video_id IS NOT NULL", name="rendering_has_its_id"),
    CheckConstraint("state <> 'failed' OR failure IS NOT NULL", name="failed_has_a_reason"),
    CheckConstraint("state <> 'done' OR failure IS NULL", name="done_has_no_reason"),
    CheckConstraint(f"(finished_at IS NULL) = (state IN ({any_of(ACTIVE)}))", name="over_has_an_end"),
    CheckConstraint("price >= 0", name="price_is_no_gift"),
    CheckConstraint("progress BETWEEN 0 AND 100", name="progress_is_per_cent"),
)

#: A job that is not over; says so in the words of the partial indexes, which a database can use only then.
IS_UNDER_WAY = jobs.c.finished_at.is_(None)
#: Nobody can tell whether the order was taken; in the words of its partial index, as are the next two.
IS_UNKNOWN_OUTCOME = jobs.c.failure == literal_column(f"'{FailureReason.UNKNOWN_OUTCOME}'")
#: Nobody knows any more who asked, but who paid.
IS_HALF_FORGOTTEN = and_(
    jobs.c.requester_id == literal_column(f"{NOBODY}"), jobs.c.account_id != literal_column(f"{NOBODY}")
)
#: The API has made a video, so that it is known how long that took.
IS_RENDERED = jobs.c.rendered_at.is_not(None)
#: Somebody pays for the job; the same rule as `domain.quota.is_charged`.
IS_CHARGED = (jobs.c.state != State.CANCELLED) & (jobs.c.failure.is_(None) | jobs.c.kept_at.is_not(None))

#: Its person was asked whether it is still wanted.
WAS_ASKED = IS_UNDER_WAY & jobs.c.asked_at.is_not(None)
#: Whose orders are counted together: a person's, or those of all who speak as chats in the same one.
#: Its number is written out: a database groups by an expression only if it sees that it is the one selected.
ASKER = case((jobs.c.requester_id < literal_column("0"), jobs.c.chat_id), else_=jobs.c.requester_id)


def partial_index(name: str, *columns: ColumnElement[Any], where: ColumnElement[bool]) -> Index:
    """Index the rows `where` something holds; a statement uses it only if it says that in the very same words."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


# What is under way is little, however many jobs are over: it is found without looking at those.
partial_index("ix_jobs_due", jobs.c.state, jobs.c.due_at, where=IS_UNDER_WAY)
partial_index("ix_jobs_under_way", jobs.c.state, jobs.c.requester_id, jobs.c.id, where=IS_UNDER_WAY)
partial_index("ix_jobs_under_way_in_chat", jobs.c.chat_id, jobs.c.state, where=IS_UNDER_WAY)
partial_index("ix_jobs_asked_about", jobs.c.due_at, where=WAS_ASKED)
# What one person has asked for: their history, the same in one chat, what they asked for since a moment, what is kept.
partial_index("ix_jobs_kept", jobs.c.requester_id, where=jobs.c.kept_at.is_not(None))
Index("ix_jobs_requester", jobs.c.requester_id, jobs.c.id)
Index("ix_jobs_requester_in_chat", jobs.c.requester_id, jobs.c.chat_id, jobs.c.id)
Index("ix_jobs_asked", jobs.c.requester_id, jobs.c.created_at)
Index("ix_jobs_result", jobs.c.chat_id, jobs.c.result_message_id)
# What was spent: by whom, of what was given, by all together, and what failed after its order had left.
Index("ix_jobs_account", jobs.c.account_id, jobs.c.created_at)
partial_index(
    "ix_jobs_of_grants",
    jobs.c.account_id,
    jobs.c.of_grants,
    jobs.c.state,
    jobs.c.failure,
    jobs.c.kept_at,
    where=jobs.c.of_grants > 0,
)
Index("ix_jobs_submitted", jobs.c.submitted_at, jobs.c.price)
partial_index("ix_jobs_failures", jobs.c.requester_id, jobs.c.submitted_at, where=jobs.c.failure.is_not(None))
partial_index("ix_jobs_unknown_outcome", jobs.c.created_at, where=IS_UNKNOWN_OUTCOME)
partial_index("ix_jobs_half_forgotten", jobs.c.account_id, where=IS_HALF_FORGOTTEN)
partial_index("ix_jobs_rendered", jobs.c.model, jobs.c.seconds, jobs.c.id, where=IS_RENDERED)
# How the newest ones ended, and what was accepted since a moment.
Index("ix_jobs_created", jobs.c.created_at, jobs.c.state, jobs.c.failure)

# What became of each job, a row for each change of state.
job_moves = Table(
    "job_moves",
    metadata,
    Column("id", key, primary_key=True),
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("state_before", String(20)),
    Column("state", String(20), nullable=False),
)

# Updates from Telegram that were confirmed to it and are not handled yet.
inbox = Table(
    "inbox",
    metadata,
    Column("id", key, primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    # The chat, or the person where there is none, whose updates are handled one after the other.
    Column("turn", BigInteger, nullable=False, index=True),
    # The update's JSON.
    Column("body", Text, nullable=False),
    # How often its handling was begun.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("received_at", Instant, nullable=False),
)

# Requests that wait for their words or for a press.
drafts = Table(
    "drafts",
    metadata,
    Column("id", key, primary_key=True),
    Column("origin", String(100), nullable=False, unique=True),
    Column("account_id", BigInteger, nullable=False),
    Column("requester_id", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("request_message_id", BigInteger),
    Column("language", String(20), nullable=False, server_default="en"),
    Column("kind", String(20), nullable=False, server_default="card"),
    # Words and options in one, as versions before have written them; NULL once they are data.
    Column("text", Text),
    # The words alone, and the options that were said, by their names in `PromptOptions`.
    Column("prompt", Text),
    Column("options", JSON),
    Column("photos", JSON, nullable=False, server_default="[]"),
    # Names of the options that were chosen by buttons, a blank between two.
    Column("chosen", String(100), nullable=False, server_default=""),
    # Of a change: the job whose video it changes.
    Column("job_id", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("message_id", BigInteger),
    # Of a question: the person's message that answered it and led to a job.
    Column("answered_by", BigInteger),
)

Index("ix_drafts_message", drafts.c.chat_id, drafts.c.message_id)
Index("ix_drafts_requester", drafts.c.requester_id, drafts.c.id)
Index("ix_drafts_account", drafts.c.account_id)
Index("ix_drafts_created", drafts.c.created_at)

# What people chose in their settings; who chose nothing has no row.
preferences = Table(
    "preferences",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(20)),
    Column("model", String(40)),
    Column("seconds", Integer),
    Column("width", Integer),
    Column("height", Integer),
    Column("private", Boolean(create_constraint=False), nullable=False),
    Column("watermark", Boolean(create_constraint=False), nullable=False),
    Column("ask_first", Boolean(create_constraint=False), nullable=False),
)

# Characters that people have saved, each under a name of its owner's.
characters = Table(
    "characters",
    metadata,
    Column("id", key, primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("name", String(40), nullable=False),
    Column("url", Text, nullable=False),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("owner_id", "name", name="uq_characters_owner_id_name"),
)
