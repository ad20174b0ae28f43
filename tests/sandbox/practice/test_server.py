"""The page, its files and the files of messages, as a browser gets them."""

from __future__ import annotations

import json

import pytest

from tests.sandbox.practice.conftest import Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_page_may_load_nothing_from_elsewhere(practice: Practice) -> None:
    page = await practice.page.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"].startswith("default-src 'self';")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("main.js", "javascript"), ("style.css", "text/css"), ("icon.svg", "image/svg+xml")],
)
async def test_a_browser_is_told_what_each_file_is(practice: Practice, name: str, kind: str) -> None:
    served = await practice.page.get(f"/{name}")
    assert (served.status_code, kind in served.headers["content-type"]) == (200, True)


async def test_a_video_is_served_in_the_parts_that_a_player_asks_for(practice: Practice) -> None:
    content = bytes(range(256)) * 40
    message = practice.telegram.send_document(
        practice.chat, practice.anna, content, filename="clip.mp4", mime_type="video/mp4"
    )
    assert message.document is not None
    address = f"/files/{message.document.file.address}"
    part = await practice.page.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.headers["content-range"]) == (206, "bytes 100-199/10240")
    assert (part.headers["content-type"], part.content) == ("video/mp4", content[100:200])
    whole = await practice.page.get(address)
    assert (whole.status_code, whole.headers["accept-ranges"], whole.content) == (200, "bytes", content)


async def test_a_file_is_saved_under_its_name_and_never_run_as_a_page(practice: Practice) -> None:
    message = practice.telegram.send_document(
        practice.chat, practice.anna, b"<script>alert(1)</script>", filename="a.html", mime_type="text/html"
    )
    assert message.document is not None
    address = f"/files/{message.document.file.address}"
    saved = await practice.page.get(address, params={"name": "Grüße.html"})
    assert saved.headers["content-disposition"] == "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.html"
    opened = await practice.page.get(address)
    assert "script-src" not in opened.headers["content-security-policy"]
    assert "'unsafe-inline'" not in opened.headers["content-security-policy"]
    assert opened.headers["x-content-type-options"] == "nosniff"


async def test_what_is_not_there_is_not_found(practice: Practice) -> None:
    for path in ("/files/photos/file_1.jpg", "/nothing.js", "/files/..%2f..%2fetc%2fpasswd"):
        assert (await practice.page.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="no page"),
        pytest.param({"Host": "localhost:9000"}, 200, id="by another name, through a tunnel"),
        pytest.param({"Host": "localhost:9000", "Origin": "http://localhost:9000"}, 200, id="our page"),
        pytest.param({"Host": "[::1]:8090", "Origin": "http://[::1]:8090"}, 200, id="our page by IPv6"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another page"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, 403, id="another page of this machine"),
        pytest.param({"Origin": "null"}, 403, id="a page without a name"),
        pytest.param({"Host": "evil.example:8090"}, 403, id="a name that leads here"),
        pytest.param({"Host": "evil.example", "Origin": "http://evil.example"}, 403, id="and its page"),
        pytest.param({"Host": "127.0.0.1.evil.example"}, 403, id="a name that begins like ours"),
        pytest.param({"Host": "[::1"}, 403, id="no name"),
        pytest.param({"Host": ""}, 403, id="an empty name"),
    ],
)
async def test_only_this_machine_s_own_page_is_served(
    practice: Practice, headers: dict[str, str], status: int
) -> None:
    said = {"person": practice.anna.id, "chat": practice.chat.id, "text": "hello"}
    content = json.dumps(said).encode()
    answer = await practice.page.post(
        "/say", content=content, headers={"Content-Type": "text/plain"} | headers
    )
    assert answer.status_code == status
    assert (await practice.page.get("/", headers=headers)).status_code == status
    async with practice.page.stream("GET", "/events", headers=headers) as events:
        assert events.status_code == status
    heard = [message.words for message in practice.telegram.messages(practice.chat)]
    assert heard == ["hello"] * (status == 200)
