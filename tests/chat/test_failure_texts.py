"""Why there is no video: in the reader's words where the service's are known, and with these below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from chat import failure_texts
from chat.formatting import utf16_length
from chat.language import speaking
from domain.failures import FailureReason
from domain.job import Job, State
from domain.request import Photo
from domain.stated_causes import StatedCause
from tests.handlers.test_texts import PROMPTS, TEXT_LIMIT

Fail = Callable[..., Job]
PHOTO = Photo(file_id="photo")


@pytest.fixture
def fail(job_in: Callable[..., Job]) -> Fail:
    """Return a way to make a job that failed for a reason, with what the service said."""

    def make(reason: FailureReason, detail: str = "", *, photos: tuple[Photo, ...] = ()) -> Job:
        job = job_in(State.DELIVERING, failure=reason, failure_detail=detail)
        return replace(job, request=replace(job.request, photos=photos))

    return make


@pytest.mark.parametrize("detail", ["", *PROMPTS.values()], ids=["no detail", *PROMPTS])
@pytest.mark.parametrize("reason", FailureReason)
def test_every_failure_has_words_and_is_never_charged(
    reason: FailureReason, detail: str, fail: Fail, read: Callable[[str], str]
) -> None:
    said = read(failure_texts.failure(fail(reason, detail)))
    title, words, *_, end = said.split("\n")
    assert (title, end) == ("❌ No video this time.", "No charge.")
    assert words.endswith(".")
    assert utf16_length(said) <= TEXT_LIMIT


@pytest.mark.parametrize("cause", StatedCause)
def test_every_known_cause_has_words_and_says_what_helps(cause: StatedCause, fail: Fail) -> None:
    reason = FailureReason.RENDER_FAILED if cause is StatedCause.OVERLOAD else FailureReason.MODERATED
    job = fail(reason, SAID_OF[cause])
    title, what, remedy, *_ = failure_texts.failure(job).split("\n")
    assert what == failure_texts.in_a_line(job) != failure_texts.why(reason)
    assert {what[-1], remedy[-1]} == {"."}
    assert title.startswith("❌")


#: What services say of each cause.
SAID_OF = {
    StatedCause.REAL_PERSON: "检测到真人形象",
    StatedCause.PUBLIC_FIGURE: "prominent people",
    StatedCause.MINORS: "未成年人",
    StatedCause.SEXUAL: "色情内容",
    StatedCause.VIOLENCE: "暴力内容",
    StatedCause.HATE: "hate speech",
    StatedCause.SELF_HARM: "self-harm",
    StatedCause.DANGEROUS: "dangerous content",
    StatedCause.POLITICS: "政治敏感",
    StatedCause.COPYRIGHT: "third-party content",
    StatedCause.AUDIO: "audio was blocked",
    StatedCause.PHOTO: "input image was flagged",
    StatedCause.RESULT: "output moderation",
    StatedCause.PROMPT: "敏感词",
    StatedCause.OVERLOAD: "server is busy",
}


@pytest.mark.parametrize(
    ("photos", "what"),
    [
        pytest.param((), "Videos of real people are refused.", id="by words"),
        pytest.param((PHOTO,), "Photos of real people are refused.", id="in a photo"),
    ],
)
def test_a_real_person_is_told_in_the_reader_s_words_with_the_service_s_own_folded_below(
    photos: tuple[Photo, ...], what: str, fail: Fail
) -> None:
    job = fail(FailureReason.MODERATED, "内容审核未通过：<检测到真人形象>", photos=photos)
    assert failure_texts.failure(job) == (
        f"❌ <b>No video this time.</b>\n{what}\nTry a drawing, an animal or a landscape.\n"
        "The video service says:\n"
        "<blockquote expandable>内容审核未通过：&lt;检测到真人形象&gt;</blockquote>\n"
        "No charge."
    )


def test_what_nobody_knows_is_told_as_it_is(fail: Fail, read: Callable[[str], str]) -> None:
    said = read(failure_texts.failure(fail(FailureReason.MODERATED, "no <purple> llamas")))
    assert "\nThe video service says:\nno <purple> llamas\n" in said


def test_what_was_made_and_could_not_be_delivered_is_charged(fail: Fail, now: datetime) -> None:
    job = replace(fail(FailureReason.EXPIRED), kept_at=now)
    assert failure_texts.failure(job).endswith(
        "\nIt is charged all the same: the video was made, but your chat did not accept it."
    )


def test_what_the_service_says_about_its_accounts_is_not_passed_on(fail: Fail) -> None:
    assert "sk-" not in failure_texts.failure(fail(FailureReason.KEY_REFUSED, "Incorrect API key sk-abc"))


def test_of_a_job_that_has_not_failed_there_is_nothing_to_say(job_in: Callable[..., Job]) -> None:
    job = job_in(State.RENDERING)
    assert (failure_texts.failure(job), failure_texts.in_a_line(job)) == ("", "")


def test_a_format_that_is_not_opened_is_named(fail: Fail) -> None:
    with speaking("en"):
        said = failure_texts.failure(fail(FailureReason.PHOTO_BROKEN, "HEIC"))
    assert "\nIt is a HEIC file, which cannot be opened.\n" in said
