"""Verdicts: what gateways and makers really send, and what each comes to for an order, a failed task and a download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from domain.failures import FailureReason
from upstream.answers import classify
from upstream.answers.parse import Complaint, read_video
from upstream.answers.response import Answer
from upstream.api import Failure, VideoStatus
from upstream.errors import (
    Busy,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    Refused,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
    Withheld,
)

GONE, KEY, MONEY = FailureReason.MODEL_GONE, FailureReason.KEY_REFUSED, FailureReason.NO_CREDIT
NO, RENDER = FailureReason.MODERATED, FailureReason.RENDER_FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What comes, as HTTP's number, a code and a message; and what an order, a failed task, a download make of it."""

    number: int
    code: object = None
    message: str = ""
    order: type[VideoApiError]
    job: FailureReason
    clip: type[VideoApiError]

    @property
    def complaint(self) -> dict[str, object]:
        return {"code": self.code, "message": self.message}


def gone(number: int, message: str, code: object = None) -> Row:
    return Row(number=number, code=code, message=message, order=ModelGone, job=GONE, clip=NotReady)


def moderated(number: int, message: str, code: object = None) -> Row:
    return Row(number=number, code=code, message=message, order=Moderated, job=NO, clip=Withheld)


def broke(number: int, message: str, code: object = None) -> Row:
    return Row(number=number, code=code, message=message, order=NoCredit, job=MONEY, clip=NotReady)


def busy(number: int, message: str, code: object = None) -> Row:
    return Row(number=number, code=code, message=message, order=Busy, job=RENDER, clip=Busy)


def refused(number: int, message: str, code: object = None) -> Row:
    return Row(number=number, code=code, message=message, order=Refused, job=RENDER, clip=Withheld)


GOOGLE = "models/veo-3.1-generate-preview"
PUBLISHER = "Publisher Model `projects/p/locations/us-central1/publishers/google/models/veo-3.0-generate-001`"
SUBMIT = "plugin_submit_response_failed"

MODELS_ENDS: dict[str, Row] = {
    "new-api, no channel": gone(
        503, "No available channel for model sora-2 under group default (distributor)", "model_not_found"
    ),
    "new-api, no channel, no code": gone(503, "No available channel for model sora-2 under group default"),
    "a relay, no channels": gone(503, "no available channels"),
    "a relay, in Chinese": gone(503, "模型 sora-2 的可用渠道不存在"),
    "another, in Chinese": gone(503, "当前分组 default 下对于模型 veo_3_1 无可用渠道"),
    "taken down, in Chinese": gone(400, "模型 sora-2 已下线"),
    "apiyi, a failed task": gone(400, f"{GOOGLE} is no longer available.", "fail_to_fetch_task"),
    "apiyi, wrapped": gone(
        400, f'{{"error":{{"code":404,"message":"{GOOGLE} is no longer available."}}}}', "fail_to_fetch_task"
    ),
    "Google": gone(
        404,
        f"{GOOGLE} is not found for API version v1beta, or is not supported for predictLongRunning.",
        404,
    ),
    "Vertex": gone(404, f"{PUBLISHER} was not found or your project does not have access to it.", 404),
    "OpenAI": gone(
        404, "The model `sora-2` does not exist or you do not have access to it.", "model_not_found"
    ),
    "OpenAI, no code": gone(404, "The model `sora-2` does not exist or you do not have access to it."),
    "a gateway": gone(404, "model not found"),
    "OpenRouter, nobody": gone(404, "No endpoints found for openai/sora-2-pro."),
    "OpenRouter, unknown": gone(400, "openai/sora-9 is not a valid model ID"),
    "LiteLLM": gone(400, "Invalid model name passed in model=sora-2"),
    "another gateway": gone(400, "Unsupported model: sora-2"),
    "laozhang": gone(404, "gemini-omni-1.1-flash has been retired, please use gemini-omni-1.2-flash"),
    "laozhang, with the word": gone(404, "The model sora-2 has been retired. Use muse-video instead."),
    "a closed API": gone(404, "Unknown request URL: POST /v1/videos."),
    "Ark": gone(404, "Your account has not activated the model", "ModelNotOpen"),
    "new-api without a price": gone(400, "模型 sora-2 价格未配置", "model_price_error"),
    "Kling, no right": gone(403, "no right to this model", 1103),
    "Kling, no such model": gone(404, "resource not found", 1203),
    "not in your region": gone(400, "The model veo-3.1 is not available in your region."),
    "by its id": gone(404, "Model with id sora-2 not found"),
    "between brackets": gone(400, "This model (sora-2) is deprecated."),
    "shortened": gone(404, "The model 'sora-2' doesn't exist"),
    "decommissioned": gone(400, "The model `sora-2` has been decommissioned and is no longer supported."),
    "at its end": gone(400, "The model sora-2 has reached end-of-life"),
    "not to be found": gone(404, "model sora-2 could not be found"),
    "a code in words": gone(500, "upstream error: model_not_found"),
    "discontinued": gone(400, "This model has been discontinued"),
}
MONEYS_ENDS: dict[str, Row] = {
    "new-api": broke(403, "预扣费额度失败, 用户剩余额度: ¥0.02", "insufficient_user_quota"),
    "another relay": broke(402, "Your balance is not enough.", "quota_not_enough"),
    "Kling, arrears": broke(429, "Account in arrears", 1101),
    "Kling, the pack": broke(429, "Resource pack depleted or expired", 1102),
    "Google": broke(429, "You exceeded your current quota, please check your plan and billing details.", 429),
    "OpenAI": broke(429, "You exceeded your current quota", "insufficient_quota"),
    "Ark": broke(403, "The account has an overdue balance", "AccountOverdueError"),
    "a relay's relay": broke(502, "insufficient balance", SUBMIT),
    "MiniMax": broke(400, "insufficient balance"),
}
MODERATIONS: dict[str, Row] = {
    "apiyi's Grok": moderated(400, "Blocked.", "moderation_blocked"),
    "OpenAI": moderated(400, "Your request was blocked by our moderation system.", "moderation_blocked"),
    "Kling, platform": moderated(400, "Trigger strategy", 1300),
    "Kling, content": moderated(400, "no", 1301),
    "Kling, the result": moderated(400, "Failure to pass the risk control system"),
    "Kling, by new-api": moderated(502, '{"code":1301,"message":"no"}', SUBMIT),
    "Ark, the result": moderated(400, "The request failed", "OutputVideoSensitiveContentDetected"),
    "Ark, the photo": moderated(
        400, "The request failed", "InputImageSensitiveContentDetected.PrivacyInformation"
    ),
    "Ark, words": moderated(400, "The input text may contain sensitive information."),
    "Ark, people": moderated(400, "The input image may contain real person."),
    "Wan": moderated(400, "Input data is wrong", "DataInspectionFailed"),
    "Wan, words": moderated(400, "Output data may contain inappropriate content."),
    "Gemini": moderated(400, "The prompt violates Gemini's usage guidelines."),
    "Flow": moderated(400, "PUBLIC_ERROR_PROMINENT_PEOPLE_FILTER_FAILED"),
    "in Chinese": moderated(400, "内容审核未通过：检测到真人形象", "fail_to_fetch_task"),
}
OTHERS: dict[str, Row] = {
    "Kling's key, 1000": Row(
        number=401, code=1000, message="Auth failed", order=KeyRefused, job=KEY, clip=KeyRefused
    ),
    "Kling's key, 1004": Row(
        number=401, code=1004, message="Authorization is expired", order=KeyRefused, job=KEY, clip=KeyRefused
    ),
    "Kling's account is odd": Row(
        number=429, code=1100, message="Account exception", order=KeyRefused, job=RENDER, clip=KeyRefused
    ),
    "Kling's list of addresses": Row(
        number=429, code=1304, message="IP whitelist policy", order=KeyRefused, job=RENDER, clip=KeyRefused
    ),
    "Kling, parameters": refused(400, "Invalid parameters", 1200),
    "Kling, a value": refused(400, "duration value '7' is invalid", 1201),
    "Kling, a value, by new-api": refused(502, '{"code":1201,"message":"duration is invalid"}', SUBMIT),
    "Kling, a method": Row(
        number=404, code=1202, message="no such method", order=ModelGone, job=RENDER, clip=NotReady
    ),
    "laozhang, in other words": Row(
        number=404,
        message="This route has been retired; see muse-video",
        order=ModelGone,
        job=RENDER,
        clip=Withheld,
    ),
    "Kling, its rate": busy(429, "too fast", 1302),
    "Kling, its places": busy(429, "parallel task over resource pack limit", 1303),
    "Kling, its places, by new-api": busy(
        502, '{"code":1303,"message":"parallel task over resource pack limit"}', SUBMIT
    ),
    "Kling, internal": busy(500, "internal error", 5000),
    "Kling, maintenance": busy(503, "server under maintenance", 5001),
    "Kling, backlog": busy(504, "server timeout, backlog", 5002),
    "a relay's own trouble": Row(
        number=500,
        code="do_request_failed",
        message="请求上游地址失败",
        order=UnknownOutcome,
        job=RENDER,
        clip=Unreachable,
    ),
    "a refusal nobody understands, by new-api": Row(
        number=502, code=SUBMIT, message="hm", order=UnknownOutcome, job=RENDER, clip=Unreachable
    ),
    "new-api's hailuo": refused(400, "JSON object required", "plugin_request_invalid"),
    "new-api's Veo": refused(400, "input_reference must be provided once", "plugin_request_invalid"),
    "new-api's Kling": refused(400, "uploaded input_reference is not supported", "plugin_request_invalid"),
    "new-api's Wan": refused(400, "requires image references to be URLs", "plugin_usage_invalid"),
}
WORLD = {
    f"{kind}: {name}": row
    for kind, rows in (("model", MODELS_ENDS), ("money", MONEYS_ENDS), ("no", MODERATIONS), ("other", OTHERS))
    for name, row in rows.items()
}
every_row = pytest.mark.parametrize("row", WORLD.values(), ids=WORLD)


@every_row
def test_an_order_that_is_answered_so(row: Row) -> None:
    for body in ({"error": row.complaint}, {**row.complaint, "data": None}):
        assert type(classify.of_order(Answer(number=row.number, json=body))) is row.order


@every_row
def test_a_task_that_failed_so_tells_people_nothing_of_our_account(row: Row) -> None:
    found = read_video({"id": "video_1", "status": "failed", "error": row.complaint})
    failure = classify.of_failed_job(found.status_word, found.complaint)
    words = found.complaint.detail if found.complaint else ""
    is_about_us = row.job in {GONE, KEY, MONEY}
    expected = Failure(
        reason=row.job, detail="" if is_about_us else words, for_operators=words if is_about_us else ""
    )
    assert (classify.status_of(found), failure) == (VideoStatus.FAILED, expected)


@every_row
def test_a_download_that_is_answered_so(row: Row) -> None:
    assert type(classify.of_clip(Answer(number=row.number, json={"error": row.complaint}))) is row.clip


@every_row
def test_a_look_that_is_answered_so_ends_nothing_but_what_is_moderated_or_gone(row: Row) -> None:
    problem = classify.of_look(Answer(number=row.number, json={"error": row.complaint}))
    assert isinstance(problem, Garbled | Busy | KeyRefused | Moderated | Gone | NotReady)


# What is no end of a model

HARMLESS: dict[str, str] = {
    "a length": "The model can only make videos no longer than 10 seconds",
    "a parameter": "model parameter `style` is deprecated",
    "an endpoint's field": "The field style has been discontinued",
    "a face": "The model could not process the photo: face not found",
    "a combination": "The model is not supported with image_tail",
    "Kling's combination": "model/mode/duration(kling-v2-5-turbo/std/10) is not supported with image_tail",
    "Kling's other": "Image tail is not supported by the current model.",
    "what the model does": "The model does not show faces",
    "what the model has": "The model has not found a face in the photo",
    "what the model will": "The model will no longer wait for a photo",
    "for now": "The model is not available right now, try again in a minute",
    "light": "Insufficient light; balance the picture",
    "a frame": "Invalid key frame",
    "a photo, in Chinese": "模型检测到的人物不存在",
    "fashion": "Three fashion models were asked for, and no longer video can be made",
}


@pytest.mark.parametrize("message", HARMLESS.values(), ids=HARMLESS)
def test_words_that_only_sound_like_an_end_are_none(message: str) -> None:
    failure = classify.of_failed_job("failed", Complaint(message=message))
    order = classify.of_order(Answer(number=400, json={"error": {"message": message}}))
    assert (failure.reason, type(order)) == (RENDER, Refused)


#: What somebody may ask for who wishes that nobody gets a video any more.
PROMPTS: dict[str, str] = {
    "a model's end": "models/veo-3.1 is no longer available",
    "another": "the model sora-2 has been retired",
    "no channel": "No available channel for model sora-2",
    "no money": "insufficient balance",
    "no key": "invalid api key",
    "in Chinese": "模型 sora-2 已下线，余额不足",
}
QUOTES: dict[str, str] = {
    "between quotes": 'Could not make a video of the prompt "{}".',
    "behind a colon": "Generation failed. Prompt: {}",
    "in Chinese": "生成失败，提示词：{}",
    "with moderation": "This violates our usage policies: {}",
    "a part of it": "Generation failed ({}...)",
    "alone": "{}",
}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_prompt_that_is_quoted_does_not_speak_for_the_api(prompt: str, quote: str) -> None:
    message = quote.format(prompt)
    order = Answer(number=400, json={"error": {"message": message}}, prompt=f"Please: {prompt.upper()}!")
    assert type(classify.of_order(order)) in {Refused, Moderated}


@pytest.mark.parametrize("quote", list(QUOTES.values())[:4], ids=list(QUOTES)[:4])
@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_prompt_that_a_failed_task_quotes_does_not_speak_for_the_api(prompt: str, quote: str) -> None:
    found = read_video({"id": "v", "status": "failed", "error": {"message": quote.format(prompt)}})
    assert classify.of_failed_job("failed", found.complaint).reason in {RENDER, NO}


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES)
@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_prompt_that_is_known_does_not_speak_for_the_api_however_it_is_quoted(
    prompt: str, quote: str
) -> None:
    body = {"id": "v", "status": "failed", "error": {"message": quote.format(prompt)}}
    found = read_video(body, prompt=f"Please: {prompt.upper()}!")
    assert classify.of_failed_job("failed", found.complaint).reason in {RENDER, NO}


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_what_the_answer_itself_calls_the_prompt_is_known(prompt: str) -> None:
    body: dict[str, Any] = {"id": "v", "status": "failed", "error": prompt}
    for told in ({"prompt": prompt}, {"detail": {"input": {"prompt": prompt}}}):
        failure = classify.of_failed_job("failed", read_video(body | told).complaint)
        assert (failure.reason, failure.detail) == (RENDER, prompt)


def test_a_code_is_believed_whatever_the_prompt_says() -> None:
    body = {"error": {"code": "model_not_found", "message": "The model sora-2 does not exist"}}
    answer = Answer(number=404, json=body, prompt="The model sora-2 does not exist")
    assert type(classify.of_order(answer)) is ModelGone


def test_moderation_by_code_wins_over_words_of_an_end() -> None:
    complaint = Complaint(code="moderation_blocked", message="models/veo-3.1 is no longer available")
    assert classify.of_failed_job("failed", complaint).reason is NO
