"""Verdicts: the codes, words and statuses of the makers behind the relays."""

from __future__ import annotations

from typing import Any

import pytest

from domain.failures import FailureReason
from upstream.answers import classify
from upstream.answers.parse import Complaint, read_video
from upstream.answers.response import Answer
from upstream.api import VideoStatus
from upstream.errors import (
    Busy,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    Refused,
    UnknownOutcome,
    VideoApiError,
)


def relay(code: str, message: str) -> dict[str, object]:
    return {"code": code, "message": message, "data": None}


def error(message: str, code: object = None) -> dict[str, object]:
    return {"error": {"message": message, "code": code}}


def minimax(code: int, message: str) -> dict[str, object]:
    return {"task_id": "", "base_resp": {"status_code": code, "status_msg": message}}


SUBMIT = "plugin_submit_response_failed"
ORDERS: dict[str, tuple[int, object, type[VideoApiError]]] = {
    "Google's model is gone": (
        404,
        error("models/veo-3.1-generate-preview is not found for API version v1beta", 404),
        ModelGone,
    ),
    "and told by a relay": (
        400,
        relay("fail_to_fetch_task", "models/veo-3.1 is no longer available."),
        ModelGone,
    ),
    "OpenRouter has nobody for it": (404, error("No endpoints found for openai/sora-2-pro."), ModelGone),
    "OpenRouter does not know it": (400, error("sora-9 is not a valid model ID"), ModelGone),
    "LiteLLM does not know it": (400, error("Invalid model name passed in model=sora-2"), ModelGone),
    "another does not know it": (400, error("Unsupported model: sora-2"), ModelGone),
    "retired": (404, error("gemini-omni-1.1 has been retired; use gemini-omni-1.2"), ModelGone),
    "the whole API is gone": (404, error("Unknown request URL: POST /v1/videos."), ModelGone),
    "Ark's model is not open": (404, error("Your account has not activated it", "ModelNotOpen"), ModelGone),
    "a relay without its price": (400, relay("model_price_error", "模型 sora-2 价格未配置"), ModelGone),
    "Kling's key may not use it": (403, relay("1103", "no right to this model"), ModelGone),
    "a key may not use it": (403, error("This model cannot be used with your plan"), ModelGone),
    "a key may do nothing": (403, error("Your IP is not on the list"), KeyRefused),
    "a length the model does not have": (400, error("seconds: 25 is not supported by this model"), Refused),
    "Kling owes": (429, relay("1101", "Account in arrears"), NoCredit),
    "Kling's pack is used up": (429, relay("1102", "Resource pack depleted"), NoCredit),
    "Google's money is gone": (
        429,
        error("You exceeded your current quota, please check your plan and billing details.", 429),
        NoCredit,
    ),
    "Ark's account owes": (403, error("The account has an overdue balance", "AccountOverdueError"), NoCredit),
    "MiniMax's money is gone": (200, minimax(1008, "insufficient balance"), NoCredit),
    "MiniMax's key": (200, minimax(2049, "invalid api key"), KeyRefused),
    "MiniMax's rate": (200, minimax(1002, "rate limit"), Busy),
    "MiniMax's moderation": (200, minimax(1026, "input new_sensitive"), Moderated),
    "Kling's rate": (429, relay("1302", "too fast"), Busy),
    "Kling's places are taken": (400, relay("1303", "parallel task over resource pack limit"), Busy),
    "Kling's risk control": (400, relay("1301", "Failure to pass the risk control system"), Moderated),
    "the same in words": (400, error("Failure to pass the risk control system"), Moderated),
    "Ark's photo": (
        400,
        error("The request failed", "InputImageSensitiveContentDetected.PrivacyInformation"),
        Moderated,
    ),
    "Ark's words": (400, error("The input text may contain sensitive information."), Moderated),
    "Ark's people": (400, error("The input image may contain real person."), Moderated),
    "Wan's inspection": (400, relay("DataInspectionFailed", "Input data is wrong"), Moderated),
    "Wan's words": (400, error("Output data may contain inappropriate content."), Moderated),
    "Gemini's guidelines": (400, error("The prompt violates Gemini's usage guidelines."), Moderated),
    "Flow's filter": (400, error("PUBLIC_ERROR_PROMINENT_PEOPLE_FILTER_FAILED"), Moderated),
    "a relay's word for a refusal: busy": (502, relay(SUBMIT, "rate limit reached"), Busy),
    "a relay's word for a refusal: places": (
        502,
        relay(SUBMIT, 'status 429: {"code":1303,"message":"parallel task over resource pack limit"}'),
        Busy,
    ),
    "a relay's word for a refusal: moderation": (
        502,
        relay("plugin_submit_response_invalid", '{"code":1301,"message":"no"}'),
        Moderated,
    ),
    "a relay's word for a refusal: money": (502, relay(SUBMIT, "insufficient balance"), NoCredit),
    "a relay's word for a refusal: unknown": (502, relay(SUBMIT, "hm"), UnknownOutcome),
    "the same courtesy from another": (502, relay("upstream_error", "rate limit, try later"), UnknownOutcome),
    "a number that is no one's": (200, relay("9" * 5000, "no"), Refused),
    "a number of another script": (200, relay("٤٥١", "no"), Moderated),
}


@pytest.mark.parametrize(("number", "json", "expected"), ORDERS.values(), ids=ORDERS)
def test_an_order_is_judged_by_the_words_of_whoever_is_behind_the_relay(
    number: int, json: object, expected: type[VideoApiError]
) -> None:
    assert type(classify.of_order(Answer(number=number, json=json))) is expected


#: As an answer says it; what it comes to; why, if there will be no video.
ENDS: dict[str, tuple[dict[str, Any], VideoStatus, FailureReason | None]] = {
    "finished and moderated": (
        {
            "status": "completed",
            "progress": 100,
            "error": {"code": "moderation_blocked", "message": "Blocked."},
        },
        VideoStatus.FAILED,
        FailureReason.MODERATED,
    ),
    "finished, moderated, and no more than news": (
        {"status": "succeed", "task_status_msg": "Failure to pass the risk control system"},
        VideoStatus.FAILED,
        FailureReason.MODERATED,
    ),
    "finished and thrown away": (
        {"status": "completed", "error": {"code": "video_expired"}},
        VideoStatus.FAILED,
        FailureReason.EXPIRED,
    ),
    "finished without a video": (
        {"status": "completed", "error": "The video could not be generated"},
        VideoStatus.FAILED,
        FailureReason.RENDER_FAILED,
    ),
    "finished, and where it lies": (
        {"status": "completed", "url": "https://cdn.example/a.mp4", "error": {"code": "moderation_blocked"}},
        VideoStatus.COMPLETED,
        None,
    ),
    "finished, and where it lies is where reasons stand": (
        {"status": "SUCCESS", "fail_reason": "https://cdn.example/a.mp4"},
        VideoStatus.COMPLETED,
        None,
    ),
    "finished and not at hand yet": (
        {"status": "completed", "error": {"code": "video_not_ready", "message": "soon"}},
        VideoStatus.COMPLETED,
        None,
    ),
    "finished and well": ({"status": "succeed", "task_status_msg": "ok"}, VideoStatus.COMPLETED, None),
    "finished, as reasons say it": (
        {"status": "completed", "fail_reason": "SUCCESS"},
        VideoStatus.COMPLETED,
        None,
    ),
    "unheard of, with an error": (
        {"status": "zapped", "error": {"message": "no more GPUs"}},
        VideoStatus.FAILED,
        FailureReason.RENDER_FAILED,
    ),
    "unheard of, with moderation": (
        {"status": "zapped", "error": {"code": "moderation_blocked"}},
        VideoStatus.FAILED,
        FailureReason.MODERATED,
    ),
    "unheard of, with a reason": (
        {"data": {"status": "zapped", "fail_reason": "no more GPUs"}},
        VideoStatus.FAILED,
        FailureReason.RENDER_FAILED,
    ),
    "unheard of, and busy": (
        {"status": "requeued", "error": {"code": "heavy_load", "message": "again in a moment"}},
        VideoStatus.RENDERING,
        None,
    ),
    "unheard of, with news": (
        {"status": "reviewing", "task_status_msg": "内容审核中"},
        VideoStatus.RENDERING,
        None,
    ),
    "unheard of": ({"status": "reviewing"}, VideoStatus.RENDERING, None),
    "under way, with an error": (
        {"status": "in_progress", "error": {"message": "frame 7 was made again"}},
        VideoStatus.RENDERING,
        None,
    ),
    "blocked": ({"status": "blocked"}, VideoStatus.FAILED, FailureReason.MODERATED),
    "interrupted": ({"status": "interrupted"}, VideoStatus.FAILED, FailureReason.RENDER_FAILED),
    "failed of what is inside": (
        {
            "output": {
                "task_id": "video_1",
                "task_status": "FAILED",
                "code": "DataInspectionFailed",
                "message": "no",
            }
        },
        VideoStatus.FAILED,
        FailureReason.MODERATED,
    ),
}


@pytest.mark.parametrize(("body", "status", "reason"), ENDS.values(), ids=ENDS)
def test_an_end_is_what_all_of_the_answer_says(
    body: dict[str, Any], status: VideoStatus, reason: FailureReason | None
) -> None:
    found = read_video({"id": "video_1", **body})
    came_to = classify.status_of(found)
    failure = (
        classify.of_failed_job(found.status_word, found.complaint) if came_to is VideoStatus.FAILED else None
    )
    assert (came_to, failure.reason if failure else None) == (status, reason)


def test_what_is_inside_of_a_failed_job_is_told() -> None:
    found = read_video(
        {"output": {"task_status": "FAILED", "code": "InternalError", "message": "out of GPUs"}}
    )
    assert found.complaint == Complaint(code="internalerror", message="out of GPUs")
