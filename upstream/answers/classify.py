"""Decides which error an answer is, by the API's code, HTTP's number and the API's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from domain.failures import FailureReason
from upstream.answers.codes import CODES, PAIRS, STATUSES, WORDS, Verdict
from upstream.answers.parse import Complaint, WireVideo
from upstream.answers.response import Answer
from upstream.api import Failure, VideoStatus
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
    Withheld,
)

_MODEL: Final = re.compile(r"\bmodels?\b|模型", re.IGNORECASE)
# Beside a 404 it is enough to say it of anything (docs.laozhang.ai, "Retired models").
_RETIRED: Final = re.compile(r"\b(retired|discontinued|shut ?down)\b", re.IGNORECASE)
# What OpenAI's own server, relays and web frameworks say of an address that they do not know.
_NO_ROUTE: Final = re.compile(
    r"\binvalid url\b|\bcannot get /|\bno route\b|\broute not found\b", re.IGNORECASE
)
# A key that an order with it has used already: that order may be the one that was to be made now.
_KEY_IS_USED: Final = re.compile(r"idempoten|external_task_id", re.IGNORECASE)
# A relay's own code for what the API behind it refused: in that, it says what became of the order.
_RELAYED_REFUSALS: Final = frozenset({"plugin_submit_response_failed", "plugin_submit_response_invalid"})

_SURE_NUMBERS: Final[Mapping[int, Verdict]] = {401: KeyRefused, 402: NoCredit, 429: Busy, 451: Moderated}
_ORDER_NUMBERS: Final[Mapping[int, Verdict]] = {
    # These redirects ask for the same POST at another address, so nothing was done at this one.
    **dict.fromkeys((301, 307, 308), NotSent),
    403: KeyRefused,
    410: ModelGone,
    **dict.fromkeys((503, 529), Busy),
}
# Kling's word for a resource that is not there, which at a look can only be the video.
_LOOK_CODES: Final[Mapping[str, Verdict]] = {"1203": Gone}
_LOOK_NUMBERS: Final[Mapping[int, Verdict]] = {404: Gone, 410: Gone, 503: Busy, 529: Busy}
_CLIP_NUMBERS: Final[Mapping[int, Verdict]] = {
    **dict.fromkeys((202, 409, 423, 425), NotReady),
    **dict.fromkeys((400, 403, 404), Withheld),
    410: Expired,
    **dict.fromkeys((503, 529), Busy),
}

# A look or a download refuses nothing and has no unknown outcome: its video is ordered and paid, so it waits.
_OF_A_LOOK: Final[Mapping[Verdict, Verdict]] = dict.fromkeys(
    (Refused, UnknownOutcome, ModelGone, NoCredit), Garbled
)
_OF_A_CLIP: Final[Mapping[Verdict, Verdict]] = {
    **dict.fromkeys((ModelGone, NoCredit), NotReady),
    **dict.fromkeys((Refused, Moderated, Gone), Withheld),
    UnknownOutcome: Unreachable,
}
# What ends a job whatever it says of itself.
_ENDS: Final = (Moderated, Expired)
_OF_A_JOB: Final[Mapping[Verdict, FailureReason]] = {
    kind: kind.reason for kind in (*_ENDS, ModelGone, KeyRefused, NoCredit)
}
_OF_A_STATUS: Final[Mapping[str, FailureReason]] = {
    **dict.fromkeys(("expired", "已过期"), FailureReason.EXPIRED),
    **dict.fromkeys(("moderated", "moderation_blocked", "blocked", "nsfw"), FailureReason.MODERATED),
}

# What an answer about our account can be of everything that answers can be; nothing in it is about a video.
_OF_AN_ACCOUNT: Final = (KeyRefused, NoCredit, Busy)

_BUSY_NUMBERS = frozenset({503, 529})
_FORBIDDEN = 403
_NOT_FOUND = 404
_NO_ROUTE_NUMBERS = frozenset({404, 405})
_CONFLICT = 409
_NOT_IMPLEMENTED = 501
_REQUEST_TIMEOUT = 408
_CLIENT_ERRORS = range(400, 500)
_SERVER_ERRORS = range(500, 600)
_DIGITS = 3


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
    spoken = _LOOK_CODES.get(complaint.code) or _spoken(number, complaint)
    verdict = spoken or _LOOK_NUMBERS.get(number, Garbled)
    return _made(_OF_A_LOOK.get(verdict, verdict), answer, complaint)


def of_find(answer: Answer) -> TryLater | KeyRefused:
    """Return the error that the answer to the look for an order by its key is: none proves that there is no order."""
    problem = of_look(answer)
    if isinstance(problem, TryLater | KeyRefused):
        return problem
    return Garbled(str(problem))


def of_clip(answer: Answer) -> VideoApiError:
    """Return the error that the answer to a download is; of its complaints only "thrown away" is final."""
    complaint = answer.complaint
    number = _number(answer, complaint)
    spoken = _spoken(number, complaint) if complaint else _SURE_NUMBERS.get(number)
    verdict = spoken or _CLIP_NUMBERS.get(number) or (Garbled if answer.is_success else Unreachable)
    verdict = _OF_A_CLIP.get(verdict, verdict)
    is_later = verdict is Withheld and answer.retry_after is not None
    return _made(NotReady if is_later else verdict, answer, complaint)


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


def is_no_route(answer: Answer) -> bool:
    """Tell whether the answer to a look shows that this server has no such route at all.

    "Not found" may be about the video, unless it is a page, or names the address.
    """
    if answer.complaint is None:
        return answer.is_success or answer.number in _NO_ROUTE_NUMBERS
    return answer.number == _NOT_FOUND and _NO_ROUTE.search(answer.complaint.words) is not None


def status_of(found: WireVideo) -> VideoStatus:
    """Return where a video is by all that an answer says of it.

    A word that nobody knows means that it is being made, and one for its end that it is finished, unless the same
    answer complains: then that is its end, if it does not ask for patience or tell where the video lies.
    """
    status = found.status or VideoStatus.QUEUED
    is_error = found.error is not None and _of_complaint(found.error) not in {Busy, NotReady}
    match status:
        case _ if found.url is not None:
            return status
        case VideoStatus.COMPLETED if is_error or _of_complaint(found.complaint) in _ENDS:
            return VideoStatus.FAILED
        case VideoStatus.RENDERING if is_error and found.status_word not in STATUSES:
            return VideoStatus.FAILED
        case _:
            return status


def of_failed_job(status_word: str, complaint: Complaint | None) -> Failure:
    """Return why the API made no video, from what the job says of itself after the order was taken.

    Some relays tell only here that a model is gone, or that they cannot pay for it (docs.apiyi.com, "live").
    """
    verdict = _of_complaint(complaint) or Refused
    reason = _OF_A_STATUS.get(status_word) or _OF_A_JOB.get(verdict, FailureReason.RENDER_FAILED)
    words = complaint.detail if complaint else ""
    if issubclass(verdict, AccountBroken):  # money is the operators' business
        return Failure(reason=reason, for_operators=words)
    return Failure(reason=reason, detail=words)


def _verdict_on_order(number: int, complaint: Complaint) -> Verdict:
    verdict = _spoken(number, complaint) or _ORDER_NUMBERS.get(number)
    if verdict is KeyRefused and number == _FORBIDDEN and _MODEL.search(complaint.words):
        return ModelGone
    if verdict is None and number == _NOT_FOUND and _RETIRED.search(complaint.words):
        return ModelGone
    if verdict is None and number == _CONFLICT and _KEY_IS_USED.search(complaint.words):
        return UnknownOutcome
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
    code = complaint.code if complaint is not None and answer.is_success else ""
    return int(code) if code.isdecimal() and len(code) == _DIGITS else answer.number


def _spoken(number: int, complaint: Complaint) -> Verdict | None:
    """Return what code, number and words say, in this order of weight."""
    if by_code := CODES.get(complaint.code) or PAIRS.get((number, complaint.code)):
        return by_code
    by_words = _of_words(complaint)
    if by_number := _SURE_NUMBERS.get(number):
        # Relays turn a key away whose own credit is spent, with the number of a wrong one or of a busy API.
        return NoCredit if by_number in {KeyRefused, Busy} and by_words is NoCredit else by_number
    # "Try again later" beside a 5xx is a courtesy, no proof that nothing was ordered.
    is_relayed = complaint.code in _RELAYED_REFUSALS
    is_courtesy = by_words is Busy and number in _SERVER_ERRORS and number not in _BUSY_NUMBERS
    return None if is_courtesy and not is_relayed else by_words


def _of_complaint(complaint: Complaint | None) -> Verdict | None:
    return None if complaint is None else CODES.get(complaint.code) or _of_words(complaint)


def _of_words(complaint: Complaint) -> Verdict | None:
    """Return what the words say; some codes are words, too."""
    said = f"{complaint.words}\n{complaint.code}"
    return next((verdict for pattern, verdict in WORDS if pattern.search(said)), None)


def _made(verdict: Verdict, answer: Answer, complaint: Complaint | None) -> VideoApiError:
    happened = f"the API answered {answer.number}"
    detail = complaint.detail if complaint else ""
    if issubclass(verdict, TryLater):
        return verdict(happened, detail=detail, retry_after=answer.retry_after)
    return verdict(happened, detail=detail)
