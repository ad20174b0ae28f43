"""Decides which error an answer is: tables of the APIs' codes, their words and HTTP's numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.failures import FailureReason
from upstream.errors import (
    AccountBroken,
    Busy,
    Expired,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    NotSent,
    Refused,
    TryLater,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
)
from upstream.provider import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from upstream.answers import Answer
    from upstream.wire import Complaint

Verdict = type[VideoApiError]

CODES: Final[Mapping[str, Verdict]] = {
    code: verdict
    for verdict, codes in {
        Moderated: "content_policy_violation content_moderation moderation_blocked content_filter prompt_unsafe"
        " image_unsafe video_unsafe input_moderation output_moderation sensitive_words_detected",
        # OpenAI sends sentinel_block for the account or the network an order came from, not for what was asked,
        # and says itself to try again later; so it is no moderation.
        Busy: "sentinel_block heavy_load cf_shield_429 rate_limit_exceeded rate_limit_error overloaded"
        " overloaded_error server_overloaded too_many_requests",
        NoCredit: "insufficient_user_quota insufficient_quota quota_not_enough insufficient_balance"
        " pre_consume_token_quota_failed billing_hard_limit_reached billing_not_active",
        KeyRefused: "invalid_api_key invalid_token account_deactivated access_denied",
        ModelGone: "model_not_found model_not_available model_deprecated",
        Gone: "task_not_exist task_origin_not_exist task_not_found video_not_found",
        Expired: "expired video_expired content_expired",
        NotReady: "video_not_ready",
        # The relay lost sight of its own order to the API behind it.
        UnknownOutcome: "do_request_failed read_response_body_failed unmarshal_response_body_failed"
        " invalid_response",
    }.items()
    for code in codes.split()
}
"""By the API's code, in lower case: the surest sign, whatever else the answer says."""

WORDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), verdict)
    for pattern, verdict in (
        (r"insufficient.{0,20}(quota|balance|credit)|exceeded your current quota", NoCredit),
        (r"余额不足|额度不足|额度.{0,4}(用尽|耗尽|用完)|预扣费|欠费", NoCredit),
        (r"无效的令牌|令牌(已|状态|验证)|(invalid|incorrect|expired) (api[ -]?)?(key|token)", KeyRefused),
        (r"(用户|账户|账号)已?被?(封禁|禁用)", KeyRefused),
        (r"无可用渠道|无权(访问|使用).{0,10}模型|模型.{0,40}(不存在|已下线|未找到)", ModelGone),
        (r"\bmodel\b.{0,80}(not found|does not exist|deprecated|retired|shut down|no longer)", ModelGone),
        (r"no available channel|(no|not have) access to (the )?model", ModelGone),
        (r"moderation|content[ _-]?polic|guardrail|photorealistic people|third-party content", Moderated),
        (r"审核|敏感|违规|违反|不合规|真人|色情|暴力", Moderated),
        (r"\b(unsafe|nsfw)\b|safety (system|polic|filter)|usage polic|sensitive (word|content)", Moderated),
        (r"not (completed|ready|finished) yet|is not (yet )?(completed|ready|finished)", NotReady),
        (r"\b(task|video)\b\W{0,3}(id )?(is |was |does )?not (found|exist)", Gone),
        (r"(任务|视频)\W{0,3}(不存在|未找到)", Gone),
        (r"heavy load|overload|负载|饱和|繁忙|too many requests|rate limit|请求数限制|稍后再试", Busy),
    )
)
"""By the API's words, in order; what asks for patience stands last, for any refusal may ask for it too."""

_SURE_NUMBERS: Final[Mapping[int, Verdict]] = {401: KeyRefused, 402: NoCredit, 429: Busy, 451: Moderated}
_ORDER_NUMBERS: Final[Mapping[int, Verdict]] = {
    # These redirects ask for the same POST at another address, so nothing was done at this one.
    **dict.fromkeys((301, 307, 308), NotSent),
    403: KeyRefused,
    410: ModelGone,
    **dict.fromkeys((503, 529), Busy),
}
_LOOK_NUMBERS: Final[Mapping[int, Verdict]] = {404: Gone, 410: Gone, 503: Busy, 529: Busy}
_CLIP_NUMBERS: Final[Mapping[int, Verdict]] = {
    **dict.fromkeys((202, 400, 403, 404, 409, 423, 425), NotReady),
    410: Expired,
    **dict.fromkeys((503, 529), Busy),
}

# A look or a download refuses nothing and has no unknown outcome: its video is ordered and paid, so it waits.
_OF_A_LOOK: Final[Mapping[Verdict, Verdict]] = dict.fromkeys(
    (Refused, UnknownOutcome, ModelGone, NoCredit), Garbled
)
_OF_A_CLIP: Final[Mapping[Verdict, Verdict]] = dict.fromkeys(
    (Refused, Moderated, Gone, ModelGone, NoCredit), NotReady
) | {UnknownOutcome: Unreachable}
_OF_A_JOB: Final[Mapping[Verdict, FailureReason]] = {
    Moderated: FailureReason.MODERATED,
    Expired: FailureReason.EXPIRED,
}

# What an answer about our account can be of everything that answers can be; nothing in it is about a video.
_OF_AN_ACCOUNT: Final = (KeyRefused, NoCredit, Busy)

_BUSY_NUMBERS = frozenset({503, 529})
_NOT_FOUND = 404
_NOT_IMPLEMENTED = 501
_REQUEST_TIMEOUT = 408
_CLIENT_ERRORS = range(400, 500)
_SERVER_ERRORS = range(500, 600)


def of_order(answer: Answer) -> VideoApiError:
    """Return the error that the answer to an order is.

    Only an answer in the API's own shape proves that nothing was ordered: a 5xx page is a gateway's, and the
    order may well be under way behind it.
    """
    complaint = answer.complaint
    verdict = (
        _verdict_on_page(answer)
        if complaint is None
        else _verdict_on_order(_number(answer, complaint), complaint)
    )
    return _made(verdict, answer, complaint)


def of_remix(answer: Answer) -> VideoApiError:
    """Return the error that the answer to the order of a remix is: 404 is about the video, or about all remixes."""
    problem = of_order(answer)
    if isinstance(problem, Refused) and answer.number == _NOT_FOUND:
        return Gone(str(problem), detail=problem.detail)
    return problem


def of_look(answer: Answer) -> VideoApiError:
    """Return the error that the answer to a look is."""
    complaint = answer.complaint
    if complaint is None:
        return _made({401: KeyRefused, 429: Busy}.get(answer.number, Garbled), answer, complaint)
    number = _number(answer, complaint)
    verdict = _spoken(number, complaint) or _LOOK_NUMBERS.get(number, Garbled)
    return _made(_OF_A_LOOK.get(verdict, verdict), answer, complaint)


def of_clip(answer: Answer) -> VideoApiError:
    """Return the error that the answer to a download is; of its complaints only "thrown away" is final."""
    complaint = answer.complaint
    number = _number(answer, complaint)
    spoken = _spoken(number, complaint) if complaint else _SURE_NUMBERS.get(number)
    verdict = spoken or _CLIP_NUMBERS.get(number) or (Garbled if answer.is_success else Unreachable)
    return _made(_OF_A_CLIP.get(verdict, verdict), answer, complaint)


def of_account(answer: Answer) -> VideoApiError | None:
    """Return the error that the answer to a question about our account is; None if the API has no such page for us.

    Only what names the key or the money breaks the account: a page that is forbidden may be the owner's alone.
    """
    complaint = answer.complaint
    number = _number(answer, complaint)
    spoken = _spoken(number, complaint) if complaint else _SURE_NUMBERS.get(number)
    verdict = Busy if spoken is None and number in _BUSY_NUMBERS else spoken
    if verdict in _OF_AN_ACCOUNT:
        return _made(verdict, answer, complaint)
    is_trouble = number in _SERVER_ERRORS and number != _NOT_IMPLEMENTED
    return _made(Garbled, answer, complaint) if is_trouble or answer.is_success else None


def of_failed_job(status_word: str, complaint: Complaint | None) -> Failure:
    """Return why the API made no video, from what the job says of itself after the order was taken."""
    if complaint is None:
        complaint_verdict, detail = None, ""
    else:
        complaint_verdict = CODES.get(complaint.code) or _of_words(complaint.message)
        detail = complaint.detail
    if complaint_verdict is not None and issubclass(complaint_verdict, AccountBroken):
        detail = ""  # it tells of the operators' money
    if status_word == "expired":
        return Failure(reason=FailureReason.EXPIRED, detail=detail)
    reason = _OF_A_JOB.get(complaint_verdict or Refused, FailureReason.RENDER_FAILED)
    return Failure(reason=reason, detail=detail)


def _verdict_on_order(number: int, complaint: Complaint) -> Verdict:
    verdict = _spoken(number, complaint) or _ORDER_NUMBERS.get(number)
    if verdict is None or verdict is NotReady:
        return UnknownOutcome if number in _SERVER_ERRORS else Refused
    return verdict


def _verdict_on_page(answer: Answer) -> Verdict:
    if answer.number in _BUSY_NUMBERS:
        # Proxies send 503 for connections they lost half way as well, but then they name no pause.
        return UnknownOutcome if answer.retry_after is None else Busy
    by_number = _SURE_NUMBERS.get(answer.number) or _ORDER_NUMBERS.get(answer.number)
    if by_number is not None:
        return by_number
    is_refusal = answer.number in _CLIENT_ERRORS and answer.number != _REQUEST_TIMEOUT
    return Refused if is_refusal else UnknownOutcome


def _number(answer: Answer, complaint: Complaint | None) -> int:
    """Return HTTP's number, or the one that the body gives for an error that came as a success."""
    if answer.is_success and complaint is not None and complaint.code.isdecimal():
        return int(complaint.code)
    return answer.number


def _spoken(number: int, complaint: Complaint) -> Verdict | None:
    """Return what code, number and words say, in this order of weight."""
    if by_code := CODES.get(complaint.code):
        return by_code
    by_words = _of_words(complaint.message)
    if by_number := _SURE_NUMBERS.get(number):
        # Relays turn a key away whose own credit is spent, with the number of a wrong one.
        return NoCredit if by_number is KeyRefused and by_words is NoCredit else by_number
    # "Try again later" beside a 5xx is a courtesy, no proof that nothing was ordered.
    is_courtesy = by_words is Busy and number in _SERVER_ERRORS and number not in _BUSY_NUMBERS
    return None if is_courtesy else by_words


def _of_words(message: str) -> Verdict | None:
    return next((verdict for pattern, verdict in WORDS if pattern.search(message)), None)


def _made(verdict: Verdict, answer: Answer, complaint: Complaint | None) -> VideoApiError:
    happened = f"the API answered {answer.number}"
    detail = complaint.detail if complaint else ""
    if issubclass(verdict, TryLater):
        return verdict(happened, detail=detail, retry_after=answer.retry_after)
    return verdict(happened, detail=detail)
