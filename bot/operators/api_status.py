"""Asks the video API about the operator's own standing with it, and never fails."""

from __future__ import annotations

import asyncio

from domain.api_status import ApiReport, Balance
from upstream.api import VideoApi
from upstream.errors import VideoApiError

#: So long an operator waits for an answer.
_PATIENCE = 15.0  # seconds


async def inquire(api: VideoApi, *, patience: float = _PATIENCE) -> ApiReport:
    """Return what the API tells; what it could not be asked for is told as the report's problem."""
    try:
        async with asyncio.timeout(patience):
            found = await api.find_balance()
            models = await api.list_models()
    except VideoApiError as error:
        return ApiReport(problem=str(error))
    except TimeoutError:
        return ApiReport(problem=f"no answer within {patience:g} seconds")
    balance = None if found is None else Balance(left=found.left, used=found.used, unit=found.unit)
    return ApiReport(balance=balance, models=models)
