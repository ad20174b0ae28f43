"""What the bot says where videos are shared: over a link, and in the list that opens in any chat."""

from __future__ import annotations

from chat.formatting import fitted
from chat.language import gettext as _
from domain.catalogue import Catalogue
from domain.job import Job

_PROMPT_AS_TITLE = 60


def make_alike() -> str:
    return _("🎬 Make one like it")


def not_shared() -> str:
    return _("This video is not shared. Send me some words, and I make one for you: /help")


def title(job: Job) -> str:
    """Name a video in the list; plain text."""
    return fitted(job.request.prompt, _PROMPT_AS_TITLE)


def description(job: Job, catalogue: Catalogue) -> str:
    """Say what made a video, in the list; plain text."""
    request = job.request
    model = catalogue.models.get(request.model)
    made_by = _("{model} · {seconds} s").format(
        model=model.title if model else request.model, seconds=request.seconds
    )
    return f"🔒 {made_by}" if request.private else made_by


def make_first() -> str:
    return _("🎬 Make your first video")


def none_of_these_words() -> str:
    return _("No video of yours says that. Make one!")
