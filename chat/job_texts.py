"""What a chat says of one job: its caption, its short name, and why there is no video."""

from __future__ import annotations

from chat.formatting import escaped, fitted, quoted, shape, side_by_side, utf16_length
from chat.language import gettext as _
from chat.language import mark
from domain.account import Account
from domain.catalogue import Model
from domain.failures import FailureReason
from domain.job import Job
from domain.request import VideoRequest

CAPTION_LIMIT = 1024  # Bot API: sendVideo, characters of a caption
_NAME_IN_CAPTION = 60
_PROMPT_ON_BUTTON = 24
_LONGEST_FORMAT = 24


def what_makes_it(request: VideoRequest, model: Model | None) -> str:
    title = escaped(model.title if model else request.model)
    parts = [f"<b>{title}</b>", _("{seconds} s").format(seconds=request.seconds), shape(request.size)]
    if request.private:
        parts.append(_("private"))
    if request.watermark:
        parts.append(_("with watermark"))
    if request.character is not None:
        parts.append(_("with a character"))
    return side_by_side(*parts)


def caption(request: VideoRequest, model: Model | None, *, asker: Account | None = None) -> str:
    """Say what the video shows, or what was changed in it, and what made it, within Telegram's limit.

    In a group it names the `asker`, as far as that is known.
    """
    sign = "" if request.original is None else "✏️ "
    credit = f"\n\n{what_makes_it(request, model)}"
    if asker is not None and asker.name:
        credit += "\n" + _("for {person}").format(person=_named(asker))
    words = fitted(request.prompt, CAPTION_LIMIT - utf16_length(sign + credit))
    return f"{sign}{escaped(words)}{credit}"


def _named(account: Account) -> str:
    """Name an account so that a person is a link to themselves, with a username or without."""
    name = escaped(account.name, _NAME_IN_CAPTION)
    return name if account.is_group else f'<a href="tg://user?id={account.id}">{name}</a>'


def in_short(job: Job) -> str:
    """Name a job on a button."""
    return fitted(job.request.prompt, _PROMPT_ON_BUTTON)


_REASONS = {
    FailureReason.MODERATED: mark(
        "The video service refused this for its content rules. Other words or another photo may pass."
    ),
    FailureReason.REFUSED: mark("The video service does not accept this request."),
    FailureReason.NO_CREDIT: mark(
        "The account at the video service has run out of credit. Its operator has to top it up."
    ),
    FailureReason.KEY_REFUSED: mark("The video service refuses our access. The operator has to mend that."),
    FailureReason.MODEL_GONE: mark(
        "The video service does not offer this model any more. /models shows what can make it instead."
    ),
    FailureReason.BUSY: mark("The video service has been too busy to take this for an hour."),
    FailureReason.UNREACHABLE: mark(
        "The video service could not be reached for an hour. Nothing was ordered."
    ),
    FailureReason.UNKNOWN_OUTCOME: mark(
        "The connection broke while the video was being ordered, and nobody can tell whether the order arrived. "
        "I never order twice by myself; you decide."
    ),
    FailureReason.RENDER_FAILED: mark("The video service began, but could not make this video."),
    FailureReason.VANISHED: mark("The video service has forgotten this video."),
    FailureReason.ORIGINAL_GONE: mark(
        "The video service does not keep the video any more that was to be changed. It can only be made new."
    ),
    FailureReason.EXPIRED: mark(
        "The video service threw the finished video away before it could be fetched."
    ),
    FailureReason.CLIP_MISSING: mark(
        "The video was finished, but it could not be fetched from the video service."
    ),
    FailureReason.NEVER_FINISHED: mark("The video service did not finish this video within a day."),
    FailureReason.PHOTO_GONE: mark("Telegram does not hand out the photo any more. Please send it again."),
    FailureReason.PHOTO_BROKEN: mark("The photo cannot be opened. Please send it as JPEG, PNG or WebP."),
    FailureReason.PHOTO_TOO_LARGE: mark("The photo has too many pixels. Please send a smaller one."),
    FailureReason.CLIP_TOO_LARGE: mark("The video is too large for Telegram, and could not be made smaller."),
    FailureReason.CLIP_REFUSED: mark("Telegram does not accept the finished video in this chat."),
    FailureReason.UNDELIVERABLE: mark(
        "I may send nothing to the chat where it was asked for, nor in private to who asked."
    ),
    FailureReason.INTERNAL: mark("Something in me broke over this, and the operator has been told."),
}


def why(reason: FailureReason) -> str:
    """Say in a sentence or two why there is no video."""
    return _(_REASONS[reason])


def failure(reason: FailureReason, detail: str, *, is_charged: bool = False) -> str:
    """Say why there is no video, and whether it counts."""
    lines = [_("❌ <b>No video this time.</b>"), why(reason)]
    if detail and reason in {FailureReason.MODERATED, FailureReason.REFUSED, FailureReason.RENDER_FAILED}:
        lines += [_("It says:"), quoted(detail, 300)]
    if detail and reason is FailureReason.PHOTO_BROKEN:
        name = escaped(detail, _LONGEST_FORMAT)
        lines.append(_("It is a {name} file, which I cannot open.").format(name=name))
    if is_charged:
        lines.append(_("It counts all the same: the video was made, and your chat did not take it then."))
    else:
        lines.append(_("It did not count."))
    return "\n".join(lines)


_PROMPT_IN_LIST = 60


def cancelled(job: Job) -> str:
    prompt = escaped(job.request.prompt, _PROMPT_IN_LIST)
    return _("✋ Cancelled: <b>{prompt}</b>\nIt did not count.").format(prompt=prompt)


def waits_no_more(job: Job) -> str:
    prompt = escaped(job.request.prompt, _PROMPT_IN_LIST)
    return _(
        "🔕 You need not wait for <b>{prompt}</b> any more. It is ordered, so I keep looking: "
        "if the video still comes, you get it. If it does not come within a day, I say so, and it does not count."
    ).format(prompt=prompt)
