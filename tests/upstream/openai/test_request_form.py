"""Orders as they are written: each kind of body, each place for a photo, each way to spell a size, byte for byte."""

from __future__ import annotations

import io
import json
import tracemalloc
from base64 import b64encode
from collections.abc import AsyncIterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from domain.character import Character
from domain.order_form import (
    PLAIN_FORM,
    BodyKind,
    OrderForm,
    PhotoEncoding,
    PhotoRole,
    SizeSpelling,
)
from domain.size import Size
from upstream.api import Order, OrderPhoto
from upstream.openai import request_form

WIDE = Size(1280, 720)
JSON = BodyKind.JSON
FIRST, LAST, REFERENCE = PhotoRole


def photo(path: Path, name: str = "a.png", role: PhotoRole = FIRST) -> OrderPhoto:
    Image.new("RGB", (64, 36), "navy").save(path / name, "PNG" if name.endswith(".png") else "JPEG")
    return OrderPhoto(path=path / name, role=role)


def order(form: OrderForm = PLAIN_FORM, *photos: OrderPhoto, **more: Any) -> Order:  # noqa: ANN401 - an order's fields
    asked: dict[str, Any] = {"model": "m", "prompt": "画", "seconds": 10, "size": WIDE, **more}
    return Order(form=form, photos=photos, **asked)


async def sent(asked: Order, *, boundary: str = "x") -> tuple[str, bytes]:
    """Return the content type and the body as they go out."""
    headers = {} if asked.form.body is JSON else {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    async with httpx.AsyncClient() as client:
        with ExitStack() as photos:
            request = request_form.of_order(asked, photos).request(
                client, httpx.URL("https://api.example/v1/videos"), headers
            )
            assert isinstance(request.stream, AsyncIterable)
            body = b"".join([piece async for piece in request.stream])
    assert request.headers["content-length"] == str(len(body))
    return request.headers["content-type"], body


async def told(asked: Order) -> dict[str, Any]:
    """Return the JSON object that goes out."""
    kind, body = await sent(asked)
    assert kind == "application/json"
    read: dict[str, Any] = json.loads(body)
    return read


async def parts(asked: Order) -> list[tuple[str, str]]:
    """Return the names and texts of the parts of the form that goes out."""
    _, body = await sent(asked)
    pieces = [piece.partition(b"\r\n\r\n") for piece in body.split(b"--x")[1:-1]]
    return [(head.split(b'"')[1].decode(), text[:-2].decode("latin-1")) for head, _, text in pieces]


def data_url(photo: OrderPhoto) -> str:
    mime = "image/png" if photo.path.suffix == ".png" else "image/jpeg"
    return f"data:{mime};base64,{b64encode(photo.path.read_bytes()).decode()}"


# Forms


async def test_a_plain_order_is_written_byte_for_byte_as_it_always_was(tmp_path: Path) -> None:
    picture = photo(tmp_path)
    asked = order(
        PLAIN_FORM,
        picture,
        picture,
        watermark=True,
        private=False,
        character=Character(url="https://a.example/c.mp4", start=1, end=3),
    )
    texts = {
        "model": "m",
        "prompt": "画",
        "seconds": "10",
        "size": "1280x720",
        "watermark": "true",
        "private": "false",
        "character_url": "https://a.example/c.mp4",
        "character_timestamps": "1,3",
    }
    expected = b"".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in texts.items()
    )
    for number in (1, 2):
        head = f'name="input_reference"; filename="photo-{number}.png"\r\nContent-Type: image/png'
        expected += f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
        expected += picture.path.read_bytes() + b"\r\n"
    assert await sent(asked) == ("multipart/form-data; boundary=x", expected + b"--x--\r\n")


async def test_a_form_holds_objects_as_json_and_lists_as_several_parts(tmp_path: Path) -> None:
    picture = photo(tmp_path)
    form = OrderForm(
        photos_as=PhotoEncoding.BASE64,
        photo_fields={FIRST: "metadata.first_frame_image", REFERENCE: "images[]"},
        extra={"metadata": {"prompt_optimizer": True}, "n": 1, "tags": ["a", "b"], "hd": False},
    )
    base64 = b64encode(picture.path.read_bytes()).decode()
    other = OrderPhoto(path=picture.path, role=REFERENCE)
    assert (await parts(order(form, picture, other, other, seed=7, negative_prompt="blur")))[4:] == [
        ("seed", "7"),
        ("negative_prompt", "blur"),
        (
            "metadata",
            json.dumps({"prompt_optimizer": True, "first_frame_image": base64}, separators=(",", ":")),
        ),
        ("n", "1"),
        ("tags", "a"),
        ("tags", "b"),
        ("hd", "false"),
        ("images", base64),
        ("images", base64),
    ]


async def test_files_go_to_the_field_of_their_role(tmp_path: Path) -> None:
    form = OrderForm(photo_fields={FIRST: "first_frame", LAST: "last_frame", REFERENCE: "images[]"})
    photos = [photo(tmp_path, f"{role}.png", role) for role in (FIRST, LAST, REFERENCE, REFERENCE)]
    names = [name for name, _ in await parts(order(form, *photos))]
    assert names[-4:] == ["first_frame", "last_frame", "images", "images"]


# JSON


async def test_a_plain_order_in_json_is_all_text_but_what_is_true_or_a_number() -> None:
    asked = order(
        OrderForm(body=JSON),
        prompt='a "cat"\n🐈',
        watermark=False,
        private=True,
        seed=7,
        negative_prompt="blur",
        character=Character(url="https://a.example/c.mp4", start=1, end=3),
    )
    assert await told(asked) == {
        "model": "m",
        "prompt": 'a "cat"\n🐈',
        "seconds": "10",
        "size": "1280x720",
        "watermark": False,
        "private": True,
        "character_url": "https://a.example/c.mp4",
        "character_timestamps": "1,3",
        "seed": 7,
        "negative_prompt": "blur",
    }


async def test_photos_in_json_go_where_their_role_leads(tmp_path: Path) -> None:
    form = OrderForm(
        body=JSON,
        photo_fields={
            FIRST: "metadata.first_frame_image",
            LAST: "metadata.last_frame_image",
            REFERENCE: "images[]",
        },
        length_field="parameters.duration",
        length_as_number=True,
        extra={"metadata": {"prompt_optimizer": False}, "parameters": {"mode": "pro"}},
    )
    first, last = photo(tmp_path, "a.png", FIRST), photo(tmp_path, "b.jpg", LAST)
    others = [photo(tmp_path, f"{number}.png", REFERENCE) for number in range(2)]
    body = await told(order(form, first, others[0], last, others[1]))
    assert (body["metadata"], body["images"], body["parameters"]) == (
        {
            "first_frame_image": data_url(first),
            "last_frame_image": data_url(last),
            "prompt_optimizer": False,
        },
        [data_url(one) for one in others],
        {"duration": 10, "mode": "pro"},
    )


async def test_a_lone_photo_is_no_list_unless_it_is_said_to_be_one_and_several_are(tmp_path: Path) -> None:
    one = photo(tmp_path)
    listed = OrderForm(body=JSON, photo_fields={FIRST: "images[]"})
    assert (await told(order(OrderForm(body=JSON), one)))["input_reference"] == data_url(one)
    assert (await told(order(OrderForm(body=JSON), one, one)))["input_reference"] == [data_url(one)] * 2
    assert (await told(order(listed, one)))["images"] == [data_url(one)]


async def test_base64_goes_without_what_stands_before_the_comma(tmp_path: Path) -> None:
    one = photo(tmp_path)
    form = OrderForm(body=JSON, photos_as=PhotoEncoding.BASE64, photo_fields={FIRST: "image"})
    assert (await told(order(form, one)))["image"] == b64encode(one.path.read_bytes()).decode()


async def test_what_is_sent_besides_is_not_kept_for_the_next_order(tmp_path: Path) -> None:
    form = OrderForm(body=JSON, photo_fields={FIRST: "metadata.image"}, extra={"metadata": {"mode": "pro"}})
    await told(order(form, photo(tmp_path)))
    assert form.extra == {"metadata": {"mode": "pro"}}
    assert (await told(order(form)))["metadata"] == {"mode": "pro"}


async def test_a_prompt_of_marks_and_braces_stays_what_it_is(tmp_path: Path) -> None:
    prompt = '{"a": "b"} \\u0000 %s data:image/png;base64,AAAA 0.1.'
    body = await told(order(OrderForm(body=JSON), photo(tmp_path), prompt=prompt))
    assert body["prompt"] == prompt


@pytest.mark.parametrize("length", [9, 786_432, 786_433, 2_000_000])
async def test_large_photos_are_whole(tmp_path: Path, length: int) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * (length // 256) + b"x" * (length % 256))
    body = await told(order(OrderForm(body=JSON), OrderPhoto(path=path)))
    assert body["input_reference"] == f"data:image/png;base64,{b64encode(path.read_bytes()).decode()}"


async def test_no_more_than_pieces_of_large_photos_are_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(24_000_000))
    asked = order(OrderForm(body=JSON, photo_fields={FIRST: "images[]"}), *[OrderPhoto(path=path)] * 4)
    tracemalloc.start()
    with ExitStack() as photos:
        body = request_form.of_order(asked, photos).json
        assert body is not None
        length = sum([len(piece) async for piece in body])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (length == body.length > 128_000_000, most < 8_000_000) == (True, True)


async def test_a_photo_that_gets_shorter_while_it_is_sent_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2_000_000))
    with ExitStack() as photos:
        body = request_form.of_order(order(OrderForm(body=JSON), OrderPhoto(path=path)), photos).json
        assert body is not None
        path.write_bytes(b"\x89PNG\r\n\x1a\n")
        with pytest.raises(OSError, match="photo 1 has become shorter"):
            [piece async for piece in body]


# Sizes

PIXELS, STARRED, RATIO, LINES, RESOLUTION = SizeSpelling
SIZES: list[tuple[SizeSpelling, Size, dict[str, str]]] = [
    (PIXELS, WIDE, {"size": "1280x720"}),
    (STARRED, WIDE, {"size": "1280*720"}),
    (RATIO, WIDE, {"size": "16x9"}),
    (RATIO, Size(720, 1280), {"size": "9x16"}),
    (RATIO, Size(1024, 1024), {"size": "1x1"}),
    (RATIO, Size(500, 300), {"size": "5x3"}),
    (LINES, Size(1080, 1920), {"size": "1080p"}),
    (LINES, Size(3840, 2160), {"size": "4k"}),
    (RESOLUTION, Size(640, 360), {"resolution": "360p", "aspect_ratio": "16:9"}),
    (RESOLUTION, Size(854, 480), {"resolution": "480p", "aspect_ratio": "16:9"}),
    (RESOLUTION, Size(848, 480), {"resolution": "480p", "aspect_ratio": "16:9"}),
    (RESOLUTION, Size(720, 1280), {"resolution": "720p", "aspect_ratio": "9:16"}),
    (RESOLUTION, Size(1344, 768), {"resolution": "768p", "aspect_ratio": "16:9"}),
    (RESOLUTION, Size(1024, 768), {"resolution": "768p", "aspect_ratio": "4:3"}),
    (RESOLUTION, Size(1080, 1920), {"resolution": "1080p", "aspect_ratio": "9:16"}),
    (RESOLUTION, Size(2520, 1080), {"resolution": "1080p", "aspect_ratio": "21:9"}),
    (RESOLUTION, Size(3840, 2160), {"resolution": "4k", "aspect_ratio": "16:9"}),
    (RESOLUTION, Size(2160, 3840), {"resolution": "4k", "aspect_ratio": "9:16"}),
]


@pytest.mark.parametrize(
    ("spelling", "size", "expected"), SIZES, ids=[f"{spelling} {size}" for spelling, size, _ in SIZES]
)
async def test_a_size_is_spelt_as_the_model_reads_it(
    spelling: SizeSpelling, size: Size, expected: dict[str, str]
) -> None:
    names = {"size", "resolution", "aspect_ratio"}
    in_json = await told(order(OrderForm(body=JSON, size_as=spelling), size=size))
    in_form = dict(await parts(order(OrderForm(size_as=spelling), size=size)))
    for body in (in_json, in_form):
        assert {name: body[name] for name in names & body.keys()} == expected


async def test_a_resolution_and_a_ratio_may_go_inside_of_an_object() -> None:
    form = OrderForm(
        body=JSON,
        size_as=RESOLUTION,
        resolution_field="metadata.resolution",
        ratio_field="metadata.ratio",
        extra={"metadata": {"seed": 7}},
    )
    assert (await told(order(form)))["metadata"] == {"resolution": "720p", "ratio": "16:9", "seed": 7}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OrderForm(length_field="duration"), "10"),
        (OrderForm(body=JSON, length_field="duration"), "10"),
        (OrderForm(body=JSON, length_field="duration", length_as_number=True), 10),
        (OrderForm(length_field="duration", length_as_number=True), "10"),
    ],
    ids=["form", "JSON", "number", "number in a form"],
)
async def test_a_length_is_written_as_the_model_reads_it(form: OrderForm, expected: object) -> None:
    body = await told(order(form)) if form.body is JSON else dict(await parts(order(form)))
    assert ("seconds" in body, body["duration"]) == (False, expected)


# Remixes


def test_a_remix_says_what_it_always_said() -> None:
    assert request_form.of_remix("at night", model="m", size=WIDE, form=PLAIN_FORM) == {
        "model": "m",
        "prompt": "at night",
        "size": "1280x720",
    }


def test_a_remix_spells_its_size_and_says_besides_what_the_model_wants() -> None:
    form = OrderForm(size_as=RESOLUTION, extra={"metadata": {"mode": "pro"}})
    assert request_form.of_remix("at night", model="m", size=WIDE, form=form) == {
        "model": "m",
        "prompt": "at night",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "metadata": {"mode": "pro"},
    }


def test_a_picture_is_known_by_its_beginning(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "GIF")
    (tmp_path / "a.png").write_bytes(file.getvalue())
    with ExitStack() as photos, pytest.raises(ValueError, match="photo 1 is neither JPEG nor PNG"):
        request_form.of_order(order(OrderForm(body=JSON), OrderPhoto(path=tmp_path / "a.png")), photos)
