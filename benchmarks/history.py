"""A database as it is after years: finished jobs of many people, of one person, and a long queue, made in bulk by SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from storage.database import Database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
#: The first of the people; each next one has the next number.
FIRST_PERSON = 1_000
#: Who waits in the queue; each next one has the next number.
FIRST_IN_QUEUE = 10_000_000

_MICROSECONDS_A_YEAR = 365 * 86_400_000_000
# One in twenty failed, one was called off, one was paid from grants; who waited did so for one to five minutes.
_FINISHED = text("""
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs),
  job AS (SELECT i, :first + i * 7919 % :people AS person, i % 20 AS kind,
    :now - (:jobs - i) * (:year / :jobs) AS began FROM n)
INSERT INTO jobs (origin, account_id, requester_id, chat_id, request_message_id, language, prompt, search_text, model,
  seconds, width, height, price, of_grants, photos, private, watermark, state, created_at, due_at, attempts,
  status_message_id, submitted_at, ordered_at, video_id, progress, rendered_at, failure, failure_detail, sending,
  result_message_id, file_id, finished_at)
SELECT 'message:' || person || ':' || i, person, person, person, i, 'en', 'A cat number ' || i || ' walks along the beach',
  'a cat number ' || i || ' walks along the beach', CASE i % 3 WHEN 0 THEN 'sora-2' ELSE 'veo3' END, 10, 720, 1280, 1,
  kind = 0, '[]', 0, 0, CASE kind WHEN 7 THEN 'failed' WHEN 13 THEN 'cancelled' ELSE 'done' END, began,
  began + 90000000, 0, i, CASE WHEN kind <> 13 THEN began + 900000 END, CASE WHEN kind <> 13 THEN began + 1000000 END,
  'video_' || i, 100, CASE WHEN kind NOT IN (7, 13) THEN began + 40000000 + i / 3 * 7907 % 240 * 1000000 END,
  CASE kind WHEN 7 THEN 'render_failed' END, '', 0, i, CASE WHEN kind NOT IN (7, 13) THEN 'file_' || i END,
  began + 60000000 + i / 3 * 7907 % 240 * 1000000 FROM job
""")
_MOVES = text("""
INSERT INTO job_moves (job_id, at, state_before, state)
SELECT id, created_at, NULL, 'queued' FROM jobs UNION ALL SELECT id, finished_at, 'delivering', state FROM jobs
""")
_ACCOUNTS = text("""
INSERT INTO accounts (id, name, username, username_key, since)
SELECT DISTINCT requester_id, 'Person ' || requester_id, 'Person' || requester_id, 'person' || requester_id, :now FROM jobs
""")
_QUEUED = text("""
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs - 1)
INSERT INTO jobs (origin, account_id, requester_id, chat_id, prompt, search_text, model, seconds, width, height, price,
  private, watermark, state, created_at, due_at, attempts, failure_detail, sending)
SELECT 'waits:' || i, :first + i, :first + i, :first + i, 'a dog', 'a dog', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued',
  :now, :now, 0, '', 0 FROM n
""")


async def fill(path: Path, *, jobs: int = 0, people: int = 1, queued: int = 0) -> None:
    """Make a database with finished `jobs` of a year, shared among the `people`, and one queued job of each of so many."""
    now = int(NOW.timestamp() * 1_000_000)
    async with Database.open(f"sqlite:///{path}") as database, database.transaction() as connection:
        if jobs:
            spread = {"jobs": jobs, "people": people, "first": FIRST_PERSON, "year": _MICROSECONDS_A_YEAR}
            await connection.execute(_FINISHED, {"now": now, **spread})
            await connection.execute(_MOVES)
            await connection.execute(_ACCOUNTS, {"now": now})
        if queued:
            await connection.execute(_QUEUED, {"jobs": queued, "first": FIRST_IN_QUEUE, "now": now})
