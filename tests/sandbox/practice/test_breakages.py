"""What the page's menu “Break it” lists, and what a press there does to Telegram and to the video API."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.video_api.faults import FaultKind, Route
from sandbox.video_api.model_ends import ModelEnd
from tests.sandbox.practice.conftest import Feed, Json, Practice

pytestmark = pytest.mark.asyncio(loop_scope="session")

OMNI = "model:gemini-omni-1.2-flash"


async def test_every_row_is_listed_in_its_group_with_how_it_stands(practice: Practice, feed: Feed) -> None:
    first = await feed.next()
    await practice.ask("/break", id="model:minimax/h3", is_broken=True)
    _, around = await feed.next(), await feed.next()
    listed = [
        (group["title"], [(row["id"], row["state"], row["isBroken"]) for row in group["rows"]])
        for group in around["breakages"]
    ]
    assert listed == [
        ("The next video", [("refuse", "", False), ("lose", "", False)]),
        ("Around the bot", [("flood", "", False), ("key", "", False), ("balance", "", False)]),
        ("Let a model end", [(OMNI, "lives", False), ("model:minimax/h3", "ended", True)]),
    ]
    rows = [row for group in first["breakages"] for row in group["rows"]]
    assert [row["id"] for row in rows if not row["detail"] or row["note"] or row["isBroken"]] == []
    assert first["isUp"] is True


async def test_a_model_ends_while_it_is_still_listed_and_comes_back(practice: Practice) -> None:
    account = practice.video_api.account
    ended = await practice.ask("/break", id=OMNI, is_broken=True)
    assert account.retired == {"gemini-omni-1.2-flash": ModelEnd.NO_CHANNEL}
    assert "gemini-omni-1.2-flash" in account.models
    again = await practice.ask("/break", id=OMNI, is_broken=True)
    back = await practice.ask("/break", id=OMNI, is_broken=False)
    assert account.retired == {}

    assert ended == again
    assert ended == {
        "id": OMNI,
        "title": "Gemini Omni Flash",
        "detail": "gemini-omni-1.2-flash",
        "state": "ended",
        "note": "Gemini Omni Flash has ended. Ask for a video: it waits, shows what can make it instead, "
        "and the next one is made by another model.",
        "isBroken": True,
        "canBeMended": True,
    }
    assert back["note"].startswith("Gemini Omni Flash is back. ")


async def test_of_a_model_that_is_not_the_default_one_it_is_said_how_to_ask_for_it(
    practice: Practice,
) -> None:
    ended = await practice.ask("/break", id="model:minimax/h3", is_broken=True)
    assert "Ask for a video with --model minimax/h3: " in ended["note"]


@pytest.mark.parametrize("order", [Route.CREATE, Route.REMIX], ids=lambda route: route.value)
@pytest.mark.parametrize(
    ("row", "kind"),
    [
        pytest.param("refuse", FaultKind.MODERATED_LATER, id="refuse"),
        pytest.param("lose", FaultKind.RESET_AFTER, id="lose"),
    ],
)
async def test_the_next_order_is_spoiled_once_and_that_is_told(
    practice: Practice, feed: Feed, row: str, kind: FaultKind, order: Route
) -> None:
    await feed.next()
    armed = await practice.ask("/break", id=row, is_broken=True)
    assert [change["kind"] for change in (await feed.next(), await feed.next())] == ["places", "around"]
    struck = practice.video_api.faults.take(order, "a cat")
    assert struck is not None
    assert struck.kind is kind
    assert practice.video_api.faults.take(Route.CREATE, "a dog") is None

    practice.telegram.say(practice.chat, practice.anna, "and now?")
    said, around = await feed.next(), await feed.next()
    (now,) = [each for group in around["breakages"] for each in group["rows"] if each["id"] == row]
    assert (said["kind"], armed["isBroken"], now["isBroken"]) == ("message", True, False)
    assert armed["note"] != now["note"] != ""


async def test_an_order_that_was_to_be_spoiled_is_let_through_after_all(practice: Practice) -> None:
    await practice.ask("/break", id="lose", is_broken=True)
    mended = await practice.ask("/break", id="lose", is_broken=False)
    assert practice.video_api.faults.take(Route.CREATE, "a cat") is None
    assert (mended["isBroken"], mended["note"]) == (False, "")


async def test_a_flood_keeps_the_bot_from_writing_until_it_is_over(practice: Practice) -> None:
    flooded = await practice.ask("/break", id="flood", is_broken=True)
    words = {"chat_id": practice.chat.id, "text": "Hm"}
    refused = await practice.bot.post("sendMessage", json=words)
    asked = await practice.bot.post("getMe")
    over = await practice.ask("/break", id="flood", is_broken=False)
    taken = await practice.bot.post("sendMessage", json=words)
    assert (flooded["isBroken"], over["isBroken"]) == (True, False)
    assert [answer.status_code for answer in (refused, asked, taken)] == [429, 200, 200]
    assert 0 < refused.json()["parameters"]["retry_after"] <= 20


async def test_the_key_and_the_balance_are_lost_and_found(practice: Practice) -> None:
    account = practice.video_api.account
    stands = []
    for is_broken in (True, False):
        for row in ("key", "balance"):
            await practice.ask("/break", id=row, is_broken=is_broken)
        stands.append((account.key_refused, account.balance))
    assert stands == [(True, Decimal(0)), (False, None)]


async def test_whether_the_bot_runs_is_told(practice: Practice, feed: Feed) -> None:
    await feed.next()
    practice.up.clear()
    practice.telegram.state.changed_elsewhere()
    told = [await feed.next(), await feed.next()]
    assert [(change["kind"], change.get("isUp")) for change in told] == [("places", None), ("around", False)]


async def test_what_the_bot_says_of_itself_is_told_in_each_language(practice: Practice, feed: Feed) -> None:
    await feed.next()
    await practice.call("setMyDescription", description="I make videos.")
    await feed.next()
    await practice.call("setMyDescription", description="Ich mache Videos.", language_code="de")
    told: Json = await feed.next()
    assert told["bot"]["descriptions"] == {"": "I make videos.", "de": "Ich mache Videos."}


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


async def test_no_other_page_breaks_anything(practice: Practice) -> None:
    body = {"id": OMNI, "is_broken": True}
    answer = await practice.page.post("/break", json=body, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await practice.page.get("/break")).status_code in {404, 405}
    assert practice.video_api.account.retired == {}
