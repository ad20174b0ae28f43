"""Asks an API about our account with it: what is left to spend, and which models it offers us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import httpx

from domain.api_status import Balance, BalanceUnit, ListedModel
from upstream.answers.account import Look, ask, read_amount
from upstream.http.origin import Origin

_Json = dict[str, Any]

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Exactly this is what relays write where a key may spend without end, for the format has no word for it.
_BOUNDLESS: Final = Decimal(100_000_000)
_CENTS: Final = Decimal(100)
_LONGEST_NAME: Final = 200
_LEFT_KEYS: Final = ("balance_usd", "remain_balance", "total_available", "balance")
_USED_KEYS: Final = ("used_usd", "used_balance", "total_used")
_LIMIT_KEYS: Final = ("hard_limit_usd", "system_hard_limit_usd", "soft_limit_usd", "total_granted")
_UNITS: Final[Mapping[str, BalanceUnit]] = {
    "USD": BalanceUnit.USD,
    "CNY": BalanceUnit.CNY,
    "RMB": BalanceUnit.CNY,
    "TOKENS": BalanceUnit.POINTS,
}


class AccountReader:
    """Reads one account's pages at `origin`, each by one call of `look`."""

    def __init__(self, look: Look, origin: Origin) -> None:
        self._look = look
        self._origin = origin

    async def find_balance(self) -> Balance | None:
        """Return what is left and used; None if the API does not tell keys like ours.

        Asks `GET /v1/dashboard/billing/subscription` and `…/usage`, as OpenAI's format once had them and relays
        still do, and `GET /api/status` for the money they mean (new-api).
        """
        subscription = await self._ask(self._origin.route("dashboard", "billing", "subscription"))
        left, used, limit = (_amount(subscription, keys) for keys in (_LEFT_KEYS, _USED_KEYS, _LIMIT_KEYS))
        if left is None and limit is None:
            return None
        if used is None:
            used = await self._find_usage()
        unit = await self._find_unit(subscription)
        if _is_boundless(subscription, limit):
            return Balance(left=None, used=used, unit=unit)
        if left is None:
            left = None if limit is None or used is None else limit - used
        return None if left is None else Balance(left=left, used=used, unit=unit)

    async def list_models(self) -> Mapping[str, ListedModel] | None:
        """Return the models on offer to our key (`GET /v1/models`) by their names; None if the API lists none.

        OpenAI's list tells the day of a model's end in `shutdown_date` ("Deprecations"); hardly a relay passes it on.
        """
        return _models(await self._ask(self._origin.route("models")))

    async def _find_usage(self) -> Decimal | None:
        usage = await self._ask(self._origin.route("dashboard", "billing", "usage"))
        cents = _amount(usage, ("total_usage",))
        return None if cents is None else cents / _CENTS

    async def _find_unit(self, subscription: object) -> BalanceUnit:
        """Return the unit; fields are called dollars by every relay, whatever it counts in."""
        status = await self._look(self._origin.page("api", "status"))
        told = (
            word.upper()
            for layer in (*_layers(subscription), *_layers(status.json))
            for key in ("currency", "quota_display_type")
            if isinstance(word := layer.get(key), str)
        )
        return next((_UNITS[word] for word in told if word in _UNITS), BalanceUnit.USD)

    async def _ask(self, url: httpx.URL) -> object:
        return await ask(self._look, url)


def _layers(body: object) -> tuple[_Json, ...]:
    """Return the object and the one it is wrapped around, if any."""
    if not isinstance(body, dict):
        return ()
    inner = body.get("data")
    return (body, inner) if isinstance(inner, dict) else (body,)


def _amount(body: object, keys: tuple[str, ...]) -> Decimal | None:
    """Return the first of `keys` that is a number, which some relays write as text."""
    values = (layer[key] for key in keys for layer in _layers(body) if key in layer)
    return next((number for number in map(read_amount, values) if number is not None), None)


def _is_boundless(subscription: object, limit: Decimal | None) -> bool:
    is_told = any(layer.get("unlimited_quota") is True for layer in _layers(subscription))
    return is_told or (limit is not None and limit == _BOUNDLESS)


def _models(body: object) -> Mapping[str, ListedModel] | None:
    match body:
        case {"data": [*told]} | {"models": [*told]} | [*told]:
            models = {model.name: model for model in map(_model, told) if model is not None}
            return models or None
        case _:
            return None


def _model(told: object) -> ListedModel | None:
    name = _model_name(told)
    if name is None:
        return None
    return ListedModel(
        name=name, shutdown_date=_date(told.get("shutdown_date")) if isinstance(told, dict) else None
    )


def _model_name(model: object) -> str | None:
    match model:
        case {"id": str(name)} | {"model": str(name)} | {"name": str(name)} | str(name):
            return name.strip()[:_LONGEST_NAME] or None
        case _:
            return None


def _date(told: object) -> date | None:
    """Read `2026-12-01`; None for anything else."""
    if not isinstance(told, str) or not _DATE.fullmatch(told):
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
