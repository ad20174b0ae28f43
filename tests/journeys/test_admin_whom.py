"""Which account an admin means, and that admins' answers stay out of groups."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.buttons import labels
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, said_in, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_PRIVATE = "This is not for everyone in this group to read. Ask me in our private chat."


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
        f"Who do you mean? You wrote:\n4242\nand replied to:\nBo · {bo.id}\n"
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
    assert ["Blocked until" in one.words for one in told] == [True, False, True]
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
    assert asked.words.startswith("Who do you mean?")
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


async def heard(sandbox: Sandbox, name: str, username: str | None = None) -> User:
    """Let somebody of this name write to the bot."""
    user = sandbox.telegram.add_user(name, username=username)
    await next_answer(sandbox, sandbox.ask(sandbox.telegram.private_chat(user), "/quota"))
    return user


async def test_a_display_name_will_do_until_a_second_account_has_it(sandbox: Sandbox) -> None:
    ada = await heard(sandbox, "Ada Lovelace")
    told = [
        (await next_answer(sandbox, sandbox.ask(sandbox.chat, words))).words.splitlines()[0]
        for words in (
            "/user ada  LOVELACE",
            "/grant Ada Lovelace 5 for the lighthouse",
            "/grant “Ada Lovelace” 2",
            "/grant Ada Byron 2",
        )
    ]
    assert told[:3] == [f"👤 Ada Lovelace · {ada.id}", *[f"Ada Lovelace · {ada.id}"] * 2]
    assert told[3].startswith("I don't know “Ada Byron 2”.")
    assert await given(sandbox, ada) == [5, 2]
    # Nobody sees a space without width.
    impostor = await heard(sandbox, "ADA \u200bLovelace", "ada_l")
    before = await banned(sandbox)
    asked = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/ban Ada Lovelace 3d  <spam>"))
    assert await banned(sandbox) == before
    assert asked.words == (
        "Several have that name. Which one do you mean?\n\n"
        f"Ada Lovelace · {ada.id}\n/ban {ada.id} 3d  <spam>\n\n"
        f"ADA \u200bLovelace · @ada_l · {impostor.id}\n/ban {impostor.id} 3d  <spam>\n\n"
        "Nothing was done. A button shows that one; a tap on a command copies it."
    )
    assert labels(asked) == [[str(ada.id)], [f"@ada_l · {impostor.id}"]]
    sandbox.telegram.press(sandbox.person, asked, "@ada_l")
    card = await next_answer(sandbox, asked)
    assert card.words.startswith(f"👤 ADA \u200bLovelace · @ada_l · {impostor.id}")


async def test_who_has_a_longer_name_is_not_taken_for_the_reason_of_a_ban(sandbox: Sandbox) -> None:
    for name in ("Cy", "Cy spam"):
        await heard(sandbox, name)
    before = await banned(sandbox)
    asked = [
        (await next_answer(sandbox, sandbox.ask(sandbox.chat, words))).words
        for words in ("/ban cy spam", '/ban "cy" spam')
    ]
    assert asked[0].startswith("Several have that name.")
    assert asked[1].startswith("Cy · ")
    assert len(await banned(sandbox)) == len(before) + 1


async def test_in_a_reply_the_author_is_meant_whatever_the_reason_is_called(
    sandbox: Sandbox, group: Chat, bo: User
) -> None:
    await heard(sandbox, "Spam")
    said = sandbox.telegram.say(group, bo, "buy now")
    told = await commanded(sandbox, group, "/ban spam", reply_to=said)
    assert told.words.startswith(f"Bo · {bo.id}\n⛔ Blocked for good.\nspam")
