"""Puts the errors of OpenRouter into the one form in which all APIs' errors are judged: a code, and all that was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from upstream.answers import parse
from upstream.answers.codes import CODES
from upstream.answers.response import Answer

_Json = dict[str, Any]

_MODERATED: Final = "moderation_blocked"
_BUSY: Final = "rate_limit_exceeded"
_SPENT: Final = "insufficient_quota"
#: OpenRouter's typed errors, as far as they say more than HTTP's number.
_TYPES: Final[Mapping[str, str]] = {
    "authentication": "invalid_api_key",
    "payment_required": _SPENT,
    "content_policy_violation": _MODERATED,
    "refusal": _MODERATED,
    "rate_limit_exceeded": _BUSY,
    "provider_overloaded": "overloaded",
}
#: What stands in an error's metadata if moderation or a guardrail has found something.
_SIGNS_OF_MODERATION: Final = ("reasons", "flagged_input", "patterns")
#: OpenRouter has more than enough for the order, but not beside those that it has not settled yet.
_UNSETTLED: Final = "in_flight_budget_exhausted"
#: Its number is that of moderation, but it is the key's own credit that is spent.
_KEY_SPENT: Final = re.compile(r"\bkey limit exceeded", re.IGNORECASE)
#: A 403 that is about us and not about what was asked for.
_ABOUT_US: Final = re.compile(
    r"\bkeys?\b|credential|permission|credit|limit|\b(region|country|territory)\b", re.IGNORECASE
)
_WANTS_MORE: Final = re.compile(r"no endpoints found that (supports?|can)\b", re.IGNORECASE)
#: Of a list so many are told.
_MOST_NAMED: Final = 5
_LONGEST_TEXT: Final = 200
_LONGEST_WORD: Final = 100


def plain(answer: Answer) -> Answer:
    """Return the answer with its error, if it has one, written as `{code, message}`; all else is as it was."""
    match answer.json:
        case {"error": dict(error)}:
            code, message = _plain(error)
            return _said(answer, code=code, message=message)
        case _:
            return answer


def plain_of_order(answer: Answer) -> Answer:
    """Return the answer to an order as `plain` does, with what its numbers mean there and nowhere else.

    A 403 is moderation's if it does not name the key or the account. A 404 may also say that no provider of the model
    takes such an order, which is no end of the model.
    """
    told = plain(answer)
    match told.json:
        case {"error": {"code": "403", "message": str(message)}} if not _ABOUT_US.search(_own_words(answer)):
            return _said(told, code=_MODERATED, message=message)
        case {"error": {"code": str(code), "message": str(message)}}:
            message = _WANTS_MORE.sub(r"no provider of the model was found that \1", message)
            return _said(told, code=code, message=message)
        case _:
            return told


def _own_words(answer: Answer) -> str:
    """Return OpenRouter's own sentence, without the provider's, which may hold what a person wrote."""
    match answer.json:
        case {"error": {"message": str(message)}}:
            return message[:_LONGEST_TEXT]
        case _:
            return ""


def _plain(error: _Json) -> tuple[str, str]:
    """Return the code that says most, and all that was said."""
    metadata = error.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    own = parse.read_complaint({"error": error}) or parse.Complaint()
    of_provider = parse.read_complaint({"error": metadata.get("raw")}) or parse.Complaint()
    issues = "; ".join(_issues(error))
    texts = (issues or own.message, ", ".join(_reasons(metadata)), of_provider.message)
    codes = (of_provider.code, metadata.get("provider_code"), _TYPES.get(_word(metadata.get("error_type"))))
    known = next((code for code in map(_word, codes) if code in CODES), own.code)
    return _code_of(own.message, metadata) or known, ": ".join(dict.fromkeys(filter(None, texts)))


def _code_of(message: str, metadata: _Json) -> str | None:
    """Return the code for what is said more surely than by any number."""
    if any(metadata.get(sign) for sign in _SIGNS_OF_MODERATION):
        return _MODERATED
    if metadata.get("reason") == _UNSETTLED:
        return _BUSY
    return _SPENT if _KEY_SPENT.search(message) else None


def _reasons(metadata: _Json) -> Iterator[str]:
    """Yield what moderation has found, in its own words."""
    reasons = metadata.get("reasons")
    listed = reasons[:_MOST_NAMED] if isinstance(reasons, list) else ()
    return (reason[:_LONGEST_TEXT] for reason in listed if isinstance(reason, str))


def _issues(error: _Json) -> Iterator[str]:
    """Yield what is wrong with which field, as zod lists it: in `issues`, or as JSON in the message."""
    listed = error.get("issues")
    message = error.get("message")
    if not isinstance(listed, list):
        is_list = isinstance(message, str) and message.lstrip().startswith("[")
        listed = (
            parse.parse(message.encode(errors="replace")) if is_list and isinstance(message, str) else None
        )
    for issue in listed[:_MOST_NAMED] if isinstance(listed, list) else ():
        match issue:
            case {"path": [*path], "message": str(text)}:
                field = ".".join(
                    str(part)[:_LONGEST_WORD] for part in path[:_MOST_NAMED] if isinstance(part, str | int)
                )
                yield f"{field}: {text[:_LONGEST_TEXT]}" if field else text[:_LONGEST_TEXT]


def _word(value: object) -> str:
    return value.strip().lower() if isinstance(value, str) and len(value) <= _LONGEST_WORD else ""


def _said(answer: Answer, *, code: str, message: str) -> Answer:
    rest = answer.json if isinstance(answer.json, dict) else {}
    return replace(answer, json={**rest, "error": {"code": code, "message": message}})
