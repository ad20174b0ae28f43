"""What an operator reads at the start: who the bot is and for whom, and what is wrong, while people are served already."""

from __future__ import annotations

from structlog.testing import capture_logs
from structlog.typing import EventDict

from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

NOWHERE = "http://127.0.0.1:9"


async def test_what_is_well_is_said_with_where_the_bot_is_and_what_is_left(sandbox: Sandbox) -> None:
    admins = f"{sandbox.person.id},5"
    with capture_logs() as notes:
        async with serving(sandbox, admin_ids=admins):
            await sandbox.telegram.until(lambda: len(_said(notes)) >= 5 or None)
            await next_answer(sandbox, sandbox.ask(sandbox.chat, "/help"))  # has a name from then on
        async with serving(sandbox, admin_ids=admins, video_api_key="sk-of-somebody-else"):
            await sandbox.telegram.until(lambda: _said(notes, "error") or None)
    assert _said(notes)[:5] == [
        "https://t.me/reelbot_bot is ready",
        "everybody may use the bot; in 24 hours each may spend 3 credits, and all together without limit",
        f"admins: 5, {sandbox.person.id}",
        "the video API lists every model of the catalogue, sora-2 first",
        "the account with the video API has no limit, 0.00 used",
    ]
    assert f"admins: 5, @mina ({sandbox.person.id})" in _said(notes)
    assert [line.partition(";")[0] for line in _said(notes, "error")] == [
        "VIDEO_API_KEY: the video API refuses it"
    ]


async def test_a_video_api_that_is_down_holds_up_nobody_and_is_named(sandbox: Sandbox) -> None:
    with capture_logs() as notes:
        async with serving(sandbox, video_api_url=NOWHERE, access="closed"):
            answered = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/delete_my_data"))
            await sandbox.telegram.until(lambda: _said(notes, "error") or None)
    assert answered.words
    assert _said(notes, "error") == [
        (
            f"VIDEO_API_URL: the video API cannot be reached at {NOWHERE} (nothing listens there). Is it spelled right? "
            "Is there internet, or a proxy to be set in VIDEO_API_PROXY?"
        )
    ]
    (nobody,) = (line for line in _said(notes, "warning") if line.startswith("the bot has no admin"))
    assert nobody.startswith(
        "the bot has no admin: nobody can let anybody in. Open this link to become its admin"
    )


def _said(notes: list[EventDict], level: str = "info") -> list[str]:
    """Return the sentences of this level, but for what any start and end says."""
    events = [note["event"] for note in notes if note["log_level"] == level]
    return [event for event in events if not event.startswith("stopped")]
