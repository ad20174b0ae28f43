"""Clips: fetched from wherever they lie, through every fault, whole or not at all, and the key stays at home."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as HttpRoute

from sandbox.dialects import Dialect
from sandbox.serving import hang_up, serving
from sandbox.video_faults import FaultKind, Route, VideoFault
from upstream.errors import (
    Busy,
    ClipTooLarge,
    Expired,
    Garbled,
    KeyRefused,
    NotReady,
    NotSaved,
    TryLater,
    Unreachable,
    VideoApiError,
)
from upstream.openai_videos import OpenAIVideos, Timeouts
from upstream.provider import Video, VideoStatus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from tests.upstream.conftest import FarSide, Reach

every_dialect = pytest.mark.parametrize("dialect", Dialect)
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


def faulty(far: FarSide, kind: FaultKind, *, times: int | None = 1, on: tuple[Route, ...]) -> None:
    far.api.faults.add(*(VideoFault(kind=kind, on=route, times=times, retry_after=3) for route in on))


@every_dialect
async def test_the_clip_of_every_dialect_arrives_as_it_is(reach: Reach, dialect: Dialect, path: Path) -> None:
    far = await reach(dialect)
    done = await far.completed()
    size = await far.client.download(done, path)
    assert (size, content(path) == far.clip(done), left_in(path)) == (
        len(far.clip(done)),
        True,
        ["clip.mp4"],
    )


@every_dialect
async def test_the_key_goes_to_the_api_and_never_to_the_cdn(
    reach: Reach, dialect: Dialect, path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    faulty(far, FaultKind.CONTENT_AS_JSON, on=(Route.CONTENT,))
    await far.client.download(done, path)
    faulty(far, FaultKind.CONTENT_AS_REDIRECT, on=(Route.CONTENT,))
    await far.client.download(Video(id=done.id, status=done.status), path)
    asked = {(download.origin, download.had_authorization) for download in far.api.downloads}
    assert asked <= {("api", True), ("cdn", False)}
    assert ("cdn", False) in asked


@pytest.mark.parametrize("kind", [FaultKind.CONTENT_AS_JSON, FaultKind.CONTENT_AS_REDIRECT])
async def test_content_may_point_to_the_clip(reach: Reach, kind: FaultKind, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    done = await far.completed()
    faulty(far, kind, on=(Route.CONTENT,))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)
    assert [(asked.origin, asked.had_authorization) for asked in far.api.downloads] == [
        ("api", True),
        ("cdn", False),
    ]


async def test_a_completed_video_without_an_address_is_fetched_from_content(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    await far.client.download(Video(id=done.id, status=done.status), path)
    assert [asked.origin for asked in far.api.downloads] == ["api"]


FAILING = (
    FaultKind.RATE_LIMITED,
    FaultKind.GATEWAY_PAGE,
    FaultKind.SERVER_ERROR,
    FaultKind.ERROR_IN_OK,
    FaultKind.EMPTY_BODY,
    FaultKind.HTML_IN_OK,
    FaultKind.BAD_KEY,
    FaultKind.NOT_FOUND,
    FaultKind.NOT_READY,
    FaultKind.RESET_BEFORE,
)


@pytest.mark.parametrize("kind", FAILING)
async def test_a_clip_that_the_cdn_does_not_give_is_fetched_from_content(
    reach: Reach, kind: FaultKind, path: Path
) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN,))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)
    assert far.api.downloads[-1].origin == "api"


async def test_a_clip_that_content_does_not_give_is_fetched_from_where_it_points(
    reach: Reach, path: Path
) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, FaultKind.GATEWAY_PAGE, on=(Route.CDN,))
    faulty(far, FaultKind.CONTENT_AS_REDIRECT, on=(Route.CONTENT,))
    await far.client.download(done, path)
    assert [asked.origin for asked in far.api.downloads] == ["cdn", "api", "cdn"]


NOWHERE: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: Unreachable,
    FaultKind.SERVER_ERROR: Unreachable,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: Garbled,
    FaultKind.HTML_IN_OK: Garbled,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: NotReady,
    FaultKind.QUOTA_SPENT: NotReady,
    FaultKind.MODEL_GONE: NotReady,
    FaultKind.MODERATED: NotReady,
    FaultKind.NOT_FOUND: NotReady,
    FaultKind.NOT_READY: NotReady,
    FaultKind.RESET_BEFORE: Unreachable,
}


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), NOWHERE.items(), ids=NOWHERE)
async def test_a_clip_that_is_nowhere_leaves_nothing_and_says_what_to_do(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError], path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN, Route.CONTENT))
    with pytest.raises(VideoApiError) as caught:
        await far.client.download(done, path)
    assert (type(caught.value), left_in(path)) == (expected, [])


async def test_a_clip_of_a_busy_api_says_when_to_come_back(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    done = await far.completed()
    faulty(far, FaultKind.RATE_LIMITED, on=(Route.CONTENT,))
    with pytest.raises(TryLater) as caught:
        await far.client.download(done, path)
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 3


async def test_a_clip_that_was_not_there_is_there_the_next_time(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.OPENAI)
    done = await far.completed()
    faulty(far, FaultKind.NOT_FOUND, on=(Route.CONTENT,))
    with pytest.raises(NotReady):
        await far.client.download(done, path)
    await far.client.download(done, path)
    assert content(path) == far.clip(done)


async def test_a_clip_of_a_video_under_way_is_not_ready(reach: Reach, path: Path) -> None:
    far = await reach(Dialect.NEWAPI)
    far.api.hold = True
    ordered = await far.client.create(far.order())
    with pytest.raises(NotReady, match="not completed yet"):
        await far.client.download(ordered, path)


@every_dialect
@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.TRUNCATED_SILENTLY])
async def test_a_clip_cut_in_the_middle_is_resumed_where_it_broke_off(
    reach: Reach, dialect: Dialect, kind: FaultKind, path: Path
) -> None:
    far = await reach(dialect)
    done = await far.completed()
    source = Route.CDN if dialect in {Dialect.YIBU, Dialect.LEGACY} else Route.CONTENT
    faulty(far, kind, times=2, on=(source,))
    await far.client.download(done, path)
    clip = far.clip(done)
    half = len(clip) // 2
    assert content(path) == clip
    assert [asked.range for asked in far.api.downloads] == [
        None,
        f"bytes={half}-",
        f"bytes={half + (len(clip) - half) // 2}-",
    ]


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.TRUNCATED_SILENTLY])
async def test_a_clip_that_is_always_cut_leaves_nothing(reach: Reach, kind: FaultKind, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    faulty(far, kind, times=None, on=(Route.CDN, Route.CONTENT))
    with pytest.raises(Unreachable):
        await far.client.download(done, path)
    assert left_in(path) == []


async def test_a_clip_that_trickles_in_is_waited_for(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CDN, seconds=0.3))
    await far.client.download(done, path)
    assert content(path) == far.clip(done)


@pytest.mark.parametrize(
    "timeouts", [Timeouts(stall=0.2), Timeouts(clip=0.2)], ids=["silence", "too long in all"]
)
async def test_a_clip_that_does_not_come_in_time_can_be_fetched_later(
    reach: Reach, timeouts: Timeouts, path: Path
) -> None:
    far = await reach(Dialect.NEWAPI, timeouts=timeouts)
    done = await far.completed()
    faulty(far, FaultKind.HELD_BEFORE, on=(Route.CONTENT,))
    with pytest.raises(Unreachable):
        await far.client.download(done, path)
    assert left_in(path) == []


async def test_a_clip_beyond_the_limit_is_not_fetched(reach: Reach, path: Path) -> None:
    far = await reach(largest_clip=1000)
    done = await far.completed()
    with pytest.raises(ClipTooLarge):
        await far.client.download(done, path)
    assert (left_in(path), len(far.api.downloads)) == ([], 1)


async def test_a_clip_takes_the_place_of_an_older_one(reach: Reach, path: Path) -> None:
    far = await reach()
    done = await far.completed()
    litter(path)
    await far.client.download(done, path)
    assert (content(path) == far.clip(done), left_in(path)) == (True, ["clip.mp4"])


async def test_a_place_that_cannot_be_written_to_is_said(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    done = await far.completed()
    with pytest.raises(NotSaved, match="No such file or directory"):
        await far.client.download(done, tmp_path / "nowhere" / "clip.mp4")


async def test_the_signature_of_an_address_is_in_no_log_or_error_of_ours(
    reach: Reach, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="upstream")
    far = await reach()
    done = await far.completed()
    faulty(far, FaultKind.GATEWAY_PAGE, times=None, on=(Route.CDN, Route.CONTENT))
    signed = Video(id=done.id, status=done.status, url=f"{done.url}?sig=s3cret")
    with pytest.raises(Unreachable) as caught:
        await far.client.download(signed, path)
    said = [*(record.getMessage() for record in caplog.records), repr(caught.value), repr(signed)]
    assert len(said) > 3
    assert [words for words in said if "s3cret" in words] == []


# Servers of other kinds


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


async def test_the_key_comes_back_to_the_api_but_does_not_pass_through_the_cdn(path: Path) -> None:
    seen: list[tuple[str, bool]] = []

    async def back(request: Request) -> Response:
        seen.append(("cdn", "authorization" in request.headers))
        return RedirectResponse(f"{home}/clip")

    async def away_or_clip(request: Request) -> Response:
        seen.append(("api", "authorization" in request.headers))
        return Response(WHOLE) if request.url.path == "/clip" else RedirectResponse(f"{cdn}/a")

    cdn_app, home_app = serving(content_of(back)), serving(content_of(away_or_clip))
    async with cdn_app as cdn, home_app as home, OpenAIVideos(home, "key") as client:
        await client.download(video(), path)
    assert seen == [("api", True), ("cdn", False), ("api", True)]


async def test_a_relay_whose_address_wants_its_own_providers_key_is_not_a_refusal_of_ours(path: Path) -> None:
    async def closed(_request: Request) -> Response:
        return JSONResponse({"error": {"code": "invalid_api_key", "message": "no"}}, 401)

    async def missing(_request: Request) -> Response:
        return Response(status_code=404)

    apps = serving(content_of(closed)), serving(content_of(missing))
    async with apps[0] as provider, apps[1] as relay, OpenAIVideos(relay, "key") as client:
        with pytest.raises(NotReady):
            await client.download(video(f"{provider}/a.mp4"), path)


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
