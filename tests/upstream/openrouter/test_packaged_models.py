"""The packaged catalogue at OpenRouter: every model that it lists is known, and is taken in all that is on offer of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from domain.catalogue import Model
from domain.catalogue_file import packaged_catalogue
from domain.offer import Offer, make_offer, unknown_names
from domain.provider import MAIN, ApiProtocol
from domain.size import Size
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Order, OrderPhoto


@pytest.fixture
async def far(reach: Reach) -> FarSide:
    return await reach(Dialect.OPENROUTER)


async def offer_at(far: FarSide) -> Offer:
    """Return what is on offer of the packaged catalogue by the list of this OpenRouter."""
    listing = await far.client.list_models()
    return make_offer(packaged_catalogue(), {MAIN: ApiProtocol.OPENROUTER}, {MAIN: listing})


async def model_at(far: FarSide, name: str) -> Model:
    """Return what is on offer of the model that OpenRouter calls by this name."""
    offer = await offer_at(far)
    [model] = [
        model
        for model in offer.catalogue.models.values()
        if any(route.name == name for route in offer.routes_of(model.name))
    ]
    return model


def lengths_of(model: Model) -> list[int]:
    """Return every length in seconds that the model takes, the default one first."""
    longest = max(length for listed in OPENROUTER_MODELS.values() for length in listed.durations)
    taken = filter(model.takes, range(1, longest + 1))
    return list(dict.fromkeys([*model.lengths, *taken]))


async def test_every_listed_model_is_known_and_on_offer(far: FarSide) -> None:
    offer = await offer_at(far)
    assert unknown_names(packaged_catalogue(), {MAIN: await far.client.list_models()}) == []
    names = [route.name for model in offer.catalogue.models for route in offer.routes_of(model)]
    assert sorted(names) == sorted(OPENROUTER_MODELS)


@pytest.mark.parametrize("name", OPENROUTER_MODELS)
async def test_a_packaged_model_is_taken_in_every_size_and_length_on_offer(far: FarSide, name: str) -> None:
    model = await model_at(far, name)
    asked = [(seconds, size) for seconds in lengths_of(model) for size in model.sizes]
    made = []
    for seconds, size in asked:
        order = Order(model=name, prompt="a cat", seconds=seconds, size=size, form=model.form)
        video = far.api.videos[(await far.client.create(order)).id]
        made.append((int(video.seconds), Size(video.width, video.height)))
    assert made == asked


@pytest.mark.parametrize("name", OPENROUTER_MODELS)
async def test_a_packaged_model_is_taken_with_as_many_photos_as_it_may_have(
    far: FarSide, name: str, tmp_path: Path
) -> None:
    model = await model_at(far, name)
    picture = tmp_path / "photo.png"
    Image.new("RGB", (640, 360)).save(picture)
    numbers = range(model.photos + 1)
    for number in numbers:
        photos = tuple(OrderPhoto(path=picture, role=role) for role in model.roles_of(number))
        seconds, size = model.lengths[0], model.sizes[0]
        order = Order(model=name, prompt="a cat", seconds=seconds, size=size, form=model.form, photos=photos)
        await far.client.create(order)
    assert len(far.api.orders) == len(numbers)
