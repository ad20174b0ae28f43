"""Asks OpenRouter about our account with it: whether the key is let in, what is left to spend, which models make videos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import httpx

from domain.api_status import Balance, ListedModel
from domain.order_form import PhotoRole
from domain.size import Size
from upstream.answers import classify
from upstream.answers.account import Look, ask, read_amount
from upstream.answers.response import Answer
from upstream.errors import KeyRefused, NoCredit, NoVideoApi
from upstream.http.origin import Origin
from upstream.openrouter import complaints

_Json = dict[str, Any]

_LONGEST_NAME: Final = 200
_LONGEST_WORD: Final = 40
_LONGEST_VIDEO: Final = 3600
_MOST_LISTED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Funds:
    """What one page tells, each None if it does not."""

    left: Decimal | None
    used: Decimal | None


class AccountReader:
    """Reads one account's pages at `origin`, each by one call of `look`."""

    def __init__(self, look: Look, origin: Origin) -> None:
        self._look = look
        self._origin = origin

    async def check(self) -> None:
        """Find out whether the key is let in (`GET /api/v1/key`).

        Raises:
            KeyRefused, NoCredit: It is not, or has nothing left.
            NoVideoApi: What is there is something else.
            TryLater: The API is not there, or does not answer for the moment.
        """
        answer = await self._plain_look(self._origin.route("key"))
        if not answer.is_success or answer.complaint is not None:
            raise classify.of_account(answer) or _no_openrouter(answer)
        match answer.json:
            case {"data": dict()}:
                left = _of_key(answer.json).left
            case _:
                raise _no_openrouter(answer)
        if left is not None and left <= 0:
            raise NoCredit("the key has spent its credit")

    async def find_balance(self) -> Balance | None:
        """Return what is left and used, in dollars; None if nothing limits the key and the account is not for it to see.

        Asks `GET /api/v1/key` for what the key may spend, and `GET /api/v1/credits` for what the account has, which
        OpenRouter tells management keys only; the lesser of the two is what is left.
        """
        found = [_of_key(await ask(self._plain_look, self._origin.route("key")))]
        with suppress(KeyRefused):  # the key has just been let in
            found.append(_of_account(await ask(self._plain_look, self._origin.route("credits"))))
        limits = [(funds.left, funds.used) for funds in found if funds.left is not None]
        if not limits:
            return None
        left, used = min(limits, key=lambda limit: limit[0])
        return Balance(left=left, used=used)

    async def list_models(self) -> Mapping[str, ListedModel] | None:
        """Return the models that make videos (`GET /api/v1/videos/models`) by their names; None if none is listed."""
        listed = await ask(self._plain_look, self._origin.route("videos", "models"))
        match listed:
            case {"data": [*models]}:
                found = [_model(model) for model in models if isinstance(model, dict) and _name(model)]
                return {model.name: model for model in found} or None
            case _:
                return None

    async def _plain_look(self, url: httpx.URL) -> Answer:
        return complaints.plain(await self._look(url))


def _no_openrouter(answer: Answer) -> NoVideoApi:
    return NoVideoApi(f"what is there answers {answer.number} and is no OpenRouter")


def _of_key(page: object) -> _Funds:
    match page:
        case {"data": dict(data)}:
            return _Funds(left=read_amount(data.get("limit_remaining")), used=read_amount(data.get("usage")))
        case _:
            return _Funds(left=None, used=None)


def _of_account(page: object) -> _Funds:
    match page:
        case {"data": {"total_credits": credits_told, "total_usage": usage_told}}:
            bought, used = read_amount(credits_told), read_amount(usage_told)
            return _Funds(left=None if bought is None or used is None else bought - used, used=used)
        case _:
            return _Funds(left=None, used=None)


def _name(entry: _Json) -> str:
    name = entry.get("id")
    return name.strip() if isinstance(name, str) and len(name) <= _LONGEST_NAME else ""


def _model(entry: _Json) -> ListedModel:
    sound = entry.get("generate_audio")
    return ListedModel(
        name=_name(entry),
        lengths=tuple(seconds for seconds in _listed(entry, "supported_durations") if _is_length(seconds)),
        sizes=tuple(_sizes(entry, "supported_sizes")),
        resolutions=tuple(_words(entry, "supported_resolutions")),
        ratios=tuple(_sizes(entry, "supported_aspect_ratios")),
        photo_roles=frozenset(_roles(entry)),
        sound=sound if isinstance(sound, bool) else None,
        costs=_costs(entry.get("pricing_skus")),
    )


def _listed(entry: _Json, field: str) -> list[Any]:
    values = entry.get(field)
    return values[:_MOST_LISTED] if isinstance(values, list) else []


def _words(entry: _Json, field: str) -> Iterator[str]:
    return (word for word in _listed(entry, field) if isinstance(word, str) and len(word) <= _LONGEST_WORD)


def _sizes(entry: _Json, field: str) -> Iterator[Size]:
    for word in _words(entry, field):
        with suppress(ValueError):
            yield Size.parse(word)


def _roles(entry: _Json) -> Iterator[PhotoRole]:
    for word in _words(entry, "supported_frame_images"):
        with suppress(ValueError):
            yield PhotoRole(word)


def _is_length(value: object) -> bool:
    return type(value) is int and 0 < value <= _LONGEST_VIDEO


def _costs(skus: object) -> dict[str, Decimal]:
    """Return prices by OpenRouter's names for them, which say of what they are, and `cents_…` if not in dollars."""
    if not isinstance(skus, dict):
        return {}
    told = ((name, read_amount(amount)) for name, amount in list(skus.items())[:_MOST_LISTED])
    return {name: amount for name, amount in told if amount is not None and len(name) <= _LONGEST_NAME}
