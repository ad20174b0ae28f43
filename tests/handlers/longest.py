"""The longest values that texts can contain, for the tables of texts to measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from domain.alternatives import Alternative
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue
from domain.change import Way
from domain.character import LONGEST_NAME, Character
from domain.failures import FailureReason
from domain.hold import Hold, HoldCause
from domain.job import Job, Place, State
from domain.options import PromptOptions
from domain.quota import Charge, Funds, Quota
from domain.render_times import Typical
from domain.request import Photo, VideoRequest
from domain.size import Size
from domain.variants import Variant, VariantKind
from storage.characters import SavedCharacter
from tests.sora_catalogue import sora_catalogue

MESSAGE, CAPTION, NOTE = 4096, 1024, 200  # Bot API: sendMessage, sendVideo, answerCallbackQuery
INPUT_FIELD = 64  # Bot API: ForceReply, InlineQueryResultsButton says as much
BUTTON = 40  # what a phone shows of a button that has a line of its own

PROMPT = "🐈" * 2000
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONGEST_TITLE = "W" * 40
#: Its names and prices are what a button has to hold.
REAL = packaged_catalogue()
CATALOGUE = Catalogue(
    models={
        name: model.model_copy(update={"title": LONGEST_TITLE, "name": (name + "-" * 40)[:40]})
        for name, model in sora_catalogue().models.items()
    },
)
MODEL = CATALOGUE.default_model
WIDEST = max(REAL.models.values(), key=lambda model: len(model.title))
REQUEST = VideoRequest(
    prompt=PROMPT,
    model=MODEL.name,
    seconds=600,
    size=Size(10240, 10240),
    price=100,
    private=True,
    watermark=True,
    photos=(Photo(file_id="photo"),) * 3,
)
JOB = Job(
    id=10**9,
    idempotency_key="message:1:1",
    place=Place(account_id=1, requester_id=1, chat_id=1),
    request=REQUEST,
    state=State.RENDERING,
    created_at=NOW - timedelta(days=6, hours=23),
    due_at=NOW,
    ordered_at=NOW - timedelta(hours=23, minutes=59),
    progress=99,
)
#: What holds orders, with the longest reason that an admin may write.
HOLD = Hold(cause=HoldCause.PAUSE, since=NOW, why="&" * 4096)
FAILED = replace(JOB, state=State.FAILED, failure=FailureReason.UNKNOWN_OUTCOME, failure_detail="🐈" * 2000)
CHARGES = [Charge(at=NOW - timedelta(hours=1), credits=9_990)]
#: Of somebody in a group that pays, with granted credits, where the budget of all is what bounds.
FUNDS = Funds(
    account_id=1,
    own=Quota.of(10_000, CHARGES, NOW, granted=10_000),
    group_id=-1,
    group=Quota.of(10_000, CHARGES, NOW, granted=10_000),
    budget=Quota.of(10_000, CHARGES, NOW),
)
TYPICAL = Typical(lower=timedelta(hours=20), median=timedelta(hours=21), upper=timedelta(hours=22))
SAVED = SavedCharacter(
    id=1,
    owner_id=1,
    name="w" * LONGEST_NAME,
    character=Character(url=f"https://{'x' * 60}.example.org/clip.mp4", start=1234.5, end=1237.5),
)


def variant(kind: VariantKind) -> Variant:
    request = replace(REQUEST, model=WIDEST.name, size=WIDEST.sizes[0], seconds=25, price=25)
    return Variant(kind=kind, request=request)


def longest_alternatives(way: Way) -> list[Alternative]:
    """Return what may stand on a button under a refusal: of models each one, for it has a whole row."""
    models = REAL.models.values() if way in {Way.MODEL, Way.PHOTOS} else [WIDEST]
    return [
        Alternative(
            way=way,
            options=PromptOptions(prompt="", model=model.name, seconds=60, shape=Size(10240, 10241)),
            price=25,
            photos=2 if way is Way.PHOTOS else 20,
            name="w" * (LONGEST_NAME // 2),
        )
        for model in models
    ]


@dataclass(frozen=True, slots=True)
class Case:
    """A text as long as it gets; `is_html` is what Telegram reads before it counts."""

    limit: int
    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] | None = None
    is_html: bool = True


message, caption = partial(Case, MESSAGE), partial(Case, CAPTION)
note, field = partial(Case, NOTE, is_html=False), partial(Case, INPUT_FIELD, is_html=False)
button = partial(Case, BUTTON, is_html=False)
