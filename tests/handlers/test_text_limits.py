"""Every text of every language within Telegram's limits, with the longest of whatever may stand in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from inspect import Parameter, getmembers, isfunction, signature
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.account import Account
from domain.failures import FailureReason
from domain.hold import HoldCause
from domain.job import State
from domain.preferences import NOTHING_CHOSEN
from domain.quota_refusals import AllowanceSpent, TooDear
from domain.refusals import Banned, EditsNotOffered, PrivateVideoUnchangeable
from domain.request import Original, Photo
from domain.size import Size
from domain.variants import VariantKind
from handlers import help_texts
from handlers.language import LANGUAGES, speaking
from handlers.measures import utf16_length
from handlers.picture_formats import PDF, VIDEO
from handlers.pictures import FormatNotOpened, NoPicture, PhotoTooHeavy, PictureHidden
from handlers.texts import JOBS_IN_LIST
from sandbox.entities import read_text
from storage.characters import MOST
from tests.handlers.admin.longest_texts import ADMIN_TEXTS
from tests.handlers.groups.longest_texts import GROUP_TEXTS
from tests.handlers.longest import (
    BUTTON,
    CATALOGUE,
    FAILED,
    FUNDS,
    HOLD,
    JOB,
    MESSAGE,
    MODEL,
    NOTE,
    NOW,
    REAL,
    REQUEST,
    SAVED,
    TYPICAL,
    WIDEST,
    Case,
    button,
    caption,
    field,
    message,
    note,
    variant,
)
from tests.handlers.test_locales import ROOT, TRANSLATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Isolates, and the mark at the beginning of a line.
DIRECTING = dict.fromkeys(map(ord, "\u2068\u2069\u200f"))

NOTES = [
    "texts.not_yours",
    "texts.pressed_already",
    "texts.too_old",
    "history_texts.on_its_way",
    "result_texts.deleted",
    "result_texts.no_variants",
    "result_texts.no_video_any_more",
    "result_texts.variant_gone",
    "settings_texts.not_yours",
    "sharing_texts.not_shared",
]
FIELDS = [
    "question_texts.example",
    "result_texts.change_wanted",
    "sharing_texts.make_first",
    "sharing_texts.none_of_these_words",
    "texts.words_wanted",
]
BUTTONS = [
    *(f"button_texts.{name}" for name in ("anew", "back", "cancel", "make", "make_here", "make_it", "retry")),
    *(f"character_texts.{name}" for name in ("keep", "yes_remove")),
    *(f"choice_texts.{name}" for name in ("private", "watermark")),
    *(f"forgetting_texts.{name}" for name in ("delete_everything", "keep_everything")),
    *(f"history_texts.{name}" for name in ("newer", "older")),
    *(
        f"result_texts.{name}"
        for name in ("again", "change", "delete", "delete_surely", "keep", "share", "variants")
    ),
    *(f"settings_texts.{name}" for name in ("as_in_telegram", "ask_first_button", "language_button")),
    "sharing_texts.make_alike",
]
ASKED = replace(JOB, state=State.QUEUED, asked_at=NOW)
OVER_BUDGET = replace(JOB, state=State.QUEUED, over_budget_until=NOW + timedelta(hours=23, minutes=59))
TEXTS: dict[str, list[Case]] = {
    **ADMIN_TEXTS,
    **GROUP_TEXTS,
    **{name: [note()] for name in NOTES},
    **{name: [field()] for name in FIELDS},
    **{name: [button()] for name in BUTTONS},
    "album_texts.left_out": [message((MODEL, 10, CATALOGUE))],
    "album_texts.pictures_alone": [message((9,))],
    "card_texts.card": [
        message((REQUEST, MODEL, FUNDS), {"photos": 10, "page": page})
        for page in ("", "model", "seconds", "size")
    ],
    "card_texts.stays_in_words": [message(("character-timestamps",))],
    "card_texts.not_kept_private": [note((MODEL,))],
    "character_texts.added": [message((SAVED,))],
    "character_texts.characters": [message(([SAVED] * MOST,)), message(([],))],
    "character_texts.refusal": [],  # in refusal_texts.refusal
    "character_texts.remove": [button((SAVED.name,))],
    "character_texts.surely_remove": [message((SAVED.name,))],
    "choice_texts.length": [button((600, 100))],
    "choice_texts.length_alone": [button((600,))],
    "choice_texts.model": [button((model,)) for model in REAL.models.values()],
    "choice_texts.shape_of": [button((Size(10240, 10241),))],
    "forgetting_texts.forgotten": [message((0,)), message((100,)), message((0,), {"is_spoken_of": True})],
    "forgetting_texts.under_way": [message((100,))],
    "greeting_texts.called_off": [message((JOB, "&" * 128))],
    "greeting_texts.greeting": [
        message(("w" * 32,), {"is_admin": is_admin, "is_private": is_private})
        for is_admin in (True, False)
        for is_private in (True, False)
    ],
    "help_texts.everything": [message((FUNDS, CATALOGUE))],
    "help_texts.menu": [],  # below
    "help_texts.menu_of_administrators": [],  # below
    "help_texts.welcome": [message((FUNDS, CATALOGUE))],
    "history_texts.failed": [message((FAILED,))],
    "history_texts.history": [message(([FAILED] * 5, CATALOGUE, NOW))],
    "history_texts.lost": [message((JOB,))],
    "history_texts.no_history": [message((), {"is_group": is_group}) for is_group in (True, False)],
    "history_texts.number_of": [button((JOB,))],
    "history_texts.prompt_of": [message((JOB,))],
    "history_texts.retried": [note((JOB,))],
    "history_texts.waiting": [message((10**6,))],
    "model_texts.is_default_now": [note((MODEL,))],
    "model_texts.models": [message(([MODEL] * 6, MODEL.name, 10, 11))],
    "model_texts.use_as_default": [button((WIDEST,))],
    "refusal_texts.refusal": [message((TooDear(price=100, allowance=99),))],
    "refusal_texts.refusal_of_photo": [message((PrivateVideoUnchangeable(), 10))],
    "result_texts.cannot_be_edited": [message((EditsNotOffered(MODEL.name, MODEL), 100))],
    "result_texts.edit_card": [message((REQUEST, MODEL))],
    "result_texts.variant": [button((variant(kind), REAL)) for kind in VariantKind],
    "result_texts.what_should_change_for": [message(("W" * 64, 2**52))],
    "settings_texts.language": [message((NOTHING_CHOSEN,))],
    "settings_texts.length_button": [button((600,))],
    "settings_texts.model_button": [button((WIDEST,))],
    "settings_texts.on_or_off": [message((), {"is_on": is_on}) for is_on in (True, False)],
    "settings_texts.page": [message((name,)) for name in ("model", "seconds", "size", "language")],
    "settings_texts.settings": [message((REQUEST, MODEL, NOTHING_CHOSEN))],
    "sharing_texts.description": [Case(BUTTON * 2, (JOB, CATALOGUE), is_html=False)],
    "sharing_texts.title": [field((JOB,))],
    "status_texts.held": [message((HOLD,))],
    "status_texts.job_line": [message((JOB, NOW, None))],
    "status_texts.status": [
        message((JOB, NOW), {"typical": TYPICAL}),
        message((JOB, NOW)),
        *(message((replace(JOB, state=state), NOW)) for state in State),
        *(message((replace(JOB, state=state, attempts=1), NOW)) for state in State),
        message(
            (replace(JOB, state=State.QUEUED), NOW), {"place": 1000, "starts_at": NOW + timedelta(hours=23)}
        ),
        message((ASKED, NOW)),
        message((OVER_BUDGET, NOW)),
    ],
    "status_texts.unanswered": [message((JOB,))],
    "status_texts.why_held": [message((replace(HOLD, cause=cause),)) for cause in HoldCause],
    "texts.ask_for_words": [message((number,)) for number in (1, 10)],
    "texts.cancelled": [message((JOB,))],
    "texts.waits_no_more": [message((JOB,))],
    "texts.caption": [
        caption((REQUEST, MODEL)),
        caption((replace(REQUEST, original=Original(job_id=1, video_id="v")), MODEL)),
        caption((REQUEST, MODEL), {"asker": Account(id=2**52, name="🐈&" * 64)}),
    ],
    "texts.failure": [
        message((reason, "🐈" * 2000), {"is_charged": is_charged})
        for reason in FailureReason
        for is_charged in (True, False)
    ],
    "texts.in_short": [button((JOB,))],
    "texts.nothing_left_to_cancel": [note((replace(JOB, state=state),)) for state in State],
    "texts.nothing_to_cancel": [message(([],)), message(([JOB],))],
    "texts.older_jobs": [message((1000,))],
    "picture_texts.link": [message()],
    "picture_texts.refusal": [
        *(message((NoPicture(name),)) for name in (None, PDF, VIDEO)),
        message((FormatNotOpened("JPEG 2000"),)),
        message((PhotoTooHeavy(2**31),)),
        message((PictureHidden(),)),
    ],
    "picture_texts.still": [
        message((Photo(file_id="still", size=Size(10240, 10240)),)),
        message((Photo(file_id="still"),)),
    ],
    "texts.photo_too_heavy": [message((2**31, 20 * 2**20))],
    "access_texts.moment": [message((NOW,))],
    "access_texts.refusal": [message((Banned(reason="&" * 9999, until=NOW),))],
    "quota_texts.granted": [message((10_000,))],
    "quota_texts.left": [message((FUNDS,))],
    "quota_texts.refusal": [
        message((AllowanceSpent(price=9, left=2, allowance=99, frees_at=NOW, wait=timedelta(hours=23)),))
    ],
    "quota_texts.report": [message((FUNDS, [JOB] * 100))],
    "texts.quoted": [],  # no words of ours
    "texts.what_makes_it": [message((REQUEST, MODEL))],
    "texts.why": [message((reason,)) for reason in FailureReason],
}


def public_texts() -> Iterator[tuple[str, Callable[..., str]]]:
    """Yield every function of the modules that hold words, by `module.function`."""
    for path in sorted((ROOT / "handlers").rglob("*texts.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{path.stem}.{name}", function


FUNCTIONS = dict(public_texts())


def takes_nothing(function: Callable[..., str]) -> bool:
    return not any(it.default is Parameter.empty for it in signature(function).parameters.values())


def length(case: Case, text: str) -> int:
    """Count as Telegram does; on a button only what can be seen."""
    shown = read_text(text, parse_mode="HTML", given=[])[0] if case.is_html else text
    return utf16_length(shown.translate(DIRECTING) if case.limit == BUTTON else shown)


def test_every_text_is_measured() -> None:
    measured = {*TEXTS, *(name for name, function in FUNCTIONS.items() if takes_nothing(function))}
    assert sorted(FUNCTIONS.keys() - measured) == []
    assert sorted(TEXTS.keys() - FUNCTIONS.keys()) == []


def test_whatever_a_press_is_answered_with_is_measured_as_that() -> None:
    said = re.compile(r"\.say\(\s*(\w*texts\.\w+)\(")
    sources = [path.read_text(encoding="utf-8") for path in Path(ROOT / "handlers").rglob("*.py")]
    answers = {name for source in sources for name in said.findall(source)}
    assert {name for name in answers if not all(case.limit == NOTE for case in TEXTS[name])} == set()


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_every_text_fits_at_its_longest(language: str) -> None:
    with speaking(language):
        said = [
            (name, case, FUNCTIONS[name](*case.arguments, **case.named or {}))
            for name in FUNCTIONS
            for case in TEXTS.get(name, [message()])
        ]
    assert [(name, text) for name, case, text in said if not 0 < length(case, text) <= case.limit] == []


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_the_longest_list_of_jobs_fits(language: str) -> None:
    with speaking(language):
        held = replace(JOB, state=State.QUEUED)
        jobs = (JOB, NOW, None), (held, NOW, None, HOLD), (ASKED, NOW, None), (OVER_BUDGET, NOW, None)
        lists = [[FUNCTIONS["status_texts.job_line"](*job)] * JOBS_IN_LIST for job in jobs]
        texts = ["\n\n".join([FUNCTIONS["texts.older_jobs"](1000), *lines]) for lines in lists]
    assert [text for text in texts if length(message(), text) > MESSAGE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_and_the_profile_fit(language: str) -> None:
    with speaking(language):
        commands, description = help_texts.menu_of_administrators(), help_texts.description()
        short = help_texts.short_description()
    # Bot API: BotCommand, setMyDescription, setMyShortDescription
    assert [words for _, words in commands if not 1 <= len(words) <= 256] == []
    assert (len(description) <= 512, len(short) <= 120) == (True, True)
