"""What the codes and words of APIs mean, as tables: a new one is a word more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from upstream.api import VideoStatus
from upstream.errors import (
    Busy,
    Expired,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    Refused,
    UnknownOutcome,
    VideoApiError,
)

Verdict = type[VideoApiError]

# A model, with no more than its name before what is said of it: "the model sees no face and cannot go on" is no end.
_CALLED = r"(?:(?:with )?(?:the )?(?:id|name|named|called)[\s:]{1,2})?"
# Unless it stands between quotes, a name has more than letters.
_NAME = r"(?:[`'\"(\[][\w./:@-]{1,90}|(?=[\w./:@-]{0,90}?[\d./:@_-])[\w./:@-]{1,90})?[`'\")\]]?"
_MODEL = rf"\bmodels?\b[\s:/]{{0,3}}{_CALLED}{_NAME}[\s,]{{0,3}}"
_IS = r"(?:(?:is|are|was|were|has been|have been|does|do|could|can|will) (?:now )?)?"
_MODELS_END = (
    r"(?:not found\b|not be found\b|cannot be found\b|not exist\b|doesn['’]t exist\b|isn['’]t available\b"
    r"|deprecated\b|decommissioned\b|retired\b|shut ?down\b|sunset|discontinued\b"
    r"|(?:has |have )?reached (?:its )?end[ -]of[ -]life|unavailable (?:for|in) your"
    r"|no longer (?:be |being )?(?:available|supported|offered|served|exist)"
    r"|not (?:supported|available)\b(?! (?:with|when|together|right now|at the moment|now|yet|temporarily)))"
)
_CHINESE_NAME = r"[\s:：]{0,3}[A-Za-z0-9_./:@`'\"「」\[\]-]{0,80}\s{0,2}(?:的可用渠道|目前)?(?:已经?)?"

CODES: Final[Mapping[str, Verdict]] = {
    code: verdict
    for verdict, codes in {
        Moderated: "content_policy_violation content_moderation moderation_blocked content_filter prompt_unsafe"
        " image_unsafe video_unsafe input_moderation output_moderation sensitive_words_detected"
        " datainspectionfailed 1300 1301 status_1026",
        # OpenAI sends sentinel_block for the account or the network an order came from, not for what was asked,
        # and says itself to try again later; so it is no moderation.
        Busy: "sentinel_block heavy_load cf_shield_429 rate_limit_exceeded rate_limit_error overloaded"
        " overloaded_error server_overloaded too_many_requests 1302 1303 status_1002",
        NoCredit: "insufficient_user_quota insufficient_quota quota_not_enough insufficient_balance"
        " pre_consume_token_quota_failed billing_hard_limit_reached billing_not_active accountoverdueerror"
        " arrearage 1101 1102 status_1008",
        KeyRefused: "invalid_api_key invalid_token account_deactivated access_denied status_1004 status_2049",
        ModelGone: "model_not_found model_not_available model_deprecated modelnotopen model_price_error 1103 1203",
        Gone: "task_not_exist task_origin_not_exist task_not_found video_not_found",
        Expired: "expired video_expired content_expired",
        NotReady: "video_not_ready",
        Refused: "1200 1201 status_2013 plugin_request_invalid plugin_usage_invalid invalid_size",
        # The relay lost sight of its own order to the API behind it.
        UnknownOutcome: "do_request_failed read_response_body_failed unmarshal_response_body_failed"
        " invalid_response",
    }.items()
    for code in codes.split()
}
"""By the API's code, in lower case: the surest sign, whatever else the answer says. Numbers are Kling's and MiniMax's."""

WORDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (r"moderation|content[ _-]?polic|guardrail|photorealistic people|third-party content", Moderated),
        (r"审核|敏感|违规|违反|不合规|真人|色情|暴力", Moderated),
        (r"\b(unsafe|nsfw)\b|safety (system|polic|filter)|usage polic", Moderated),
        (
            r"sensitive[ _-]?(word|content|information)|inappropriate content|risk control|real person",
            Moderated,
        ),
        (r"violat\w{1,4} .{0,60}(guideline|polic)", Moderated),
        (r"public_error_\w{0,40}(unsafe|filter|prominent|minor|sexual|danger)", Moderated),
        (r"insufficient[ _]((user|account|token|api)[ _])?(quota|balance|credits?|funds)\b", NoCredit),
        (
            r"exceeded your current quota|\b(quota|balance|credits?) (is |are )?(insufficient|not enough)",
            NoCredit,
        ),
        (r"余额不足|额度不足|额度.{0,4}(用尽|耗尽|用完)|预扣费|欠费", NoCredit),
        (r"无效的令牌|令牌(已|状态|验证)|(用户|账户|账号)已?被?(封禁|禁用)", KeyRefused),
        (
            r"\b(invalid|incorrect|expired) (api[ _-]?key|(access |api )?token|key)\b(?! ?(frame|count|limit|length))",
            KeyRefused,
        ),
        (r"\bauth(entication|orization)? (has )?(failed|is (empty|invalid|expired))", KeyRefused),
        (_MODEL + _IS + _MODELS_END, ModelGone),
        (
            r"\b[a-z][\w./:-]{0,80}\d[\w./:-]{0,40} (is|was|has been) (retired|shut ?down|discontinued)\b",
            ModelGone,
        ),
        (
            r"无可用渠道|无权(访问|使用).{0,10}模型|模型" + _CHINESE_NAME + r"(不存在|下线|下架|未找到|停用)",
            ModelGone,
        ),
        (r"no available channel|(no|not have) access to (the )?model|no endpoints found", ModelGone),
        (r"not a valid model\b|invalid model name|\bunsupported model(?= ?[:'\"`.]|$)", ModelGone),
        (r"\bmodel_not_found\b|unknown request url|价格.{0,10}未配置", ModelGone),
        (r"not (completed|ready|finished) yet|is not (yet )?(completed|ready|finished)", NotReady),
        (r"\b(task|video)\b\W{0,3}(id )?(is |was |does )?not (found|exist)", Gone),
        (r"(任务|视频)\W{0,3}(不存在|未找到)", Gone),
        (r"heavy load|overload|负载|饱和|繁忙|too many requests|rate limit|请求数限制|稍后再试", Busy),
        (r"parallel task|concurren\w{1,3}.{0,20}limit|并发", Busy),
    )
)
"""By the API's words, in order. Moderation stands first, for it tells of what was asked, which may be about anything;
what asks for patience stands last, for any refusal may ask for it too.

The texts are cut before they come here (`parse.Complaint`), and what a pattern skips or repeats is bounded.
"""

PAIRS: Final[Mapping[tuple[int, str], Verdict]] = {
    (429, "1100"): KeyRefused,
    (429, "1304"): KeyRefused,
    (404, "1202"): ModelGone,
    **dict.fromkeys(((500, "5000"), (503, "5001"), (504, "5002")), Busy),
}
"""By HTTP's number and the code together: Kling's, which mean too little alone (its API's documentation, "Error codes").

Its 5xx come from itself: nothing was taken. 1100 and 1304 are of the account and of the addresses it may be used from.
"""


STATUSES: Final[Mapping[str, VideoStatus]] = {
    word: status
    for status, words in {
        VideoStatus.QUEUED: "queued pending submitted not_start notstart notstarted not_started preparing unknown"
        " created starting queueing in_queue waiting",
        VideoStatus.RENDERING: "in_progress processing running generating rendering",
        VideoStatus.COMPLETED: "completed complete success succeeded succeed finished done 成功 已完成 生成成功",
        VideoStatus.FAILED: "failed failure fail error errored exception cancelled canceled expired rejected timeout"
        " timed_out timedout interrupted aborted killed terminated deleted revoked blocked moderated"
        " moderation_blocked nsfw 失败 已失败 生成失败 任务失败 已取消 已过期 超时",
    }.items()
    for word in words.split()
}
"""What the APIs say (lower case, words joined by `_`) in our words; anything else that is said means rendering."""
