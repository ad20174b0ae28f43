"""Orders read off the wire: forms and JSON as clients send them, and bodies that are neither."""

import httpx
import pytest

from sandbox.video_api.server import VideoApiSandbox

ORDER = {"model": "sora-2", "prompt": "画面动起来", "seconds": "10", "size": "16x9"}


async def test_a_form_is_read(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    files = [(name, (None, value)) for name, value in ORDER.items()]
    answer = await customer.post("/v1/videos", files=files)
    assert (answer.status_code, video_api.orders[0].fields) == (200, ORDER)


async def test_json_is_read_and_its_values_become_text(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    answer = await customer.post("/v1/videos", json=ORDER | {"seconds": 10, "private": True, "style": None})
    assert (answer.status_code, video_api.orders[0].fields) == (200, ORDER | {"private": "true"})


async def test_a_long_prompt_arrives_whole(video_api: VideoApiSandbox, customer: httpx.AsyncClient) -> None:
    prompt = "水" * 32_000
    files = [(name, (None, value)) for name, value in (ORDER | {"prompt": prompt}).items()]
    answer = await customer.post("/v1/videos", files=files)
    assert (answer.status_code, video_api.orders[0].fields["prompt"]) == (200, prompt)


def nameless_form(*parts: tuple[str, str]) -> bytes:
    """Text parts only: a part without a filename is no file, whatever its content type says."""
    head = 'Content-Disposition: form-data; name="{}"\r\nContent-Type: image/png'
    return (
        "".join(f"--x\r\n{head.format(name)}\r\n\r\n{value}\r\n" for name, value in parts).encode()
        + b"--x--\r\n"
    )


FORM = "multipart/form-data; boundary=x"
BODIES = [
    ("application/x-www-form-urlencoded", b"model=sora-2&prompt=cat", "Unsupported content type"),
    ("text/plain", b"a cat", "Unsupported content type"),
    ("multipart/form-data", b"--x", "Missing boundary"),
    ("application/json", b"{", "could not parse the JSON body"),
    ("application/json", b"[]", "is not an object"),
    (FORM, nameless_form(("prompt", "a"), ("prompt", "b")), "is given twice"),
    (
        FORM,
        nameless_form(("model", "sora-2"), ("prompt", "a cat"), ("input_reference", "PNG")),
        "expected a file, but got a string instead",
    ),
]


@pytest.mark.parametrize(
    ("content_type", "body", "said"),
    BODIES,
    ids=[
        "urlencoded",
        "text",
        "no boundary",
        "broken JSON",
        "JSON list",
        "field twice",
        "photo without a name",
    ],
)
async def test_other_bodies_are_refused_in_words(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, content_type: str, body: bytes, said: str
) -> None:
    answer = await customer.post("/v1/videos", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, said in answer.json()["error"]["message"]) == (400, True), answer.text
    assert video_api.orders == []
