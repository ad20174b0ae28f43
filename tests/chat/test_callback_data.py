"""Buttons: what they carry fits, is read back as it was, and anything else is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat import callback_data, job_keyboards
from chat.callback_data import ButtonKind, CallbackData
from domain.failures import FailureReason
from domain.job import Job, State
from tests.sora_catalogue import sora_catalogue

LARGEST_ID = 10**18 - 1
STRANGE = [
    None,
    "",
    "1",
    "1:make",
    "1:make:",
    "1:make:x",
    "1:make:-1",
    "1:make:١٢",
    "1:make:²",
    f"1:make:{'9' * 19}",
    f"1:make:{'9' * 25}",
    "1:make:1:2:3",
    "2:make:1",
    "1:eat:1",
    "🐈",
    ":::",
]
HOPELESS = {
    FailureReason.PHOTO_BROKEN,
    FailureReason.PHOTO_GONE,
    FailureReason.PHOTO_TOO_LARGE,
    FailureReason.CLIP_REFUSED,
    FailureReason.ORIGINAL_GONE,
}


def under(markup: InlineKeyboardMarkup | None) -> list[InlineKeyboardButton]:
    assert markup is not None
    return [button for row in markup.inline_keyboard for button in row]


def read(button: InlineKeyboardButton) -> CallbackData | None:
    assert isinstance(button.callback_data, str)
    return callback_data.read(button.callback_data)


EARLIER = {
    "1:v:7:model=veo3": CallbackData(ButtonKind.VARY, 7, "model=veo3"),
    "1:uncast:7:yes": CallbackData(ButtonKind.REMOVE_CHARACTER, 7, "yes"),
    "1:new:7": CallbackData(ButtonKind.ANEW_OF_DRAFT, 7),
    "1:in:0:-100": CallbackData(ButtonKind.LET_IN, 0, "-100"),
    "1:castnot:7": CallbackData(ButtonKind.BROADCAST_CANCEL, 7),
}


@pytest.mark.parametrize(("data", "meant"), EARLIER.items(), ids=list(EARLIER))
def test_what_earlier_versions_wrote_is_read_as_it_was_meant(data: str, meant: CallbackData) -> None:
    assert callback_data.read(data) == meant


def test_each_button_is_read_back_as_it_was_and_fits(job_in: Callable[..., Job]) -> None:
    job = job_in(State.QUEUED, id=LARGEST_ID, prompt="🐈" * 4000)
    failed = job_in(State.FAILED, id=LARGEST_ID, failure=FailureReason.MODERATED)
    shown = [
        *under(job_keyboards.retry(failed, sora_catalogue())),
        *under(job_keyboards.of_status(job)),
        *under(job_keyboards.cancel_each([job])),
    ]
    assert [read(button) for button in shown] == [
        CallbackData(press, LARGEST_ID)
        for press in (ButtonKind.REPHRASE, ButtonKind.RETRY, ButtonKind.CANCEL, ButtonKind.CANCEL)
    ]
    assert max(len(str(button.callback_data).encode()) for button in shown) <= 64  # Bot API: callback_data
    assert max(len(button.text) for button in shown) < 50


@pytest.mark.parametrize("data", STRANGE)
def test_what_no_button_of_ours_carries_is_nothing(data: str | None) -> None:
    assert callback_data.read(data) is None


ACCOUNTS = {
    "7": 7,
    "-1001234567890": -1001234567890,
    "": None,
    "x": None,
    "١": None,
    "--1": None,
    "9" * 19: None,
}


@pytest.mark.parametrize(("value", "account_id"), ACCOUNTS.items())
def test_a_value_names_an_account_or_is_made_up(value: str, account_id: int | None) -> None:
    assert callback_data.account_id_in(value) == account_id


@pytest.mark.parametrize("reason", FailureReason)
def test_trying_again_is_offered_unless_it_can_only_fail(
    reason: FailureReason, job_in: Callable[..., Job]
) -> None:
    offered = job_keyboards.retry(job_in(State.FAILED, failure=reason), sora_catalogue()) is not None
    assert offered == (reason not in HOPELESS)


@pytest.mark.parametrize("state", State)
def test_only_a_queued_job_can_be_called_off(state: State, job_in: Callable[..., Job]) -> None:
    job = job_in(state)
    assert (job_keyboards.of_status(job) is not None) == (state is State.QUEUED)
    assert (job_keyboards.cancel_each([job]) is not None) == (state is State.QUEUED)


@pytest.mark.parametrize("state", State)
def test_nobody_need_wait_for_a_video_that_is_late(state: State, job_in: Callable[..., Job]) -> None:
    offer = job_keyboards.of_status(job_in(state), is_late=True)
    stops = offer is not None and offer.inline_keyboard[0][0].text == "🔕 Stop waiting"
    assert stops == (state is State.RENDERING)


def test_a_list_has_a_button_for_each_job_in_the_queue_in_its_order(job_in: Callable[..., Job]) -> None:
    jobs = [
        job_in(State.QUEUED, id=1, prompt="a cat"),
        job_in(State.RENDERING, id=2, video_id="v"),
        job_in(State.QUEUED, id=3, prompt="a lighthouse in a winter storm"),
    ]
    shown = under(job_keyboards.cancel_each(jobs))
    assert [(button.text, read(button)) for button in shown] == [
        ("✋ Cancel “a cat”", CallbackData(ButtonKind.CANCEL, 1)),
        ("✋ Cancel “a lighthouse in a winte…”", CallbackData(ButtonKind.CANCEL, 3)),
    ]
