"""Why there is no video, in the reader's words: what happened, what helps, and the service's own words below."""

from __future__ import annotations

from chat.formatting import escaped, folded
from chat.language import gettext as _
from chat.language import mark
from domain.failures import FailureReason
from domain.job import Job
from domain.stated_causes import StatedCause, stated_cause

_LONGEST_DETAIL = 300
_LONGEST_FORMAT = 24

_REASONS = {
    FailureReason.MODERATED: mark("The video service refused this under its content rules."),
    FailureReason.REFUSED: mark("The video service did not accept this request."),
    FailureReason.NO_CREDIT: mark("The bot's account at the video service is out of credit."),
    FailureReason.KEY_REFUSED: mark("The video service denies this bot access."),
    FailureReason.MODEL_GONE: mark("The video service no longer offers this model."),
    FailureReason.BUSY: mark("The video service was too busy for an hour."),
    FailureReason.UNREACHABLE: mark("The video service could not be reached for an hour."),
    FailureReason.UNKNOWN_OUTCOME: mark(
        "The connection broke while the video was being ordered, so nobody knows whether the order arrived."
    ),
    FailureReason.RENDER_FAILED: mark("The video service could not finish this video."),
    FailureReason.VANISHED: mark("The video service lost this video."),
    FailureReason.ORIGINAL_GONE: mark("The video service no longer has the original video."),
    FailureReason.EXPIRED: mark("The video service deleted the finished video before it could be fetched."),
    FailureReason.CLIP_MISSING: mark("The finished video could not be fetched from the video service."),
    FailureReason.NEVER_FINISHED: mark("The video service did not finish this video within a day."),
    FailureReason.PHOTO_GONE: mark("Telegram no longer has the photo."),
    FailureReason.PHOTO_BROKEN: mark("The photo cannot be opened."),
    FailureReason.PHOTO_TOO_LARGE: mark("The photo has too many pixels."),
    FailureReason.CLIP_TOO_LARGE: mark("The video is too large for Telegram and could not be made smaller."),
    FailureReason.CLIP_REFUSED: mark("Telegram does not accept the finished video in this chat."),
    FailureReason.UNDELIVERABLE: mark("I cannot send the video to this chat or to your private chat."),
    FailureReason.INTERNAL: mark("Something went wrong inside the bot."),
}
_REMEDIES = {
    FailureReason.MODERATED: mark("Another prompt or photo may be accepted."),
    FailureReason.NO_CREDIT: mark("The bot's owner has to top it up."),
    FailureReason.KEY_REFUSED: mark("The bot's owner has to fix that."),
    FailureReason.MODEL_GONE: mark("/models shows what is available."),
    FailureReason.UNKNOWN_OUTCOME: mark("I never order twice on my own. You decide."),
    FailureReason.ORIGINAL_GONE: mark("It can only be made again as a new video."),
    FailureReason.PHOTO_GONE: mark("Please send it again."),
    FailureReason.PHOTO_BROKEN: mark("Please send it as JPEG, PNG or WebP."),
    FailureReason.PHOTO_TOO_LARGE: mark("Please send a smaller one."),
    FailureReason.INTERNAL: mark("The bot's owner has been told."),
}
_CAUSES = {
    StatedCause.REAL_PERSON: mark("Videos of real people are refused."),
    StatedCause.PUBLIC_FIGURE: mark("Videos of famous people are refused."),
    StatedCause.MINORS: mark("Videos of children are refused."),
    StatedCause.SEXUAL: mark("Sexual content is refused."),
    StatedCause.VIOLENCE: mark("Violent content is refused."),
    StatedCause.HATE: mark("Hateful content is refused."),
    StatedCause.SELF_HARM: mark("Content about self-harm is refused."),
    StatedCause.DANGEROUS: mark("Dangerous or illegal content is refused."),
    StatedCause.POLITICS: mark("Political content is refused."),
    StatedCause.COPYRIGHT: mark("Other people's characters, brands, films and music are refused."),
    StatedCause.AUDIO: mark("The sound of the video was refused."),
    StatedCause.PHOTO: mark("The photo was refused under the content rules."),
    StatedCause.RESULT: mark("The finished video was refused under the content rules."),
    StatedCause.PROMPT: mark("The prompt was refused under the content rules."),
    StatedCause.OVERLOAD: mark("The video service was overloaded or took too long."),
}
_PHOTO_OF_PERSON = mark("Photos of real people are refused.")
_REMEDIES_OF_CAUSES = {
    StatedCause.REAL_PERSON: mark("Try a drawing, an animal or a landscape."),
    StatedCause.PUBLIC_FIGURE: mark("Describe somebody made up instead, without a name."),
    StatedCause.MINORS: mark("Try it with adults, animals or cartoon figures."),
    StatedCause.SEXUAL: mark("Try a prompt or a photo without it."),
    StatedCause.VIOLENCE: mark("Try a prompt without fights, weapons and blood."),
    StatedCause.HATE: mark("Try a friendlier prompt."),
    StatedCause.SELF_HARM: mark(
        "If this is about you: you are not alone, please talk to somebody you trust."
    ),
    StatedCause.DANGEROUS: mark("Try a prompt without it."),
    StatedCause.POLITICS: mark("Try a prompt without politics, flags and slogans."),
    StatedCause.COPYRIGHT: mark("Describe your own character or style instead of naming one."),
    StatedCause.AUDIO: mark("Try a prompt without speech, songs or music."),
    StatedCause.PHOTO: mark("Another photo may be accepted."),
    StatedCause.RESULT: mark("The same again may turn out differently."),
    StatedCause.PROMPT: mark("Another prompt may be accepted."),
    StatedCause.OVERLOAD: mark("Trying again later usually helps."),
}
#: Where the service's own words are shown: elsewhere they are the operators' business.
_QUOTED = frozenset({FailureReason.MODERATED, FailureReason.REFUSED, FailureReason.RENDER_FAILED})


def why(reason: FailureReason) -> str:
    """Say in a sentence why there is no video."""
    return _(_REASONS[reason])


def in_a_line(job: Job) -> str:
    """Say in a sentence why there is no video of a job, by the service's own words where they are known; "" if it has not failed."""
    if job.failure is None:
        return ""
    cause = _cause_of(job, job.failure)
    if cause is None:
        return why(job.failure)
    return _(_PHOTO_OF_PERSON if _is_photo_of_person(job, cause) else _CAUSES[cause])


def failure(job: Job) -> str:
    """Say why there is no video of a job that failed, what helps, and whether it is charged; "" if it has not failed."""
    if job.failure is None:
        return ""
    lines = [_("❌ <b>No video this time.</b>"), in_a_line(job)]
    if remedy := _remedy(job, job.failure):
        lines.append(remedy)
    if job.failure_detail and job.failure in _QUOTED:
        lines += [_("The video service says:"), folded(job.failure_detail, _LONGEST_DETAIL)]
    if job.failure_detail and job.failure is FailureReason.PHOTO_BROKEN:
        name = escaped(job.failure_detail, _LONGEST_FORMAT)
        lines.append(_("It is a {name} file, which cannot be opened.").format(name=name))
    if job.kept_at is not None:
        lines.append(_("It is charged all the same: the video was made, but your chat did not accept it."))
    else:
        lines.append(_("No charge."))
    return "\n".join(lines)


def _cause_of(job: Job, reason: FailureReason) -> StatedCause | None:
    return stated_cause(reason, job.failure_detail, job.request.prompt)


def _is_photo_of_person(job: Job, cause: StatedCause) -> bool:
    return cause is StatedCause.REAL_PERSON and bool(job.request.photos)


def _remedy(job: Job, reason: FailureReason) -> str:
    cause = _cause_of(job, reason)
    words = _REMEDIES.get(reason) if cause is None else _REMEDIES_OF_CAUSES[cause]
    return _(words) if words else ""
