"""What the demo's practice API has is what the packaged catalogue makes the best of."""

from __future__ import annotations

from bot.demo.one_video import MODELS, practice_video_api
from bot.demo.practice import model_titles
from domain.api_status import ListedModel
from domain.catalogue_file import packaged_catalogue
from domain.offer import make_offer
from domain.provider import MAIN, ApiProtocol


def test_the_practice_api_lists_models_that_the_bot_knows_its_default_first() -> None:
    listed = practice_video_api(seconds_to_render=1).account.models
    listing = {name: ListedModel(name=name) for name in listed}
    offer = make_offer(packaged_catalogue(), {MAIN: ApiProtocol.OPENAI}, {MAIN: listing})
    sure = [model for model in offer.catalogue.models if offer.is_listed(model)]
    assert tuple(listed) == MODELS
    assert [offer.routes_of(model)[0].name for model in sure] == list(MODELS)
    assert offer.catalogue.default_model.name == sure[0]


def test_what_can_be_tried_in_the_demo_is_private_videos_characters_and_changes() -> None:
    known = [packaged_catalogue().find(name) for name in MODELS]
    able = {
        what
        for model in known
        if model
        for what in ("private", "characters", "edits")
        if getattr(model, what)
    }
    assert able == {"private", "characters", "edits"}


def test_each_model_of_the_demo_has_its_title() -> None:
    assert list(model_titles().items())[:2] == [
        ("gemini-omni-1.2-flash", "Gemini Omni"),
        ("muse-video", "Muse Video"),
    ]
    assert list(model_titles()) == list(MODELS)
