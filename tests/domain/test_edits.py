"""Edits: what they keep, when there can be none, and the same made new with all words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.catalogue import Catalogue
from domain.character import Character
from domain.edits import is_finished, make_anew, make_edit, whole_prompt, whole_request
from domain.failures import FailureReason
from domain.job import Job, State
from domain.options import PromptOptions, parse_options
from domain.refusals import (
    AbilityNotOffered,
    EditsNotOffered,
    OptionsInEdit,
    PrivateVideoUnchangeable,
    PromptMissing,
    PromptTooLong,
    Refusal,
    UnknownModel,
)
from domain.request import LONGEST_PROMPT, Original, Photo, VideoRequest
from domain.size import Size

CAT = VideoRequest(
    prompt="a cat",
    model="sora-2",
    seconds=15,
    size=Size(1280, 720),
    price=7,
    photos=(Photo(file_id="photo"),),
    watermark=True,
)
NIGHT = PromptOptions(prompt="make it night")
REFUSED = {
    "nothing said": (CAT, "", PromptMissing),
    "only an option": (CAT, "--seconds 10", PromptMissing),
    "too much said": (CAT, "x" * (LONGEST_PROMPT + 1), PromptTooLong),
    "private": (replace(CAT, private=True), "night", PrivateVideoUnchangeable),
    "a model without edits": (replace(CAT, model="veo", seconds=8), "night", EditsNotOffered),
    "a model that is gone": (replace(CAT, model="sora-1"), "night", EditsNotOffered),
    "a length that is gone": (replace(CAT, seconds=12), "night", EditsNotOffered),
    "another length": (CAT, "night --seconds 10", OptionsInEdit),
    "another shape": (CAT, "night --portrait", OptionsInEdit),
    "another model": (CAT, "night --model sora-2-pro", OptionsInEdit),
    "a model of nobody": (CAT, "night --model sora-9", UnknownModel),
}
PROMPTS = {
    "two": (["a cat", "make it night"], "a cat. make it night"),
    "sentences": (["A cat.", "Make it night!", "Why not?", "snow"], "A cat. Make it night! Why not? snow"),
    "loose ends": ([" a cat, ", "make it night "], "a cat. make it night"),
    "chinese": (["一只猫。", "夜晚"], "一只猫。 夜晚"),
    "nothing": (["", " ", "a cat", ""], "a cat"),
    "nothing at all": ([], ""),
}


@pytest.fixture(name="job_of")
def _job_of(job_in: Callable[..., Job]) -> Callable[[VideoRequest], Job]:
    """Return a factory of finished jobs."""

    def make(request: VideoRequest) -> Job:
        finished = job_in(State.DONE, video_id="v7", request=request)
        return replace(finished, rendered_at=finished.created_at)

    return make


def test_an_edit_keeps_model_length_and_shape_and_says_only_what_changes(
    job_of: Callable[[VideoRequest], Job], catalogue: Catalogue
) -> None:
    assert make_edit(job_of(CAT), NIGHT, catalogue) == VideoRequest(
        prompt="make it night",
        model="sora-2",
        seconds=15,
        size=Size(1280, 720),
        price=2,
        original=Original(job_id=7, video_id="v7"),
    )


def test_an_edit_may_name_what_it_keeps(job_of: Callable[[VideoRequest], Job], catalogue: Catalogue) -> None:
    options = parse_options("make it night --landscape --seconds 15 --model SORA-2")
    assert make_edit(job_of(CAT), options, catalogue) == make_edit(job_of(CAT), NIGHT, catalogue)


@pytest.mark.parametrize(("request_made", "words", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_changed_is_refused(
    request_made: VideoRequest,
    words: str,
    refusal: type[Refusal],
    job_of: Callable[[VideoRequest], Job],
    catalogue: Catalogue,
) -> None:
    with pytest.raises(refusal):
        make_edit(job_of(request_made), parse_options(words), catalogue)


def test_nobody_new_comes_in_by_an_edit(job_of: Callable[[VideoRequest], Job], catalogue: Catalogue) -> None:
    cat, dog = (Character(url=f"https://example.com/{name}.mp4", start=1, end=3) for name in ("cat", "dog"))
    source = replace(CAT, character=cat)
    assert make_edit(job_of(source), NIGHT, catalogue, character=cat) == make_edit(
        job_of(source), NIGHT, catalogue
    )
    with pytest.raises(OptionsInEdit):
        make_edit(job_of(source), NIGHT, catalogue, character=dog)
    assert make_anew(source, "a dog", catalogue, character=dog).character == dog


@pytest.mark.parametrize(("sentences", "expected"), PROMPTS.values(), ids=PROMPTS.keys())
def test_words_and_changes_are_joined_to_sentences(sentences: list[str], expected: str) -> None:
    assert whole_prompt(sentences) == expected


def test_the_whole_of_an_edit_of_an_edit_is_the_first_request_with_all_words() -> None:
    original = Original(job_id=1, video_id="v1")
    edits = [replace(CAT, prompt=words, photos=(), original=original) for words in ("night", "snow")]
    assert whole_request([CAT, *edits]) == replace(CAT, prompt="a cat. night. snow")
    assert whole_request([edits[0]]) == replace(edits[0], original=None)


def test_made_new_it_keeps_all_but_the_words(catalogue: Catalogue) -> None:
    character = Character(url="https://example.com/cat.mp4", start=1, end=3)
    source = replace(CAT, private=True, character=character)
    assert make_anew(source, "a dog", catalogue) == replace(source, prompt="a dog", price=2)


def test_made_new_options_win(catalogue: Catalogue) -> None:
    options = parse_options("night --portrait --seconds 10 --private")
    assert make_anew(CAT, "a cat. night", catalogue, options) == replace(
        CAT, prompt="a cat. night", size=Size(720, 1280), seconds=10, price=1, private=True
    )


def test_made_new_by_another_model_it_is_as_near_as_that_comes(catalogue: Catalogue) -> None:
    assert make_anew(CAT, "a dog", catalogue, parse_options("--model veo")) == replace(
        CAT, prompt="a dog", model="veo", seconds=8, price=2, watermark=False
    )


@pytest.mark.parametrize(
    ("photos", "price", "expected"),
    [(1, 1, "sora-2"), (1, 3, "sora-2-pro"), (2, 1, "veo-fast"), (2, 3, "veo-4k"), (3, 1, "veo-components")],
)
def test_made_new_without_its_model_it_is_made_by_the_nearest_that_can(
    photos: int, price: int, expected: str, catalogue: Catalogue
) -> None:
    source = replace(CAT, model="sora-1", seconds=12, price=price, photos=(Photo(file_id="photo"),) * photos)
    made = make_anew(source, "a dog", catalogue)
    assert (made.model, made.photos, made.size) == (expected, source.photos, source.size)


def test_made_new_where_nothing_is_listed_it_is_made_by_the_first_that_can(catalogue: Catalogue) -> None:
    left = {name: model for name, model in catalogue.models.items() if name != "sora-2"}
    unlisted = catalogue.offering(left, default=None, listed=[])
    assert make_anew(CAT, "a dog", unlisted).model == "sora-2-pro"


def test_made_new_it_never_becomes_public_by_itself(catalogue: Catalogue) -> None:
    with pytest.raises(AbilityNotOffered):
        make_anew(replace(CAT, private=True), "a dog", catalogue, parse_options("--model veo"))


def test_made_new_by_nobody_it_says_what_is_on_offer(catalogue: Catalogue) -> None:
    impossible = replace(CAT, model="sora-1", private=True, photos=(Photo(file_id="photo"),) * 2)
    with pytest.raises(UnknownModel):
        make_anew(impossible, "a dog", catalogue)


@pytest.mark.parametrize("state", State)
def test_a_video_is_finished_once_the_api_has_made_it(state: State, job_in: Callable[..., Job]) -> None:
    job = job_in(state)
    assert not is_finished(job)
    assert is_finished(replace(job, rendered_at=job.created_at))
    assert not is_finished(replace(job, rendered_at=job.created_at, failure=FailureReason.CLIP_MISSING))
