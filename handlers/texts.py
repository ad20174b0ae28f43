"""Texts that several features share, in Telegram's HTML."""

from __future__ import annotations

from collections.abc import Sequence

from chat.formatting import escaped, megabytes
from chat.job_texts import shown_in
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.job import OVER, Job

#: So many jobs, the newest, /jobs shows: more would not fit into one message.
JOBS_IN_LIST = 15

no_jobs = lazy_gettext("You have no videos in progress. /help shows how to begin.")
#: What an input field shows while the bot waits for words.
words_wanted = lazy_gettext("e.g. the camera slowly moves closer")
no_picture = lazy_gettext("This file is not a picture. Send a photo, or a JPEG, PNG or WebP file.")
not_understood = lazy_gettext(
    "I make videos from descriptions and photos. Write what it should show, or send a photo. /help shows how."
)
passed_on_command = lazy_gettext(
    "A command that is forwarded, or sent through another bot, does nothing. Write it yourself if you mean it."
)
unknown_command = lazy_gettext("I do not know this command. /help shows what I can do.")
not_yours = lazy_gettext("Only the person who asked can press this.")
pressed_already = lazy_gettext("I am making it already.")
not_on_offer = lazy_gettext("This is no longer available.")
too_old = lazy_gettext("This button is too old. Please send your request again.")
#: Does not mention credits, because only the answer may have failed.
broken = lazy_gettext(
    "😵 Something went wrong on my side. /jobs shows your videos in progress; if yours is not there, please try again."
)
no_video_any_more = lazy_gettext("This video is deleted.")


def older_jobs(number: int) -> str:
    return ngettext("{n} older one, and:", "{n} older ones, and:", number).format(n=number)


def nothing_to_cancel(jobs: Sequence[Job]) -> str:
    if jobs:
        return _("None of your videos is waiting. What has started can no longer be cancelled: /jobs")
    return _("You have no videos in progress.")


def ask_for_words(photos: int = 1) -> str:
    return ngettext(
        "🖼 Nice photo. What should happen in it? Reply to this message with a few words.",
        "🖼 {n} nice photos. What should happen in them? Reply to this message with a few words.",
        photos,
    ).format(n=photos)


def photo_too_heavy(size_bytes: int, limit_bytes: int) -> str:
    return _(
        "This picture is {size} large, and Telegram lets me fetch {limit} at most. "
        "Send it as a photo instead of a file, or make it smaller."
    ).format(size=megabytes(size_bytes), limit=megabytes(limit_bytes))


def nothing_left_to_cancel(job: Job) -> str:
    if job.state in OVER:
        return _("This video is finished already.")
    return _("Your video has already started and can no longer be cancelled.")


_PROMPT_IN_HISTORY = 80


def lost(job: Job) -> str:
    """Say that Telegram does not hand out a video any more."""
    return _(
        "{prompt}\n\nTelegram does not hand out this video any more, so I cannot send it again. "
        "I can make it anew."
    ).format(prompt=prompt_of(job))


def waiting(number: int) -> str:
    """Tell somebody who is back about videos that could not be delivered."""
    return ngettext(
        "📦 {n} video of yours could not be delivered and waits for you: /history",
        "📦 {n} videos of yours could not be delivered and wait for you: /history",
        number,
    ).format(n=number)


def retried(job: Job) -> str:
    """Say, as plain text, what came of a failure's second try."""
    return _("I have tried this again already: /show {number}").format(number=job.id)


def prompt_of(job: Job) -> str:
    """Write what was asked for in short."""
    return f"<b>{escaped(shown_in(job.request, _PROMPT_IN_HISTORY))}</b>"
