"""What groups' administrators chose; remembered here too, for every message in a group needs it."""

from __future__ import annotations

from sqlalchemy import RowMapping, insert, select, update

from domain.group import AS_USUAL, GroupRules
from domain.job import ACTIVE
from domain.size import Size
from storage.database import Database
from storage.operator_tables import WAS_CHOSEN, groups
from storage.tables import IS_UNDER_WAY, jobs


class Groups:
    """What handlers know of groups. Only one process serves a bot's updates, so what it remembers holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chosen: dict[int, GroupRules] = {}

    async def learn(self) -> None:
        """Remember every group for which anything was chosen."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(groups).where(WAS_CHOSEN))).mappings().all()
        self._chosen = {row["chat_id"]: _rules_of(row) for row in rows}

    def find(self, chat_id: int) -> GroupRules:
        """Return what holds in a group, or in any other chat, for which nothing can be chosen."""
        return self._chosen.get(chat_id, AS_USUAL)

    async def choose(self, chat_id: int, rules: GroupRules) -> None:
        """Keep what was chosen for a group; what is under way there speaks the new language from here on."""
        columns = _columns_of(rules)
        here = IS_UNDER_WAY & jobs.c.state.in_(ACTIVE) & (jobs.c.chat_id == chat_id)
        async with self._database.transaction() as connection:
            changing = update(groups).where(groups.c.chat_id == chat_id).values(**columns)
            if not (await connection.execute(changing)).rowcount:
                await connection.execute(insert(groups).values(chat_id=chat_id, **columns))
            if rules.language is not None:
                await connection.execute(update(jobs).where(here).values(language=rules.language))
        self._chosen[chat_id] = rules


def _columns_of(rules: GroupRules) -> dict[str, object]:
    return {
        "is_on": rules.is_on,
        "admins_only": rules.admins_only,
        "language": rules.language,
        "model": rules.model,
        "width": rules.shape.width if rules.shape else None,
        "height": rules.shape.height if rules.shape else None,
    }


def _rules_of(row: RowMapping) -> GroupRules:
    return GroupRules(
        is_on=row["is_on"],
        admins_only=row["admins_only"],
        language=row["language"],
        model=row["model"],
        shape=Size(row["width"], row["height"]) if row["width"] and row["height"] else None,
    )
