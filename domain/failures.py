"""Why a job ended without a video."""

from enum import StrEnum


class FailureReason(StrEnum):
    """What stood in the way, as the code names it; `chat.job_texts` says it to a person."""

    #: The API's moderation refused the prompt, the photo or the result.
    MODERATED = "moderated"
    #: The API refused the order for what was asked; its own words are the detail.
    REFUSED = "refused"
    #: The API's account has no credit left; only an operator can mend that.
    NO_CREDIT = "no_credit"
    #: The API refuses our key; only an operator can mend that.
    KEY_REFUSED = "key_refused"
    #: The API does not offer the model any more.
    MODEL_GONE = "model_gone"
    #: The API was too busy to take the order for as long as we kept trying.
    BUSY = "busy"
    #: The API could not be reached for as long as we kept trying; nothing was ordered.
    UNREACHABLE = "unreachable"
    #: An order may or may not have reached the API; it is never sent again by itself.
    UNKNOWN_OUTCOME = "unknown_outcome"
    #: The API took the order and then could not make the video.
    RENDER_FAILED = "render_failed"
    #: The API does not know the video any more.
    VANISHED = "vanished"
    #: The API does not have the video any more that was to be changed.
    ORIGINAL_GONE = "original_gone"
    #: The API threw the finished video away before it could be fetched.
    EXPIRED = "expired"
    #: The video is said to be finished, but no MP4 could be fetched for as long as we kept trying.
    CLIP_MISSING = "clip_missing"
    #: The API has not finished the video within a day.
    NEVER_FINISHED = "never_finished"
    #: Telegram does not hand out the photo any more.
    PHOTO_GONE = "photo_gone"
    #: The photo is no picture that can be opened.
    PHOTO_BROKEN = "photo_broken"
    #: The photo has more pixels than can be opened safely.
    PHOTO_TOO_LARGE = "photo_too_large"
    #: The clip could not be made small enough for Telegram.
    CLIP_TOO_LARGE = "clip_too_large"
    #: Telegram does not take the clip.
    CLIP_REFUSED = "clip_refused"
    #: Neither the chat nor who asked lets us send anything.
    UNDELIVERABLE = "undeliverable"
    #: Our own fault: the step crashed as often as we dared to try it.
    INTERNAL = "internal"


#: Only an operator can do anything about these: nobody else is held to account for them.
OPERATORS_OWN = frozenset({FailureReason.NO_CREDIT, FailureReason.KEY_REFUSED, FailureReason.MODEL_GONE})
