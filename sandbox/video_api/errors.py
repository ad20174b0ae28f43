"""What the local video API refuses and why, before a dialect puts it into its own shape."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RefusalKind(StrEnum):
    """Who refuses, which decides about the shape of the error body in some dialects."""

    #: The request itself is wrong.
    REQUEST = "invalid_request_error"
    #: The relay's gateway: key, group, model.
    RELAY = "new_api_error"
    #: The relay's task desk: balance, load, unknown tasks.
    TASK = "task_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A code and a sentence, as APIs give them for a request or for a job."""

    code: str
    message: str


class Refusal(Exception):
    """The request is answered with this instead of being carried out."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        kind: RefusalKind = RefusalKind.REQUEST,
        param: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.kind = kind
        self.param = param


MODERATION = Problem(
    code="content_policy_violation",
    message="This content may violate our guardrails concerning similarity to third-party content.",
)


#: What some say of a video that they call completed.
BLOCKED = Problem(code="moderation_blocked", message="Your request was blocked by our moderation system.")
OUT_OF_INK = Problem(code="generation_failed", message="The printer is out of ink.")


def bad_key() -> Refusal:
    return Refusal(401, "invalid_api_key", "无效的令牌", kind=RefusalKind.RELAY)


def model_gone(model: str) -> Refusal:
    return Refusal(
        503,
        "model_not_found",
        f"当前分组 default 下对于模型 {model} 无可用渠道",
        kind=RefusalKind.RELAY,
    )


def model_unknown(model: str) -> Refusal:
    """OpenAI's words for a model that is gone, or not for this customer."""
    message = f"The model `{model}` does not exist or you do not have access to it."
    return Refusal(404, "model_not_found", message, param="model")


def moderated() -> Refusal:
    return Refusal(400, MODERATION.code, MODERATION.message, kind=RefusalKind.TASK, param="prompt")


def rate_limited() -> Refusal:
    message = "当前分组上游负载已饱和，请稍后再试"
    return Refusal(429, "rate_limit_exceeded", message, kind=RefusalKind.TASK)


def quota_spent(*, left: Decimal = Decimal("0.02"), price: Decimal = Decimal(1)) -> Refusal:
    message = f"预扣费额度失败, 用户剩余额度: ¥{left:.6f}, 需要预扣费额度: ¥{price:.6f}"
    return Refusal(403, "insufficient_user_quota", message, kind=RefusalKind.TASK)


def quota_exceeded() -> Refusal:
    """OpenAI's words for an account without money; its number is that of a rate limit."""
    message = "You exceeded your current quota, please check your plan and billing details."
    return Refusal(429, "insufficient_quota", message)


def key_spent() -> Refusal:
    """A relay's words for a key with a credit of its own that is spent; its number is that of a wrong key."""
    return Refusal(401, "key_spent", "该令牌额度已用尽", kind=RefusalKind.RELAY)


def payment_required() -> Refusal:
    return Refusal(
        402, "quota_not_enough", "Your balance is not enough for this request.", kind=RefusalKind.TASK
    )


def server_error() -> Refusal:
    return Refusal(500, "do_request_failed", "请求上游地址失败", kind=RefusalKind.TASK)


def overloaded() -> Refusal:
    return Refusal(
        503, "heavy_load", "We're under heavy load, please try again later.", kind=RefusalKind.TASK
    )


def invalid(message: str, *, param: str | None = None, code: str = "invalid_value") -> Refusal:
    return Refusal(400, code, message, param=param)


def for_browsers(method: str, path: str) -> Refusal:
    """OpenAI's words for a page that answers no API key."""
    message = (
        f"Your request to {method} {path} must be made with a session key (that is, it can only be made from the "
        "browser). You made it with the following key type: secret."
    )
    return Refusal(401, "", message)
