"""Edits: what is to change in a finished video, and the same made new where nothing can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from domain.catalogue import Catalogue, Model
from domain.character import Character
from domain.clip_address import LONGEST_ADDRESS, find_fault
from domain.job import Job
from domain.options import NOTHING_SAID, PromptOptions
from domain.refusals import (
    EditsNotOffered,
    OptionsInEdit,
    PrivateVideoUnchangeable,
    PromptMissing,
    PromptTooLong,
)
from domain.request import (
    LONGEST_PROMPT,
    Original,
    VideoRequest,
    fitted_to,
    is_able,
    make_request,
    models_instead,
    options_of,
)

_ENDS_OF_SENTENCES = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


def is_finished(job: Job) -> bool:
    """Tell whether the API has made the video; it may still be on its way to the chat."""
    return job.rendered_at is not None and job.failure is None


def can_be_edited(request: VideoRequest, catalogue: Catalogue) -> bool:
    model = catalogue.models.get(request.model)
    return model is not None and model.edits and model.takes(request.seconds) and not request.private


def lends_character(job: Job, catalogue: Catalogue) -> bool:
    """Tell whether a character can be saved from a finished video: its model takes some, and its clip is public."""
    model, address = catalogue.models.get(job.request.model), job.video_url or ""
    takes = model is not None and model.characters and not job.request.private
    return takes and len(address) <= LONGEST_ADDRESS and find_fault(address) is None


def make_edit(
    source: Job, options: PromptOptions, catalogue: Catalogue, *, character: Character | None = None
) -> VideoRequest:
    """Return the request that changes a finished video as the words say, at today's price.

    `character` is whom the options name: nobody new can come in by an edit.

    Raises PromptMissing, PromptTooLong, a ChoiceRefusal for an option that is not on offer at all, or an EditRefusal
    where the video cannot be changed, but made new.
    """
    request = source.request
    if not options.prompt:
        raise PromptMissing
    if len(options.prompt) > LONGEST_PROMPT:
        raise PromptTooLong(len(options.prompt), LONGEST_PROMPT)
    if request.private:
        raise PrivateVideoUnchangeable
    model = catalogue.models.get(request.model)
    if model is None or source.video_id is None or not can_be_edited(request, catalogue):
        raise EditsNotOffered(request.model, model)
    is_new = character is not None and character != request.character
    if is_new or not _keeps_options(request, options, catalogue):
        raise OptionsInEdit
    return VideoRequest(
        prompt=options.prompt,
        model=model.name,
        seconds=request.seconds,
        size=request.size,
        price=model.price_of(request.seconds, request.size),
        original=Original(job_id=source.id, video_id=source.video_id),
    )


def make_anew(
    request: VideoRequest,
    prompt: str,
    catalogue: Catalogue,
    options: PromptOptions = NOTHING_SAID,
    *,
    character: Character | None = None,
) -> VideoRequest:
    """Return a request for the same with other words, as near to it as today's catalogue comes.

    The `options`, and the character that they name, win. Raises what `make_request` raises.
    """
    request = replace(request, character=character or request.character)
    model = _model_for(request, catalogue, options.model)
    near = request if model is None else fitted_to(request, model)
    return make_request(
        replace(options.over(options_of(near)), prompt=prompt),
        catalogue,
        photos=request.photos,
        character=request.character,
    )


def whole_request(lineage: Sequence[VideoRequest]) -> VideoRequest:
    """Return one request that says all that led to a video: the first request, and every edit's change in turn.

    The words are all of them, the rest that of the first; an edit keeps its model, its length and its size.
    """
    first, *edits = lineage
    prompt = whole_prompt([first.prompt, *(edit.prompt for edit in edits)])
    return replace(first, prompt=prompt, original=None)


def whole_prompt(sentences: Iterable[str]) -> str:
    """Join words and what is to change in them: `a cat`, `make it night` are `a cat. make it night`."""
    whole = ""
    for sentence in filter(None, map(str.strip, sentences)):
        if whole and not whole.endswith(_ENDS_OF_SENTENCES):
            whole = whole.rstrip(",;:- ") + "."
        whole = f"{whole} {sentence}".strip()
    return whole


def _keeps_options(request: VideoRequest, options: PromptOptions, catalogue: Catalogue) -> bool:
    if options == PromptOptions(prompt=options.prompt):
        return True
    return options_of(make_anew(request, options.prompt, catalogue, options)) == options_of(
        replace(request, prompt=options.prompt)
    )


def _model_for(request: VideoRequest, catalogue: Catalogue, chosen: str | None) -> Model | None:
    """Return the model that was chosen, the one that made it, or if that is gone the nearest that can."""
    if chosen is not None:
        return catalogue.find(chosen)
    able = (model for model in catalogue.models.values() if is_able(model, request))
    return catalogue.models.get(request.model) or next(chain(models_instead(request, catalogue), able), None)
