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
    UnknownOutcome,
    VideoApiError,
)

Verdict = type[VideoApiError]

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
        (r"insufficient.{0,20}(quota|balance|credit)|exceeded your current quota", NoCredit),
        (r"余额不足|额度不足|额度.{0,4}(用尽|耗尽|用完)|预扣费|欠费", NoCredit),
        (r"无效的令牌|令牌(已|状态|验证)|(invalid|incorrect|expired) (api[ -]?)?(key|token)", KeyRefused),
        (r"(用户|账户|账号)已?被?(封禁|禁用)", KeyRefused),
        (r"无可用渠道|无权(访问|使用).{0,10}模型|模型.{0,40}(不存在|已下线|未找到)", ModelGone),
        (
            r"\bmodels?\b.{0,80}(not found|does not exist|deprecated|retired|shut down|discontinued|no longer)",
            ModelGone,
        ),
        (r"no available channel|(no|not have) access to (the )?model|no endpoints found", ModelGone),
        (
            r"not a valid model|invalid model name|unsupported model|\bmodel (is )?not (supported|available)",
            ModelGone,
        ),
        (r"has been (retired|shut down|discontinued)|unknown request url|价格.{0,10}未配置", ModelGone),
        (r"moderation|content[ _-]?polic|guardrail|photorealistic people|third-party content", Moderated),
        (r"审核|敏感|违规|违反|不合规|真人|色情|暴力", Moderated),
        (r"\b(unsafe|nsfw)\b|safety (system|polic|filter)|usage polic", Moderated),
        (
            r"sensitive[ _-]?(word|content|information)|inappropriate content|risk control|real person",
            Moderated,
        ),
        (r"violat\w{1,4} .{0,60}(guideline|polic)", Moderated),
        (r"public_error_\w{0,40}(unsafe|filter|prominent|minor|sexual|danger)", Moderated),
        (r"not (completed|ready|finished) yet|is not (yet )?(completed|ready|finished)", NotReady),
        (r"\b(task|video)\b\W{0,3}(id )?(is |was |does )?not (found|exist)", Gone),
        (r"(任务|视频)\W{0,3}(不存在|未找到)", Gone),
        (r"heavy load|overload|负载|饱和|繁忙|too many requests|rate limit|请求数限制|稍后再试", Busy),
        (r"parallel task|concurren\w{1,3}.{0,20}limit|并发", Busy),
    )
)
"""By the API's words, in order; what asks for patience stands last, for any refusal may ask for it too.

The texts are cut before they come here (`wire.Complaint`), and what a pattern skips or repeats is bounded.
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
