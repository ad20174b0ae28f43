"""Origin: the key goes to the API's own scheme, host and port, and nowhere else."""

import httpx
import pytest
from pydantic import SecretStr

from upstream.http.origin import KeyAuth, Origin

OWNED = {
    "itself": ("https://api.example/v1/videos", True),
    "with its port": ("https://api.example:443/x", True),
    "in capitals": ("HTTPS://API.EXAMPLE/x", True),
    "another host": ("https://cdn.example/x", False),
    "a host that begins like it": ("https://api.example.evil/x", False),
    "its name as a user": ("https://api.example@evil.example/x", False),
    "another port": ("https://api.example:8443/x", False),
    "without encryption": ("http://api.example/x", False),
}


@pytest.mark.parametrize(("address", "expected"), OWNED.values(), ids=OWNED)
def test_only_the_own_origin_gets_the_key(address: str, expected: bool) -> None:  # noqa: FBT001 - a table
    request = httpx.Request("GET", address)
    flow = KeyAuth(SecretStr("sk-secret"), Origin("https://api.example")).auth_flow(request)
    assert ("authorization" in next(flow).headers) is expected


@pytest.mark.parametrize(
    "address", ["", "api.example", "ftp://api.example", "https://", "https://me:x@api.example"]
)
def test_what_is_no_origin_is_refused_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Origin(address)


@pytest.mark.parametrize(
    "key", ["", "sk secret", "sk-secret\n", "sk-sécret"], ids=["empty", "space", "line", "letter"]
)
def test_what_is_no_key_is_refused_without_being_named(key: str) -> None:
    with pytest.raises(ValueError, match="key is empty") as caught:
        KeyAuth(SecretStr(key), Origin("https://api.example"))
    assert "cret" not in str(caught.value)


def test_an_id_is_percent_encoded_in_a_route() -> None:
    route = Origin("https://api.example/").route("videos", "sora-2:task_1/../x", "content")
    assert str(route) == "https://api.example/v1/videos/sora-2%3Atask_1%2F..%2Fx/content"


def test_a_page_is_under_the_path_of_the_api_too() -> None:
    assert str(Origin("https://gate.example/video").page("api", "status")) == (
        "https://gate.example/video/api/status"
    )


ADDRESSES = {
    "an origin": ("https://api.example", "https://api.example"),
    "with a slash": ("https://api.example/", "https://api.example"),
    "with where the routes begin": ("https://api.example/v1", "https://api.example"),
    "and a slash": ("https://api.example/v1/", "https://api.example"),
    "with a path": ("https://api.example/api", "https://api.example/api"),
    "with both": ("https://api.example/api/v1", "https://api.example/api"),
    "of that name": ("https://v1", "https://v1"),
    "a number": ("https://[::1]:8443/v1", "https://[::1]:8443"),
}


@pytest.mark.parametrize(("address", "base"), ADDRESSES.values(), ids=ADDRESSES)
def test_routes_are_below_the_address_however_it_is_written(address: str, base: str) -> None:
    origin = Origin(address)
    assert (str(origin), str(origin.route("models"))) == (base, f"{base}/v1/models")


HANDED_OUT = {
    "a clip": ("https://api.example/v1/videos/video_1/content", True),
    "one of several": ("https://api.example/v1/videos/video_1/content?index=0", True),
    "an id with a colon and a slash": ("https://api.example/v1/videos/sora%3A1%2Fa/content", True),
    "elsewhere": ("https://cdn.example/v1/videos/video_1/content", False),
    "without encryption": ("http://api.example/v1/videos/video_1/content", False),
    "the video itself": ("https://api.example/v1/videos/video_1", False),
    "no id": ("https://api.example/v1/videos//content", False),
    "nothing at all": ("https://api.example/v1/videos/content", False),
    "longer": ("https://api.example/v1/videos/a/b/content", False),
    "below another path": ("https://api.example/x/v1/videos/video_1/content", False),
    "out of the path": ("https://api.example/v1/videos/../user/content", False),
    "out of the path in disguise": ("https://api.example/v1/videos/%2e%2e/content", False),
    "far out of the path in disguise": ("https://api.example/v1/videos/a%2f..%2f..%2fuser/content", False),
    "another page": ("https://api.example/api/user/token", False),
}


@pytest.mark.parametrize(("address", "expected"), HANDED_OUT.values(), ids=HANDED_OUT)
def test_where_clips_are_handed_out_is_known(address: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert Origin("https://api.example/v1").hands_out(httpx.URL(address)) is expected


def test_where_clips_are_handed_out_is_known_below_a_path() -> None:
    origin = Origin("https://api.example/my%20api/v1")
    assert origin.hands_out(origin.route("videos", "sora-2:task_1/x", "content"))


RESOLVED = {
    "absolute": ("https://cdn.example/a.mp4?sig=1", "https://cdn.example/a.mp4?sig=1"),
    "on the API itself": ("/v1/videos/1/content", "https://api.example/v1/videos/1/content"),
    "another scheme": ("file:///etc/passwd", None),
    "broken": ("https://cdn.example:notaport/", None),
    "broken brackets": ("https://[::1/", None),
    "half a letter": ("https://cdn.example/\ud83d", None),
    "half a letter for a host": ("https://\ud83d.example/", None),
    "a name of another script that is none": ("https://xn--/", None),
    "a host without end": (f"https://{'a.' * 150}example/", None),
    "without end": (f"https://cdn.example/{'a' * 70_000}", None),
}
BELOW_A_PATH = {
    "below the path": ("/v1/videos/1/content", "https://api.example/api/v1/videos/1/content"),
    "with the path": ("/api/v1/videos/1/content", "https://api.example/api/v1/videos/1/content"),
    "absolute": ("https://api.example/v1/videos/1/content", "https://api.example/v1/videos/1/content"),
}


@pytest.mark.parametrize(("address", "expected"), RESOLVED.values(), ids=RESOLVED)
def test_an_address_the_api_gives_is_taken_if_it_is_on_the_web(address: str, expected: str | None) -> None:
    resolved = Origin("https://api.example").resolve(address)
    assert (str(resolved) if resolved else None) == expected


@pytest.mark.parametrize(("address", "expected"), BELOW_A_PATH.values(), ids=BELOW_A_PATH)
def test_an_address_is_relative_to_where_the_routes_are(address: str, expected: str) -> None:
    assert str(Origin("https://api.example/api/v1").resolve(address)) == expected
