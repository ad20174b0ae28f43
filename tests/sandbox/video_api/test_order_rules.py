"""What the local video API takes and refuses, field by field."""

import io

import pytest
from PIL import Image

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Refusal
from sandbox.video_api.order_rules import Terms, terms_of
from sandbox.video_api.orders import Draft, UploadedPart

ORDER = {"model": "sora-2", "prompt": "a cat", "seconds": "10", "size": "16x9"}
OFFICIAL = {"model": "sora-2", "prompt": "a cat", "seconds": "8", "size": "1280x720"}
CHARACTER = {"character_url": "https://files.example/cat.mp4"}


def photo(
    size: tuple[int, int] = (64, 36),
    *,
    field: str = "input_reference",
    content_type: str = "image/png",
    content: bytes | None = None,
) -> UploadedPart:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, "PNG")
    drawn = file.getvalue()
    return UploadedPart(
        field=field, filename="photo.png", content_type=content_type, content=content or drawn
    )


def terms(
    fields: dict[str, str], *photos: UploadedPart, dialect: Dialect = Dialect.YIBU, is_form: bool = True
) -> Terms:
    return terms_of(Draft(fields=fields, files=list(photos), is_form=is_form), dialect)


def test_an_order_of_the_formats_own_page_is_taken() -> None:
    page = {
        "model": "sora-2",
        "prompt": "画面动起来",
        "seconds": "10",
        "size": "16x9",
        "watermark": "ture",
        "private": "false",
        "character_url": "https://filesystem.site/cdn/20251030/javYrU4etHVFDqg8by7mViTWHlMOZy.mp4",
        "character_timestamps": "1,3",
    }
    picture = photo()
    assert terms(page, picture) == Terms(
        model="sora-2",
        prompt="画面动起来",
        seconds="10",
        size="1280x720",
        width=1280,
        height=720,
        private=False,
        photos=(picture.content,),
    )


@pytest.mark.parametrize(
    ("dialect", "fields"),
    [
        (Dialect.YIBU, ORDER | {"seconds": "15", "size": "9x16"}),
        (Dialect.YIBU, ORDER | {"model": "sora-2-pro", "seconds": "25", "size": "1792x1024"}),
        (Dialect.YIBU, ORDER | {"model": "veo_3_1", "seconds": "8"}),
        (Dialect.YIBU, ORDER | CHARACTER | {"character_timestamps": "0.5,3.5"}),
        (Dialect.YIBU, ORDER | {"character_from_task": "video_1", "character_timestamps": "1,2"}),
        (Dialect.YIBU, {"model": "sora-2", "prompt": "a cat"}),
        (Dialect.NEWAPI, ORDER | {"seconds": "12"}),
        (Dialect.OPENAI, OFFICIAL | {"seconds": "20"}),
        (Dialect.OPENAI, {"prompt": "a cat"}),
        (Dialect.OPENAI, OFFICIAL | {"model": "sora-2-pro", "size": "1920x1080"}),
        (Dialect.LEGACY, ORDER),
    ],
    ids=[
        "15 s, tall",
        "25 s on pro",
        "veo",
        "character, 3 s",
        "character of a video",
        "defaults",
        "relay, 12 s",
        "official, 20 s",
        "official defaults",
        "official, full HD on pro",
        "legacy",
    ],
)
def test_what_is_taken(dialect: Dialect, fields: dict[str, str]) -> None:
    assert terms(fields, dialect=dialect).prompt == "a cat"


@pytest.mark.parametrize(
    ("dialect", "fields", "said"),
    [
        (Dialect.YIBU, ORDER | {"prompt": " "}, "prompt is required"),
        (Dialect.YIBU, ORDER | {"prompt": "x" * 32_001}, "prompt is longer than 32000 characters"),
        (Dialect.YIBU, {"prompt": "a cat"}, "model is required"),
        (Dialect.YIBU, ORDER | {"seconds": "25"}, "Invalid value: '25'. Supported values are: '10', '15'."),
        (Dialect.YIBU, ORDER | {"seconds": "4"}, "Invalid value: '4'. Supported values are: '10', '15'."),
        (Dialect.YIBU, ORDER | {"size": "16:9"}, "Invalid value: '16:9'."),
        (Dialect.YIBU, ORDER | {"size": "1792x1024"}, "Invalid value: '1792x1024'."),
        (Dialect.YIBU, ORDER | {"model": "veo_3_1"}, "Invalid value: '10'. Supported values are: '8'."),
        (Dialect.YIBU, ORDER | CHARACTER | {"character_timestamps": "1,1.5"}, "1 to 3 seconds apart"),
        (Dialect.YIBU, ORDER | CHARACTER | {"character_timestamps": "1,5"}, "1 to 3 seconds apart"),
        (Dialect.YIBU, ORDER | CHARACTER | {"character_timestamps": "3,1"}, "1 to 3 seconds apart"),
        (Dialect.YIBU, ORDER | CHARACTER | {"character_timestamps": "one,two"}, "1 to 3 seconds apart"),
        (Dialect.YIBU, ORDER | {"character_timestamps": "1,3"}, "character_timestamps needs character_url"),
        (Dialect.YIBU, ORDER | {"input_reference": "photo.png"}, "expected a file, but got a string instead"),
        (Dialect.OPENAI, ORDER | {"seconds": "8"}, "Invalid value: '16x9'."),
        (Dialect.OPENAI, OFFICIAL | {"seconds": "10"}, "Supported values are: '4', '8', '12', '16', '20'."),
        (Dialect.NEWAPI, ORDER | {"seconds": "25"}, "Invalid value: '25'."),
    ],
    ids=[
        "blank prompt",
        "long prompt",
        "no model",
        "25 s without pro",
        "official length",
        "shape with a colon",
        "large without pro",
        "veo of 10 s",
        "short span",
        "long span",
        "span backwards",
        "no span",
        "span of nothing",
        "text for a photo",
        "shape where sizes are asked",
        "reseller's length",
        "relay, 25 s without pro",
    ],
)
def test_what_is_refused(dialect: Dialect, fields: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal) as refused:
        terms(fields, dialect=dialect)
    assert (refused.value.status, said in refused.value.message) == (400, True)


@pytest.mark.parametrize(
    ("dialect", "model", "status"),
    [(Dialect.YIBU, "sora-3", 503), (Dialect.OPENAI, "veo_3_1", 404), (Dialect.NEWAPI, "gpt-4", 503)],
    ids=["unheard of", "not of this maker", "no video model"],
)
def test_an_unknown_model_has_no_channel_or_does_not_exist(dialect: Dialect, model: str, status: int) -> None:
    with pytest.raises(Refusal) as refused:
        terms(ORDER | {"model": model}, dialect=dialect)
    assert (refused.value.status, refused.value.code) == (status, "model_not_found")


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (photo(content_type="application/octet-stream"), "unsupported mimetype ('application/octet-stream')"),
        (photo(content_type="image/gif"), "unsupported mimetype ('image/gif')"),
        (photo(content=b"not a picture"), "not a picture"),
        (photo(field="image"), "Unexpected file 'image'"),
    ],
    ids=["no image type", "wrong image type", "no picture", "wrong field"],
)
def test_a_photo_that_is_none_is_refused(picture: UploadedPart, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        terms(ORDER, picture)
    assert (refused.value.status, said in refused.value.message) == (400, True)


def test_the_official_api_wants_photos_of_exactly_the_videos_size() -> None:
    fitting = photo((1280, 720))
    assert terms(OFFICIAL, fitting, dialect=Dialect.OPENAI).photos == (fitting.content,)
    with pytest.raises(Refusal, match="Inpaint image must match the requested width and height"):
        terms(OFFICIAL, photo((1280, 721)), dialect=Dialect.OPENAI)


@pytest.mark.parametrize(
    ("model", "most"),
    [("sora-2", 1), ("veo_3_1", 2), ("veo_3_1-components", 3)],
    ids=["sora", "veo", "components"],
)
def test_each_model_takes_so_many_photos(model: str, most: int) -> None:
    order = {"model": model, "prompt": "a cat"}
    pictures = [photo(field=field) for field in ("input_reference", "input_reference[]", "input_reference")]
    assert terms(order, *pictures[:most]).photos == tuple(picture.content for picture in pictures[:most])
    with pytest.raises(Refusal, match=f"At most {most} input_reference"):
        terms(order, *pictures[:most], photo())


@pytest.mark.parametrize(
    ("text", "private"), [("true", True), ("false", False), ("ture", False), ("True", False)], ids=str
)
def test_only_the_word_true_is_true(text: str, private: bool) -> None:  # noqa: FBT001  (a table's column)
    assert terms(ORDER | {"private": text}).private is private


def test_json_may_name_a_photo_by_its_address() -> None:
    order = ORDER | {"input_reference": "https://files.example/photo.png"}
    assert terms(order, is_form=False).photos == ()
