"""The buttons under finished videos: only what makes sense, in as few bytes as Telegram takes, and read back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, User, Video

from chat import callback_data, job_keyboards, result_keyboard
from chat.callback_data import ButtonKind, CallbackData
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.failures import FailureReason
from domain.job import Job, State
from domain.request import Original
from domain.size import Size
from domain.variants import variants_of
from sandbox.serving import serving
from sandbox.telegram.server import TelegramSandbox
from tests.sora_catalogue import sora_catalogue

LARGEST_ID = 10**18 - 1
LONGEST_NAME = "m" * 40
HUNDREDS = 'default = "m0"\n' + "\n".join(
    f'[models.m{number}]\ntitle = "{"T" * 40}"\nprice = {{ 5 = 1 }}\nsizes = ["1280x720"]'
    for number in range(300)
)
LONG_NAMES = f"""\
default = "short"
[models.short]
title = "Short"
price = {{ 600 = 1, 599 = 1 }}
sizes = ["10240x10240", "10000x10000"]
[models.{LONGEST_NAME}]
title = "Long"
price = {{ 600 = 1 }}
sizes = ["10240x10240"]
"""
OFFERED = {
    "everything": ({}, [ButtonKind.AGAIN, ButtonKind.CHANGE, ButtonKind.VARIANTS, "#7", ButtonKind.DELETE]),
    "private": (
        {"private": True},
        [
            ButtonKind.AGAIN,
            ButtonKind.PRIVATE,
            ButtonKind.VARIANTS,
            ButtonKind.PRIVATE,
            ButtonKind.DELETE,
        ],
    ),
    "private and no edits": (
        {"private": True, "model": "veo", "seconds": 8},
        [ButtonKind.AGAIN, ButtonKind.VARIANTS, ButtonKind.PRIVATE, ButtonKind.DELETE],
    ),
    "no edits": (
        {"model": "veo", "seconds": 8},
        [ButtonKind.AGAIN, ButtonKind.VARIANTS, "#7", ButtonKind.DELETE],
    ),
    "model gone": ({"model": "sora-1"}, [ButtonKind.AGAIN, ButtonKind.VARIANTS, "#7", ButtonKind.DELETE]),
}


@pytest.fixture(name="bot_of")
async def _bot_of() -> AsyncIterator[Callable[..., Awaitable[Bot]]]:
    """Return a factory of bots that know what they are set up for."""
    async with AsyncExitStack() as opened:

        async def make(*, has_inline_mode: bool = True) -> Bot:
            telegram = TelegramSandbox(inline_mode=has_inline_mode)
            origin = await opened.enter_async_context(serving(telegram.app))
            bot = Bot(telegram.token, base_url=f"{origin}/bot")
            await bot.initialize()
            opened.push_async_callback(bot.shutdown)
            return bot

        yield make


def under(markup: InlineKeyboardMarkup) -> list[InlineKeyboardButton]:
    return [button for row in markup.inline_keyboard for button in row]


def said_by(button: InlineKeyboardButton) -> CallbackData | str | None:
    """Return what a button carries, or what it types into another chat."""
    if button.switch_inline_query_chosen_chat is not None:
        return button.switch_inline_query_chosen_chat.query
    return callback_data.read(str(button.callback_data))


@pytest.mark.parametrize(("changes", "expected"), OFFERED.values(), ids=OFFERED.keys())
async def test_only_what_makes_sense_is_offered(
    changes: dict[str, Any],
    expected: list[ButtonKind | str],
    bot_of: Callable[..., Awaitable[Bot]],
    job_in: Callable[..., Job],
    catalogue: Catalogue,
) -> None:
    job = job_in(State.DONE)
    job = replace(job, request=replace(job.request, **changes))
    said = [said_by(one) for one in under(result_keyboard.of_video(job, catalogue, await bot_of()))]
    # In a group the number is signed, so that anybody there may share the video.
    offered = [one.partition(" ")[0] if isinstance(one, str) else one for one in said]
    assert offered == [CallbackData(one, job.id) if isinstance(one, ButtonKind) else one for one in expected]


LENDING = {
    "public": ({}, "https://cdn.example.org/7.mp4", True),
    "expires, perhaps": ({}, "https://cdn.example.org/7?expires=1", True),
    "without an address": ({}, None, False),
    "on this machine": ({}, "http://127.0.0.1:9/7.mp4", False),
    "private": ({"private": True}, "https://cdn.example.org/7.mp4", False),
    "of a model that knows none": ({"model": "veo", "seconds": 8}, "https://cdn.example.org/7.mp4", False),
    "of a model that is gone": ({"model": "sora-1"}, "https://cdn.example.org/7.mp4", False),
}


@pytest.mark.parametrize(("changes", "address", "is_offered"), LENDING.values(), ids=LENDING.keys())
async def test_a_character_is_offered_where_the_video_can_lend_one(  # noqa: PLR0917 - fixtures
    changes: dict[str, Any],
    address: str | None,
    is_offered: bool,  # noqa: FBT001 - of the table
    bot_of: Callable[..., Awaitable[Bot]],
    job_in: Callable[..., Job],
    catalogue: Catalogue,
) -> None:
    job = job_in(State.DONE, video_url=address)
    job = replace(job, request=replace(job.request, **changes))
    said = [said_by(one) for one in under(result_keyboard.of_video(job, catalogue, await bot_of()))]
    assert (CallbackData(ButtonKind.SAVE_CHARACTER, job.id) in said) == is_offered


async def test_a_bot_without_inline_mode_offers_no_sharing(
    bot_of: Callable[..., Awaitable[Bot]], job_in: Callable[..., Job], catalogue: Catalogue
) -> None:
    bot = await bot_of(has_inline_mode=False)
    offered = [said_by(one) for one in under(result_keyboard.of_video(job_in(State.DONE), catalogue, bot))]
    assert "#7" not in offered


def test_each_variant_is_read_back_as_it_was_and_fits(job_in: Callable[..., Job]) -> None:
    catalogue = parse_catalogue(LONG_NAMES)
    job = job_in(State.DONE, id=LARGEST_ID)
    job = replace(job, request=replace(job.request, model="short", seconds=600, size=Size(10240, 10240)))
    variants = variants_of(job.request, catalogue)
    *shown, back = under(result_keyboard.of_variants(job, variants, catalogue))
    assert [said_by(one) for one in shown] == [
        CallbackData(ButtonKind.VARY, LARGEST_ID, value) for value in ("=10000x10000", "+599", LONGEST_NAME)
    ]
    assert said_by(back) == CallbackData(ButtonKind.RESULT, LARGEST_ID)
    assert max(len(str(one.callback_data).encode()) for one in shown) == 63  # Bot API: callback_data, 64


def test_of_hundreds_of_models_so_many_are_offered_as_telegram_shows(job_in: Callable[..., Job]) -> None:
    catalogue, job = parse_catalogue(HUNDREDS), job_in(State.DONE)
    shown = under(result_keyboard.of_variants(job, variants_of(job.request, catalogue), catalogue))
    assert len(shown) == 41


def test_deletion_is_asked_for_twice(job_in: Callable[..., Job]) -> None:
    shown = under(result_keyboard.of_deletion(job_in(State.DONE)))
    assert [said_by(one) for one in shown] == [
        CallbackData(ButtonKind.DELETE, 7, result_keyboard.SURELY),
        CallbackData(ButtonKind.RESULT, 7),
    ]


async def test_every_keyboard_of_a_video_names_its_job(
    bot_of: Callable[..., Awaitable[Bot]],
    job_in: Callable[..., Job],
    catalogue: Catalogue,
    now: datetime,
) -> None:
    job = job_in(State.DONE)
    keyboards = [
        result_keyboard.of_video(job, catalogue, await bot_of()),
        result_keyboard.of_variants(job, variants_of(job.request, catalogue), catalogue),
        result_keyboard.of_deletion(job),
        result_keyboard.of_private(job, job.request),
    ]
    assert [result_keyboard.job_id_under(shown(keyboard, now, is_video=True)) for keyboard in keyboards] == [
        7
    ] * 4
    assert {result_keyboard.job_id_under(shown(keyboard, now, is_video=False)) for keyboard in keyboards} == {
        None
    }


def test_what_is_no_finished_video_of_ours_names_no_job(job_in: Callable[..., Job], now: datetime) -> None:
    failed = job_keyboards.retry(job_in(State.FAILED, failure=FailureReason.MODERATED), sora_catalogue())
    foreign = InlineKeyboardMarkup([[InlineKeyboardButton("?", url="https://example.com")]])
    for keyboard in (failed, foreign, None):
        assert result_keyboard.job_id_under(shown(keyboard, now, is_video=True)) is None


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (FailureReason.ORIGINAL_GONE, [ButtonKind.ANEW]),
        (FailureReason.MODEL_GONE, [ButtonKind.ANEW]),
        (FailureReason.REFUSED, [ButtonKind.RETRY, ButtonKind.ANEW]),
        (FailureReason.RENDER_FAILED, [ButtonKind.RETRY, ButtonKind.ANEW]),
        (FailureReason.BUSY, [ButtonKind.RETRY]),
    ],
    ids=str,
)
def test_a_failed_edit_can_be_made_new_where_that_may_help(
    reason: FailureReason, expected: list[ButtonKind], job_in: Callable[..., Job]
) -> None:
    job = job_in(State.FAILED, failure=reason)
    edit = replace(job, request=replace(job.request, original=Original(job_id=1, video_id="v")))
    markup = job_keyboards.retry(edit, sora_catalogue())
    assert markup is not None
    assert [said_by(one) for one in under(markup)] == [CallbackData(press, job.id) for press in expected]


@pytest.mark.parametrize(
    ("is_of_model", "expected"),
    [(True, [ButtonKind.ANEW, ButtonKind.CANCEL]), (False, [ButtonKind.CANCEL])],
    ids=["for its model", "for all"],
)
def test_an_edit_that_waits_can_be_made_new_where_it_waits_for_its_model(
    is_of_model: bool,  # noqa: FBT001 - a table's column
    expected: list[ButtonKind],
    job_in: Callable[..., Job],
) -> None:
    job = job_in(State.QUEUED)
    edit = replace(job, request=replace(job.request, original=Original(job_id=1, video_id="v")))
    markup = job_keyboards.of_status(edit, without_model=sora_catalogue() if is_of_model else None)
    assert markup is not None
    assert [said_by(one) for one in under(markup)] == [CallbackData(press, job.id) for press in expected]


def shown(keyboard: InlineKeyboardMarkup | None, now: datetime, *, is_video: bool) -> Message:
    """Return a message of Telegram's with the keyboard."""
    video = Video("file", "unique", 720, 1280, 10) if is_video else None
    return Message(
        1,
        now,
        Chat(1, "private"),
        from_user=User(2, "Reelbot", is_bot=True),
        video=video,
        reply_markup=keyboard,
    )
