"""What each model behind a relay wants of an order: bodies, lengths, sizes and photos, and the words of refusals."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from typing import Any

import pytest
from PIL import Image

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Refusal
from sandbox.video_api.model_rules import LIVING_MODELS, MODELS, PLUGIN_MODELS
from sandbox.video_api.order_rules import Terms, terms_of
from sandbox.video_api.orders import Draft, UploadedPart


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 36)).save(file, "PNG")
    return file.getvalue()


BASE64 = b64encode(picture()).decode()
DATA_URL = f"data:image/png;base64,{BASE64}"
URL = "https://files.example/a.png"
FILE = UploadedPart(field="input_reference", filename="a.png", content_type="image/png", content=picture())


def fields_of(values: dict[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


def in_json(model: str, **values: object) -> Terms:
    asked = {"model": model, "prompt": "a cat", **values}
    draft = Draft(fields=fields_of(asked), files=[], is_form=False, values=asked)
    return terms_of(draft, Dialect.NEWAPI)


def in_form(model: str, *files: UploadedPart, **values: str) -> Terms:
    asked = {"model": model, "prompt": "a cat", **values}
    draft = Draft(fields=asked, files=list(files), is_form=True, values=asked)
    return terms_of(draft, Dialect.NEWAPI)


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[int, str]:
    return refused.value.status, refused.value.message


RELAYS = [Dialect.YIBU, Dialect.NEWAPI, Dialect.LEGACY]


@pytest.mark.parametrize("dialect", RELAYS)
def test_relays_have_models_that_live_today(dialect: Dialect) -> None:
    names = {"gemini-omni-1.2-flash", "muse-video", "grok-imagine-video-1.5", "minimax/h3", "veo-3.1-fast"}
    assert names <= LIVING_MODELS.keys() <= MODELS[dialect].keys()


def test_openai_has_none_of_them() -> None:
    assert MODELS[Dialect.OPENAI].keys() == {"sora-2", "sora-2-pro"}


@pytest.mark.parametrize("model", ["MiniMax-Hailuo-2.3", "viduq3-pro", "jimeng_v30_pro"])
def test_some_take_json_and_nothing_else(model: str) -> None:
    with pytest.raises(Refusal) as refused:
        in_form(model)
    assert (*said(refused), refused.value.code) == (400, "JSON object required", "plugin_request_invalid")
    assert in_json(model).prompt == "a cat"


PHOTOS: dict[str, tuple[str, dict[str, object], int]] = {
    "hailuo": ("MiniMax-Hailuo-2.3", {"metadata": {"first_frame_image": DATA_URL}}, 1),
    "hailuo, two": (
        "MiniMax-Hailuo-2.3",
        {"metadata": {"first_frame_image": DATA_URL, "last_frame_image": DATA_URL}},
        2,
    ),
    "vidu": ("viduq3-pro", {"images": [DATA_URL, DATA_URL], "size": "720p"}, 2),
    "jimeng": ("jimeng_v30_pro", {"images": [BASE64]}, 1),
    "kling": ("kling-v2-6", {"image": BASE64}, 1),
    "omni": ("gemini-omni-1.2-flash", {"reference_images": [DATA_URL] * 6}, 6),
    "omni, by an object": ("gemini-omni-1.2-flash", {"input_reference": {"image_url": DATA_URL}}, 1),
    "grok": ("grok-imagine-video-1.5", {"input_reference": DATA_URL}, 1),
    "veo": ("veo-3.1-fast-generate-001", {"input_reference": DATA_URL}, 1),
}


@pytest.mark.parametrize(("model", "values", "count"), PHOTOS.values(), ids=PHOTOS)
def test_photos_in_json_are_found_where_the_model_looks_for_them(
    model: str, values: dict[str, object], count: int
) -> None:
    assert in_json(model, **values).photos == (picture(),) * count


def test_a_photo_elsewhere_is_not_seen_and_nobody_says_so() -> None:
    assert in_json("viduq3-pro", input_reference=DATA_URL).photos == ()


def test_kling_refuses_a_file() -> None:
    with pytest.raises(Refusal) as refused:
        in_form("kling-v2-6", FILE)
    assert said(refused) == (400, "uploaded input_reference is not supported")
    assert in_form("kling-v2-6", input_reference=DATA_URL).photos == (picture(),)


@pytest.mark.parametrize(
    "values", [{"input_reference": DATA_URL}, {"input_reference": BASE64}], ids=["url", "base64"]
)
def test_wan_wants_addresses(values: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        in_json("wan2.6-i2v", **values)
    assert said(refused) == (400, "requires image references to be URLs")
    assert in_json("wan2.6-i2v", input_reference=URL).photos == ()


def test_wan_wants_a_size_with_a_star() -> None:
    with pytest.raises(Refusal) as refused:
        in_json("wan2.6-t2v", size="1280x720")
    assert said(refused) == (400, "invalid size: 1280x720, example: 1920*1080")
    assert in_json("wan2.6-t2v", size="1280*720").size == "1280x720"


def test_seedance_takes_nothing_but_addresses_in_its_metadata() -> None:
    content = [{"type": "image_url", "image_url": {"url": URL}, "role": "first_frame"}]
    terms = in_json(
        "doubao-seedance-2-0-260128",
        size="1280x720",
        metadata={"content": content, "resolution": "1080p", "ratio": "9:16"},
    )
    assert (terms.size, terms.photos) == ("1080x1920", ())


def test_veo_wants_one_file() -> None:
    with pytest.raises(Refusal) as refused:
        in_form("veo-3.1-fast-generate-001", FILE, FILE)
    assert said(refused) == (400, "input_reference must be provided once")
    assert in_form("veo-3.1-fast-generate-001", FILE).photos == (picture(),)


def test_a_file_of_more_than_20_mb_is_refused() -> None:
    large = UploadedPart(
        field="input_reference",
        filename="a.png",
        content_type="image/png",
        content=picture() + bytes(20_000_000),
    )
    with pytest.raises(Refusal, match="larger than 20 MB"):
        in_form("veo-3.1-fast", large)


LENGTHS: dict[str, tuple[str, str, str | None]] = {
    "veo 4": ("veo-3.1-generate-001", "4", "4"),
    "veo 5": ("veo-3.1-generate-001", "5", None),
    "omni 3": ("gemini-omni-1.2-flash", "3", "3"),
    "omni 11": ("gemini-omni-1.2-flash", "11", None),
    "muse 8": ("muse-video", "8", "8"),
    "muse 9": ("muse-video", "9", None),
    "long muse": ("muse-video-60s", "60", "60"),
    "grok 15": ("grok-imagine-video-1.5", "15", "15"),
    "grok 16": ("grok-imagine-video-1.5", "16", None),
    "h3 15": ("minimax/h3", "15", "15"),
    "h3 3": ("minimax/h3", "3", None),
    "jimeng 10": ("jimeng_v30_pro", "10", "10"),
    "jimeng 7": ("jimeng_v30_pro", "7", "5"),
}


@pytest.mark.parametrize(("model", "asked", "expected"), LENGTHS.values(), ids=LENGTHS)
def test_each_model_has_its_lengths(model: str, asked: str, expected: str | None) -> None:
    if expected is not None:
        assert in_json(model, seconds=asked).seconds == expected
        return
    with pytest.raises(Refusal, match=f"Invalid value: '{asked}'"):
        in_json(model, seconds=asked)


def test_a_length_may_be_a_number_and_called_duration() -> None:
    assert in_json("kling-v2-6", duration=10).seconds == "10"


SIZES: dict[str, tuple[str, dict[str, object], str]] = {
    "omni, by its lines": (
        "gemini-omni-1.2-flash",
        {"resolution": "1080p", "aspect_ratio": "9:16"},
        "1080x1920",
    ),
    "omni, wide unless told": ("gemini-omni-1.2-flash", {"resolution": "360p"}, "640x360"),
    "omni, by its size": ("gemini-omni-1.2-flash", {"size": "1080x1920"}, "1080x1920"),
    "muse, a square": ("muse-video", {"resolution": "720p", "aspect_ratio": "1:1"}, "720x720"),
    "grok, unless told": ("grok-imagine-video-1.5", {}, "854x480"),
    "kling, its own": ("kling-v2-6", {"size": "1920x1080"}, "1920x1080"),
    "kling, anything else": ("kling-v2-6", {"size": "1080x720"}, "1024x1024"),
    "hailuo, by a part": ("MiniMax-Hailuo-2.3", {"size": "1080P"}, "1920x1080"),
    "hailuo, upright is wide": ("MiniMax-Hailuo-2.3", {"size": "720x1280"}, "1280x720"),
    "vidu": ("viduq3-pro", {"size": "1080p"}, "1920x1080"),
    "h3": ("minimax/h3", {"size": "768x768"}, "768x768"),
    "4K": ("veo-3.1-generate-001", {"size": "3840x2160"}, "3840x2160"),
}


@pytest.mark.parametrize(("model", "values", "expected"), SIZES.values(), ids=SIZES)
def test_each_model_has_its_sizes(model: str, values: dict[str, object], expected: str) -> None:
    assert in_json(model, **values).size == expected


WRONG_SIZES: dict[str, tuple[str, dict[str, object]]] = {
    "grok's first in full HD": ("grok-imagine-video", {"size": "1920x1080"}),
    "grok's first, by its lines": ("grok-imagine-video", {"resolution": "1080p"}),
    "a ratio that Omni does not have": (
        "gemini-omni-1.2-flash",
        {"resolution": "720p", "aspect_ratio": "1:1"},
    ),
    "no lines": ("gemini-omni-1.2-flash", {"resolution": "tall"}),
    "vidu in pixels": ("viduq3-pro", {"size": "1280x720"}),
    "h3 in anybody's": ("minimax/h3", {"size": "1280x720"}),
}


@pytest.mark.parametrize(("model", "values"), WRONG_SIZES.values(), ids=WRONG_SIZES)
def test_a_size_that_a_model_does_not_have_is_refused(model: str, values: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        in_json(model, **values)
    assert (refused.value.status, refused.value.code) == (400, "invalid_size")


WRONG_PHOTOS: dict[str, object] = {
    "no picture": b64encode(b"hello").decode(),
    "no base64": "a picture of a cat",
    "of another kind": "data:image/gif;base64,R0lGODlh",
    "no text": {"id": 7},
}


@pytest.mark.parametrize("value", WRONG_PHOTOS.values(), ids=WRONG_PHOTOS)
def test_a_text_that_is_no_photo_is_refused(value: object) -> None:
    with pytest.raises(Refusal) as refused:
        in_json("gemini-omni-1.2-flash", input_reference=value)
    assert refused.value.status == 400


def test_what_a_relay_passes_on_is_only_at_that_relay() -> None:
    assert not PLUGIN_MODELS.keys() & MODELS[Dialect.YIBU].keys()
