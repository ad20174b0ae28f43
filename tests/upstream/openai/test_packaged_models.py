"""The packaged catalogue: every model that the local relay has is asked for in a way that it takes, and makes what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from fnmatch import fnmatch
from pathlib import Path

import httpx
import pytest
from PIL import Image
from starlette.requests import Request
from starlette.types import Message

from domain.catalogue import Model
from domain.catalogue_file import packaged_catalogue
from domain.order_form import PhotoRole
from domain.size import Size
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.model_rules import MODELS
from sandbox.video_api.order_rules import Terms, terms_of
from sandbox.video_api.orders import read_draft
from upstream.api import Order, OrderPhoto
from upstream.openai import request_form

PAIRS = [
    (model, name)
    for model in packaged_catalogue().models.values()
    for name in MODELS[Dialect.NEWAPI]
    if any(fnmatch(name, pattern) for pattern in model.names)
]


def orders(model: Model, name: str, folder: Path) -> Iterator[Order]:
    """Yield an order of each size in words, with a photo, and with as many photos as the model takes."""
    roles = model.photo_roles or (PhotoRole.FIRST_FRAME, PhotoRole.LAST_FRAME)
    for size in map(Size.parse, map(str, model.sizes)):
        picture = folder / f"{size}.png"
        Image.new("RGB", (size.width, size.height)).save(picture)
        for number in sorted({0, min(1, model.photos), model.photos}):
            yield Order(
                model=name,
                prompt="a cat",
                seconds=model.lengths[0],
                size=size,
                form=model.form,
                photos=tuple(
                    OrderPhoto(path=picture, role=roles[min(place, len(roles) - 1)])
                    for place in range(number)
                ),
            )


async def made_of(order: Order, client: httpx.AsyncClient) -> Terms:
    """Return what the local relay makes of the order as it goes out."""
    with ExitStack() as photos:
        url = httpx.URL("https://api.example/v1/videos")
        request = request_form.of_order(order, photos).request(client, url, {})
        assert isinstance(request.stream, httpx.AsyncByteStream)
        body = b"".join([piece async for piece in request.stream])

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    return terms_of(await read_draft(Request(scope, receive)), Dialect.NEWAPI)


def test_most_of_what_the_local_relay_has_is_known() -> None:
    assert len({name for _, name in PAIRS}) > len(MODELS[Dialect.NEWAPI]) // 2


@pytest.mark.parametrize(("model", "name"), PAIRS, ids=[name for _, name in PAIRS])
async def test_a_packaged_model_is_asked_for_in_its_own_way(model: Model, name: str, tmp_path: Path) -> None:
    async with httpx.AsyncClient() as client:
        for order in orders(model, name, tmp_path):
            made = await made_of(order, client)
            assert (Size(made.width, made.height), made.seconds, bool(made.photos)) == (
                order.size,
                str(order.seconds),
                bool(order.photos),
            )
