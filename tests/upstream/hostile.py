"""Answers that nobody would give by mistake alone: right ones, changed at random, and a server that gives them."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import Any

Path = tuple[str | int, ...]

BODIES: tuple[object, ...] = (
    {"id": "video_1", "object": "video", "model": "sora_video2", "status": "queued", "progress": 0, "seconds": "8"},
    {"id": "task_1", "task_id": "task_1", "status": "in_progress", "progress": "67%", "metadata": {"url": None}},
    {"id": "v", "status": "completed", "video_url": "https://cdn.example/v.mp4?sig=1", "detail": {"pending_info": {}}},
    {"id": "v", "status": "completed", "url": "/v1/videos/v/content", "error": {"code": "moderation_blocked"}},
    {"id": "v", "status": "failed", "error": {"message": "rejected", "code": "moderation_blocked"}},
    {"code": "success", "data": {"task_id": "t", "status": "SUCCESS", "fail_reason": "https://a/b.mp4"}},
    {"code": 0, "data": [{"task_id": "t", "task_status": "succeed", "outputs": [{"url": "https://a/b.mp4"}]}]},
    {"request_id": "v"},
    {"error": {"message": 'no: {"error": {"code": "x", "message": "y"}}', "type": "invalid_request_error"}},
    {"code": "insufficient_user_quota", "message": "预扣费额度失败, 用户剩余额度: ¥0", "data": None},
    {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
    {"success": False, "message": "no"},
    {"detail": [{"msg": "no"}]},
    {"object": "billing_subscription", "hard_limit_usd": 100_000_000, "soft_limit_usd": 5, "balance": "12.5"},
    {"object": "list", "total_usage": 1234.5},
    {"object": "list", "data": [{"id": "sora-2", "shutdown_date": "2026-12-01"}, {"id": "veo", "shutdown_date": None}]},
    {"object": "list", "data": [{"id": "v", "status": "queued", "idempotency_key": "k"}], "has_more": False},
    {"code": 0, "data": {"items": [], "total": 0}}, {"object": "list", "data": []}, {"data": []},
    {"id": "v", "status": "completed", "usage": {"cost": 0.4, "is_byok": False}, "unsigned_urls": ["https://a/b.mp4"]},
    {"data": [{"id": "v", "status": "succeeded", "billing": [{"amount": "0.84", "charge_type": "cash"}]}]},
    {"data": {"id": "v", "status": "completed", "cost": "$0.20", "currency": "USD"}},
    {"id": "v", "status": "failed", "prompt": "model " * 50, "error": "models/veo is no longer available: " + "model " * 50},
    {"data": {"quota_display_type": "USD"}},
    {"id": "j", "polling_url": "/api/v1/videos/j", "status": "pending"},
    {"id": "j", "status": "completed", "unsigned_urls": ["/api/v1/videos/j/content?index=0"], "usage": {"cost": 0.5}},
    {"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["violence"], "raw": '{"error": {"code": 1}}'}}},
    {"success": False, "error": {"name": "ZodError", "message": '[{"path": ["size", 0], "message": "Invalid"}]'}},
    {"data": {"limit_remaining": 4.5, "usage": 1, "total_credits": "10", "total_usage": 3}},
    {"data": [{"id": "google/veo-3.1", "supported_durations": [4, 6], "supported_sizes": ["1280x720"],
               "supported_frame_images": ["first_frame"], "generate_audio": True, "pricing_skus": {"a": "0.4"}}]},
    [], "x", None, 7,
)  # fmt: skip


def _deep(layers: int) -> object:
    inner: object = "x"
    for _ in range(layers):
        inner = [{"error": inner, "data": inner}] if layers < 20 else [inner]
    return inner


#: What is put where something else belongs.
JUNK: tuple[object, ...] = (
    None, True, 0, -1, 10**18, 10**400, -(10**400), 1e308, float("nan"), float("inf"), "", " ", "\x00", "9" * 5000,
    "٣٤", "²", "1e999999999", "-1e-999999999", "NaN", "\ud800", "https://\ud800.x/", "https://xn--/", "https://[",
    "https://a:99999/", "/v1/", "/v1/\ud83d", "/api/v1/x", "//x", "http://", "https://" + "a" * 300,
    "https://cdn.example/" + "a" * 100_000, "\u202e<b>&", "{", '{"error":' * 50, "[" * 5000, " " * 100_000,
    "," * 4000, ". " * 4000, "<" * 4000, "(" * 4000, "request id " * 400, "req_" * 1000, "bearer " * 600,
    "http://" * 600, "https://:@" * 500, "model " * 700, "insufficient " * 300, "模型" * 2000, "task " * 800,
    "violates " * 400, "public_error_" * 300, "0001-01-01T00:00:00+14:00", [], {}, [[]], _deep(10), _deep(500),
    "1e-999999", "0e-999999", "0e999999", 1e-300, "2026-12-01", "9999-99-99", "2026-W01-1", True, "$1", "１",
    [{"amount": "NaN", "charge_type": "cash"}], [{"amount": 1, "charge_type": "cash"}] * 5000, "k", {"cost": -1},
    'prompt "' * 400, "prompt: " * 400, '"a b c ' * 400, "models/" * 500, "model not " * 300,
    {"url": None}, {"message": {"message": {"message": "deep"}}}, {"code": {}}, "completed", "failed", "COMPLETED ",
    "expired", "zapped", "sk-secret", "Bearer sk-abc", "request id: abc", [1] * 50, "200", "0", "ok",
)  # fmt: skip
KEYS = (
    "id", "task_id", "video_id", "taskId", "request_id", "status", "task_status", "state", "progress", "progress_pct",
    "video_url", "url", "video", "urls", "content", "outputs", "output", "videos", "generations", "fail_reason", "error",
    "failure_reason", "task_status_msg", "base_resp", "status_code", "message", "message_zh", "msg", "detail", "reason",
    "code", "type", "data", "metadata", "result", "task_result", "pending_info", "success", "balance", "name", "models",
    "cost", "billing", "amount", "charge_type", "shutdown_date", "idempotency_key", "external_task_id",
    "has_more", "total", "items", "prompt", "input",
    "metadata", "raw", "reasons", "error_type", "provider_code", "path", "issues", "usage", "cost", "limit_remaining",
    "supported_durations", "supported_sizes", "supported_resolutions", "supported_frame_images", "pricing_skus",
    "total_available", "hard_limit_usd", "total_usage", "currency", "unlimited_quota",
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("Retry-After", "5"), ("Retry-After", "9" * 400), ("Retry-After", "Mon, 01 Jan 0001 00:00:00 +1400"),
    ("Retry-After", "1 Jan 99999999999999999999 00:00:00"), ("Retry-After", "Thu, 99 Zzz 2020 99:99:99 GMT"),
    ("retry-after-ms", "nan"), ("openai-poll-after-ms", "-1"), ("openai-poll-after-ms", "1e400"),
    ("Content-Length", "9" * 19), ("Content-Length", "9" * 30), ("Content-Length", "3"), ("Content-Length", "-1"),
    ("Content-Range", "bytes 0-1/2"), ("Content-Range", "bytes " + "9" * 5000 + "-1/2"), ("Location", "http://["),
    ("Location", "/x"), ("Location", "file:///etc/passwd"), ("Location", "https://xn--/"), ("Location", "//\xff/"),
    ("Location", "https://cdn.example/x"), ("Location", "http://127.0.0.1:1/"), ("Content-Encoding", "gzip"),
    ("Content-Encoding", "deflate, gzip, br"), ("Content-Encoding", "\xff"), ("ETag", "\x80\xff"), ("ETag", 'W/"x"'),
    ("Last-Modified", "\xe9"), ("Set-Cookie", "a=" + "b" * 4000), ("Content-Type", "text/html; charset=\xff"),
)  # fmt: skip
NUMBERS = (
    *[200] * 12, 201, 202, 204, 206, 206, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 408, 409, 410, 413,
    416, 418, 425, 429, 451, 500, 501, 502, 503, 504, 524, 529, 599,
)  # fmt: skip
_CLIP = (
    b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + b"\x00\x00\x00\x08moov" + b"\x00\x00\x00\x10mdat" + b"m" * 8
)


def answer(random: Random) -> tuple[bytes, bool]:
    """Return an answer as it stands on the wire, and whether the connection ends with it."""
    number, headers = random.choice(NUMBERS), random.sample(HEADERS, random.choice((0, 0, 1, 1, 2)))
    body = _body(random)
    if ("Content-Encoding", "gzip") in headers and random.random() < 0.7:
        body = gzip.compress(body)
    is_odd = number in {204, 304} or any(name == "Content-Length" for name, _ in headers)
    lines = [f"HTTP/1.1 {number} x", *(f"{name}: {value}" for name, value in headers)]
    lines += [] if is_odd else [f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body, is_odd


def _body(random: Random) -> bytes:
    written = json.dumps(_changed(_copy(random.choice(BODIES)), random)).encode()
    at = random.randrange(len(written) + 1)
    match random.randrange(20):
        case 0:
            return random.randbytes(at % 200)
        case 1:
            return written[:at]
        case 2:
            return written[:at] + random.randbytes(1) + written[at + 1 :]
        case 3:
            return b"<html><body>502</body></html>"
        case 4:
            return _CLIP
        case 5:
            return _CLIP[:at]
        case _:
            return written


def _changed(body: Any, random: Random) -> Any:  # noqa: ANN401 - JSON
    for _ in range(random.choice((0, 1, 1, 2, 3, 6))):
        junk = _copy(random.choice(JUNK + BODIES))
        if isinstance(body, dict) and random.random() < 0.4:
            body[random.choice(KEYS)] = junk
        elif isinstance(body, dict) and body and random.random() < 0.2:
            del body[random.choice(list(body))]
        else:
            body = _with(body, random.choice(list(_paths(body))), junk)
    return body


def _copy(value: object) -> Any:  # noqa: ANN401 - JSON
    return json.loads(json.dumps(value))  # the library's own way does not get to the bottom of the deepest


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        if len(path) < 10:
            yield from _paths(one, (*path, key))


def _with(body: Any, path: Path, junk: object) -> Any:  # noqa: ANN401 - JSON
    if not path:
        return junk
    *way, last = path
    inner = body
    for key in way:
        inner = inner[key]
    inner[last] = junk
    return body


@asynccontextmanager
async def hostile_server(random: Random) -> AsyncIterator[str]:
    """Answer everything at random, and yield the origin."""
    writers = set[asyncio.StreamWriter]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        with suppress(
            asyncio.IncompleteReadError, ConnectionError
        ):  # the client hangs up when it has had enough
            is_over = False
            while not is_over:
                await _read_request(reader)
                written, is_over = answer(random)
                writer.write(written)
                await writer.drain()
        writer.close()
        writers.discard(writer)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        for writer in list(writers):
            writer.close()
            await writer.wait_closed()


async def _read_request(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    await reader.readexactly(sum(int(line.partition(b":")[2]) for line in lengths))
