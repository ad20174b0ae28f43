"""Under a finished video: the same again, away with it, and only for who asked."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from chat.share_links import sign
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from tests.journeys.results import ALL, made, swapped, words_on
from tests.journeys.talk import next_answer, said_in, serving, until_gone
from tests.journeys.town import ALLOWANCE, PHOTO

if TYPE_CHECKING:
    from tests.journeys.town import Town

AGAIN, DELETE, SURELY, KEEP = "Again", "🗑 Delete", "Yes, delete", "Keep"


async def test_a_finished_video_can_be_made_again_changed_varied_shared_and_deleted(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
    [job] = await town.jobs()
    share = video.buttons[1][1].raw["switch_inline_query_chosen_chat"]
    assert words_on(video) == ALL
    assert share == {
        "query": f"#{job.id} {sign(job.id, town.telegram.token)}",
        "allow_user_chats": True,
        "allow_group_chats": True,
        "allow_channel_chats": True,
    }


async def test_a_private_video_is_neither_changed_nor_shared(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat --private")
        video = await town.until_video()
    assert words_on(video) == [["🔁 Again", "📐 Variant"], ["🗑 Delete"]]


async def test_a_video_of_a_model_without_edits_is_not_changed(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat --model veo-fast")
        video = await town.until_video()
    assert words_on(video) == [["🔁 Again", "📐 Variant"], ["📤 Share", "🗑 Delete"]]


async def test_a_video_that_goes_into_its_status_message_has_its_buttons_too(town: Town) -> None:
    town.telegram.faults.add(Fault(method="sendVideo", kind=CallFaultKind.LOST_BEFORE))
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
    assert video.edit_date is not None
    assert words_on(video) == ALL


async def test_again_makes_the_same_in_a_new_message_and_leaves_the_video(town: Town) -> None:
    async with serving(town, daily_allowance=4):
        request = town.telegram.send_photo(
            town.chat, town.person, PHOTO, caption="it rains --watermark --seconds 15"
        )
        video = await town.until_video()
        town.telegram.press(town.person, video, AGAIN)
        other = await town.until_video(number=2)
        await town.until_over(2)
    first, second = await town.jobs()
    assert second.request == first.request
    assert town.video_api.orders[1].fields == town.video_api.orders[0].fields
    assert (other.reply_to, video.is_deleted, words_on(video)) == (request, False, ALL)
    assert town.bot_messages() == [video, other]


async def test_again_works_after_a_restart_when_the_request_is_gone(town: Town) -> None:
    async with serving(town):
        request = town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        await town.until_over(1)
    town.telegram.delete_message(request)
    async with serving(town):
        town.telegram.press(town.person, video, AGAIN)
        await town.until_video(number=2)
    assert len(town.video_api.orders) == 2


async def test_a_thumb_that_trembles_on_again_makes_one_video_and_is_told(town: Town) -> None:
    town.telegram.repeat_updates = True
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        presses = [town.telegram.press(town.person, video, AGAIN) for _ in range(5)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
        await town.until_over(2)
    assert [answer.text for answer in answers] == ["", *["I am making it already."] * 4]
    assert (len(await town.jobs()), len(town.bot_messages()), len(town.video_api.orders)) == (2, 2, 2)


async def test_again_that_is_pressed_later_makes_another(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        town.telegram.press(town.person, video, AGAIN)
        await town.until_over(2)
        # In a thread, for the bot in this one may be writing.
        await asyncio.to_thread(_let_pass, town, timedelta(seconds=11))
        town.telegram.press(town.person, video, AGAIN)
        await town.until_over(3)
    assert (len(town.videos()), await town.left(town.chat)) == (3, 0)


async def test_again_beyond_ones_allowance_says_so(town: Town) -> None:
    async with serving(town, daily_allowance=1):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        town.telegram.press(town.person, video, AGAIN)
        answer = await next_answer(town, video)
    assert answer.words.startswith("You have used your 1 credit for today.")
    assert len(await town.jobs()) == 1


async def test_again_under_a_copy_in_another_chat_answers_there(town: Town) -> None:
    group = town.telegram.add_group("Friends", [town.person])
    async with serving(town):
        await made(town, "a cat", chat=group)
        town.ask(town.chat, "/show 1")
        copy = await town.until_video()
        town.telegram.press(town.person, copy, AGAIN)
        other = await town.until_video(number=2)
        await town.until_over(2)
    assert other.reply_to is copy
    assert (len(town.videos(group)), words_on(copy)) == (1, ALL)


async def test_nobody_else_changes_or_deletes_a_groups_video(town: Town) -> None:
    other = town.telegram.add_user("Ali")
    group = town.telegram.add_group("Friends", [town.person, other])
    async with serving(town):
        town.ask(group, "/video@reelbot_bot a cat")
        video = await town.until_video(group)
        presses = [town.telegram.press(other, video, words) for words in ("Change", "Variant", DELETE)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
    assert {answer.text for answer in answers} == {"Only the person who asked can press this."}
    assert (words_on(video), len(await town.jobs()), said_in(town, group)) == (ALL, 1, [video])


async def test_delete_asks_once_and_then_takes_the_video_out_of_chat_and_history(town: Town) -> None:
    town.telegram.repeat_updates = True
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        await town.until_over(1)
        asked = await swapped(town, video, DELETE)
        kept = await swapped(town, video, KEEP)
        await swapped(town, video, DELETE)
        answer = await town.telegram.press(town.person, video, SURELY).answered()
        await until_gone(town, video)
    [job] = await town.jobs()
    assert (asked, kept) == ([["🗑 Yes, delete", "‹ Keep"]], ALL)
    assert answer.text == "Deleted."
    assert job.removed_at is not None
    assert await town.left(town.chat) == ALLOWANCE - 1


async def test_a_video_that_is_deleted_before_it_is_written_down_as_sent_does_not_come_back(
    town: Town,
) -> None:
    town.telegram.faults.add(Fault(method="sendVideo", kind=CallFaultKind.LOST_AFTER))
    again = town.telegram.faults.add(Fault(method="editMessageMedia", kind=CallFaultKind.HOLD_BEFORE))
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        await again.struck()
        await swapped(town, video, DELETE)
        await town.telegram.press(town.person, video, SURELY).answered()
        again.release()
        [job] = await town.until_over(1)

    assert (town.bot_messages(), job.removed_at is not None) == ([], True)
    assert await town.left(town.chat) == ALLOWANCE - 1


async def test_a_video_that_telegram_does_not_let_us_delete_is_forgotten_and_says_so(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        video = await town.until_video()
        await town.until_over(1)
        await swapped(town, video, DELETE)
        video.date -= timedelta(hours=49)
        await town.telegram.press(town.person, video, SURELY).answered()
    [job] = await town.jobs()
    assert job.removed_at is not None
    assert (video.is_deleted, video.buttons) == (False, [])
    assert video.words == (
        "🗑 It is gone from your history. Telegram lets me delete messages for two days only: "
        "this one you can delete yourself."
    )


def _let_pass(town: Town, span: timedelta) -> None:
    """Let all jobs be older by a span of time."""
    with closing(sqlite3.connect(town.folder / "reelbot.db")) as database, database:
        database.execute("UPDATE jobs SET created_at = created_at - ?", (span // timedelta(microseconds=1),))
