"""A bot without an admin shows a link once: who opens it first runs the bot, and goes on to after a restart."""

from __future__ import annotations

import re

from structlog.testing import capture_logs
from structlog.typing import EventDict

from sandbox.telegram.chats import Chat
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

_LINK = re.compile(r"https://t\.me/reelbot_bot\?start=(admin_[\w-]{22})")
_UNKNOWN = "I do not know this command"


async def shown_link(sandbox: Sandbox, notes: list[EventDict]) -> str:
    """Return what stands behind `/start` in the link that the log shows."""
    await sandbox.until_polled()
    await sandbox.telegram.until(lambda: any(_LINK.search(note["event"]) for note in notes) or None)
    (link,) = [found[1] for note in notes if (found := _LINK.search(note["event"]))]
    return link


async def said_to(sandbox: Sandbox, chat: Chat, text: str) -> str:
    return (await next_answer(sandbox, sandbox.ask(chat, text))).words


async def test_who_opens_the_link_first_runs_the_bot_from_then_on(sandbox: Sandbox) -> None:
    owner, late = sandbox.chat, sandbox.newcomer("Ada")
    with capture_logs() as notes:
        async with serving(sandbox, access=None, daily_budget=50):
            link = await shown_link(sandbox, notes)
            assert _UNKNOWN in await said_to(sandbox, owner, "/admin")
            welcome = await said_to(sandbox, owner, f"/start {link}")
            menu = await said_to(sandbox, owner, "/admin")
            await said_to(sandbox, late, f"/start {link}")
            await sandbox.until_said("Ada", owner)  # is a stranger now, whom the admin decides about
    assert welcome.splitlines() == [
        "✅ You are this bot's admin. /admin shows what you can do.",
        "",
        "New people have to ask, and you decide. /access changes that.",
        "Together, all may spend 50 credits in 24 hours. /budget changes that.",
    ]
    assert _UNKNOWN not in menu
    with capture_logs() as notes:
        async with serving(sandbox, access=None):
            audit = await said_to(sandbox, owner, "/audit")
            again = await said_to(sandbox, owner, f"/start {link}")
    assert "Mina became the bot's admin" in audit
    assert again.startswith("✅ You are this bot's admin.")
    assert [note for note in notes if _LINK.search(note["event"])] == []
    assert any("admins: @mina" in note["event"] for note in notes)


async def test_only_a_person_in_private_becomes_the_admin_and_only_by_the_link(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Film club", [sandbox.person])
    with capture_logs() as notes:
        async with serving(sandbox, access="closed"):
            link = await shown_link(sandbox, notes)
            wrong = await said_to(sandbox, sandbox.chat, f"/start {link[:-1]}!")
            sandbox.ask(group, f"/start@reelbot_bot {link}")
            unknown = await said_to(sandbox, sandbox.newcomer("Ada"), "/admin")
            right = await said_to(sandbox, sandbox.chat, f"/start {link}")
    assert [words.startswith("✅") for words in (wrong, unknown, right)] == [False, False, True]


async def test_admins_of_the_settings_are_all_there_are(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Ada")
    with capture_logs() as notes:
        async with serving(sandbox):
            link = await shown_link(sandbox, notes)
            await said_to(sandbox, sandbox.chat, f"/start {link}")
        async with serving(sandbox, admin_ids=str(other.members[0].id)):
            unknown = await said_to(sandbox, sandbox.chat, "/admin")
            menu = await said_to(sandbox, other, "/admin")
    assert [_UNKNOWN in words for words in (unknown, menu)] == [True, False]
