"""The buttons under a job: cancel it, make it after all, try again."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat import button_texts, job_texts
from chat.callback_data import ButtonKind, button, priced
from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.job import Job, State
from domain.request import fitted_to, models_instead

_HOPELESS = frozenset(
    {
        FailureReason.PHOTO_BROKEN,
        FailureReason.PHOTO_TOO_LARGE,
        FailureReason.PHOTO_GONE,
        FailureReason.CLIP_REFUSED,
    }
)


#: An API that cannot change a video may be able to make it.
_BETTER_ANEW = frozenset({FailureReason.ORIGINAL_GONE, FailureReason.REFUSED, FailureReason.RENDER_FAILED})


def retry(job: Job, catalogue: Catalogue) -> InlineKeyboardMarkup | None:
    """Offer to try again, or what has a better chance; None where the same again can only fail."""
    if job.failure in _HOPELESS:
        return None
    if job.failure is FailureReason.MODEL_GONE and (rows := instead(job, catalogue)):
        return InlineKeyboardMarkup(rows)
    offered = []
    if job.failure is FailureReason.MODERATED:
        offered.append(button(button_texts.rephrase(), ButtonKind.REPHRASE, job.id))
    if job.failure is not FailureReason.ORIGINAL_GONE:
        offered.append(button(button_texts.retry(), ButtonKind.RETRY, job.id))
    if job.failure in _BETTER_ANEW and job.request.original is not None:
        offered.append(button(button_texts.anew(), ButtonKind.ANEW, job.id))
    return InlineKeyboardMarkup([offered]) if offered else None


def after_all(job: Job) -> InlineKeyboardMarkup:
    """Offer to make what was called off."""
    return InlineKeyboardMarkup([[button(button_texts.make(), ButtonKind.RETRY, job.id)]])


def here_instead(job: Job) -> InlineKeyboardMarkup:
    """Offer, in a private chat, to make what was called off in a group."""
    return InlineKeyboardMarkup([[button(button_texts.make_here(), ButtonKind.RETRY, job.id)]])


def instead(job: Job, catalogue: Catalogue) -> list[list[InlineKeyboardButton]]:
    """Offer the models that can make the same, one below the other, with what each costs; of an edit, to make it new."""
    if job.request.original is not None:
        return [[button(button_texts.anew(), ButtonKind.ANEW, job.id)]]
    offered = [(model, fitted_to(job.request, model)) for model in models_instead(job.request, catalogue)]
    return [
        [
            button(
                button_texts.instead(model.title, same.price),
                ButtonKind.INSTEAD,
                job.id,
                priced(model.name, same.price),
            )
        ]
        for model, same in offered
    ]


def of_status(
    job: Job, *, is_late: bool = False, without_model: Catalogue | None = None
) -> InlineKeyboardMarkup | None:
    """Return the buttons of a job's status message.

    While it is queued it can be called off, or is still wanted; once it `is_late` its person need not wait for it.
    Where its model is not to be had, `without_model` is what is on offer instead.
    """
    if job.state is State.RENDERING and is_late:
        return InlineKeyboardMarkup([[button(button_texts.stop_waiting(), ButtonKind.STOP_WAITING, job.id)]])
    if job.state is not State.QUEUED:
        return None
    offered = [button(button_texts.cancel(), ButtonKind.CANCEL, job.id)]
    if job.is_asked_about:
        offered.insert(0, button(button_texts.make_it(), ButtonKind.WANTED, job.id))
    rows = [] if without_model is None else instead(job, without_model)
    return InlineKeyboardMarkup([*rows, offered])


def cancel_each(jobs: Iterable[Job]) -> InlineKeyboardMarkup | None:
    """Offer to call off each of these that is still queued, in their order, or to say that it is still wanted."""
    rows = []
    for job in jobs:
        if job.is_asked_about:
            rows.append(
                [button(f"{button_texts.make_it()} “{job_texts.in_short(job)}”", ButtonKind.WANTED, job.id)]
            )
        if job.state is State.QUEUED:
            rows.append(
                [button(f"{button_texts.cancel()} “{job_texts.in_short(job)}”", ButtonKind.CANCEL, job.id)]
            )
    return InlineKeyboardMarkup(rows) if rows else None
