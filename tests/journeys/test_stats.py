"""`/stats`: an admin sees what came of the last days' videos, and nobody else does."""

from __future__ import annotations

from decimal import Decimal

from domain.catalogue import Catalogue
from domain.price_list import parse_price_list
from tests.journeys.rows import copy_job
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, size_of
from tests.sora_catalogue import sora_catalogue

DAY = 24 * 60 * 60 * 1_000_000


def priced() -> Catalogue:
    """Return the catalogue of an operator who knows what Sora 2 costs."""
    catalogue = sora_catalogue()
    sora = catalogue.models["sora-2"].model_copy(
        update={"cost": parse_price_list({"10": Decimal("0.25"), "15": Decimal("0.5")})}
    )
    return catalogue.model_copy(update={"currency": "USD", "models": {**catalogue.models, "sora-2": sora}})


async def fill(sandbox: Sandbox) -> None:
    """Add, to the one video there is, a history of the ten days before today."""
    took = "created_at - {ago} + 125000000"
    ago = DAY * 10
    past = {"created_at": f"created_at - {ago}", "finished_at": took.format(ago=ago)}
    failed = past | {
        "state": "'failed'",
        "failure": "'moderated'",
        "rendered_at": "NULL",
        "cost": "NULL",
        "requester_id": "8",
    }
    veo = {"model": "'veo'", "seconds": "8", "price": "2", "cost": "NULL"}
    await copy_job(sandbox, 1, 1200, origin="'done:' || number", **past)
    await copy_job(sandbox, 1, 3, origin="'failed:' || number", **failed)
    await copy_job(sandbox, 1, 1, origin="'busy:' || number", **failed | {"failure": "'busy'"})
    await copy_job(sandbox, 1, 2, origin="'veo:' || number", **past | veo | {"requester_id": "9"})
    await copy_job(sandbox, 1, 2, origin="'off:' || number", **past | {"state": "'cancelled'"})


async def test_an_admin_sees_what_came_of_the_last_days_videos(sandbox: Sandbox) -> None:
    admins = {"admin_ids": str(sandbox.person.id)}
    async with sandbox.bot(limits=UNHURRIED, catalogue=priced(), **admins):
        empty = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/stats"))
        wrong = [
            await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/stats {days}"))
            for days in ("0", "91", "all")
        ]
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_video()
        await sandbox.until_over(1)
        await fill(sandbox)
        week = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/stats"))
        month = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/stats 30"))
    assert empty.words == "📊 The last 7 days (UTC)\nNo videos."
    assert [answer.words for answer in wrong] == ["I can look back on 1 to 90 days: /stats 30"] * 3
    assert week.words.startswith("📊 The last 7 days (UTC)\n🟩 Delivered: 1\n🟥 Failed: 0\n")
    assert month.words == (
        "📊 The last 30 days (UTC)\n"
        "🟩 Delivered: 1,203\n🟥 Failed: 4\n⬜ Cancelled: 2\n🟦 People: 3\n\n"
        "⏱ Median time to video: 2:00\n💳 Spent: 1205 credits\n"
        "💰 Cost: $300.75, without 2 videos whose cost I do not know\n\n"
        "Why videos failed:\n3 × refused for content\n1 × API too busy\n\n"
        "Sora 2 · 🟩 1,201 · 🟥 4 · ⏱ 2:00\nVeo 3.1 · 🟩 2 · ⏱ 2:00"
    )
    assert (week.reply_to, month.reply_to) == (None, None)
    assert [size_of(answer.photo[-1].file.read()) for answer in (week, month)] == [("JPEG", 1280, 720)] * 2


async def test_for_anybody_else_there_is_no_such_command(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(sandbox.person.id)):
        chat = sandbox.newcomer("Bo")
        answer = await next_answer(sandbox, sandbox.ask(chat, "/stats"))
    assert (answer.words, answer.photo) == ("I do not know this command. /help shows what I can do.", [])
