"""People's own settings, cached because every message needs them."""

from __future__ import annotations

from cachetools import LRUCache
from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from domain.cache_sizes import PREFERENCES
from domain.job import ACTIVE
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.size import Size
from storage.database import Database
from storage.reading import facts, read_all, read_first
from storage.tables import IS_UNDER_WAY, jobs, preferences

_OF_PERSON = select(preferences).where(preferences.c.person_id == bindparam("person_id"))


class PreferencesStore:
    """People's settings. Only one process serves a bot's updates, so its cache is right."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = LRUCache[int, Preferences](PREFERENCES)
        self._knows_everybody = False

    async def load(self) -> None:
        """Remember everybody who chose anything, if they are not too many: then nobody's first message has to ask."""
        several = select(preferences).limit(PREFERENCES + 1)
        found = await read_all(self._database, several, lambda row: (row["person_id"], _preferences_of(row)))
        if len(found) > PREFERENCES:
            return
        for person_id, chosen in found:
            self._remember(person_id, chosen)
        self._knows_everybody = True

    async def find_preferences(self, person_id: int) -> Preferences:
        if (known := self._known.get(person_id)) is not None:
            return known
        if self._knows_everybody:
            return NOTHING_CHOSEN
        known = await read_first(self._database, _OF_PERSON, _preferences_of, {"person_id": person_id})
        found = known or NOTHING_CHOSEN
        self._remember(person_id, found)
        return found

    async def prefer(self, person_id: int, chosen: Preferences) -> None:
        """Keep what a person chose; what is under way for them speaks the new language from here on."""
        row = {"person_id": person_id, **_columns_of(chosen)}
        theirs = IS_UNDER_WAY & jobs.c.state.in_(ACTIVE) & (jobs.c.requester_id == person_id)
        async with self._database.transaction() as connection:
            await connection.execute(delete(preferences).where(preferences.c.person_id == person_id))
            await connection.execute(insert(preferences), row)
            if chosen.language is not None:
                await connection.execute(update(jobs).where(theirs).values(language=chosen.language))
        self._remember(person_id, chosen)

    def forget(self, person_id: int) -> None:
        """Drop the cached settings of a person whose row is gone."""
        self._known.pop(person_id, None)

    def _remember(self, person_id: int, found: Preferences) -> None:
        if person_id not in self._known and len(self._known) == PREFERENCES:
            self._knows_everybody = False  # somebody else makes way
        self._known[person_id] = found


def _columns_of(chosen: Preferences) -> dict[str, object]:
    shape = chosen.shape
    return {
        "language": chosen.language,
        "model": chosen.model,
        "seconds": chosen.seconds,
        "width": shape.width if shape else None,
        "height": shape.height if shape else None,
        "private": chosen.private,
        "watermark": chosen.watermark,
        "ask_first": chosen.ask_first,
    }


def _preferences_of(row: RowMapping) -> Preferences:
    shape = Size(row["width"], row["height"]) if row["width"] and row["height"] else None
    return Preferences(**facts(row, Preferences) | {"shape": shape})
