"""An admin pauses orders and lets them go on: nothing is lost, people are told why, and others have no such command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.rows import query
from tests.journeys.talk import next_answer
from tests.journeys.town import UNHURRIED, Ending

if TYPE_CHECKING:
    from tests.journeys.town import Town

KEEPS = "Yours keeps its place and goes out by itself, there is nothing to do. If you cancel it, it does not count."
UNKNOWN = "I do not know this command. /help shows what I can do."


async def test_what_is_asked_for_in_a_pause_waits_and_goes_out_when_it_ends(town: Town) -> None:
    town.video_api.hold = True
    admin, early, late = town.newcomer("Ada"), town.newcomer("early"), town.newcomer("late")
    async with town.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        refused = [await next_answer(town, town.ask(town.chat, words)) for words in ("/pause", "/resume")]
        nothing = await next_answer(town, town.ask(admin, "/resume"))
        town.ask(early, "/video before it")
        await town.video_api.until(lambda: town.video_api.orders)
        paused = await next_answer(town, town.ask(admin, "/pause Back at <eight>!"))
        told = await next_answer(town, town.ask(late, "/video during it"))
        town.video_api.hold = False
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.until_video(early)
        said_otherwise = await next_answer(town, town.ask(admin, "/pause"))
        shown = await next_answer(town, town.ask(admin, "/upstream"))
    async with town.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        listed = await next_answer(town, town.ask(late, "/jobs"))
        resumed = await next_answer(town, town.ask(admin, "/resume"))
        await town.until_video(late)
        await town.until_over(2)

    assert [answer.words for answer in refused] == [UNKNOWN] * 2
    assert nothing.words == "Orders are not paused."
    assert paused.words == (
        "⏸ Orders are paused. Nothing is lost: requests keep their places, and whoever waits is told.\n"
        "They read:\nBack at <eight>!\n1 video is still being made.\n/resume lets them go out again."
    )
    assert told.edits[:1] or [told.words] == [f"⏸ New videos are paused: Back at <eight>!\n{KEEPS}"]
    assert said_otherwise.words.splitlines()[1:] == ["1 request waits.", "/resume lets them go out again."]
    assert "⏸ An admin has paused orders, since" in shown.words
    assert shown.buttons == []
    assert listed.words == "during it\n⏸ New videos are paused at the moment."
    assert resumed.words == "▶️ Orders go out again.\n1 request waits."
    assert [await town.ending(early, "before it"), await town.ending(late, "during it")] == [Ending()] * 2
    assert await query(town, "SELECT action, why FROM audit ORDER BY id") == [
        ("pause", "Back at <eight>!"),
        ("pause", ""),
        ("resume", ""),
    ]
