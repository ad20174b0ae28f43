"""Origin: the key goes to the API's own scheme, host and port, and nowhere else."""

import httpx
import pytest
from pydantic import SecretStr

from upstream.origin import KeyAuth, Origin

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


RESOLVED = {
    "absolute": ("https://cdn.example/a.mp4?sig=1", "https://cdn.example/a.mp4?sig=1"),
    "on the API itself": ("/v1/videos/1/content", "https://api.example/v1/videos/1/content"),
    "another scheme": ("file:///etc/passwd", None),
    "broken": ("https://cdn.example:notaport/", None),
}


@pytest.mark.parametrize(("address", "expected"), RESOLVED.values(), ids=RESOLVED)
def test_an_address_the_api_gives_is_taken_if_it_is_on_the_web(address: str, expected: str | None) -> None:
    resolved = Origin("https://api.example").resolve(address)
    assert (str(resolved) if resolved else None) == expected
