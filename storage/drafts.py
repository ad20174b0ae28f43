"""Drafts: requests that wait for their words or for a press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from storage.rows import columns_of_photo, columns_of_place, photo_of, place_of
from storage.tables import drafts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from domain.job import Place
    from domain.request import Photo
    from storage.database import Database

#: After this a draft is forgotten.
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request in the making: words that wait for a press, or a photo that waits for its words.

    `text` is what the person wrote; of a photo, the options that came with it, None if there were none.
    """

    id: int
    place: Place
    text: str | None
    photo: Photo | None
    #: The bot's message that asks, or shows the card; None until it is known.
    message_id: int | None


class Drafts:
    """What handlers do with drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, *, origin: str, place: Place, text: str | None, photo: Photo | None, now: datetime
    ) -> Draft:
        """Keep a draft, once per origin; forgets those that are too old."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(drafts).where(drafts.c.created_at < now - KEPT))
            known = (
                (await connection.execute(select(drafts).where(drafts.c.origin == origin))).mappings().first()
            )
            if known is not None:
                return _draft_of(known)
            row = await connection.execute(
                insert(drafts)
                .values(
                    origin=origin,
                    **columns_of_place(place),
                    text=text,
                    **columns_of_photo(photo),
                    created_at=now,
                )
                .returning(drafts)
            )
            return _draft_of(row.mappings().one())

    async def show(self, draft_id: int, *, message_id: int) -> None:
        """Note the bot's message about the draft."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(message_id=message_id)
            )

    async def find(self, draft_id: int) -> Draft | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(select(drafts).where(drafts.c.id == draft_id))).mappings().first()
        return None if row is None else _draft_of(row)

    async def find_asked(self, chat_id: int, message_id: int) -> Draft | None:
        """Return the draft of the photo about which the bot asked with this message."""
        shown = (drafts.c.chat_id == chat_id) & (drafts.c.message_id == message_id)
        asked = shown & drafts.c.photo_file_id.is_not(None)
        async with self._database.reading() as connection:
            row = (await connection.execute(select(drafts).where(asked))).mappings().first()
        return None if row is None else _draft_of(row)


def _draft_of(row: RowMapping) -> Draft:
    return Draft(
        id=row["id"],
        place=place_of(row),
        text=row["text"],
        photo=photo_of(row),
        message_id=row["message_id"],
    )
