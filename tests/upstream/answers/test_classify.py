"""Verdicts: what an answer means for an order, a look, a download and a job."""

from datetime import timedelta

import pytest

from domain.failures import FailureReason
from upstream.answers import classify
from upstream.answers.parse import Complaint
from upstream.answers.response import Answer
from upstream.api import Failure
from upstream.errors import (
    Busy,
    Expired,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    NotSent,
    Refused,
    TryLater,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
    Withheld,
)

PAGE = None
NOTHING_KNOWN = {"error": {"message": "hm"}}


def relay(code: str, message: str) -> dict[str, object]:
    return {"code": code, "message": message, "data": None}


def error(message: str, code: str | None = None) -> dict[str, object]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


ORDERS: dict[str, tuple[int, object, type[VideoApiError]]] = {
    "400 wrong length": (
        400,
        error("Invalid value: '10'. Supported values are: '4', '8', and '12'."),
        Refused,
    ),
    "400 photo of another size": (
        400,
        error("Inpaint image must match the requested width and height"),
        Refused,
    ),
    "400 model not for this": (400, error("The model sora-9 does not exist"), ModelGone),
    "400 moderation by code": (400, error("no", "content_policy_violation"), Moderated),
    "400 moderation by words": (400, error("Your request was blocked by our moderation system."), Moderated),
    "400 real people": (
        400,
        error("We currently do not support uploads of images containing photorealistic people"),
        Moderated,
    ),
    "400 third parties": (
        400,
        error("This content may violate our guardrails concerning similarity to third-party content."),
        Moderated,
    ),
    "400 chinese moderation": (400, relay("fail_to_fetch_task", "内容审核未通过：检测到真人形象"), Moderated),
    "400 moderation inside JSON text": (
        400,
        relay("fail_to_fetch_task", '{"error":{"code":"moderation_blocked","message":"no"}}'),
        Moderated,
    ),
    "400 sentinel": (
        400,
        error("Hmmm something didn't look right with your request.", "sentinel_block"),
        Busy,
    ),
    "400 unknown source": (400, relay("task_not_exist", "task_origin_not_exist"), Gone),
    "401": (401, error("无效的令牌"), KeyRefused),
    "401 page": (401, PAGE, KeyRefused),
    "401 of a key that has spent its credit": (401, error("该令牌额度已用尽"), NoCredit),
    "402": (402, relay("quota_not_enough", "Your balance is not enough."), NoCredit),
    "403 quota": (403, relay("insufficient_user_quota", "预扣费额度失败, 用户剩余额度: ¥0.02"), NoCredit),
    "403 quota by words": (403, error("用户额度不足"), NoCredit),
    "403 model not for this key": (403, error("该令牌无权访问模型 sora-2"), ModelGone),
    "403 model not for this project": (
        403,
        error("Project p does not have access to model sora-2"),
        ModelGone,
    ),
    "403 banned": (403, error("用户已被封禁"), KeyRefused),
    "403 other": (403, error("IP not allowed"), KeyRefused),
    "404 no such route": (404, error("Invalid URL (POST /v1/videos)"), Refused),
    "404 page": (404, PAGE, Refused),
    "408 page": (408, PAGE, UnknownOutcome),
    "409 of a key that is used": (
        409,
        error("A request with this Idempotency-Key is in progress"),
        UnknownOutcome,
    ),
    "409 other": (409, error("A video is being made already"), Refused),
    "410": (410, error("gone"), ModelGone),
    "413": (413, PAGE, Refused),
    "429": (429, relay("rate_limit", "当前分组上游负载已饱和，请稍后再试"), Busy),
    "429 page": (429, PAGE, Busy),
    "429 quota": (429, error("You exceeded your current quota", "insufficient_quota"), NoCredit),
    "451": (451, error("prompt_unsafe"), Moderated),
    "307 elsewhere": (307, PAGE, NotSent),
    "302 after the action": (302, PAGE, UnknownOutcome),
    "500 upstream lost": (500, relay("do_request_failed", "请求上游地址失败"), UnknownOutcome),
    "500 with a courtesy": (500, error("Internal error, rate limit or not, try again"), UnknownOutcome),
    "500 unknown words": (500, NOTHING_KNOWN, UnknownOutcome),
    "500 moderation": (500, error("no", "content_policy_violation"), Moderated),
    "502 page": (502, PAGE, UnknownOutcome),
    "503 no channel": (
        503,
        error("当前分组 default 下对于模型 sora-2 无可用渠道", "model_not_found"),
        ModelGone,
    ),
    "503 heavy load": (503, relay("heavy_load", "We're under heavy load"), Busy),
    "503 unknown words": (503, NOTHING_KNOWN, Busy),
    "503 page": (503, PAGE, UnknownOutcome),
    "504 page": (504, PAGE, UnknownOutcome),
    "524 page": (524, PAGE, UnknownOutcome),
    "200 page": (200, PAGE, UnknownOutcome),
    "200 nothing": (200, {}, UnknownOutcome),
    "200 with an error": (200, error("size is required"), Refused),
    "200 with heavy load": (200, relay("heavy_load", "later"), Busy),
    "200 with a number for moderation": (200, relay("451", "no"), Moderated),
    "200 with a number for trouble": (200, relay("500", "no"), UnknownOutcome),
}


@pytest.mark.parametrize(("number", "json", "expected"), ORDERS.values(), ids=ORDERS)
def test_an_answer_to_an_order_is_judged_by_whether_it_was_taken(
    number: int, json: object, expected: type[VideoApiError]
) -> None:
    assert type(classify.of_order(Answer(number=number, json=json))) is expected


LOOKS: dict[str, tuple[int, object, type[VideoApiError]]] = {
    "400 unknown id": (400, relay("task_not_exist", "task_not_exist"), Gone),
    "404": (404, error("Video not found"), Gone),
    "404 page": (404, PAGE, Garbled),
    "400 other": (400, NOTHING_KNOWN, Garbled),
    "401": (401, PAGE, KeyRefused),
    "401 of a key that has spent its credit": (401, error("该令牌额度已用尽"), Garbled),
    "403": (403, NOTHING_KNOWN, Garbled),
    "410": (410, NOTHING_KNOWN, Gone),
    "429": (429, PAGE, Busy),
    "500": (500, relay("do_request_failed", "请求上游地址失败"), Garbled),
    "502 page": (502, PAGE, Garbled),
    "503": (503, NOTHING_KNOWN, Busy),
    "503 no channel": (503, error("x", "model_not_found"), Garbled),
    "451": (451, error("video_unsafe"), Moderated),
    "200 with an error": (200, NOTHING_KNOWN, Garbled),
    "200 with no such task": (200, relay("task_not_exist", ""), Gone),
    "200 page": (200, PAGE, Garbled),
}


@pytest.mark.parametrize(("number", "json", "expected"), LOOKS.values(), ids=LOOKS)
def test_an_answer_to_a_look_ends_a_job_only_if_it_clearly_says_so(
    number: int, json: object, expected: type[VideoApiError]
) -> None:
    assert type(classify.of_look(Answer(number=number, json=json))) is expected


ACCOUNTS: dict[str, tuple[int, object, type[VideoApiError] | None]] = {
    "400 other": (400, NOTHING_KNOWN, None),
    "401": (401, error("无效的令牌"), KeyRefused),
    "401 page": (401, PAGE, KeyRefused),
    "401 of a key that has spent its credit": (401, error("该令牌额度已用尽"), NoCredit),
    "402": (402, PAGE, NoCredit),
    "403 the owner's alone": (403, error("Only the default key may ask this."), None),
    "403 page": (403, PAGE, None),
    "403 banned": (403, error("用户已被封禁"), KeyRefused),
    "404": (404, error("Invalid URL (GET /v1/models)"), None),
    "404 page": (404, PAGE, None),
    "429": (429, PAGE, Busy),
    "500": (500, relay("do_request_failed", "请求上游地址失败"), Garbled),
    "501": (501, NOTHING_KNOWN, None),
    "502 page": (502, PAGE, Garbled),
    "503 page": (503, PAGE, Busy),
    "200 with an error": (200, NOTHING_KNOWN, Garbled),
    "200 with a number": (200, relay("401", "no"), KeyRefused),
}


@pytest.mark.parametrize(("number", "json", "expected"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_an_answer_about_the_account_breaks_it_only_if_it_names_the_key_or_the_money(
    number: int, json: object, expected: type[VideoApiError] | None
) -> None:
    problem = classify.of_account(Answer(number=number, json=json))
    assert (type(problem) if problem else None) is expected


CLIPS: dict[str, tuple[int, object, type[VideoApiError]]] = {
    "202": (202, relay("video_not_ready", "not yet"), NotReady),
    "400 not completed": (400, error("Task is not completed yet, current status: IN_PROGRESS"), NotReady),
    "401": (401, error("无效的令牌"), KeyRefused),
    "400 other": (400, NOTHING_KNOWN, Withheld),
    "403 not accessible": (403, error("Files [file_1] are not accessible"), Withheld),
    "403 page": (403, PAGE, Withheld),
    "404": (404, error("Task not found"), Withheld),
    "404 expired": (404, error("gone", "video_expired"), Expired),
    "404 page": (404, PAGE, Withheld),
    "409": (409, PAGE, NotReady),
    "403 no money": (403, relay("insufficient_user_quota", "no"), NotReady),
    "451": (451, error("video_unsafe"), Withheld),
    "410": (410, PAGE, Expired),
    "429": (429, PAGE, Busy),
    "500": (500, NOTHING_KNOWN, Unreachable),
    "502 page": (502, PAGE, Unreachable),
    "200 page": (200, PAGE, Garbled),
    "200 with an error": (200, NOTHING_KNOWN, Garbled),
}


@pytest.mark.parametrize(("number", "json", "expected"), CLIPS.values(), ids=CLIPS)
def test_an_answer_to_a_download_gives_up_only_what_was_thrown_away(
    number: int, json: object, expected: type[VideoApiError]
) -> None:
    assert type(classify.of_clip(Answer(number=number, json=json))) is expected


JOBS: dict[str, tuple[str, Complaint | None, Failure]] = {
    "says nothing": ("failed", None, Failure(reason=FailureReason.RENDER_FAILED)),
    "expired": ("expired", None, Failure(reason=FailureReason.EXPIRED)),
    "moderated by code": (
        "failed",
        Complaint(code="moderation_blocked", message="Blocked."),
        Failure(reason=FailureReason.MODERATED, detail="Blocked."),
    ),
    "moderated by words": (
        "failed",
        Complaint(message="内容审核未通过"),
        Failure(reason=FailureReason.MODERATED, detail="内容审核未通过"),
    ),
    "heavy load": (
        "failed",
        Complaint(code="heavy_load", message="Busy."),
        Failure(reason=FailureReason.RENDER_FAILED, detail="Busy."),
    ),
    "the operators' money": (
        "failed",
        Complaint(message="预扣费额度失败, 用户剩余额度: ¥0.02"),
        Failure(reason=FailureReason.NO_CREDIT, for_operators="预扣费额度失败, 用户剩余额度: ¥0.02"),
    ),
}


@pytest.mark.parametrize(("word", "complaint", "expected"), JOBS.values(), ids=JOBS)
def test_a_failed_job_says_why(word: str, complaint: Complaint | None, expected: Failure) -> None:
    assert classify.of_failed_job(word, complaint) == expected


def test_who_names_a_pause_hands_the_clip_out_later() -> None:
    problem = classify.of_clip(Answer(number=404, json=PAGE, retry_after=timedelta(seconds=9)))
    assert isinstance(problem, NotReady)
    assert problem.retry_after == timedelta(seconds=9)


def test_a_proxy_that_names_a_pause_was_not_on_the_way_to_the_api() -> None:
    problem = classify.of_order(Answer(number=503, json=PAGE, retry_after=timedelta(seconds=9)))
    assert isinstance(problem, TryLater)
    assert (type(problem), problem.retry_after) == (Busy, timedelta(seconds=9))


def test_the_error_carries_the_cleaned_words_of_the_api() -> None:
    problem = classify.of_order(Answer(number=400, json=error("Prompt is empty (request id: 2026abc)")))
    assert (problem.detail, str(problem)) == ("Prompt is empty", "the API answered 400: Prompt is empty")


REMIXES: dict[str, tuple[int, object, type[VideoApiError]]] = {
    "404 in OpenAI's words": (404, error("Video with id 'video_1' not found."), Gone),
    "404 no such route": (404, error("Invalid URL (POST /v1/videos/video_1/remix)"), Gone),
    "404 page": (404, PAGE, Gone),
    "404 model": (404, error("The model sora-9 does not exist"), ModelGone),
    "400 private": (400, error("A private video cannot be remixed."), Refused),
    "404 in other words": (404, error("This video is no longer available."), Gone),
    "410 thrown away": (410, error("gone", "video_expired"), Expired),
    "502 page": (502, PAGE, UnknownOutcome),
}


@pytest.mark.parametrize(("number", "json", "expected"), REMIXES.values(), ids=REMIXES.keys())
def test_what_is_not_found_for_a_remix_is_gone(
    number: int, json: object, expected: type[VideoApiError]
) -> None:
    assert type(classify.of_remix(Answer(number=number, json=json))) is expected
