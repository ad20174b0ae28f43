"""The error tree: what each error ends a job of, and that what can be repeated is told from what is over."""

from datetime import timedelta

import pytest

from domain.failures import FailureReason
from upstream import errors
from upstream.errors import (
    AccountBroken,
    Busy,
    ClipTooLarge,
    Expired,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    NotSaved,
    NotSent,
    Over,
    Refused,
    TryLater,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
    Withheld,
)

TREE = [
    (Refused, Over, FailureReason.REFUSED),
    (Moderated, Over, FailureReason.MODERATED),
    (Gone, Over, FailureReason.VANISHED),
    (Expired, Over, FailureReason.EXPIRED),
    (ClipTooLarge, Over, FailureReason.CLIP_TOO_LARGE),
    (KeyRefused, AccountBroken, FailureReason.KEY_REFUSED),
    (NoCredit, AccountBroken, FailureReason.NO_CREDIT),
    (ModelGone, AccountBroken, FailureReason.MODEL_GONE),
    (Busy, TryLater, FailureReason.BUSY),
    (NotSent, TryLater, FailureReason.UNREACHABLE),
    (NotReady, TryLater, FailureReason.CLIP_MISSING),
    (Withheld, TryLater, FailureReason.CLIP_MISSING),
    (Unreachable, TryLater, FailureReason.UNREACHABLE),
    (Garbled, TryLater, FailureReason.CLIP_MISSING),
    (NotSaved, TryLater, FailureReason.INTERNAL),
    (UnknownOutcome, VideoApiError, FailureReason.UNKNOWN_OUTCOME),
]


@pytest.mark.parametrize(("error", "branch", "reason"), TREE, ids=[error.__name__ for error, *_ in TREE])
def test_each_error_is_on_the_branch_of_what_to_do_and_has_the_reason_it_ends_a_job_of(
    error: type[VideoApiError], branch: type[VideoApiError], reason: FailureReason
) -> None:
    assert (error.__bases__, error.reason) == ((branch,), reason)


@pytest.mark.parametrize("error", [error for error, *_ in TREE], ids=lambda error: error.__name__)
def test_each_error_stands_in_the_drawing_of_the_tree(error: type[VideoApiError]) -> None:
    assert f"── {error.__name__} " in (errors.__doc__ or "")


def test_an_error_says_what_happened_and_keeps_the_words_of_the_api_apart() -> None:
    error = Refused("the API answered 400", detail="prompt is required")
    assert (str(error), error.detail) == ("the API answered 400: prompt is required", "prompt is required")


def test_an_error_that_can_be_repeated_says_when() -> None:
    assert Busy("the API answered 429", retry_after=timedelta(seconds=7)).retry_after == timedelta(seconds=7)
