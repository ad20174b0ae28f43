"""Wire: every way in which relays write a video and what is wrong with it."""

from typing import Any

import pytest

from upstream.answers import parse
from upstream.answers.parse import Complaint
from upstream.api import VideoStatus

STATUSES = {
    "queued": VideoStatus.QUEUED,
    "pending": VideoStatus.QUEUED,
    "submitted": VideoStatus.QUEUED,
    "NOT_START": VideoStatus.QUEUED,
    "notstarted": VideoStatus.QUEUED,
    "preparing": VideoStatus.QUEUED,
    "unknown": VideoStatus.QUEUED,
    "in_progress": VideoStatus.RENDERING,
    "In Progress": VideoStatus.RENDERING,
    "IN-PROGRESS": VideoStatus.RENDERING,
    "processing": VideoStatus.RENDERING,
    "reviewing": VideoStatus.RENDERING,
    "completed": VideoStatus.COMPLETED,
    "SUCCESS": VideoStatus.COMPLETED,
    "succeeded": VideoStatus.COMPLETED,
    "succeed": VideoStatus.COMPLETED,
    "finished": VideoStatus.COMPLETED,
    "failed": VideoStatus.FAILED,
    "FAILURE": VideoStatus.FAILED,
    "error": VideoStatus.FAILED,
    "cancelled": VideoStatus.FAILED,
    "canceled": VideoStatus.FAILED,
    "expired": VideoStatus.FAILED,
    "interrupted": VideoStatus.FAILED,
    "blocked": VideoStatus.FAILED,
    "moderated": VideoStatus.FAILED,
    "aborted": VideoStatus.FAILED,
    "killed": VideoStatus.FAILED,
    "Timed Out": VideoStatus.FAILED,
    "生成失败": VideoStatus.FAILED,
    "已完成": VideoStatus.COMPLETED,
    "completed" + "!" * 1000: VideoStatus.RENDERING,
    "": None,
}


@pytest.mark.parametrize(
    ("word", "expected"), STATUSES.items(), ids=[word[:20] or "empty" for word in STATUSES]
)
def test_the_words_of_every_api_become_ours(word: str, expected: VideoStatus | None) -> None:
    assert parse.read_video({"id": "video_1", "status": word}).status == expected


PROGRESS: dict[str, tuple[object, int | None]] = {
    "whole": (67, 67),
    "fractional per cent": (67.9, 67),
    "text": ("67", 67),
    "text with sign": ("67%", 67),
    "fraction": (0.93, 93),
    "fraction as text": ("0.93", 93),
    "less than one per cent": ("0.5%", 0),
    "one": (1, 1),
    "zero": (0, 0),
    "beyond": (150, 100),
    "below": (-5, 0),
    "null": (None, None),
    "nonsense": ("soon", None),
    "not a number": ("nan", None),
    "endless": ("inf", None),
    "truth": (True, None),
    "object": ({}, None),
    "beyond all numbers": (10**400, None),
    "below all numbers": (-(10**400), None),
    "more digits than any number has": ("9" * 5000, None),
    "digits of another script": ("٦٧", 67),
}


@pytest.mark.parametrize(("told", "expected"), PROGRESS.values(), ids=PROGRESS)
def test_progress_is_read_however_it_is_written(told: object, expected: int | None) -> None:
    assert parse.read_video({"id": "video_1", "status": "queued", "progress": told}).progress == expected


IDS: dict[str, tuple[dict[str, Any], str | None]] = {
    "id": ({"id": "video_1"}, "video_1"),
    "task_id": ({"task_id": "task_1"}, "task_1"),
    "data.task_id": ({"code": "success", "data": {"task_id": "task_1"}}, "task_1"),
    "with a colon": ({"id": "sora-2:task_1"}, "sora-2:task_1"),
    "a database's number beside it": ({"data": {"id": 17, "task_id": "task_1"}}, "task_1"),
    "nothing but a number": ({"id": 17}, "17"),
    "empty, then task_id": ({"id": "", "task_id": "task_1"}, "task_1"),
    "truth": ({"id": True}, None),
    "a path": ({"id": ".."}, None),
    "out of a path": ({"id": "video/../../user"}, None),
    "half a letter": ({"id": "video_\ud83d"}, None),
    "as long as LiteLLM's": (
        {"id": "video_" + "bGl0ZWxsbQ" * 40 + "=="},
        "video_" + "bGl0ZWxsbQ" * 40 + "==",
    ),
    "as long as we take it": ({"id": "x" * 4096}, "x" * 4096),
    "far too long": ({"id": "x" * 4097}, None),
    "more digits than any number has": ({"id": 10**400}, None),
    "below zero": ({"id": -1}, None),
    "taskId": ({"code": 200, "msg": "success", "data": {"taskId": "task_1"}}, "task_1"),
    "first of a list": ({"code": 200, "data": [{"task_id": "task_1", "status": "submitted"}]}, "task_1"),
    "inside the output": ({"request_id": "r", "output": {"task_id": "task_1"}}, "task_1"),
    "request_id, where there is no other": ({"request_id": "video_1"}, "video_1"),
    "request_id that is of the request": ({"code": 0, "message": "SUCCEED", "request_id": "r"}, None),
    "none": ({}, None),
}


@pytest.mark.parametrize(("body", "expected"), IDS.values(), ids=IDS)
def test_the_id_is_found_wherever_it_stands(body: dict[str, Any], expected: str | None) -> None:
    assert parse.read_video(body).id == expected


CLIP = "https://cdn.example/a.mp4"
URLS: dict[str, tuple[dict[str, Any], str | None]] = {
    "video_url": ({"video_url": CLIP}, CLIP),
    "url": ({"url": CLIP}, CLIP),
    "result_url": ({"result_url": CLIP}, CLIP),
    "content_url": ({"content_url": CLIP}, CLIP),
    "metadata.url": ({"metadata": {"url": CLIP}}, CLIP),
    "data.result_url": ({"data": {"result_url": CLIP}}, CLIP),
    "data.output": ({"data": {"output": CLIP}}, CLIP),
    "data.output as array": ({"data": {"output": [CLIP]}}, CLIP),
    "detail.video_url": ({"detail": {"video_url": CLIP}}, CLIP),
    "detail.generations": ({"detail": {"pending_info": {"generations": [{"url": CLIP}]}}}, CLIP),
    "old relays' fail_reason": ({"data": {"fail_reason": CLIP}}, CLIP),
    "array": ({"video_url": [CLIP, "https://cdn.example/b.mp4"]}, CLIP),
    "task_result.videos": ({"data": {"task_result": {"videos": [{"url": CLIP}]}}}, CLIP),
    "relative": ({"url": "/v1/videos/video_1/content"}, "/v1/videos/video_1/content"),
    "relative below a path": ({"url": "/api/v1/videos/1/content"}, "/api/v1/videos/1/content"),
    "relative to another host": ({"url": "//cdn.example/v1/a.mp4"}, None),
    "a file of theirs": ({"output": "/outputs/a.mp4"}, None),
    "video.url": ({"video": {"url": CLIP, "duration": 8}}, CLIP),
    "video": ({"video": CLIP}, CLIP),
    "content.video_url": ({"content": {"video_url": CLIP}}, CLIP),
    "content as list": ({"content": [{"url": CLIP}]}, CLIP),
    "unsigned_urls": ({"unsigned_urls": [CLIP]}, CLIP),
    "urls before unsigned_urls": ({"unsigned_urls": ["https://own.example/a"], "urls": [CLIP]}, CLIP),
    "outputs": ({"data": [{"outputs": [{"type": "video", "url": CLIP}]}]}, CLIP),
    "output.video_url": ({"output": {"video_url": CLIP, "orig_prompt": "a cat"}}, CLIP),
    "half a letter": ({"url": "https://cdn.example/\ud83d"}, None),
    "without end": ({"url": "https://cdn.example/" + "a" * 10_000}, None),
    "null, then url": ({"video_url": None, "url": CLIP}, CLIP),
    "null": ({"video_url": None}, None),
    "empty": ({"video_url": "", "url": []}, None),
    "another scheme": ({"url": "file:///etc/passwd"}, None),
    "a reason that is one": ({"fail_reason": "moderated"}, None),
}


@pytest.mark.parametrize(("body", "expected"), URLS.values(), ids=URLS)
def test_the_address_of_the_clip_is_found_wherever_it_stands(
    body: dict[str, Any], expected: str | None
) -> None:
    assert parse.read_video({"id": "video_1", "status": "completed", **body}).url == expected


COMPLAINTS: dict[str, tuple[object, Complaint | None]] = {
    "null": ({"id": "v", "error": None}, None),
    "empty": ({"id": "v", "error": ""}, None),
    "text": ({"error": "no"}, Complaint(message="no")),
    "code and message": ({"error": {"code": "bad", "message": "no"}}, Complaint(code="bad", message="no")),
    "two languages": (
        {"error": {"message": "no", "message_zh": "不", "type": "t"}},
        Complaint(code="t", message="no"),
    ),
    "only the other language": ({"error": {"message": "", "message_zh": "不"}}, Complaint(message="不")),
    "number as code": ({"error": {"code": 451, "message": "no"}}, Complaint(code="451", message="no")),
    "upper case code": ({"error": {"code": "BAD", "message": "no"}}, Complaint(code="bad", message="no")),
    "empty code, then type": (
        {"error": {"code": "", "message": "no", "type": "t"}},
        Complaint(code="t", message="no"),
    ),
    "code, message, data": (
        {"code": "bad", "message": "no", "data": None},
        Complaint(code="bad", message="no"),
    ),
    "JSON in a message": (
        {"code": "fail_to_fetch_task", "message": '{"error":{"code":"bad","message":"no"}}', "data": None},
        Complaint(code="bad", message="no"),
    ),
    "JSON behind words": ({"error": 'status 400: {"error":{"message":"no"}}'}, Complaint(message="no")),
    "JSON in a text": ({"error": '{"message": "no"}'}, Complaint(message="no")),
    "success false": ({"success": False, "message": "no"}, Complaint(message="no")),
    "detail": ({"detail": "no"}, Complaint(message="no")),
    "detail as list": ({"detail": [{"loc": ["body"], "msg": "no"}]}, Complaint(message="no")),
    "message alone": ({"message": "no"}, Complaint(message="no")),
    "fail_reason": ({"code": "success", "data": {"fail_reason": "no"}}, Complaint(message="no")),
    "failure_reason": ({"detail": {"pending_info": {"failure_reason": "no"}}}, Complaint(message="no")),
    "base_resp": (
        {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
        Complaint(code="status_1008", message="insufficient balance"),
    ),
    "a base_resp that is well": ({"id": "v", "base_resp": {"status_code": 0, "status_msg": "success"}}, None),
    "a reason that says it is well": ({"id": "v", "fail_reason": "SUCCESS"}, None),
    "code and message inside": (
        {"request_id": "r", "output": {"task_id": "v", "code": "BAD", "message": "no"}},
        Complaint(code="bad", message="no"),
    ),
    "a request's id beside a message": ({"request_id": "r", "message": "no"}, Complaint(message="no")),
    "a code that is an object": ({"code": {"a": 1}, "message": "no"}, Complaint(message="no")),
    "a code without end": ({"code": "x" * 5000, "message": "no"}, Complaint(message="no")),
    "a message without end": ({"error": "x" * 5000}, Complaint(message="x" * 4000)),
    "an envelope's courtesy": ({"code": "success", "message": "ok", "data": {}}, None),
    "an envelope's zero": ({"code": 0, "message": "SUCCEED", "data": {}}, None),
    "fail_reason that is an address": ({"code": "success", "data": {"fail_reason": CLIP}}, None),
    "a video": ({"id": "v", "status": "queued", "detail": {}}, None),
    "nothing": ({}, None),
    "no object": ([1, 2], None),
    "no JSON": (None, None),
}


@pytest.mark.parametrize(("body", "expected"), COMPLAINTS.values(), ids=COMPLAINTS)
def test_a_complaint_is_read_in_every_shape(body: object, expected: Complaint | None) -> None:
    assert parse.read_complaint(body) == expected


def test_a_video_behind_a_second_pipeline_is_read() -> None:
    pending = {
        "id": "sora-2:task_1",
        "detail": {
            "id": "sora-2:task_1",
            "input": {"model": "sy_ore", "images": ["https://cdn.example/photo.png"]},
            "status": "pending",
            "pending_info": {
                "status": "processing",
                "progress_pct": 0.93,
                "failure_reason": None,
                "generations": [],
            },
        },
        "status": "pending",
        "status_update_time": 1759763621142,
    }
    video = parse.read_video(pending)
    assert (video.id, video.status, video.progress, video.url, video.complaint) == (
        "sora-2:task_1",
        VideoStatus.QUEUED,
        93,
        None,
        None,
    )


NO_JSON = {
    "empty": b"",
    "page": b"<html>",
    "half": b'{"id": "vi',
    "binary": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_is_nothing(body: bytes) -> None:
    assert parse.parse(body) is None
