"""What the page's menu “Break it” lists, and what a press there does to the video API."""

from __future__ import annotations

import pytest

from sandbox.video_api.model_ends import ModelEnd
from tests.sandbox.practice.conftest import Json, Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")

OMNI = "model:gemini-omni-1.2-flash"


def row(name: str, title: str, *, is_broken: bool = False) -> Json:
    state = "ended" if is_broken else "lives"
    return {"id": f"model:{name}", "title": title, "detail": name, "state": state, "isBroken": is_broken}


async def test_the_models_of_the_api_are_listed_with_what_has_become_of_them(practice: Practice) -> None:
    practice.video_api.retire("minimax/h3")
    assert await practice.ask("/breakages") == {
        "groups": [
            {
                "title": "Let a model end",
                "rows": [
                    row("gemini-omni-1.2-flash", "Gemini Omni Flash"),
                    row("minimax/h3", "minimax/h3", is_broken=True),
                ],
            }
        ]
    }


async def test_a_model_ends_while_it_is_still_listed_and_comes_back(practice: Practice) -> None:
    account = practice.video_api.account
    ended = await practice.ask("/break", id=OMNI, is_broken=True)
    assert account.retired == {"gemini-omni-1.2-flash": ModelEnd.NO_CHANNEL}
    assert "gemini-omni-1.2-flash" in account.models
    again = await practice.ask("/break", id=OMNI, is_broken=True)
    back = await practice.ask("/break", id=OMNI, is_broken=False)
    assert account.retired == {}

    assert ended == again
    assert ended["notice"] == (
        "Gemini Omni Flash has ended. Ask for a video: it waits, shows what can make it instead, "
        "and the next one is made by another model."
    )
    assert back["notice"].startswith("Gemini Omni Flash is back. ")


async def test_of_a_model_that_is_not_the_default_one_it_is_said_how_to_ask_for_it(
    practice: Practice,
) -> None:
    ended = await practice.ask("/break", id="model:minimax/h3", is_broken=True)
    assert "Ask for a video with --model minimax/h3: " in ended["notice"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        pytest.param('{"id": "model:sora-9", "is_broken": true}', 404, "Not Found: ", id="no such row"),
        pytest.param('{"id": "model:minimax/h3"}', 400, "Bad Request: is_broken: ", id="not told how"),
        pytest.param('{"id": 7, "is_broken": true}', 400, "Bad Request: id: ", id="no name"),
        pytest.param("{", 400, "Bad Request: Invalid JSON", id="no JSON"),
        pytest.param("[]", 400, "Bad Request: ", id="no object"),
    ],
)
async def test_what_cannot_be_broken_is_refused_with_the_reason(
    practice: Practice, body: str, status: int, said: str
) -> None:
    answer = await practice.page.post("/break", content=body)
    assert (answer.status_code, answer.text.startswith(said)) == (status, True), answer.text
    assert practice.video_api.account.retired == {}


@pytest.mark.parametrize("path", ["/breakages", "/break"])
async def test_no_other_page_breaks_anything(practice: Practice, path: str) -> None:
    body = {"id": OMNI, "is_broken": True}
    answer = await practice.page.post(path, json=body, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await practice.page.get(path)).status_code in {404, 405}
    assert practice.video_api.account.retired == {}
