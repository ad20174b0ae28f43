"""The client: orders and remixes as they are sent, in every dialect."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

from domain.character import Character
from domain.size import Size
from sandbox.serving import serving
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import Route
from tests.upstream.conftest import Reach
from upstream.api import Order, OrderPhoto, VideoApi, VideoStatus
from upstream.errors import (
    Gone,
    ModelGone,
    NotSent,
    Refused,
)
from upstream.openai.client import OpenAIVideos

every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)


def photo(path: Path, size: tuple[int, int] = (1280, 720)) -> Path:
    Image.new("RGB", size, "navy").save(path, "PNG" if path.suffix == ".png" else "JPEG")
    return path


@every_dialect
async def test_an_order_comes_back_as_a_queued_video(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    video = await far.client.create(far.order())
    assert (video.id, video.status) == (far.api.orders[0].video_id, VideoStatus.QUEUED)


async def test_the_client_is_a_video_api(reach: Reach) -> None:
    api: VideoApi = (await reach()).client
    assert repr(api).startswith("OpenAIVideos('http://127.0.0.1:")


async def test_an_order_of_words_is_sent_as_a_form_of_text_parts(reach: Reach) -> None:
    far = await reach()
    await far.client.create(Order(model="veo_3_1", prompt="画面动起来 🐈", seconds=8, size=Size(720, 1280)))
    [sent] = far.api.orders
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert sent.headers["accept-encoding"] == "identity"
    assert (sent.fields, sent.files) == (
        {"model": "veo_3_1", "prompt": "画面动起来 🐈", "seconds": "8", "size": "720x1280"},
        [],
    )


async def test_an_order_with_everything_has_every_field_of_the_format(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    picture = photo(tmp_path / "场景1.png")
    await far.client.create(
        Order(
            model="sora-2",
            prompt="it moves",
            seconds=10,
            size=Size(1280, 720),
            photos=(OrderPhoto(path=picture),),
            private=False,
            watermark=True,
            character=Character(url="https://cdn.example/me.mp4", start=1, end=3),
        )
    )
    [sent] = far.api.orders
    assert sent.fields == {
        "model": "sora-2",
        "prompt": "it moves",
        "seconds": "10",
        "size": "1280x720",
        "watermark": "true",
        "private": "false",
        "character_url": "https://cdn.example/me.mp4",
        "character_timestamps": "1,3",
    }
    [file] = sent.files
    assert (file.field, file.filename, file.content_type, file.content) == (
        "input_reference",
        "photo-1.png",
        "image/png",
        picture.read_bytes(),
    )


async def test_several_photos_are_repeated_parts_each_of_its_own_type(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    pictures = (photo(tmp_path / "a.png"), photo(tmp_path / "b.jpg"), photo(tmp_path / "c"))
    order = Order(
        model="veo_3_1-components",
        prompt="all",
        seconds=8,
        size=Size(1280, 720),
        photos=tuple(OrderPhoto(path=path) for path in pictures),
    )
    await far.client.create(order)
    sent = [(file.field, file.filename, file.content_type) for file in far.api.orders[0].files]
    assert sent == [
        ("input_reference", "photo-1.png", "image/png"),
        ("input_reference", "photo-2.jpg", "image/jpeg"),
        ("input_reference", "photo-3.jpg", "image/jpeg"),
    ]


async def test_a_private_order_says_so_and_cannot_be_remixed(reach: Reach) -> None:
    far = await reach()
    order = Order(model="sora-2", prompt="secret", seconds=10, size=Size(1280, 720), private=True)
    video = await far.client.create(order)
    await far.api.until(lambda: far.api.is_ready(video.id))
    with pytest.raises(Refused, match="private video cannot be remixed"):
        await far.client.remix(video.id, "again", model="sora-2")
    assert far.api.orders[0].fields["private"] == "true"


@pytest.mark.parametrize("content", [None, b"", b"GIF89a"], ids=["missing", "empty", "of another kind"])
async def test_an_order_whose_photo_cannot_be_sent_is_not_sent(
    reach: Reach, tmp_path: Path, content: bytes | None
) -> None:
    far = await reach()
    path = tmp_path / "photo.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotSent, match="photo"):
        await far.client.create(
            Order(
                model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720), photos=(OrderPhoto(path=path),)
            )
        )
    assert far.api.requests[Route.CREATE] == 0


@every_dialect
async def test_a_remix_is_an_order_of_a_finished_video(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    source = await far.completed()
    remixed = await far.client.remix(source.id, "now at night", model="sora-2", size=Size(1280, 720))
    sent = far.api.orders[-1]
    assert (remixed.id, remixed.status) == (sent.video_id, VideoStatus.QUEUED)
    assert (sent.path, sent.fields, sent.headers["content-type"]) == (
        f"/v1/videos/{source.id}/remix",
        {"prompt": "now at night", "model": "sora-2", "size": "1280x720"},
        "application/json",
    )


@every_dialect
async def test_a_remix_of_an_unknown_video_is_gone(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    with pytest.raises(Gone):
        await far.client.remix("video_nobody_knows", "again", model="sora-2")


@every_dialect
async def test_an_order_of_a_length_that_is_not_offered_is_refused_in_the_words_of_the_api(
    reach: Reach, dialect: Dialect
) -> None:
    far = await reach(dialect)
    with pytest.raises(Refused) as caught:
        await far.client.create(Order(model="sora-2", prompt="long", seconds=99, size=Size(1280, 720)))
    assert caught.value.detail.startswith("Invalid value: '99'. Supported values are: '")
    assert "request id" not in caught.value.detail


async def test_an_order_whose_own_words_are_quoted_is_refused_and_nothing_is_taken_for_gone() -> None:
    async def quote(request: Request) -> Response:
        async with request.form() as form:
            message = f"Sorry, no video of {form['prompt']}, please."
        return JSONResponse({"error": {"message": message}}, 400)

    prompt = "insufficient balance, the model sora-2 does not exist"
    app = Starlette(routes=[HttpRoute("/v1/videos", quote, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, "sk-secret") as client:
        with pytest.raises(Refused, match=prompt):
            await client.create(Order(model="sora-2", prompt=prompt, seconds=10, size=Size(1280, 720)))


@every_dialect
async def test_an_order_of_a_model_that_is_not_offered_says_that_it_is_gone(
    reach: Reach, dialect: Dialect
) -> None:
    far = await reach(dialect)
    with pytest.raises(ModelGone):
        await far.client.create(Order(model="sora-9", prompt="new", seconds=10, size=Size(1280, 720)))
