"""Clips: servers that redirect, echo, break off and change their minds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as HttpRoute
from starlette.types import Receive, Scope, Send

from sandbox.serving import hang_up, serving
from upstream.api import Video, VideoStatus
from upstream.errors import (
    ClipTooLarge,
    Expired,
    Garbled,
    Unreachable,
    VideoApiError,
)
from upstream.openai.client import OpenAIVideos

WHOLE = (
    b"\x00\x00\x00\x14ftypisom\x00\x00\x00\x00isom"
    b"\x00\x00\x00\x10moov"
    + b"i" * 8
    + (8 + 600_000).to_bytes(4, "big")
    + b"mdat"
    + bytes(range(200)) * 3_000
)


def content(path: Path) -> bytes:
    return path.read_bytes()


def left_in(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def litter(path: Path) -> None:
    path.write_bytes(b"old")
    path.with_name("clip.mp4.part").write_bytes(b"from a crash")


def video(url: str | None = None) -> Video:
    return Video(id="video_1", status=VideoStatus.COMPLETED, url=url)


def content_of(serve: Callable[[Request], Awaitable[Response]]) -> Starlette:
    return Starlette(routes=[HttpRoute("/v1/videos/video_1/content", serve), HttpRoute("/{name}", serve)])


@pytest.mark.parametrize(
    ("number", "body"), [(410, {}), (404, {"error": {"code": "video_expired", "message": "x"}})]
)
async def test_a_clip_that_was_thrown_away_is_over(number: int, body: dict[str, object], path: Path) -> None:
    async def expired(_request: Request) -> Response:
        return JSONResponse(body, number)

    async with serving(content_of(expired)) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(Expired):
            await client.download(video(), path)


async def test_redirects_in_circles_end(path: Path) -> None:
    async def around(_request: Request) -> Response:
        return RedirectResponse("/round")

    async with serving(content_of(around)) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(Garbled, match="circles"):
            await client.download(video(), path)


OFF_THE_WEB: dict[str, type[VideoApiError]] = {
    "file:///etc/passwd": Garbled,
    "ftp://cdn.example/a.mp4": Garbled,
    "http://host:port/": Unreachable,
    "https://xn--/a.mp4": Unreachable,
    "https://[::1/a.mp4": Unreachable,
}


@pytest.mark.parametrize(("location", "expected"), OFF_THE_WEB.items(), ids=OFF_THE_WEB)
async def test_redirects_off_the_web_are_not_followed(
    location: str, expected: type[VideoApiError], path: Path
) -> None:
    async def off(_request: Request) -> Response:
        return Response(status_code=302, headers={"Location": location})

    async with serving(content_of(off)) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(expected):
            await client.download(video(), path)


async def test_signposts_that_point_at_each_other_end(path: Path) -> None:
    async def signpost(request: Request) -> Response:
        return JSONResponse(
            {"status": "completed", "url": str(request.url.replace(path=request.url.path + "x"))}
        )

    app = Starlette(routes=[HttpRoute("/{path:path}", signpost)])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(Garbled, match="points"):
            await client.download(video(), path)


class Breaking:
    """Hands out the clip whole whatever range is asked for, and breaks off before the end the first `times`."""

    def __init__(self, times: int, *, at: int = 300_000, ranges: bool = False) -> None:
        self.times = times
        self.at = at
        self.ranges = ranges
        self.asked: list[bytes | None] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        self.asked.append(headers.get(b"range"))
        broken = len(self.asked) <= self.times
        if self.ranges and b"range" in headers:
            await Response(status_code=416)(scope, receive, send)
            return
        length = [(b"content-length", str(len(WHOLE)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        body = WHOLE[: self.at] if broken else WHOLE
        await send({"type": "http.response.body", "body": body, "more_body": broken})
        if broken:
            await hang_up(scope, receive)


@pytest.mark.parametrize("ranges", [False, True], ids=["sends all again", "refuses ranges"])
async def test_a_clip_of_a_server_without_ranges_is_fetched_anew(ranges: bool, path: Path) -> None:  # noqa: FBT001
    app = Breaking(1, ranges=ranges)
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        size = await client.download(video(), path)
    assert (size, content(path) == WHOLE) == (len(WHOLE), True)
    assert app.asked[:2] == [None, b"bytes=300000-"]


async def test_a_clip_of_a_server_that_breaks_off_at_the_same_place_is_given_up(path: Path) -> None:
    app = Breaking(99)
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(Unreachable):
            await client.download(video(), path)
    assert (len(app.asked), left_in(path)) == (2, [])


async def test_a_clip_that_changed_meanwhile_is_fetched_anew(path: Path) -> None:
    asked: list[tuple[str | None, str | None]] = []

    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        asked.append((headers.get("range"), headers.get("if-range")))
        tag = f'"version-{len(asked)}"'.encode()
        length = str(len(WHOLE)).encode()
        start = {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"etag", tag), (b"content-length", length)],
        }
        await send(start)
        if len(asked) == 1:
            await send(
                {"type": "http.response.body", "body": b"\0\0\0\x14ftyp" + b"old" * 9, "more_body": True}
            )
            await hang_up(scope, receive)
            return
        await send({"type": "http.response.body", "body": WHOLE})

    async with serving(changed) as origin, OpenAIVideos(origin, "key") as client:
        await client.download(video(), path)
    assert content(path) == WHOLE
    assert asked == [(None, None), ("bytes=35-", '"version-1"')]


async def test_a_piece_that_does_not_fit_is_not_used(path: Path) -> None:
    asked: list[str | None] = []

    async def misfit(request: Request) -> Response:
        asked.append(request.headers.get("range"))
        match len(asked):
            case 1:
                return Response(WHOLE[:1000])
            case 2:
                return Response(WHOLE[500:], 206, headers={"Content-Range": f"bytes 500-{len(WHOLE) - 1}/*"})
            case _:
                return Response(WHOLE)

    async with serving(content_of(misfit)) as origin, OpenAIVideos(origin, "key") as client:
        await client.download(video(), path)
    assert (content(path) == WHOLE, asked) == (True, [None, "bytes=1000-", None])


async def test_an_endless_clip_is_cut_at_the_limit(path: Path) -> None:
    async def endless(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": WHOLE, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            continue

    async with serving(endless) as origin, OpenAIVideos(origin, "key", largest_clip=500_000) as client:
        with pytest.raises(ClipTooLarge):
            await client.download(video(), path)
    assert left_in(path) == []
