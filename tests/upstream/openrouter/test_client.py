"""OpenRouter's client: orders as they are sent, looks as they are read, and what OpenRouter does not do."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from domain.failures import FailureReason
from domain.money import Money
from domain.order_form import OrderForm, PhotoRole, SizeSpelling
from domain.provider import ApiProtocol
from domain.size import Size
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import MODERATION, Problem
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import FarSide, Reach
from upstream.api import Failure, Order, OrderPhoto, VideoApi, VideoStatus
from upstream.errors import Gone, KeyRefused, ModelGone, NotSent, Refused, TryLater
from upstream.openrouter import order_body
from upstream.openrouter.client import OpenRouterVideos
from upstream.registry import CLIENTS

ORDER = Order(model="google/veo-3.1", prompt="a cat surfing", seconds=4, size=Size(1280, 720))


@pytest.fixture
async def far(reach: Reach) -> FarSide:
    return await reach(Dialect.OPENROUTER)


def photo(path: Path, role: PhotoRole = PhotoRole.FIRST_FRAME) -> OrderPhoto:
    Image.new("RGB", (1280, 720), "navy").save(path)
    return OrderPhoto(path=path, role=role)


def sent(far: FarSide) -> dict[str, Any]:
    """Return the body of the last order, as it was written."""
    words = {"model", "prompt", "resolution", "aspect_ratio", "size"}
    fields = far.api.orders[-1].fields
    return {name: text if name in words else json.loads(text) for name, text in fields.items()}


def test_the_client_is_that_of_its_protocol() -> None:
    assert CLIENTS[ApiProtocol.OPENROUTER] is OpenRouterVideos


async def test_the_client_is_a_video_api(far: FarSide) -> None:
    api: VideoApi = far.client
    assert repr(api) == f"OpenRouterVideos('{far.origins.api}')"


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
async def test_the_address_may_have_the_version_at_its_end(far: FarSide, key: str, end: str) -> None:
    async with OpenRouterVideos(f"{far.origins.api}{end}", key) as client:
        assert (await client.create(ORDER)).id == far.api.orders[0].video_id


# Orders


async def test_an_order_of_words_is_sent_as_json_and_comes_back_as_a_queued_video(far: FarSide) -> None:
    video = await far.client.create(ORDER)
    [order] = far.api.orders
    assert (video.id, video.status, order.path) == (order.video_id, VideoStatus.QUEUED, "/api/v1/videos")
    assert (order.headers["content-type"], sent(far)) == (
        "application/json",
        {
            "model": "google/veo-3.1",
            "prompt": "a cat surfing",
            "duration": 4,
            "resolution": "720p",
            "aspect_ratio": "16:9",
        },
    )


SHAPES = {
    "1280x720": {"resolution": "720p", "aspect_ratio": "16:9"},
    "720x1280": {"resolution": "720p", "aspect_ratio": "9:16"},
    "1080x1080": {"resolution": "1080p", "aspect_ratio": "1:1"},
    "1344x768": {"resolution": "768p", "aspect_ratio": "16:9"},
    "854x480": {"resolution": "480p", "aspect_ratio": "16:9"},
    "2560x1440": {"resolution": "2K", "aspect_ratio": "16:9"},
    "2160x3840": {"resolution": "4K", "aspect_ratio": "9:16"},
    "1680x720": {"resolution": "720p", "aspect_ratio": "21:9"},
    "1024x200": {"size": "1024x200"},
}


@pytest.mark.parametrize(("size", "expected"), SHAPES.items(), ids=SHAPES)
def test_a_size_goes_as_a_tier_and_a_ratio_if_it_has_any(size: str, expected: dict[str, str]) -> None:
    body = order_body.of_order(replace(ORDER, size=Size.parse(size)))
    assert {name: body[name] for name in ("size", "resolution", "aspect_ratio") if name in body} == expected


@pytest.mark.parametrize("spelling", SizeSpelling)
def test_how_sizes_are_spelt_elsewhere_is_nothing_to_openrouter(spelling: SizeSpelling) -> None:
    spelt = replace(ORDER, form=OrderForm(size_as=spelling))
    assert order_body.of_order(spelt) == order_body.of_order(ORDER)


async def test_seed_extras_and_what_is_not_to_be_seen_go_along(far: FarSide) -> None:
    extra = {"generate_audio": False, "provider": {"options": {"google-vertex": {"enhancePrompt": False}}}}
    await far.client.create(replace(ORDER, seed=7, negative_prompt="blur, text", form=OrderForm(extra=extra)))
    body = sent(far)
    assert {name: body[name] for name in ("seed", *extra)} == {"seed": 7, **extra}
    assert body["prompt"] == "a cat surfing\n\nAvoid: blur, text"


async def test_photos_go_as_frames_and_references_inside_the_json(far: FarSide, tmp_path: Path) -> None:
    first = photo(tmp_path / "a.jpg")
    last = photo(tmp_path / "b.png", PhotoRole.LAST_FRAME)
    reference = photo(tmp_path / "c.jpg", PhotoRole.REFERENCE)
    await far.client.create(replace(ORDER, photos=(first, last, reference)))
    body = sent(far)
    assert [(frame["type"], frame["frame_type"]) for frame in body["frame_images"]] == [
        ("image_url", "first_frame"),
        ("image_url", "last_frame"),
    ]
    urls = [image["image_url"]["url"] for image in (*body["frame_images"], *body["input_references"])]
    assert [url.partition(",")[0] for url in urls] == [
        "data:image/jpeg;base64",
        "data:image/png;base64",
        "data:image/jpeg;base64",
    ]
    assert [b64decode(url.partition(",")[2]) for url in urls] == [
        taken.path.read_bytes() for taken in (first, last, reference)
    ]


@pytest.mark.parametrize("content", [None, b"", b"GIF89a"], ids=["missing", "empty", "of another kind"])
async def test_an_order_whose_photo_cannot_be_sent_is_not_sent(
    far: FarSide, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "photo.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotSent, match="photo"):
        await far.client.create(replace(ORDER, photos=(OrderPhoto(path=path),)))
    assert far.api.requests[Route.CREATE] == 0


REFUSED = {
    "a length": (replace(ORDER, seconds=5), "duration 5 is not supported by google/veo-3.1. Supported values: 8, 4, 6"),
    "a tier": (replace(ORDER, size=Size(854, 480)), "resolution 480p is not supported by google/veo-3.1"),
    "a ratio": (replace(ORDER, size=Size(960, 720)), "aspect_ratio 4:3 is not supported by google/veo-3.1"),
    "an extra of another type": (
        replace(ORDER, form=OrderForm(extra={"generate_audio": "yes"})),
        "generate_audio: Invalid input: expected boolean",
    ),
    "frames that are none": (
        replace(ORDER, form=OrderForm(extra={"frame_images": ["data:,"]})),
        "frame_images.0.type: Invalid input",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("order", "words"), REFUSED.values(), ids=REFUSED)
async def test_what_a_model_does_not_take_is_refused_in_the_words_of_the_api(
    far: FarSide, order: Order, words: str
) -> None:
    with pytest.raises(Refused) as caught:
        await far.client.create(order)
    assert caught.value.detail.startswith(words)
    assert far.api.orders == []


async def test_a_model_that_is_withdrawn_or_was_never_there_is_gone(far: FarSide) -> None:
    far.api.account.withdrawn.add("google/veo-3.1")
    for model in ("google/veo-3.1", "openai/sora-9"):
        with pytest.raises(ModelGone):
            await far.client.create(replace(ORDER, model=model))


# Looks


async def test_a_video_is_seen_from_the_queue_to_its_end_and_tells_what_it_has_cost(reach: Reach) -> None:
    far = await reach(Dialect.OPENROUTER)
    far.api.hold = True
    ordered = await far.client.create(ORDER)
    looks = [ordered, await far.client.retrieve(ordered.id)]
    far.api.finish(ordered.id)
    await far.api.until(lambda: far.api.is_ready(ordered.id))
    done = await far.client.retrieve(ordered.id)
    assert [(look.status, look.cost) for look in looks] == [
        (VideoStatus.QUEUED, None),
        (VideoStatus.RENDERING, None),
    ]
    assert (done.status, done.cost, done.url) == (
        VideoStatus.COMPLETED,
        Money(Decimal("1.6"), "USD"),
        f"{far.origins.api}/v1/videos/{ordered.id}/content?index=0",
    )


ENDS = {
    "moderation": (MODERATION, Failure(reason=FailureReason.MODERATED, detail=MODERATION.message)),
    "the provider": (
        Problem(code="", message="Provider returned error"),
        Failure(reason=FailureReason.RENDER_FAILED, detail="Provider returned error"),
    ),
}


@pytest.mark.parametrize(("problem", "expected"), ENDS.values(), ids=ENDS)
async def test_a_video_that_failed_says_why(far: FarSide, problem: Problem, expected: Failure) -> None:
    far.api.hold = True
    video = await far.client.create(ORDER)
    far.api.fail(video.id, problem)
    seen = await far.client.retrieve(video.id)
    assert (seen.status, seen.failure) == (VideoStatus.FAILED, expected)


SEEN = {
    FaultKind.EXPIRED: (VideoStatus.FAILED, FailureReason.EXPIRED),
    FaultKind.FAILED: (VideoStatus.FAILED, FailureReason.MODERATED),
    FaultKind.COMPLETED_BUT_MODERATED: (VideoStatus.FAILED, FailureReason.MODERATED),
    FaultKind.FAILED_IN_OTHER_WORDS: (VideoStatus.FAILED, FailureReason.RENDER_FAILED),
    FaultKind.UNKNOWN_STATUS: (VideoStatus.RENDERING, None),
    FaultKind.NULL_VIDEO_URL: (VideoStatus.COMPLETED, None),
    FaultKind.SIGNED_URL: (VideoStatus.COMPLETED, None),
}


@pytest.mark.parametrize(("kind", "expected"), SEEN.items(), ids=SEEN)
async def test_a_look_is_read_whatever_it_shows(
    far: FarSide, kind: FaultKind, expected: tuple[VideoStatus, FailureReason | None]
) -> None:
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    seen = await far.client.retrieve(done.id)
    assert (seen.status, seen.failure and seen.failure.reason) == expected


async def test_a_video_nobody_knows_is_gone(far: FarSide) -> None:
    with pytest.raises(Gone):
        await far.client.retrieve("nobody-knows-it")


@pytest.mark.parametrize("kind", [FaultKind.PAYMENT_REQUIRED, FaultKind.MODEL_GONE])
async def test_a_look_never_ends_a_video_for_what_only_an_order_can_be_refused_for(
    far: FarSide, kind: FaultKind
) -> None:
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    with pytest.raises(TryLater):
        await far.client.retrieve(done.id)


async def test_a_look_with_a_wrong_key_says_so(far: FarSide) -> None:
    done = await far.completed()
    far.api.account.key_refused = True
    with pytest.raises(KeyRefused):
        await far.client.retrieve(done.id)


# What OpenRouter does not do


async def test_a_finished_video_is_not_changed_and_nothing_is_sent(far: FarSide) -> None:
    done = await far.completed()
    asked = sum(far.api.requests.values())
    with pytest.raises(Refused) as caught:
        await far.client.remix(done.id, "again", model=ORDER.model)
    assert (str(caught.value), caught.value.detail) == ("OpenRouter does not change finished videos", "")
    assert sum(far.api.requests.values()) == asked


async def test_orders_have_no_key_of_ours(far: FarSide, key: str) -> None:
    async with OpenRouterVideos(far.origins.api, key, order_key_header="Idempotency-Key") as client:
        await client.create(replace(ORDER, key="job-1"))
        assert (client.finds_orders, await client.find("job-1")) == (False, None)
    assert "idempotency-key" not in far.api.orders[0].headers
