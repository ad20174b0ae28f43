"""What the page's person may break around the bot: a row for each, how it stands, and what to watch for then."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel
from starlette.requests import Request

from sandbox.practice.view import Json
from sandbox.video_api.server import VideoApiSandbox

ASK = "Ask for a video: it waits, shows what can make it instead, and the next one is made by another model."
ASK_BY_NAME = (
    "Ask for a video with --model {name}: it waits, shows what can make it instead, "
    "and the next one is offered another model at once."
)
LOOK_AGAIN = (
    "The bot finds out by a video that waits for it: within some minutes, "
    "or at once when the Operator sends /upstream and presses “Try now”."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """One row of the menu. Breaking what is broken, and mending what is whole, changes nothing."""

    #: What tells it from all others.
    id: str
    #: The heading that it stands below, beside its neighbours of the same group.
    group: str
    title: str
    #: What the title means, in small letters.
    detail: str
    #: How it is called while it is whole, and while it is broken.
    whole: str
    broken: str
    is_broken: Callable[[], bool]
    break_it: Callable[[], None]
    mend: Callable[[], None]
    #: What to watch for when it is broken, and when it is mended.
    on_broken: str
    on_mended: str


class Pressed(BaseModel):
    """A row, and how it is to stand."""

    id: str
    is_broken: bool


class Breakages:
    """Answers what the page's menu asks and what is pressed there."""

    def __init__(self, rows: Sequence[Breakage]) -> None:
        self._rows = {row.id: row for row in rows}

    async def list_all(self, _request: Request) -> Json:
        """Every row under its group's heading, as they stand now."""
        groups: dict[str, list[Json]] = {}
        for row in self._rows.values():
            groups.setdefault(row.group, []).append(_row_view(row))
        return {"groups": [{"title": title, "rows": rows} for title, rows in groups.items()]}

    async def press(self, request: Request) -> Json:
        """Break or mend something.

        Raises:
            LookupError: There is no such row.
        """
        pressed = Pressed.model_validate_json(await request.body())
        row = self._rows.get(pressed.id)
        if row is None:
            raise LookupError(f"nothing called {pressed.id} can be broken")
        (row.break_it if pressed.is_broken else row.mend)()
        return {"notice": row.on_broken if pressed.is_broken else row.on_mended}


def breakages(video_api: VideoApiSandbox, *, titles: Mapping[str, str]) -> Sequence[Breakage]:
    """The rows of the menu in its order; `titles` are what people read for the names of models at the API."""
    return [*_model_ends(video_api, titles)]


def _model_ends(video_api: VideoApiSandbox, titles: Mapping[str, str]) -> Iterator[Breakage]:
    """Each model of the API, the one that is taken by default first; it ends as most do, and is still listed."""
    retired = video_api.account.retired
    for number, name in enumerate(video_api.account.offered):
        title = titles.get(name, name)
        yield Breakage(
            id=f"model:{name}",
            group="Let a model end",
            title=title,
            detail=name,
            whole="lives",
            broken="ended",
            is_broken=partial(retired.__contains__, name),
            break_it=partial(video_api.retire, name),
            mend=partial(video_api.revive, name),
            on_broken=f"{title} has ended. {ASK_BY_NAME.format(name=name) if number else ASK}",
            on_mended=f"{title} is back. {LOOK_AGAIN}",
        )


def _row_view(row: Breakage) -> Json:
    is_broken = row.is_broken()
    return {
        "id": row.id,
        "title": row.title,
        "detail": row.detail,
        "state": row.broken if is_broken else row.whole,
        "isBroken": is_broken,
    }
