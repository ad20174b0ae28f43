"""Drafts: requests that wait for their words or for a press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Delete, RowMapping, delete, exists, insert, select, update

from domain.alternatives import Alternative
from domain.change import Way
from domain.job import Place
from domain.options import NOTHING_SAID, PromptOptions, parse_options
from domain.refusals import OptionRefusal
from domain.request import Photo
from domain.size import Size
from storage.database import Database
from storage.reading import read_row
from storage.rows import columns_of_photos, columns_of_place, photos_of, place_of
from storage.tables import drafts, jobs

#: After this a card is forgotten.
KEPT = timedelta(days=7)
#: So many of one person's, the newest, are kept: each plain message begins one.
MOST = 200
#: Where among a draft's options stands what is offered instead.
_ALTERNATIVES = "alternatives"
#: After this a question is not waited upon any more.
OPEN = timedelta(days=1)


class DraftKind(StrEnum):
    """What a draft waits for."""

    #: A press on its card.
    CARD = "card"
    #: The words that say what should happen, in a photo if there is one: an answer to our question.
    WORDS = "words"
    #: The words that say what should change in a finished video: an answer to our question.
    CHANGE = "change"
    #: The name of a character from a finished video: an answer to our question; then a press that chooses the seconds.
    CHARACTER = "character"
    #: The message that everybody shall get: an admin's answer to our question.
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request in the making."""

    id: int
    kind: DraftKind
    place: Place
    #: The words and the options that were said so far.
    options: PromptOptions
    photos: tuple[Photo, ...]
    #: Of a change: the job whose video it changes.
    job_id: int | None
    #: The bot's message that asks, or shows the card; None until it is known.
    message_id: int | None
    #: What was chosen on the card by its buttons, by the names of the options.
    chosen: frozenset[str] = frozenset()
    #: Of a question: the message that answered it and led to a job.
    answered_by: int | None = None
    #: Of a request that was refused: what its buttons make, in their order.
    alternatives: tuple[Alternative, ...] = ()


class Drafts:
    """What handlers do with drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        *,
        idempotency_key: str,
        kind: DraftKind,
        place: Place,
        now: datetime,
        options: PromptOptions = NOTHING_SAID,
        photos: Sequence[Photo] = (),
        job_id: int | None = None,
        alternatives: Sequence[Alternative] = (),
    ) -> Draft:
        """Keep a draft, once per idempotency key; forgets those that are too old, and the person's oldest of too many."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(drafts).where(drafts.c.created_at < now - KEPT))
            known = (
                (await connection.execute(select(drafts).where(drafts.c.origin == idempotency_key)))
                .mappings()
                .first()
            )
            if known is not None:
                return _draft_of(known)
            row = await connection.execute(
                insert(drafts).returning(drafts),
                {
                    "origin": idempotency_key,
                    "kind": kind,
                    **columns_of_place(place),
                    **_columns_of_options(options, alternatives),
                    **columns_of_photos(photos),
                    "job_id": job_id,
                    "created_at": now,
                },
            )
            draft = _draft_of(row.mappings().one())
            await connection.execute(_forgetting_oldest(place.requester_id))
            return draft

    async def show(self, draft_id: int, *, message_id: int) -> None:
        """Note the bot's message about the draft."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(message_id=message_id)
            )

    async def answer(self, draft_id: int, message_id: int) -> None:
        """Note the person's message that answered a question and led to a job."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(answered_by=message_id)
            )

    async def choose(self, draft_id: int, options: PromptOptions, *, chosen: Iterable[str]) -> None:
        """Note the words and the options of a request in the making, and the names of those chosen by buttons."""
        columns = {"text": None, **_columns_of_options(options), "chosen": " ".join(sorted(chosen))}
        async with self._database.transaction() as connection:
            await connection.execute(update(drafts).where(drafts.c.id == draft_id).values(columns))

    async def offer(
        self,
        draft_id: int,
        options: PromptOptions,
        alternatives: Sequence[Alternative],
        *,
        photos: Sequence[Photo],
    ) -> None:
        """Note what is offered instead of a request that was refused, and what of that is kept."""
        columns = {
            "text": None,
            **_columns_of_options(options, alternatives),
            **columns_of_photos(photos),
        }
        async with self._database.transaction() as connection:
            await connection.execute(update(drafts).where(drafts.c.id == draft_id).values(columns))

    async def find(self, draft_id: int) -> Draft | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(drafts).where(drafts.c.id == draft_id))).mappings().first()
        return read_row(row, _draft_of)

    async def find_asked(
        self, chat_id: int, message_id: int, *, now: datetime, within: timedelta = OPEN
    ) -> Draft | None:
        """Return the draft about which the bot asked with this message, unless the question is too old."""
        asked = (
            (drafts.c.chat_id == chat_id)
            & (drafts.c.message_id == message_id)
            & (drafts.c.kind != DraftKind.CARD)
            & (drafts.c.created_at > now - within)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(select(drafts).where(asked))).mappings().first()
        return read_row(row, _draft_of)

    async def find_last_asked(
        self, chat_id: int, requester_id: int, *, since: datetime, kind: DraftKind = DraftKind.WORDS
    ) -> Draft | None:
        """Return the question of this kind that a person was asked last in a chat, unless anything was begun since.

        What answers it makes a job or a draft of its own, and so ends it.
        """
        theirs = (drafts.c.chat_id == chat_id) & (drafts.c.requester_id == requester_id)
        newest = select(drafts).where(theirs).order_by(drafts.c.id.desc()).limit(1).subquery()
        job_since = exists().where(
            jobs.c.chat_id == chat_id,
            jobs.c.requester_id == requester_id,
            jobs.c.created_at >= newest.c.created_at,
        )
        asked = select(newest).where(
            newest.c.kind == kind,
            newest.c.message_id.is_not(None),
            newest.c.created_at >= since,
            ~job_since,
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(asked)).mappings().first()
        return read_row(row, _draft_of)


def _forgetting_oldest(requester_id: int) -> Delete:
    theirs = drafts.c.requester_id == requester_id
    newest_left_out = select(drafts.c.id).where(theirs).order_by(drafts.c.id.desc()).offset(MOST).limit(1)
    return delete(drafts).where(theirs, drafts.c.id <= newest_left_out.scalar_subquery())


def _columns_of_options(options: PromptOptions, alternatives: Sequence[Alternative] = ()) -> dict[str, Any]:
    said = _said(options)
    prompt = said.pop("prompt")
    if alternatives:
        said[_ALTERNATIVES] = [asdict(one) | {"options": _said(one.options)} for one in alternatives]
    return {"prompt": prompt, "options": said}


def _said(options: PromptOptions) -> dict[str, Any]:
    return {name: value for name, value in asdict(options).items() if value is not None}


def _options_of(row: RowMapping) -> PromptOptions:
    """Return the words and the options; raises ValueError or TypeError if they are of another version's kind."""
    if row["options"] is None:
        try:
            return parse_options(row["text"] or "")
        except OptionRefusal as refused:
            raise ValueError(str(refused)) from refused
    if not isinstance(row["options"], dict):
        raise TypeError("options are written by their names")
    said = {name: value for name, value in row["options"].items() if name != _ALTERNATIVES}
    return _read_options(said | {"prompt": row["prompt"]})


def _read_options(said: Mapping[str, Any]) -> PromptOptions:
    shape = said.get("shape")
    return PromptOptions(**{**said, "shape": None if shape is None else Size(**shape)})


def _alternatives_of(row: RowMapping) -> tuple[Alternative, ...]:
    """Return what is offered instead; raises ValueError or TypeError if it is of another version's kind."""
    kept = (row["options"] or {}).get(_ALTERNATIVES, [])
    try:
        return tuple(
            Alternative(**{**one, "way": Way(one["way"]), "options": _read_options(one["options"])})
            for one in kept
        )
    except KeyError as error:
        raise ValueError(f"an alternative lacks {error}") from error


def _draft_of(row: RowMapping) -> Draft:
    return Draft(
        id=row["id"],
        kind=DraftKind(row["kind"]),
        place=place_of(row),
        options=_options_of(row),
        photos=photos_of(row),
        job_id=row["job_id"],
        message_id=row["message_id"],
        chosen=frozenset(row["chosen"].split()),
        answered_by=row["answered_by"],
        alternatives=_alternatives_of(row),
    )
