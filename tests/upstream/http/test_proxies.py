"""Proxies: how they and the hosts that need none are written, and what happens on the way through them."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from domain.size import Size
from sandbox.serving import serving
from tests.practice_proxy import proxying
from upstream.api import Order
from upstream.calls import Timeouts
from upstream.errors import NotSent, UnknownOutcome
from upstream.http.proxies import Exempt, Proxies, name_of, read_exempt, read_proxy
from upstream.openai.client import OpenAIVideos

#: Loading the world's certificates for each client would take longer than the tests.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
ORDER = Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720))
#: More than enough where an answer comes at once, and soon over where none comes.
HURRIED = Timeouts(connect=0.3, order=1)


@pytest.mark.parametrize(
    ("written", "address", "auth"),
    [
        ("http://proxy:3128", "http://proxy:3128", None),
        ("proxy:3128", "http://proxy:3128", None),
        ("HTTP://proxy:3128/", "http://proxy:3128/", None),
        ("https://proxy.example", "https://proxy.example", None),
        ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080", None),
        ("socks5h://[::1]:1080", "socks5h://[::1]:1080", None),
        ("socks://127.0.0.1:1080/", "socks5://127.0.0.1:1080/", None),
        ("me:p%40ss%3A@proxy:3128", "http://proxy:3128", ("me", "p@ss:")),
        ("socks5://me:secret@proxy", "socks5://proxy", ("me", "secret")),
    ],
)
def test_a_proxy_may_be_written_as_people_write_it(
    written: str, address: str, auth: tuple[str, str] | None
) -> None:
    proxy = read_proxy(written)
    assert (str(proxy.url), proxy.auth) == (address, auth)


@pytest.mark.parametrize(
    "written",
    [
        "socks4://proxy:1080",
        "ftp://proxy",
        "http://",
        "://proxy",
        "http://proxy:port",
        "http://proxy:99999",
        "http://proxy/path",
        "http://me:hunter2/2@proxy:3128",
        "http://me:hunter2#2@proxy:3128",
        "http://proxy?hunter2",
        "http://[::1",
    ],
)
def test_what_is_no_proxy_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(
        ValueError, match=r"^is no address of a proxy: one of http://, https://, socks5://"
    ) as refused:
        read_proxy(written)
    assert "hunter2" not in str(refused.value)


def test_a_proxy_that_is_shown_gives_no_password_away() -> None:
    proxy = read_proxy("http://me:hunter2@proxy:3128")
    shown = f"{proxy} {proxy!r} {Proxies.everywhere(proxy)!r} {name_of(proxy)}"
    assert ("hunter2" in shown, name_of(proxy)) == (False, "proxy:3128")


@pytest.mark.parametrize(
    ("entry", "direct", "through"),
    [
        pytest.param("*", ["http://a.example", "http://1.2.3.4"], [], id="everything"),
        pytest.param(
            "example.com",
            ["https://example.com", "https://API.example.com", "https://example.com.:8443"],
            ["https://badexample.com", "https://example.com.evil.test"],
            id="name",
        ),
        pytest.param(".example.com", ["https://example.com", "https://a.b.example.com"], [], id="leading dot"),
        pytest.param("*.example.com", ["https://a.example.com"], ["https://example.com"], id="star"),
        pytest.param("Example.COM:8443", ["https://example.com:8443"], ["https://example.com"], id="port"),
        pytest.param("example.com:443", ["https://example.com"], ["http://example.com"], id="usual port"),
        pytest.param("https://example.com/", ["https://example.com"], [], id="address"),
        pytest.param("10.1.2.3", ["http://10.1.2.3:81"], ["http://10.1.2.4", "http://x.10.1.2.3.test"], id="IPv4"),
        pytest.param("10.1.2.3:81", ["http://10.1.2.3:81"], ["http://10.1.2.3"], id="IPv4 and port"),
        pytest.param("10.0.0.0/8", ["http://10.9.9.9"], ["http://11.1.1.1", "http://a10.test"], id="IPv4 network"),
        pytest.param("192.168.*", ["http://192.168.3.4"], ["http://192.169.3.4"], id="IPv4 star"),
        pytest.param("::1", ["http://[::1]:8081"], ["http://[::2]"], id="IPv6"),
        pytest.param("[fe80::1]", ["http://[fe80::1]"], ["http://[fe80::2]"], id="IPv6 in brackets"),
        pytest.param("[fe80::1]:81", ["http://[fe80::1]:81"], ["http://[fe80::1]"], id="IPv6 and port"),
        pytest.param("fd07:b51a::/64", ["http://[fd07:b51a::7]"], ["http://[fd08::7]"], id="IPv6 network"),
        pytest.param("[fd07:b51a::]/64", ["http://[fd07:b51a::7]"], [], id="IPv6 network in brackets"),
        pytest.param("::1/128", ["http://[::1]"], ["http://[::2]"], id="IPv6 network of one"),
    ],
)  # fmt: skip
def test_no_proxy_is_understood_in_every_common_form(
    entry: str, direct: list[str], through: list[str]
) -> None:
    proxy = read_proxy("proxy:3128")
    exempt = read_exempt(entry)
    assert exempt is not None
    proxies = Proxies(by_scheme={"http": proxy, "https": proxy}, exempt=(exempt,))
    found = {address: proxies.of(httpx.URL(address)) for address in (*direct, *through)}
    assert found == dict.fromkeys(direct) | dict.fromkeys(through, proxy)


@pytest.mark.parametrize(
    "entry", ["<local>", "10.0.0.0/33", "[::1", "a b", "http://", "exämple.com", "::1%", ","]
)
def test_an_entry_that_names_no_host_is_known_for_that(entry: str) -> None:
    assert read_exempt(entry) is None or read_exempt(entry) == Exempt(name=entry)


def test_what_the_environment_names_is_by_scheme_and_never_for_this_machine() -> None:
    plain, secure = read_proxy("plain:1"), read_proxy("secure:1")
    proxies = Proxies.but_for((), http=plain, https=secure)
    addresses = [
        "http://a.test",
        "https://a.test",
        "http://127.0.0.1:8081",
        "http://localhost",
        "https://[::1]",
    ]
    assert [proxies.of(httpx.URL(address)) for address in addresses] == [plain, secure, None, None, None]


def test_a_host_that_is_no_name_goes_the_common_way() -> None:
    proxy = read_proxy("proxy:1")
    exempt = read_exempt("example.com")
    assert exempt is not None
    assert Proxies.but_for((exempt,), https=proxy).of(httpx.URL("https://xn--/clip.mp4")) is proxy


async def greet(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


@asynccontextmanager
async def client_through(address: str) -> AsyncIterator[httpx.AsyncClient]:
    proxies = Proxies.everywhere(read_proxy(address))
    transport = proxies.transport(verify=NO_CERTIFICATES, limits=httpx.Limits())
    async with httpx.AsyncClient(transport=transport, timeout=httpx.Timeout(10, connect=0.5)) as client:
        yield client


@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h"])
@pytest.mark.parametrize(
    ("user", "password", "written"),
    [("", "", ""), ("me", "p@ss:/w", "me:p%40ss%3A%2Fw@")],
    ids=["without password", "with password"],
)
async def test_a_request_goes_through_and_its_name_is_resolved_by_the_proxy(
    kind: str, user: str, password: str, written: str
) -> None:
    app = Starlette(routes=[Route("/a/b", greet)])
    async with (
        serving(app) as origin,
        proxying(user=user, password=password, api=origin) as proxy,
        client_through(f"{kind}://{written}{proxy.host}") as client,
    ):
        answers = [(await client.get("http://api.test/a/b?c=d")).text for _ in range(2)]
        assert answers == ["hello", "hello"]
        assert set(proxy.asked) == {"api.test:80"}


class Closed(httpx.AsyncBaseTransport):
    """A way on which nobody gets through."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(403, text=f"no way to {request.url.host}")


async def test_what_has_no_proxy_goes_over_what_is_given_for_that() -> None:
    app = Starlette(routes=[Route("/a/b", greet)])
    async with serving(app) as origin, proxying(api=origin) as proxy:
        proxies = Proxies.but_for((), http=read_proxy(proxy.host))
        transport = proxies.transport(verify=NO_CERTIFICATES, limits=httpx.Limits(), direct=Closed())
        async with httpx.AsyncClient(transport=transport) as client:
            answers = [await client.get("http://api.test/a/b"), await client.get(f"{origin}/a/b")]
    assert [answer.text for answer in answers] == ["hello", "no way to 127.0.0.1"]


async def test_a_socks_proxy_is_told_addresses_as_such() -> None:
    app = Starlette(routes=[Route("/a/b", greet)])
    async with (
        serving(app) as origin,
        proxying() as proxy,
        client_through(f"socks5://{proxy.host}") as client,
    ):
        assert (await client.get(f"{origin}/a/b")).text == "hello"
        with pytest.raises(httpx.ProxyError, match="hung up"):
            await client.get("http://[2001:db8::1]:81/")
        assert proxy.asked == [origin.removeprefix("http://"), "2001:db8::1:81"]


async def test_a_name_that_no_socks_proxy_takes_is_an_error_of_the_proxy() -> None:
    async with proxying() as proxy, client_through(f"socks5://{proxy.host}") as client:
        with pytest.raises(httpx.ProxyError, match="so long"):
            await client.get(f"http://{'a.' * 150}test/")


@pytest.mark.parametrize("written", ["me:wrong@", ""], ids=["wrong password", "no password"])
async def test_a_socks_proxy_that_does_not_let_in_is_an_error_of_the_proxy(written: str) -> None:
    async with (
        proxying(user="me", password="secret") as proxy,
        client_through(f"socks5://{written}{proxy.host}") as client,
    ):
        with pytest.raises(httpx.ProxyError):
            await client.get("http://api.test/")
        assert proxy.asked == []


async def test_a_silent_socks_proxy_is_waited_for_no_longer_than_for_a_connection() -> None:
    async with proxying(babble=b"") as proxy, client_through(f"socks5://{proxy.host}") as client:
        with pytest.raises(httpx.TimeoutException):
            await client.get("http://api.test/")


@pytest.mark.parametrize(
    "babble",
    [None, b"", b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", b"\x05", b"\x05\x00\x05\x01\x00\x01"],
    ids=["hangs up", "silent", "speaks HTTP", "half a word", "refuses"],
)
@pytest.mark.parametrize(
    ("kind", "address"),
    [("http", "https://api.test"), ("socks5", "https://api.test"), ("socks5", "http://api.test")],
)
async def test_an_order_that_a_proxy_kept_is_known_not_to_be_sent(
    kind: str, address: str, babble: bytes | None
) -> None:
    async with proxying(babble=babble) as proxy:
        proxies = Proxies.everywhere(read_proxy(f"{kind}://{proxy.host}"))
        async with OpenAIVideos(address, "key", timeouts=HURRIED, proxies=proxies) as client:
            with pytest.raises(NotSent):
                await client.create(ORDER)


async def test_an_order_that_a_proxy_was_handed_is_of_unknown_outcome() -> None:
    async with proxying(babble=b"\x00") as proxy:
        proxies = Proxies.everywhere(read_proxy(f"http://{proxy.host}"))
        async with OpenAIVideos("http://api.test", "key", timeouts=HURRIED, proxies=proxies) as client:
            with pytest.raises(UnknownOutcome):
                await client.create(ORDER)
