"""Looks: whole answers of gateways and makers that speak this format, or nearly, and what is read of each."""

from __future__ import annotations

from typing import Any

import pytest

from domain.failures import FailureReason
from upstream.answers import classify
from upstream.answers.parse import read_video
from upstream.api import VideoStatus

CLIP = "https://cdn.example/a.mp4"
QUEUED, RENDERING, DONE, FAILED = VideoStatus
Row = tuple[dict[str, Any], str, VideoStatus, str | None, FailureReason | None]

SHAPES: dict[str, Row] = {
    "apiyi's Grok, moderated": (
        {
            "id": "v",
            "object": "video",
            "status": "completed",
            "progress": 100,
            "error": {"code": "moderation_blocked", "message": "Blocked."},
        },
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
    "laozhang's Omni": (
        {"id": "v", "object": "video", "status": "completed", "video_url": CLIP, "error": None},
        "v",
        DONE,
        CLIP,
        None,
    ),
    "apiyi's Veo, gone": (
        {
            "id": "task_1",
            "status": "failed",
            "error": {
                "code": "fail_to_fetch_task",
                "message": '{"error":{"code":404,"message":"models/veo-3.1-generate-preview is no longer available"}}',
            },
        },
        "task_1",
        FAILED,
        None,
        FailureReason.MODEL_GONE,
    ),
    "OpenRouter, ordered": (
        {"id": "v", "polling_url": "https://openrouter.ai/api/v1/videos/v", "status": "pending"},
        "v",
        QUEUED,
        None,
        None,
    ),
    "OpenRouter, done": (
        {"id": "v", "status": "completed", "unsigned_urls": [CLIP], "usage": {"cost": 0.4, "is_byok": False}},
        "v",
        DONE,
        CLIP,
        None,
    ),
    "OpenRouter, failed": (
        {"id": "v", "status": "failed", "error": "The request was blocked by moderation"},
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
    "OpenRouter, too old": ({"id": "v", "status": "expired"}, "v", FAILED, None, FailureReason.EXPIRED),
    "xAI, ordered": ({"request_id": "v"}, "v", QUEUED, None, None),
    "xAI, done": (
        {"request_id": "v", "status": "done", "video": {"url": CLIP, "duration": 8}},
        "v",
        DONE,
        CLIP,
        None,
    ),
    "LLMGateway": ({"id": "v", "status": "completed", "content": [{"url": CLIP}]}, "v", DONE, CLIP, None),
    "Ark": (
        {"id": "v", "status": "succeeded", "content": {"video_url": CLIP}, "usage": {"completion_tokens": 9}},
        "v",
        DONE,
        CLIP,
        None,
    ),
    "kie": ({"code": 200, "msg": "success", "data": {"taskId": "v"}}, "v", QUEUED, None, None),
    "crazyrouter": (
        {
            "created_at": 1,
            "id": "v",
            "model": "m",
            "object": "video",
            "progress": 0,
            "status": "",
            "task_id": "v",
        },
        "v",
        QUEUED,
        None,
        None,
    ),
    "Kling's new API": (
        {
            "code": 0,
            "data": [{"id": "v", "status": "succeeded", "outputs": [{"type": "video", "url": CLIP}]}],
        },
        "v",
        DONE,
        CLIP,
        None,
    ),
    "Kling's, the result is moderated": (
        {
            "code": 0,
            "message": "SUCCEED",
            "data": {
                "task_id": "v",
                "task_status": "failed",
                "task_status_msg": "Failure to pass the risk control system",
            },
        },
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
    "DashScope, failed": (
        {
            "request_id": "r",
            "output": {
                "task_id": "v",
                "task_status": "FAILED",
                "code": "DataInspectionFailed",
                "message": "no",
            },
        },
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
    "MiniMax, moderated": (
        {
            "task_id": "v",
            "status": "failed",
            "base_resp": {"status_code": 1026, "status_msg": "new_sensitive"},
        },
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
    "a relay whose own money is gone": (
        {
            "code": "success",
            "data": {"task_id": "v", "status": "FAILURE", "fail_reason": "insufficient balance"},
        },
        "v",
        FAILED,
        None,
        FailureReason.NO_CREDIT,
    ),
    "a relay whose own key is refused": (
        {"id": "v", "status": "failed", "error": {"message": "Incorrect API key provided: sk-1***"}},
        "v",
        FAILED,
        None,
        FailureReason.KEY_REFUSED,
    ),
    "aborted": ({"id": "v", "status": "aborted"}, "v", FAILED, None, FailureReason.RENDER_FAILED),
    "deleted": ({"id": "v", "status": "deleted"}, "v", FAILED, None, FailureReason.RENDER_FAILED),
    "moderated, by its status": (
        {"id": "v", "status": "moderation_blocked"},
        "v",
        FAILED,
        None,
        FailureReason.MODERATED,
    ),
}


@pytest.mark.parametrize(("body", "video_id", "status", "url", "reason"), SHAPES.values(), ids=SHAPES)
def test_a_video_is_read_as_each_of_them_tells_it(
    body: dict[str, Any],
    video_id: str,
    status: VideoStatus,
    url: str | None,
    reason: FailureReason | None,
) -> None:
    found = read_video(body)
    came_to = classify.status_of(found)
    failed = came_to is VideoStatus.FAILED
    why = classify.of_failed_job(found.status_word, found.complaint).reason if failed else None
    assert (found.id, came_to, found.url, why) == (video_id, status, url, reason)
