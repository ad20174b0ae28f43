"""Which account an admin means, and that admins' answers stay out of groups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, said_in, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_PRIVATE = "My answer is not for everybody in this group. Please ask me in our private chat."


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them, of which Mina is an admin."""
    folder = tmp_path_factory.mktemp("sandbox")
    async with (
        opened_sandbox(folder, clips=clips) as sandbox,
        serving(sandbox, admin_ids=str(sandbox.person.id)),
    ):
        await sandbox.until_polled()
        yield sandbox


@pytest.fixture
def bo(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, bo: User) -> Chat:
    return sandbox.telegram.add_group("Friends", [sandbox.person, bo])


async def banned(sandbox: Sandbox) -> list[int]:
    rows = await query(sandbox, "SELECT id FROM accounts WHERE banned_at IS NOT NULL ORDER BY id")
    return [account_id for (account_id,) in rows]


async def given(sandbox: Sandbox, user: User) -> list[int]:
    rows = await query(sandbox, f"SELECT credits FROM grants WHERE account_id = {user.id} ORDER BY id")  # noqa: S608 - a number
    return [number for (number,) in rows]


async def commanded(sandbox: Sandbox, group: Chat, words: str, *, reply_to: Message | None = None) -> Message:
    command, _, rest = words.partition(" ")
    said = f"{command}@reelbot_bot {rest}".strip()
    return await next_answer(sandbox, sandbox.telegram.say(group, sandbox.person, said, reply_to=reply_to))


async def test_a_command_that_names_one_and_replies_to_another_is_asked_about(
    sandbox: Sandbox, group: Chat, bo: User
) -> None:
    before = await banned(sandbox)
    said = sandbox.telegram.say(group, bo, "look, 4242 sends spam again")
    asked = await commanded(sandbox, group, "/ban 4242 3d", reply_to=said)
    assert asked.words == (
        f"Whom do you mean? You wrote:\n4242\nand replied to:\nBo · {bo.id}\n"
        "Give the command once more, either not as a reply or without the name."
    )
    assert await banned(sandbox) == before


async def test_a_reply_means_who_wrote_it_also_if_it_names_them(
    sandbox: Sandbox, group: Chat, bo: User
) -> None:
    said = sandbox.telegram.say(group, bo, "buy now")
    told = [
        await commanded(sandbox, group, words, reply_to=said)
        for words in ("/ban 2h spam", f"/unban {bo.id}", f"/ban {bo.id} 2h")
    ]
    assert ["Shut out until" in one.words for one in told] == [True, False, True]
    assert bo.id in await banned(sandbox)


async def test_a_number_alone_in_a_reply_is_an_amount_and_two_may_be_an_id(
    sandbox: Sandbox, group: Chat, bo: User
) -> None:
    said = sandbox.telegram.say(group, bo, "may I?")
    for words in ("/grant 5", "/grant 7 thanks", f"/grant {bo.id} 9"):
        await commanded(sandbox, group, words, reply_to=said)
    asked = await commanded(sandbox, group, "/grant 4242 5", reply_to=said)
    await commanded(sandbox, group, "/limit 12", reply_to=said)
    assert await given(sandbox, bo) == [5, 7, 9]
    assert asked.words.startswith("Whom do you mean?")
    limits = await query(sandbox, f"SELECT credits FROM accounts WHERE id = {bo.id}")  # noqa: S608 - a number
    assert limits == [(12,)]


ABOUT_ALL = [
    "/users",
    "/user @mina",
    "/job 1",
    "/upstream",
    "/audit",
    "/access",
    "/access closed",
    "/grant @mina 1 because she cried",
    "/limit",
    "/ban 4242",
    "/budget",
    "/pause",
    "/stats",
    "/broadcast",
    "/admin",
]


@pytest.mark.parametrize("words", ABOUT_ALL)
async def test_what_is_not_about_a_group_is_answered_in_private_only(
    words: str, sandbox: Sandbox, group: Chat
) -> None:
    before = await query(sandbox, "SELECT count(*) FROM audit")
    told = await commanded(sandbox, group, words)
    link = told.buttons[0][0].raw["url"]
    assert (told.words, said_in(sandbox, group)) == (IN_PRIVATE, [told])
    assert link == f"https://t.me/reelbot_bot?text={quote(words)}"
    assert await query(sandbox, "SELECT count(*) FROM audit") == before


async def test_what_is_about_the_group_itself_is_answered_there(sandbox: Sandbox, group: Chat) -> None:
    words = ("/user here", "/limit here 5", "/grant here 3", "/allow here", "/ban here 1h", "/unban here")
    told = [await commanded(sandbox, group, one) for one in words]
    assert [one.words == IN_PRIVATE for one in told] == [False] * len(words)
    assert all(str(group.id) in one.words for one in told)


async def test_a_button_that_shows_what_operators_read_shows_it_in_private_only(
    sandbox: Sandbox, group: Chat
) -> None:
    card = await commanded(sandbox, group, "/user here")
    told = [
        (await sandbox.telegram.press_data(sandbox.person, card, data).answered()).text
        for data in (
            "1:accounts:0",
            f"1:account:0:{sandbox.person.id}",
            "1:audit_older:9",
            "1:try_now:0",
            "1:admin:0:users",
        )
    ]
    assert (told, said_in(sandbox, group)) == ([IN_PRIVATE] * 5, [card])
