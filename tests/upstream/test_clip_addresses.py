"""Clips: which addresses are asked for them, and to which of them the key goes along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route as HttpRoute

from sandbox.serving import serving
from upstream.api import Video, VideoStatus
from upstream.errors import NotReady, Unreachable, Withheld
from upstream.http.proxies import DIRECT, Exempt, Proxies, read_proxy
from upstream.openai.client import OpenAIVideos

CLIP = (
    b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00" + b"\x00\x00\x00\x08moov" + b"\x00\x00\x00\x10mdat" + b"m" * 8
)
CONTENT = "/v1/videos/video_1/content"


@dataclass(slots=True)
class Servers:
    """An API and a stranger on this machine; what they answer by path, and who was asked for what, with the key?"""

    api: str = ""
    cdn: str = ""
    answers: dict[str, Callable[[], Response]] = field(default_factory=dict)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)

    def app(self, name: str) -> Starlette:
        async def answer(request: Request) -> Response:
            self.asked.append((name, request.url.path, "authorization" in request.headers))
            self.cookies += request.cookies
            make = self.answers.get(f"{name} {request.url.path}")
            return make() if make else Response(status_code=404)

        return Starlette(routes=[HttpRoute("/{path:path}", answer)])

    def to_api(self, path: str) -> Callable[[], Response]:
        return lambda: RedirectResponse(self.api + path)

    def to_cdn(self, path: str) -> Callable[[], Response]:
        return lambda: RedirectResponse(self.cdn + path)


def clip() -> Response:
    return Response(CLIP)


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    servers = Servers()
    async with AsyncExitStack() as stack:
        servers.api = await stack.enter_async_context(serving(servers.app("api")))
        servers.cdn = await stack.enter_async_context(serving(servers.app("cdn")))
        yield servers


@asynccontextmanager
async def client_of(
    servers: Servers, *, path: str = "", private: bool = True, proxies: Proxies = DIRECT
) -> AsyncIterator[OpenAIVideos]:
    client = OpenAIVideos(servers.api + path, "key", allow_private_clip_addresses=private, proxies=proxies)
    async with client as client:
        yield client


def video(url: str | None = None) -> Video:
    return Video(id="video_1", status=VideoStatus.COMPLETED, url=url)


# The key


async def test_the_key_does_not_go_along_any_more_when_others_have_pointed_back(
    servers: Servers, path: Path
) -> None:
    servers.answers = {
        f"api {CONTENT}": servers.to_cdn("/a"),
        "cdn /a": servers.to_api("/v1/videos/video_2/content"),
        "api /v1/videos/video_2/content": clip,
    }
    async with client_of(servers) as client:
        await client.download(video(), path)
    assert servers.asked == [
        ("api", CONTENT, True),
        ("cdn", "/a", False),
        ("api", "/v1/videos/video_2/content", False),
    ]


async def test_the_key_does_not_go_along_when_another_s_answer_points_back(
    servers: Servers, path: Path
) -> None:
    servers.answers = {
        "cdn /a": lambda: JSONResponse({"url": f"{servers.api}/v1/videos/video_2/content"}),
        f"api {CONTENT}": clip,
    }
    async with client_of(servers) as client:
        await client.download(video(f"{servers.cdn}/a"), path)
    assert servers.asked == [
        ("cdn", "/a", False),
        ("api", "/v1/videos/video_2/content", False),
        ("api", CONTENT, True),
    ]


@pytest.mark.parametrize("told", ["/api/user/token", "/v1/videos", "/v1/videos/video_1", "/files/a.mp4"])
async def test_at_the_api_itself_the_key_goes_only_where_clips_are_handed_out(
    servers: Servers, told: str, path: Path
) -> None:
    servers.answers = {f"api {CONTENT}": clip}
    async with client_of(servers) as client:
        await client.download(video(servers.api + told), path)
    assert servers.asked == [("api", told, False), ("api", CONTENT, True)]


async def test_a_refusal_of_who_did_not_get_the_key_is_no_refusal_of_the_key(
    servers: Servers, path: Path
) -> None:
    refusal = {"error": {"code": "invalid_api_key", "message": "no"}}
    servers.answers = {"cdn /a": lambda: JSONResponse(refusal, 401)}
    async with client_of(servers) as client:
        with pytest.raises(Withheld):
            await client.download(video(f"{servers.cdn}/a"), path)
    assert servers.asked == [("cdn", "/a", False), ("api", CONTENT, True)]


@pytest.mark.parametrize(("elsewhere", "home"), [(401, 404), (403, 403), (404, 400)])
async def test_a_clip_that_nobody_hands_out_is_withheld(
    servers: Servers, elsewhere: int, home: int, path: Path
) -> None:
    servers.answers = {
        "cdn /a": lambda: Response(status_code=elsewhere),
        f"api {CONTENT}": lambda: Response(status_code=home),
    }
    async with client_of(servers) as client:
        with pytest.raises(Withheld):
            await client.download(video(f"{servers.cdn}/a"), path)


LATER: dict[str, Callable[[], Response]] = {
    "in numbers": lambda: Response(status_code=409),
    "in words": lambda: JSONResponse({"error": {"message": "Task is not completed yet"}}, 400),
    "by a pause": lambda: Response(status_code=404, headers={"Retry-After": "9"}),
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
async def test_a_clip_of_which_one_says_later_is_not_withheld(
    servers: Servers, later: Callable[[], Response], path: Path
) -> None:
    servers.answers = {f"api {CONTENT}": later}
    async with client_of(servers) as client:
        with pytest.raises(NotReady):
            await client.download(video(f"{servers.cdn}/a"), path)


async def test_who_sets_cookies_does_not_get_them_back(servers: Servers, path: Path) -> None:
    servers.answers = {f"api {CONTENT}": lambda: Response(CLIP, headers={"Set-Cookie": "seen=1; Path=/"})}
    async with client_of(servers) as client:
        await client.download(video(), path)
        await client.download(video(), path)
    assert servers.cookies == []


@pytest.mark.parametrize("prefix", ["", "/v1", "/v1/", "/api", "/api/v1", "/api/v1/"])
async def test_the_routes_are_below_the_address_of_the_api(servers: Servers, prefix: str, path: Path) -> None:
    below = "/api" if "api" in prefix else ""
    servers.answers = {
        f"api {below}/v1/videos/video_1": lambda: JSONResponse(
            {"id": "video_1", "status": "completed", "url": f"{below}/v1/videos/of_another_name/content"}
        ),
        f"api {below}/v1/videos/of_another_name/content": clip,
    }
    async with client_of(servers, path=prefix) as client:
        await client.download(await client.retrieve("video_1"), path)
    assert servers.asked == [
        ("api", f"{below}/v1/videos/video_1", True),
        ("api", f"{below}/v1/videos/of_another_name/content", True),
    ]


# Other people's networks


@pytest.mark.parametrize("point", ["address", "redirect", "answer"])
async def test_nobody_leads_us_into_our_own_network(servers: Servers, point: str, path: Path) -> None:
    inside = f"{servers.cdn}/camera.mp4"
    servers.answers = {"cdn /camera.mp4": clip}
    match point:
        case "redirect":
            servers.answers[f"api {CONTENT}"] = servers.to_cdn("/camera.mp4")
        case "answer":
            servers.answers[f"api {CONTENT}"] = lambda: JSONResponse({"url": inside})
    async with client_of(servers, private=False) as client:
        with pytest.raises(Withheld):
            await client.download(video(inside if point == "address" else None), path)
    assert servers.asked == [("api", CONTENT, True)]


async def test_who_is_allowed_to_leads_us_into_our_own_network(servers: Servers, path: Path) -> None:
    servers.answers = {"cdn /camera.mp4": clip}
    async with client_of(servers, private=True) as client:
        assert await client.download(video(f"{servers.cdn}/camera.mp4"), path) == len(CLIP)


NOT_PUBLIC = {
    "not https": "http://cdn.reelbot.org:8080/a.mp4",
    "a private number without encryption": "http://10.0.0.1/a.mp4",
    "another port": "https://cdn.reelbot.org:8443/a.mp4",
    "a password": "https://me:secret@cdn.reelbot.org/a.mp4",
    "this machine": "https://localhost/a.mp4",
    "a private number": "https://10.0.0.1/a.mp4",
    "where clouds keep secrets": "https://169.254.169.254/latest/meta-data",
    "a number of another kind": "https://2130706433/a.mp4",
    "a longer number": "https://[::ffff:10.0.0.1]/a.mp4",
    "a name of a home network": "https://nas.local/a.mp4",
    "a name with escapes": "https://127%2e0%2e0%2e1/a.mp4",
}


@pytest.mark.parametrize("url", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
async def test_an_address_that_is_not_public_is_not_asked(servers: Servers, url: str, path: Path) -> None:
    servers.answers = {f"api {CONTENT}": clip}
    async with client_of(servers, private=False) as client:
        await client.download(video(url), path)
    assert servers.asked == [("api", CONTENT, True)]


async def test_a_proxy_is_told_the_name_and_looks_it_up_itself_and_https_is_asked_for(
    servers: Servers, path: Path
) -> None:
    wanted: list[bytes] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wanted.append(await reader.readline())
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with proxy:
        through = read_proxy(f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        proxies = Proxies.but_for((Exempt(name="inside.invalid"),), https=through)
        async with client_of(servers, private=False, proxies=proxies) as client:
            for url in (
                "https://cdn.reelbot.org/a.mp4",
                "http://old.reelbot.org/a.mp4",
                "https://10.0.0.1/a.mp4",
                "https://inside.invalid/a.mp4",
            ):
                with pytest.raises((Unreachable, Withheld)):
                    await client.download(video(url), path)
    assert wanted == [
        b"CONNECT cdn.reelbot.org:443 HTTP/1.1\r\n",
        b"CONNECT old.reelbot.org:443 HTTP/1.1\r\n",
    ]
