"""What a chat says of one job: its caption, its short name, and that it is cancelled."""

from __future__ import annotations

from chat.direction import arrow
from chat.formatting import escaped, fitted, shape_name, side_by_side, told_from, utf16_length
from chat.language import gettext as _
from domain.account import Account
from domain.catalogue import Model
from domain.job import Job
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.request import VideoRequest
from domain.size import alike, resolution

CAPTION_LIMIT = 1024  # Bot API: sendVideo, characters of a caption
_NAME_IN_CAPTION = 60
_PROMPT_ON_BUTTON = 24
#: Of what an edit began with.
_LONGEST_FIRST = 200


def what_makes_it(request: VideoRequest, model: Model | None) -> str:
    title = escaped(model.title if model else request.model)
    shape = shape_name(request.size, told_from(request.size, model.sizes) if model else ())
    parts = [f"<b>{title}</b>", _("{seconds} s").format(seconds=request.seconds), shape]
    if request.private:
        parts.append(_("private"))
    if request.watermark:
        parts.append(_("with watermark"))
    if request.character is not None:
        parts.append(_("with a character"))
    return side_by_side(*parts)


def by_default(request: VideoRequest, model: Model | None, preferences: Preferences) -> str:
    """Say which of the choices that cost more, or make a video less than others, are somebody's defaults; empty if none.

    `preferences` are those that hold where the video is asked for.
    """
    if request.original is not None:
        return ""
    chosen = []
    if model is not None and request.seconds == preferences.seconds != model.lengths[0]:
        chosen.append(_("{seconds} s").format(seconds=request.seconds))
    if model is not None and request.size == preferences.shape != alike(request.size, model.sizes):
        chosen.append(resolution(request.size))
    if request.private and preferences.private:
        chosen.append(_("private"))
    if request.watermark and preferences.watermark:
        chosen.append(_("with watermark"))
    return _("⚙️ Your default: {choices} · /settings").format(choices=side_by_side(*chosen)) if chosen else ""


def caption(
    request: VideoRequest,
    model: Model | None,
    *,
    asker: Account | None = None,
    preferences: Preferences = NOTHING_CHOSEN,
) -> str:
    """Say what the video shows, or what was changed in it, and what made it, within Telegram's limit.

    In a group it names the `asker`, as far as that is known. `preferences` are as in `by_default`.
    """
    credit = f"\n\n{what_makes_it(request, model)}"
    if default := by_default(request, model, preferences):
        credit += f"\n{default}"
    if asker is not None and asker.name:
        credit += "\n" + _("for {person}").format(person=_named(asker))
    return f"{escaped(shown_in(request, CAPTION_LIMIT - utf16_length(credit)))}{credit}"


def shown_in(request: VideoRequest, limit: int) -> str:
    """Say in plain text, of at most `limit` UTF-16 units, what a video shows: its prompt.

    Of an edit it is what it began with and what changed in it last, `a cat → make it night`; the change alone, behind
    a pencil, if nobody knows any more with what it began.
    """
    original = request.original
    if original is None:
        return fitted(request.prompt, limit)
    if not original.first_prompt:
        return fitted(f"✏️ {request.prompt}", limit)
    first = fitted(" ".join(original.first_prompt.split()), min(limit // 2, _LONGEST_FIRST))
    begun = f"{first} {arrow(first)} "
    return begun + fitted(request.prompt, limit - utf16_length(begun))


def _named(account: Account) -> str:
    """Name an account so that a person is a link to themselves, with a username or without."""
    name = escaped(account.name, _NAME_IN_CAPTION)
    return name if account.is_group else f'<a href="tg://user?id={account.id}">{name}</a>'


def in_short(job: Job) -> str:
    """Name a job on a button."""
    return fitted(job.request.prompt, _PROMPT_ON_BUTTON)


_PROMPT_IN_LIST = 60


def cancelled(job: Job) -> str:
    prompt = escaped(job.request.prompt, _PROMPT_IN_LIST)
    return _("✋ Cancelled: <b>{prompt}</b>\nNo charge.").format(prompt=prompt)


def waits_no_more(job: Job) -> str:
    prompt = escaped(job.request.prompt, _PROMPT_IN_LIST)
    return _(
        "🔕 You no longer have to wait for <b>{prompt}</b>. If the video is still made, you get it. "
        "If it is not ready within a day, I tell you, at no charge."
    ).format(prompt=prompt)
