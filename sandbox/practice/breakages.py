"""What the page's person may break around the bot: a row for each, how it stands, and what a press does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from starlette.requests import Request

from sandbox.practice.view import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a row stands now."""

    is_broken: bool
    #: A word or two beside the title; empty while there is nothing to say.
    state: str = ""
    #: What has happened, and what to watch for then.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """One row of the menu."""

    #: What tells it from all others.
    id: str
    #: The heading that it stands below, beside its neighbours of the same group.
    group: str
    title: str
    #: What breaking it does, in small letters.
    detail: str
    look: Callable[[], Look]
    break_it: Callable[[], None]
    #: None if it comes right by itself only.
    mend: Callable[[], None] | None = None


class Pressed(BaseModel):
    """A row, and how it is to stand."""

    id: str
    is_broken: bool


class Breakages:
    """Shows the rows to the page's menu, and does what is pressed there.

    Breaking what is broken, and mending what is whole or mends by itself, changes nothing.
    """

    def __init__(self, rows: Sequence[Breakage], *, on_press: Callable[[], None]) -> None:
        self._rows = {row.id: row for row in rows}
        self._on_press = on_press

    def view(self) -> Sequence[Json]:
        """Every row under its group's heading, as they stand now."""
        groups: dict[str, list[Json]] = {}
        for row in self._rows.values():
            groups.setdefault(row.group, []).append(_row_view(row))
        return [{"title": title, "rows": rows} for title, rows in groups.items()]

    async def press(self, request: Request) -> Json:
        """Break or mend something; the answer is the row as it stands then.

        Raises:
            LookupError: There is no such row.
        """
        pressed = Pressed.model_validate_json(await request.body())
        row = self._rows.get(pressed.id)
        if row is None:
            raise LookupError(f"nothing called {pressed.id} can be broken")
        act = row.break_it if pressed.is_broken else row.mend
        if act is not None and row.look().is_broken is not pressed.is_broken:
            act()
            self._on_press()
        return _row_view(row)


def _row_view(row: Breakage) -> Json:
    look = row.look()
    return {
        "id": row.id,
        "title": row.title,
        "detail": row.detail,
        "state": look.state,
        "note": look.note,
        "isBroken": look.is_broken,
        "canBeMended": row.mend is not None,
    }
