"""Every text of every language within Telegram's limits, with the longest of whatever may stand in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from inspect import Parameter, getmembers, isfunction, signature
from pathlib import Path
from typing import Any

import pytest

from chat.formatting import utf16_length
from chat.language import LANGUAGES, speaking
from domain.account import Account
from domain.change import Way
from domain.failures import FailureReason
from domain.hold import HoldCause
from domain.job import Job, State
from domain.outlook import Outlook
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.quota_refusals import AllowanceSpent, TooDear
from domain.refusals import Banned, EditsNotOffered, PrivateVideoUnchangeable
from domain.request import Original, Photo
from domain.size import Size
from domain.variants import VariantKind
from handlers.commands import menu_of_administrators
from handlers.create.other_kind_texts import WITH_PICTURE, WITHOUT_PICTURE
from handlers.create.picture_formats import PDF, VIDEO
from handlers.create.pictures import FormatNotOpened, NoPicture, PhotoTooHeavy, PictureHidden
from handlers.help import texts as help_texts
from handlers.texts import JOBS_IN_LIST
from sandbox.telegram.entities import read_text
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
    WIDEST,
    Case,
    button,
    caption,
    field,
    longest_alternatives,
    message,
    note,
    variant,
)
from tests.handlers.test_locales import ROOT, TRANSLATED

#: Isolates, and the mark at the beginning of a line.
DIRECTING = dict.fromkeys(map(ord, "\u2068\u2069\u200f"))

NOTES = [
    "handlers.texts.not_yours",
    "handlers.texts.pressed_already",
    "handlers.texts.too_old",
    "handlers.history.texts.on_its_way",
    "handlers.results.texts.deleted",
    "handlers.results.texts.no_variants",
    "handlers.results.texts.price_changed",
    "handlers.results.texts.stays_private",
    "handlers.request.card_texts.kept",
    "handlers.texts.no_video_any_more",
    "handlers.texts.not_on_offer",
    "handlers.settings.texts.not_yours",
    "handlers.sharing.texts.not_shared",
    *(f"handlers.characters.texts.{name}" for name in ("no_model", "no_public_address", "private_video")),
]
FIELDS = [
    "handlers.request.question_texts.example",
    "handlers.request.welcome_texts.photo_wanted",
    "chat.broadcast_texts.wanted",
    "handlers.characters.texts.name_wanted",
    "handlers.request.question_texts.rephrase_wanted",
    "handlers.edits.texts.change_wanted",
    "handlers.sharing.texts.make_first",
    "handlers.sharing.texts.none_of_these_words",
    "handlers.texts.words_wanted",
]
BUTTONS = [
    *(
        f"chat.button_texts.{name}"
        for name in ("anew", "back", "cancel", "make", "make_here", "make_it", "rephrase", "retry")
    ),
    *(f"handlers.request.card_texts.{name}" for name in ("another", "is_default", "keep", "more")),
    *(f"handlers.request.welcome_texts.{name}" for name in ("photo", "surprise", "video_anyway")),
    *(f"handlers.characters.texts.{name}" for name in ("keep", "yes_remove")),
    *(f"handlers.choice_texts.{name}" for name in ("private", "watermark")),
    *(f"handlers.privacy.texts.{name}" for name in ("delete_everything", "keep_everything")),
    *(f"handlers.history.texts.{name}" for name in ("newer", "older")),
    *(
        f"chat.result_texts.{name}"
        for name in (
            "again",
            "change",
            "delete",
            "delete_surely",
            "keep",
            "save_character",
            "share",
            "variants",
        )
    ),
    *(
        f"handlers.settings.texts.{name}"
        for name in ("as_in_telegram", "ask_first_button", "language_button")
    ),
    "handlers.sharing.texts.make_alike",
]
HOURS_LEFT = timedelta(hours=23, minutes=59)
OUTLOOKS = [
    Outlook(progress=progress, left=left, takes_longer=is_late, is_late=is_late)
    for progress in (None, 100)
    for left in (None, timedelta(seconds=1), HOURS_LEFT)
    for is_late in (False, True)
]
DEFAULTS = Preferences(seconds=REQUEST.seconds, private=True, watermark=True, ask_first=True)
ASKED = replace(JOB, state=State.QUEUED, asked_at=NOW)
OVER_BUDGET = replace(JOB, state=State.QUEUED, over_budget_until=NOW + timedelta(hours=23, minutes=59))
TEXTS: dict[str, list[Case]] = {
    **ADMIN_TEXTS,
    **GROUP_TEXTS,
    **{name: [note()] for name in NOTES},
    **{name: [field()] for name in FIELDS},
    **{name: [button()] for name in BUTTONS},
    "handlers.create.texts.left_out": [message((MODEL, 10))],
    "handlers.create.texts.pictures_alone": [message((9,))],
    "handlers.request.card_texts.card": [
        message((REQUEST, MODEL, FUNDS), {"photos": 10, "preferences": DEFAULTS}),
    ],
    "handlers.request.card_texts.question": [
        message((page, MODEL), {"can_keep": True}) for page in ("model", "seconds", "size", "more")
    ],
    "handlers.request.welcome_texts.left": [message((FUNDS,))],
    "handlers.request.card_texts.stays_in_words": [message(("character-timestamps",))],
    "handlers.request.card_texts.not_kept_private": [note((MODEL,))],
    "handlers.characters.texts.added": [message((SAVED,))],
    "handlers.characters.texts.characters": [
        message((saved,), {"has_videos": has_videos})
        for saved in ([SAVED] * MOST, [])
        for has_videos in (True, False)
    ],
    "handlers.characters.texts.from_video": [button((JOB,))],
    "handlers.characters.texts.span": [button((599, 600))],
    "handlers.characters.texts.which_name_for": [message(("W" * 64, 2**52))],
    "handlers.characters.texts.which_seconds": [message((SAVED.name,), {"is_taken": True})],
    "handlers.request.character_refusal_texts.refusal": [],  # in refusal_texts.refusal
    "handlers.characters.texts.remove": [button((SAVED.name,))],
    "handlers.characters.texts.surely_remove": [message((SAVED.name,))],
    "chat.button_texts.instead": [button((model.title, 100)) for model in REAL.models.values()],
    "chat.button_texts.make_for": [button((100,))],
    "chat.result_texts.public": [button((100,))],
    "handlers.models.texts.manage": [button((model,)) for model in REAL.models.values()],
    "handlers.request.card_texts.not_to_be_had": [message((MODEL, MODEL))],
    "handlers.choice_texts.length": [button((600, 100))],
    "handlers.choice_texts.length_alone": [button((600,))],
    "handlers.choice_texts.model": [button((model,)) for model in REAL.models.values()],
    "handlers.privacy.texts.forgotten": [
        message((0,)),
        message((100,)),
        message((0,), {"is_spoken_of": True}),
    ],
    "handlers.privacy.texts.under_way": [message((100,))],
    "handlers.groups.texts.cancelled": [message((JOB, "&" * 128))],
    "handlers.groups.texts.greeting": [message(("w" * 32,), {"needs_access": True})],
    "handlers.help.texts.everything": [message((FUNDS, CATALOGUE))],
    "handlers.history.texts.failed": [message((FAILED,))],
    "handlers.history.texts.history": [message(([FAILED] * 5, CATALOGUE, NOW))],
    "handlers.texts.lost": [message((JOB,))],
    "handlers.history.texts.no_history": [message((), {"is_group": is_group}) for is_group in (True, False)],
    "handlers.history.texts.number_of": [button((JOB,))],
    "handlers.texts.prompt_of": [message((JOB,))],
    "handlers.texts.retried": [note((JOB,))],
    "handlers.texts.waiting": [message((10**6,))],
    "handlers.models.texts.is_default_now": [note((MODEL,))],
    "handlers.models.texts.models": [message(([MODEL] * 6, MODEL.name, 10, 11), {"unlisted": [MODEL.name]})],
    "handlers.models.texts.use_as_default": [button((WIDEST,))],
    "handlers.request.refusal_texts.refusal": [message((TooDear(price=100, allowance=99),))],
    "chat.button_texts.anew_for": [button((100,))],
    "chat.button_texts.without_options": [button((100,))],
    "handlers.request.alternative_texts.characters": [button()],
    "handlers.request.alternative_texts.more_models": [button()],
    "handlers.request.alternative_texts.prices_changed": [note()],
    "handlers.request.alternative_texts.edit_later": [button((100,))],
    "handlers.request.alternative_texts.alternative": [
        button((one, REAL, 20)) for way in Way for one in longest_alternatives(way)
    ],
    "handlers.request.question_texts.movement": [message((20,))],
    "handlers.request.question_texts.rephrase": [message(("&" * 4000,))],
    "handlers.request.question_texts.rephrase_in_group": [message(("&" * 64, 10**12, "&" * 4000))],
    "handlers.request.refusal_texts.note": [
        note((AllowanceSpent(price=9, left=2, allowance=99, frees_at=NOW, wait=timedelta(hours=23)),))
    ],
    "handlers.edits.texts.anew_costs": [message((100,))],
    "handlers.request.refusal_texts.refusal_of_photo": [message((PrivateVideoUnchangeable(), 10))],
    "handlers.edits.texts.cannot_be_edited": [message((EditsNotOffered(MODEL.name, MODEL), 100))],
    "handlers.edits.texts.edit_card": [message((REQUEST, MODEL))],
    "chat.result_texts.variant": [button((variant(kind), REAL)) for kind in VariantKind],
    "handlers.edits.texts.what_should_change_for": [message(("W" * 64, 2**52))],
    "handlers.settings.texts.language": [message((NOTHING_CHOSEN,))],
    "handlers.settings.texts.length_button": [button((600,))],
    "handlers.settings.texts.model_button": [button((WIDEST,))],
    "handlers.settings.texts.page": [message((name,)) for name in ("model", "seconds", "size", "language")],
    "handlers.settings.texts.settings": [
        message((REQUEST, MODEL, preferences)) for preferences in (NOTHING_CHOSEN, DEFAULTS)
    ],
    "handlers.sharing.texts.description": [Case(BUTTON * 2, (JOB, CATALOGUE), is_html=False)],
    "handlers.sharing.texts.title": [field((JOB,))],
    "chat.status_texts.held": [message((HOLD,))],
    "chat.status_texts.job_line": [message((JOB, NOW))],
    "chat.status_texts.status": [
        *(message((JOB, NOW), {"outlook": outlook}) for outlook in OUTLOOKS),
        *(message((replace(JOB, state=state), NOW)) for state in State),
        *(message((replace(JOB, state=state, attempts=1), NOW)) for state in State),
        message(
            (replace(JOB, state=State.QUEUED), NOW),
            {"position": 1000, "starts_at": NOW + timedelta(hours=23)},
        ),
        message((ASKED, NOW)),
        message((OVER_BUDGET, NOW)),
    ],
    "chat.status_texts.unanswered": [message((JOB,))],
    "chat.status_texts.why_held": [message((replace(HOLD, cause=cause),)) for cause in HoldCause],
    "handlers.texts.ask_for_words": [message((number,)) for number in (1, 10)],
    "chat.job_texts.cancelled": [message((JOB,))],
    "chat.job_texts.waits_no_more": [message((JOB,))],
    "chat.job_texts.caption": [
        caption((REQUEST, MODEL)),
        *(
            caption((replace(REQUEST, original=Original(job_id=1, video_id="v", first_prompt=first)), MODEL))
            for first in ("", REQUEST.prompt)
        ),
        caption((REQUEST, MODEL), {"asker": Account(id=2**52, name="🐈&" * 64), "preferences": DEFAULTS}),
    ],
    "chat.job_texts.by_default": [message((REQUEST, MODEL, DEFAULTS))],
    "chat.failure_texts.failure": [
        message((replace(JOB, failure=reason, failure_detail="🐈" * 2000, kept_at=kept_at),))
        for reason in FailureReason
        for kept_at in (None, NOW)
    ],
    "chat.failure_texts.in_a_line": [message((replace(JOB, failure=reason),)) for reason in FailureReason],
    "chat.job_texts.shown_in": [message((REQUEST, 100))],
    "chat.job_texts.in_short": [button((JOB,))],
    "handlers.texts.nothing_left_to_cancel": [note((replace(JOB, state=state),)) for state in State],
    "handlers.texts.nothing_to_cancel": [message(([],)), message(([JOB],))],
    "handlers.texts.older_jobs": [message((1000,))],
    "handlers.create.texts.link": [message()],
    "handlers.create.texts.refusal": [
        *(message((NoPicture(name),)) for name in (None, PDF, VIDEO)),
        message((FormatNotOpened("JPEG 2000"),)),
        message((PhotoTooHeavy(2**31),)),
        message((PictureHidden(),)),
    ],
    "handlers.create.other_kind_texts.use_picture": [button()],
    "handlers.create.other_kind_texts.with_picture": [
        message((kind,), {"is_still": True}) for kind in WITH_PICTURE
    ],
    "handlers.create.other_kind_texts.without_picture": [
        message((kind,)) for kind in (*WITH_PICTURE, *WITHOUT_PICTURE, "")
    ],
    "handlers.create.texts.still": [
        message((Photo(file_id="still", size=Size(10240, 10240)),)),
        message((Photo(file_id="still"),)),
    ],
    "handlers.texts.photo_too_heavy": [message((2**31, 20 * 2**20))],
    "handlers.request.access_texts.refusal": [message((Banned(reason="&" * 9999, until=NOW, now=NOW),))],
    "handlers.request.quota_texts.granted": [message((10_000,))],
    "handlers.request.quota_texts.left": [message((FUNDS,))],
    "handlers.request.quota_texts.refusal": [
        message((AllowanceSpent(price=9, left=2, allowance=99, frees_at=NOW, wait=timedelta(hours=23)),))
    ],
    "handlers.request.quota_texts.report": [message((FUNDS, [JOB] * 100))],
    "handlers.request.character_refusal_texts.shown_name": [],  # a name alone
    "chat.job_texts.what_makes_it": [message((REQUEST, MODEL))],
    "chat.failure_texts.why": [message((reason,)) for reason in FailureReason],
}


PACKAGES = ("bot", "chat", "handlers")


def public_texts() -> Iterator[tuple[str, Callable[..., str]]]:
    """Yield every function and lazy text of the modules that hold words, by `module.function`."""
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*texts.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, member in getmembers(module):
            is_own = isfunction(member) and member.__module__ == module.__name__
            if (is_own or isinstance(member, partial)) and not name.startswith("_"):
                yield f"{module.__name__}.{name}", member


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
    answers = {name for path in (ROOT / "handlers").rglob("*.py") for name in said_in(path)}
    assert len(answers) > 20
    assert {name for name in answers if not all(case.limit == NOTE for case in TEXTS[name])} == set()


def said_in(path: Path) -> set[str]:
    """Return the texts, as `module.function`, that a module answers presses with."""
    source = path.read_text(encoding="utf-8")
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    said = re.findall(r"(?:\.say|PressRefused)\(\s*(\w*texts)\.(\w+)\(", source)
    return {f"{imported[module]}.{name}" for module, name in said}


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
        jobs: tuple[tuple[Job, dict[str, Any]], ...] = (
            *((JOB, {"outlook": outlook}) for outlook in OUTLOOKS),
            (held, {"hold": HOLD}),
            (held, {"position": 1000, "starts_at": NOW + timedelta(hours=23)}),
            (ASKED, {}),
            (OVER_BUDGET, {}),
        )
        job_line = FUNCTIONS["chat.status_texts.job_line"]
        lists = [[job_line(job, NOW, **known)] * JOBS_IN_LIST for job, known in jobs]
        texts = ["\n\n".join([FUNCTIONS["handlers.texts.older_jobs"](1000), *lines]) for lines in lists]
    assert [text for text in texts if length(message(), text) > MESSAGE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_and_the_profile_fit(language: str) -> None:
    with speaking(language):
        commands, description = menu_of_administrators(), help_texts.description()
        short = help_texts.short_description()
    # Bot API: BotCommand, setMyDescription, setMyShortDescription
    assert [words for _, words in commands if not 1 <= len(words) <= 256] == []
    assert (len(description) <= 512, len(short) <= 120) == (True, True)
