"""What the bot says where videos are shared: over a link, and in the list that opens in any chat."""

from __future__ import annotations

from chat.job_texts import shown_in
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Catalogue
from domain.job import Job

_PROMPT_AS_TITLE = 60


make_alike = lazy_gettext("🎬 Make one like it")


not_shared = lazy_gettext("This video is not shared. Send me a description and I make one for you: /help")


def title(job: Job) -> str:
    """Name a video in the list; plain text."""
    return shown_in(job.request, _PROMPT_AS_TITLE)


def description(job: Job, catalogue: Catalogue) -> str:
    """Say what made a video, in the list; plain text."""
    request = job.request
    model = catalogue.models.get(request.model)
    made_by = _("{model} · {seconds} s").format(
        model=model.title if model else request.model, seconds=request.seconds
    )
    return f"🔒 {made_by}" if request.private else made_by


make_first = lazy_gettext("🎬 Make your first video")


none_of_these_words = lazy_gettext("None of your videos match. Make one!")
