"""How models end: the ways in which gateways let their customers know that they have one no more."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from sandbox.video_api.errors import Problem, Refusal, RefusalKind, model_gone

SUCCESSOR = "gemini-omni-1.2-flash"


class ModelEnd(StrEnum):
    """What an order of the model comes to; unless something else is said here it stays on the list."""

    #: 404 `model not found`, as gateways say it.
    NOT_FOUND = "not_found"
    #: 404 with the name of what to take instead, as laozhang says it.
    RETIRED = "retired"
    #: 503, no channel is left: new-api.
    NO_CHANNEL = "no_channel"
    #: 410.
    GONE = "gone"
    #: It is taken, and fails when its time has come, with what the maker said: apiyi's.
    FAILED_TASK = "failed_task"
    #: It is no longer listed, and orders are refused with 404.
    UNLISTED = "unlisted"
    #: It is no longer listed and taken all the same, as new-api does with models of tiered prices.
    ONLY_UNLISTED = "only_unlisted"


UNLISTED = frozenset({ModelEnd.UNLISTED, ModelEnd.ONLY_UNLISTED})


def refusal_of(model: str, end: ModelEnd | None) -> Refusal | None:
    """What an order is refused with; None if it is taken."""
    make = REFUSALS.get(end) if end else None
    return make(model) if make else None


def problem_of(model: str, end: ModelEnd | None) -> Problem | None:
    """What an order that is taken fails of; None if it does not."""
    if end is not ModelEnd.FAILED_TASK:
        return None
    return Problem(code="fail_to_fetch_task", message=f"models/{model} is no longer available.")


def _not_found(_model: str) -> Refusal:
    return Refusal(404, "not_found", "model not found", kind=RefusalKind.RELAY)


def _retired(model: str) -> Refusal:
    message = f"{model} has been retired. Please use {SUCCESSOR} instead."
    return Refusal(404, "invalid_request", message, kind=RefusalKind.RELAY)


def _gone(model: str) -> Refusal:
    return Refusal(410, "gone", f"{model} is gone.", kind=RefusalKind.RELAY)


REFUSALS: Mapping[ModelEnd, Callable[[str], Refusal]] = {
    ModelEnd.NOT_FOUND: _not_found,
    ModelEnd.RETIRED: _retired,
    ModelEnd.NO_CHANNEL: model_gone,
    ModelEnd.GONE: _gone,
    ModelEnd.UNLISTED: _not_found,
}
