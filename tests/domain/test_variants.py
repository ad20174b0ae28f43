"""Variants: whatever else the catalogue offers for a request, at today's prices, and nothing that it cannot do."""

from dataclasses import replace

import pytest

from domain.catalogue import Catalogue
from domain.character import Character
from domain.request import Photo, VideoRequest, fitted_to, renew
from domain.size import Size
from domain.variants import variants_of

PLAIN = VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1)
PHOTO = Photo(file_id="photo")
OF_PLAIN = {
    "=1280x720": ("sora-2", 10, "1280x720", 1),
    "+15": ("sora-2", 15, "720x1280", 2),
    "sora-2-pro": ("sora-2-pro", 15, "720x1280", 3),
    "veo-fast": ("veo-fast", 8, "720x1280", 1),
    "veo": ("veo", 8, "720x1280", 2),
    "veo-4k": ("veo-4k", 8, "720x1280", 3),
    "veo-components": ("veo-components", 8, "720x1280", 2),
}
LIMITED = {
    "private": (replace(PLAIN, private=True), ["=1280x720", "+15", "sora-2-pro"]),
    "a character": (
        replace(PLAIN, character=Character(url="https://a/b.mp4", start=1, end=3)),
        ["=1280x720", "+15", "sora-2-pro"],
    ),
    "two photos": (
        replace(PLAIN, model="veo", seconds=8, photos=(PHOTO, PHOTO)),
        ["=1280x720", "veo-fast", "veo-4k", "veo-components"],
    ),
    "three photos": (replace(PLAIN, model="veo-components", seconds=8, photos=(PHOTO,) * 3), ["=1280x720"]),
    "a model that is gone": (replace(PLAIN, model="sora-1", private=True), ["sora-2", "sora-2-pro"]),
}


def test_every_other_shape_length_and_model_is_a_variant_at_its_price(catalogue: Catalogue) -> None:
    found = {
        variant.key: (
            variant.request.model,
            variant.request.seconds,
            str(variant.request.size),
            variant.request.price,
        )
        for variant in variants_of(PLAIN, catalogue)
    }
    assert found == OF_PLAIN
    assert list(found) == list(OF_PLAIN)


@pytest.mark.parametrize(("request_made", "expected"), LIMITED.values(), ids=LIMITED.keys())
def test_what_a_request_brings_along_limits_its_variants(
    request_made: VideoRequest, expected: list[str], catalogue: Catalogue
) -> None:
    assert [variant.key for variant in variants_of(request_made, catalogue)] == expected


@pytest.mark.parametrize("model", ["sora-2", "sora-2-pro", "veo-fast", "veo-components"])
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("photos", range(4))
def test_every_variant_is_a_request_that_today_s_catalogue_accepts_as_it_is(
    model: str,
    private: bool,  # noqa: FBT001 - it is the value that is tried
    photos: int,
    catalogue: Catalogue,
) -> None:
    source = replace(PLAIN, model=model, private=private, photos=(PHOTO,) * photos, watermark=True)
    for variant in variants_of(source, catalogue):
        assert renew(variant.request, catalogue) == variant.request
        assert (variant.request.private, variant.request.photos) == (private, source.photos)


def test_another_model_comes_as_near_as_it_can(catalogue: Catalogue) -> None:
    long_and_wide = replace(PLAIN, model="sora-2-pro", seconds=25, size=Size(1792, 1024), watermark=True)
    fitted = fitted_to(long_and_wide, catalogue.models["sora-2"])
    assert fitted == replace(
        long_and_wide, model="sora-2", seconds=15, size=Size(1280, 720), price=2, watermark=True
    )
    assert not fitted_to(long_and_wide, catalogue.models["veo"]).watermark
