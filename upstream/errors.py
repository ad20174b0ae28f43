"""What can go wrong with a video API, sorted by what one does about it.

VideoApiError
├── Over                 asking again would change nothing
│   ├── Refused          the API does not make a video of this, and says why
│   ├── Moderated        its moderation does not allow it
│   ├── Gone             it knows no video of this id (for a moment after an order that may pass)
│   ├── Expired          it threw the finished video away
│   └── ClipTooLarge     the clip is larger than we are willing to store
├── AccountBroken        nothing was ordered; only an operator can mend it
│   ├── KeyRefused       the key is wrong, or not allowed in
│   ├── NoCredit         the account is empty
│   └── ModelGone        the model is not on offer any more
├── TryLater             nothing was ordered, nothing is lost; the same call is safe to repeat
│   ├── Busy             the API has too much to do
│   ├── NotSent          the order never left us
│   ├── NotReady         the clip is not there yet
│   ├── Withheld         the clip should be there, and nobody hands it out to us
│   ├── Unreachable      no answer to a look or a download
│   ├── Garbled          an answer to a look or a download that makes no sense
│   │   └── NoVideoApi       a check found something else at the address: no such route is there
│   └── NotSaved         the clip could not be written to our disk
└── UnknownOutcome       an order may or may not have been taken; never send it again by itself
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from domain.failures import FailureReason


class VideoApiError(Exception):
    """A call failed.

    `detail` is the API's own words, cleaned for people by `upstream.answers.error_text`, or empty; the error's text tells
    operators what happened. `reason` is what the job failed of, if this error is what ends it.
    """

    reason: ClassVar[FailureReason]

    def __init__(self, happened: str, *, detail: str = "") -> None:
        super().__init__(f"{happened}: {detail}" if detail else happened)
        self.detail = detail


class Over(VideoApiError):
    """Asking again would change nothing."""

    reason = FailureReason.REFUSED


class Refused(Over):
    """The API does not make a video of what was asked."""


class Moderated(Over):
    """The API's moderation does not allow the prompt, the photo or the result."""

    reason = FailureReason.MODERATED


class Gone(Over):
    """The API knows no video of this id; some need a moment after the order before they do."""

    reason = FailureReason.VANISHED


class Expired(Over):
    """The API threw the finished video away."""

    reason = FailureReason.EXPIRED


class ClipTooLarge(Over):
    """The clip is larger than the limit for storing it."""

    reason = FailureReason.CLIP_TOO_LARGE


class AccountBroken(VideoApiError):
    """Nothing was ordered and nothing can be; `detail` is for the operators only, it may tell of their money."""

    reason = FailureReason.KEY_REFUSED


class KeyRefused(AccountBroken):
    """The API does not let our key in."""


class NoCredit(AccountBroken):
    """The API's account has no credit left for this."""

    reason = FailureReason.NO_CREDIT


class ModelGone(AccountBroken):
    """The API does not offer the model, or not to us."""

    reason = FailureReason.MODEL_GONE


class TryLater(VideoApiError):
    """The same call is safe to repeat; `retry_after` is the pause the API asks for, if it does.

    `reason` is what to say when the patience for repeating has run out.
    """

    reason = FailureReason.UNREACHABLE

    def __init__(self, happened: str, *, detail: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(happened, detail=detail)
        self.retry_after = retry_after


class Busy(TryLater):
    """The API has too much to do; it provably did not take the order."""

    reason = FailureReason.BUSY


class NotSent(TryLater):
    """The order provably never reached the API: no connection, or not a byte of it written."""


class NotReady(TryLater):
    """The clip of a finished video cannot be fetched yet."""

    reason = FailureReason.CLIP_MISSING


class Withheld(TryLater):
    """The video is finished, but whoever was asked for its clip does not have it or does not let us in.

    It may only be too early: what was finished a moment ago need not be at hand. Nobody has said so, though.
    """

    reason = FailureReason.CLIP_MISSING


class Unreachable(TryLater):
    """A look or a download got no answer, or lost it half way."""


class Garbled(TryLater):
    """A look or a download got an answer that makes no sense, such as a gateway's page."""

    reason = FailureReason.CLIP_MISSING


class NoVideoApi(Garbled):
    """A check found that what answers at the address is no API of this protocol; the text says which route is missing."""


class NotSaved(TryLater):
    """The clip could not be written to our disk."""

    reason = FailureReason.INTERNAL


class UnknownOutcome(VideoApiError):
    """The order was on the wire and its answer is lost or says nothing; it may have been taken, and paid."""

    reason = FailureReason.UNKNOWN_OUTCOME
