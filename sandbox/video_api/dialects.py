"""Whose API the local one is, and how those of OpenAI's format put the same things: ids, states, times, URLs and errors."""

import secrets
import string
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol
from uuid import uuid4

from sandbox.video_api.errors import Refusal, RefusalKind
from sandbox.video_api.videos import Look, Stage, Video

Body = dict[str, object]

ALPHANUMERIC = string.ascii_letters + string.digits
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
OPENAI_RETENTION = timedelta(hours=1)
#: Per cent of a video's time during which a new-api relay still says "queued".
NEWAPI_QUEUED_UNTIL = 15
CHINESE = {
    "content_policy_violation": "内容审核未通过：检测到真人形象",
    "invalid_api_key": "无效的令牌",
    "insufficient_user_quota": "额度不足",
}


class Dialect(StrEnum):
    """Whose way of putting things the local video API speaks."""

    #: yibuapi.com's page: `video_<uuid>`, a `video_url` on a CDN, sizes normalised, the model renamed.
    YIBU = "yibu"
    #: A new-api relay: `task_…`, placeholders for progress, milliseconds, `code`/`message`/`data` errors.
    NEWAPI = "newapi"
    #: OpenAI's own: the full resource with its nulls, one hour of retention, bytes from /content only.
    OPENAI = "openai"
    #: Older relays: everything in `data`, upper-case states, "67%", ids with a colon.
    LEGACY = "legacy"
    #: openrouter.ai's own: JSON, jobs with a polling URL, what they cost.
    OPENROUTER = "openrouter"


#: Those that share one format.
OPENAI_DIALECTS = (Dialect.YIBU, Dialect.NEWAPI, Dialect.OPENAI, Dialect.LEGACY)


class ContentStyle(StrEnum):
    """How `GET /v1/videos/{id}/content` hands out a clip."""

    #: The bytes themselves.
    BYTES = "bytes"
    #: JSON that says where the bytes are.
    JSON = "json"


class Wire(Protocol):
    """One dialect: what it calls a video, how it shows one, and how it says no."""

    content: ContentStyle
    unknown_id: int

    def new_id(self) -> str: ...

    def created(self, video: Video) -> Body: ...

    def retrieved(self, video: Video, look: Look) -> Body: ...

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body: ...


def seconds_since_1970(moment: datetime) -> int:
    return int(moment.timestamp())


def milliseconds_since_1970(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def long_id() -> str:
    """An id as LiteLLM makes them: in it stands, encoded, where the video really is."""
    project = _random_text(string.ascii_lowercase, 200)
    inside = (
        f"litellm:custom_llm_provider:vertex_ai;model_id:;video_id:projects/{project}/operations/{uuid4()}"
    )
    return f"video_{b64encode(inside.encode()).decode()}"


def _random_text(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


class YibuWire:
    """yibuapi.com's "OpenAI官方视频格式" pages and their siblings made from the same template."""

    content = ContentStyle.BYTES
    unknown_id = 404

    def new_id(self) -> str:
        return f"video_{uuid4()}"

    def created(self, video: Video) -> Body:
        renamed = "sora_video2" if video.model.startswith("sora") else video.model
        body: Body = {
            "id": video.id,
            "object": "video",
            "model": renamed,
            "status": "queued",
            "progress": 0,
            "created_at": seconds_since_1970(video.created_at),
            "seconds": video.seconds,
            "size": video.size,
        }
        if video.remixed_from is not None:
            body |= {"remixed_from_video_id": video.remixed_from.removeprefix("video_"), "detail": {}}
        return body

    def retrieved(self, video: Video, look: Look) -> Body:
        body: Body = {
            "id": video.id,
            "size": video.size,
            "model": video.model,
            "object": "video",
            "status": look.stage.value,
            "seconds": video.seconds,
            "progress": look.progress,
            "video_url": look.url,
            "created_at": seconds_since_1970(video.created_at),
        }
        if look.completed_at is not None:
            body["completed_at"] = seconds_since_1970(look.completed_at)
        if look.problem is not None:
            message = CHINESE.get(look.problem.code, look.problem.message)
            body["error"] = {"code": look.problem.code, "message": message}
        return body

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body:
        error: Body = {
            "message": refusal.message,
            "message_zh": CHINESE.get(refusal.code, refusal.message),
            "type": refusal.kind.value,
        }
        if refusal.kind is not RefusalKind.REQUEST and not of_content:
            error["code"] = refusal.code
        return {"error": error}


class NewApiWire:
    """new-api's relay: times in milliseconds, progress a placeholder (100 on failure too), no URL given."""

    content = ContentStyle.BYTES
    unknown_id = 400

    def new_id(self) -> str:
        return f"task_{_random_text(ALPHANUMERIC, 32)}"

    def created(self, video: Video) -> Body:
        body = self._named(video) | {"status": "queued", "progress": 0}
        if video.remixed_from is not None:
            body["remixed_from_video_id"] = video.remixed_from
        return body

    def retrieved(self, video: Video, look: Look) -> Body:
        status, progress = self._placeholder(look)
        body = self._named(video) | {"status": status, "progress": progress, "seconds": video.seconds}
        if look.completed_at is not None:
            body["completed_at"] = milliseconds_since_1970(look.completed_at)
        if look.problem is not None:
            body["error"] = {"message": look.problem.message}
        return body

    def _named(self, video: Video) -> Body:
        return {
            "id": video.id,
            "task_id": video.id,
            "object": "video",
            "model": video.model,
            "created_at": milliseconds_since_1970(video.created_at),
        }

    def _placeholder(self, look: Look) -> tuple[str, int]:
        """The relay's database says NOT_START after an order, which its OpenAI view has no word for."""
        match look.stage:
            case Stage.QUEUED:
                return "unknown", 10
            case Stage.RENDERING if look.progress < NEWAPI_QUEUED_UNTIL:
                return "queued", 20
            case Stage.RENDERING:
                return "in_progress", 30
            case _:
                return look.stage.value, 100

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body:
        if of_content and refusal.kind is not RefusalKind.RELAY:
            return {"error": {"message": refusal.message, "type": "invalid_request_error"}}
        return _relay_error(refusal)


class OpenAiWire:
    """OpenAI's API reference: every key there, null where there is nothing to say."""

    content = ContentStyle.BYTES
    unknown_id = 404

    def new_id(self) -> str:
        return f"video_{secrets.token_hex(24)}"

    def created(self, video: Video) -> Body:
        return self.retrieved(video, Look(stage=Stage.QUEUED, progress=0))

    def retrieved(self, video: Video, look: Look) -> Body:
        done = look.completed_at
        error = look.problem and {"code": look.problem.code, "message": look.problem.message}
        return {
            "id": video.id,
            "object": "video",
            "created_at": seconds_since_1970(video.created_at),
            "status": look.stage.value,
            "completed_at": done and seconds_since_1970(done),
            "error": error,
            "expires_at": done and seconds_since_1970(done + OPENAI_RETENTION),
            "model": video.model,
            "progress": look.progress,
            "prompt": video.prompt,
            "remixed_from_video_id": video.remixed_from,
            "seconds": video.seconds,
            "size": video.size,
        }

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body:
        code = None if of_content or refusal.code == "invalid_value" else refusal.code
        message = "Incorrect API key provided." if refusal.code == "invalid_api_key" else refusal.message
        kind = (
            "server_error" if refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
        )
        return {"error": {"message": message, "type": kind, "param": refusal.param, "code": code}}


class LegacyWire:
    """Older relays' envelope: everything in `data`, upper-case states, progress as text, the URL when done."""

    content = ContentStyle.JSON
    unknown_id = 400
    states: Mapping[Stage, str] = {
        Stage.QUEUED: "NOT_START",
        Stage.RENDERING: "IN_PROGRESS",
        Stage.COMPLETED: "SUCCESS",
        Stage.FAILED: "FAILURE",
        Stage.EXPIRED: "EXPIRED",
        Stage.UNHEARD_OF: "REVIEWING",
    }

    def new_id(self) -> str:
        return f"sora-2:task_{_random_text(CROCKFORD, 26)}"

    def created(self, video: Video) -> Body:
        return {"code": "success", "message": "", "data": {"task_id": video.id, "status": "SUBMITTED"}}

    def retrieved(self, video: Video, look: Look) -> Body:
        started = seconds_since_1970(video.created_at)
        failed = look.stage is Stage.FAILED
        return {
            "code": "success",
            "message": "",
            "data": {
                "task_id": video.id,
                "action": "generate",
                "status": self.states[look.stage],
                "progress": "100%" if failed else f"{look.progress}%",
                "fail_reason": look.problem.message if look.problem else "",
                "result_url": look.url or "",
                "submit_time": started,
                "start_time": started,
                "finish_time": seconds_since_1970(look.completed_at) if look.completed_at else 0,
                "data": {},
            },
        }

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body:  # noqa: ARG002 (one shape for all)
        return _relay_error(refusal)


def _relay_error(refusal: Refusal) -> Body:
    """A relay's gateway and its task queue answer in two shapes; both name the request."""
    message = (
        f"{refusal.message} (request id: {datetime.now(UTC):%Y%m%d%H%M%S%f}{_random_text(ALPHANUMERIC, 8)})"
    )
    if refusal.kind is not RefusalKind.RELAY:
        return {"code": refusal.code, "message": message, "data": None}
    code = "" if refusal.status == HTTPStatus.UNAUTHORIZED else refusal.code
    return {"error": {"code": code, "message": message, "type": refusal.kind.value}}


WIRES: Mapping[Dialect, Wire] = {
    Dialect.YIBU: YibuWire(),
    Dialect.NEWAPI: NewApiWire(),
    Dialect.OPENAI: OpenAiWire(),
    Dialect.LEGACY: LegacyWire(),
}
