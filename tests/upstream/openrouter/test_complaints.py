"""OpenRouter's errors, each judged by what to do about it, and told in words that are for people."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.answers import classify
from upstream.answers.response import Answer
from upstream.errors import (
    Busy,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    Refused,
    UnknownOutcome,
    VideoApiError,
)
from upstream.openrouter import complaints


def error(number: int, message: str, **metadata: object) -> Answer:
    told: dict[str, Any] = {"code": number, "message": message}
    return Answer(number=number, json={"error": told | ({"metadata": metadata} if metadata else {})})


def zod(**error: object) -> Answer:
    return Answer(number=400, json={"success": False, "error": {"name": "ZodError", **error}})


ISSUES = [
    {"code": "invalid_union", "path": ["input_references", 0, "type"], "message": "Invalid input"},
    {"code": "invalid_type", "path": [], "message": "Required"},
]
WRONG = "input_references.0.type: Invalid input; Required"
FLAGGED = {"reasons": ["violence", "self-harm"], "flagged_input": "k...l", "provider_name": "OpenAI"}

ORDERS: dict[str, tuple[Answer, type[VideoApiError], str]] = {
    "a wrong key": (error(401, "User not found."), KeyRefused, "User not found."),
    "no credit": (error(402, "Insufficient credits."), NoCredit, "Insufficient credits."),
    "a key that is spent": (error(403, "Key limit exceeded (total limit)."), NoCredit, "Key limit exceeded (total limit)."),
    "credit that is not settled yet": (
        error(402, "Wait.", reason="in_flight_budget_exhausted", limit_source="openrouter_in_flight_budget"), Busy, "Wait."),
    "more than there is": (
        error(402, "Too much.", reason="weight_exceeds_budget", limit_source="openrouter_credits"), NoCredit, "Too much."),
    "a flagged prompt": (error(403, "Flagged", **FLAGGED), Moderated, "Flagged: violence, self-harm"),
    "a guardrail": (error(403, "Request blocked: injection", patterns=["ignore all"]), Moderated, "Request blocked: injection"),
    "a 403 that says little": (error(403, "Forbidden"), Moderated, "Forbidden"),
    "a provider's words about what a person wrote": (
        error(403, "Provider returned error", raw="not made: 'a key at the credit limit of the region'"),
        Moderated,
        "Provider returned error: not made: 'a key at the credit limit of the region'",
    ),
    "a key without the right": (
        error(403, "This key has no permission for that"), KeyRefused, "This key has no permission for that"),
    "a model that is not for our region": (
        error(403, "The model is not available in your region"), ModelGone, "The model is not available in your region"),
    "a model without a provider": (error(404, "No endpoints found for a/b."), ModelGone, "No endpoints found for a/b."),
    "a model nobody knows": (error(400, "a/b is not a valid model ID"), ModelGone, "a/b is not a valid model ID"),
    "more than any provider can": (
        error(404, "No endpoints found that support last frames"),
        Refused,
        "no provider of the model was found that support last frames",
    ),
    "too many": (error(429, "Rate limit exceeded", error_type="rate_limit_exceeded"), Busy, "Rate limit exceeded"),
    "no provider now": (error(503, "There is no available model provider"), Busy, "There is no available model provider"),
    "a field of another type": (zod(issues=ISSUES), Refused, WRONG),
    "the same as text": (zod(message=json.dumps(ISSUES, indent=2)), Refused, WRONG),
    "the same as an error": (error(400, json.dumps(ISSUES)), Refused, WRONG),
    "a provider's refusal": (
        error(400, "Provider returned error", raw='{"error": {"code": 400, "message": "prompt is too long"}}'),
        Refused,
        "Provider returned error: prompt is too long",
    ),
    "a provider's moderation": (
        error(502, "Provider returned error", raw="blocked by our content policy", provider_name="Google"),
        Moderated,
        "Provider returned error: blocked by our content policy",
    ),
    "moderation by type": (error(400, "No.", error_type="content_policy_violation"), Moderated, "No."),
    "a provider's code": (error(400, "No.", provider_code="content_policy_violation"), Moderated, "No."),
    "a provider that broke": (error(502, "Provider returned error", error_type="provider_unavailable"), UnknownOutcome,
                              "Provider returned error"),
    "a failure without words": (error(500, "Internal Server Error", error_type="server"), UnknownOutcome,
                                "Internal Server Error"),
    "a timeout": (error(504, "Timed out", error_type="timeout"), UnknownOutcome, "Timed out"),
    "moderation under a success": (
        Answer(number=200, json={"error": {"code": 403, "message": "Flagged"}}), Moderated, "Flagged"),
    "a page": (Answer(number=502, json=None), UnknownOutcome, ""),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "expected", "detail"), ORDERS.values(), ids=ORDERS)
def test_the_answer_to_an_order_is_judged_and_told(
    answer: Answer, expected: type[VideoApiError], detail: str
) -> None:
    problem = classify.of_order(complaints.plain_of_order(answer))
    assert (type(problem), problem.detail) == (expected, detail)


LOOKS: dict[str, tuple[Answer, type[VideoApiError]]] = {
    "an unknown job": (error(404, "Video generation job not found"), Gone),
    "a wrong key": (error(401, "User not found."), KeyRefused),
    "a 403 that says little": (error(403, "Forbidden"), Garbled),
    "no credit": (error(402, "Insufficient credits."), Garbled),
    "too many": (error(429, "Rate limit exceeded"), Busy),
    "a failure": (error(500, "Internal Server Error"), Garbled),
}


@pytest.mark.parametrize(("answer", "expected"), LOOKS.values(), ids=LOOKS)
def test_the_answer_to_a_look_is_judged_as_one(answer: Answer, expected: type[VideoApiError]) -> None:
    assert type(classify.of_look(complaints.plain(answer))) is expected


def test_what_is_no_error_and_the_pause_that_is_asked_for_stay_as_they_are() -> None:
    answer = Answer(number=202, json={"id": "j", "error": "moderated"}, retry_after=timedelta(seconds=3))
    busy = Answer(number=429, json={"error": {"code": 429, "message": "x"}}, retry_after=timedelta(seconds=3))
    assert complaints.plain_of_order(answer) == answer
    assert complaints.plain_of_order(busy).retry_after == timedelta(seconds=3)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "code", "message", "metadata", "raw", "reasons", "issues", "path", "error_type"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)  # fmt: skip


@given(any_json)
def test_no_json_whatsoever_breaks_the_judging(body: object) -> None:
    answer = Answer(number=400, json={"error": body})
    assert isinstance(classify.of_order(complaints.plain_of_order(answer)), VideoApiError)
    assert isinstance(classify.of_look(complaints.plain(answer)), VideoApiError)
