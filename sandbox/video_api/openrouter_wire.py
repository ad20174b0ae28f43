"""How OpenRouter puts things: jobs with a `polling_url` and `unsigned_urls`, errors with HTTP's number as their code."""

import json
import secrets
import string
from collections.abc import Mapping
from http import HTTPStatus

from sandbox.video_api.dialects import Body, ContentStyle
from sandbox.video_api.errors import Refusal
from sandbox.video_api.openrouter_orders import ZOD_ERROR
from sandbox.video_api.videos import Look, Stage, Video

ID_ALPHABET = string.ascii_letters + string.digits
STATES = {Stage.QUEUED: "pending"}
#: What other dialects refuse, by its code, in OpenRouter's numbers and words.
REFUSALS: Mapping[str, tuple[int, str]] = {
    "invalid_api_key": (HTTPStatus.UNAUTHORIZED, "User not found."),
    "key_spent": (
        HTTPStatus.FORBIDDEN,
        "Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys",
    ),
    "insufficient_user_quota": (
        HTTPStatus.PAYMENT_REQUIRED,
        "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    ),
    "quota_not_enough": (
        HTTPStatus.PAYMENT_REQUIRED,
        "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    ),
    "rate_limit_exceeded": (HTTPStatus.TOO_MANY_REQUESTS, "Rate limit exceeded"),
    "heavy_load": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "There is no available model provider that meets your routing requirements",
    ),
    "do_request_failed": (HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error"),
    "content_policy_violation": (HTTPStatus.FORBIDDEN, "Your chosen model requires moderation and your input was flagged"),
    "task_not_exist": (HTTPStatus.NOT_FOUND, "Video generation job not found"),
    "video_not_ready": (HTTPStatus.BAD_REQUEST, "Video generation is not completed yet"),
    "forbidden": (HTTPStatus.FORBIDDEN, "Only management keys can perform this operation"),
}  # fmt: skip
METADATA: Mapping[str, Body] = {
    "content_policy_violation": {
        "reasons": ["violence"],
        "flagged_input": "a cat ... surfing",
        "provider_name": "Google",
        "model_slug": "google/veo-3.1",
    },
    "rate_limit_exceeded": {"error_type": "rate_limit_exceeded"},
    "heavy_load": {"error_type": "provider_overloaded"},
}


def translated(refusal: Refusal) -> Refusal:
    """Return the refusal in OpenRouter's number and words."""
    if refusal.code == "model_not_found":
        return Refusal(HTTPStatus.NOT_FOUND, refusal.code, "No endpoints found for openai/sora-2-pro.")
    number, message = REFUSALS.get(refusal.code, (refusal.status, refusal.message))
    return Refusal(number, refusal.code, message)


class OpenRouterWire:
    """openrouter.ai's "Video Generation API"."""

    content = ContentStyle.BYTES
    unknown_id = 404

    def new_id(self) -> str:
        return "".join(secrets.choice(ID_ALPHABET) for _ in range(20))

    def created(self, video: Video) -> Body:
        return {"id": video.id, "polling_url": f"/api/v1/videos/{video.id}", "status": "pending"}

    def retrieved(self, video: Video, look: Look) -> Body:
        body = self.created(video) | {
            "status": STATES.get(look.stage, look.stage.value),
            "model": video.model,
        }
        if look.stage is not Stage.QUEUED:
            body["generation_id"] = f"gen-vid-{video.id}"
        if look.stage is Stage.COMPLETED:
            body["unsigned_urls"] = [look.url] if look.url else []
            body["usage"] = {"cost": float(video.cost or 0), "is_byok": False}
        if look.problem is not None:
            body["error"] = look.problem.message
        return body

    def refused(self, refusal: Refusal, *, of_content: bool) -> Body:  # noqa: ARG002 (one shape for all)
        if refusal.code == ZOD_ERROR:
            return {"success": False, "error": {"name": ZOD_ERROR, "message": refusal.message}}
        own = translated(refusal)
        error: Body = {"message": own.message, "code": int(own.status)}
        if refusal.code in METADATA:
            error["metadata"] = json.loads(json.dumps(METADATA[refusal.code]))
        return {"error": error, "user_id": "user_sandbox"}
