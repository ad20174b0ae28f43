"""Characters that people have saved, each under a name of its owner's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, func, insert, select, update

from domain.character import Character
from domain.refusals import TooManyCharacters
from storage.database import Database
from storage.reading import read_all, read_first
from storage.tables import characters

#: So many are kept for one owner: their list is one message.
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCharacter:
    """A character and its name, spelled as `domain.character.character_name` spells it."""

    id: int
    owner_id: int
    name: str
    character: Character


class Characters:
    """What handlers do with saved characters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, owner_id: int, name: str, character: Character, *, now: datetime) -> SavedCharacter:
        """Keep a character, instead of an earlier one of that name; raises TooManyCharacters."""
        values = {"url": character.url, "start": character.start, "end": character.end, "created_at": now}
        theirs = characters.c.owner_id == owner_id
        async with self._database.transaction() as connection:
            replaced = await connection.execute(
                update(characters)
                .where(theirs, characters.c.name == name)
                .values(**values)
                .returning(characters)
            )
            row = replaced.mappings().first()
            if row is not None:
                return _saved_of(row)
            kept = await connection.scalar(select(func.count()).select_from(characters).where(theirs))
            if kept is not None and kept >= MOST:
                raise TooManyCharacters(MOST)
            added = await connection.execute(
                insert(characters).returning(characters), {"owner_id": owner_id, "name": name, **values}
            )
            return _saved_of(added.mappings().one())

    async def find(self, character_id: int) -> SavedCharacter | None:
        return await read_first(
            self._database, select(characters).where(characters.c.id == character_id), _saved_of
        )

    async def list_of(self, owner_id: int) -> Sequence[SavedCharacter]:
        """Return an owner's characters by their names."""
        theirs = select(characters).where(characters.c.owner_id == owner_id).order_by(characters.c.name)
        return await read_all(self._database, theirs, _saved_of)

    async def remove(self, character_id: int) -> None:
        async with self._database.transaction() as connection:
            await connection.execute(delete(characters).where(characters.c.id == character_id))


def _saved_of(row: RowMapping) -> SavedCharacter:
    return SavedCharacter(
        id=row["id"],
        owner_id=row["owner_id"],
        name=row["name"],
        character=Character(url=row["url"], start=row["start"], end=row["end"]),
    )
