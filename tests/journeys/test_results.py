"""Under a finished video: the same again, away with it, and only for who asked."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

from chat.share_links import sign
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as CallFaultKind
from tests.journeys.results import ALL, made, swapped, words_on
from tests.journeys.sandbox import ALLOWANCE, PHOTO, Sandbox
from tests.journeys.talk import next_answer, said_in, serving, until_gone

AGAIN, DELETE, SURELY, KEEP = "Again", "🗑 Delete", "Yes, delete", "Keep"


async def test_a_finished_video_can_be_made_again_changed_varied_shared_and_deleted(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
    [job] = await sandbox.jobs()
    share = video.buttons[1][1].raw["switch_inline_query_chosen_chat"]
    assert words_on(video) == ALL
    assert share == {
        "query": f"#{job.id} {sign(job.id, sandbox.telegram.token)}",
        "allow_user_chats": True,
        "allow_group_chats": True,
        "allow_channel_chats": True,
    }


async def test_a_private_video_says_why_it_is_neither_changed_nor_shared_and_can_be_made_public(
    sandbox: Sandbox,
) -> None:
    offered = [["🎬 Make a public one · 1 credit"], ["‹ Back"]]
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat --private")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        shown = words_on(video)
        told = sandbox.telegram.press(sandbox.person, video, "✏️ Change")
        await sandbox.telegram.until(lambda: words_on(video) == offered)
        back = await swapped(sandbox, video, "‹ Back")
        share = await swapped(sandbox, video, "📤 Share")
        data = video.buttons[0][0].callback_data or ""
        risen = await sandbox.telegram.press_data(
            sandbox.person, video, data.removesuffix(":1") + ":0"
        ).answered()
        made = [sandbox.telegram.press(sandbox.person, video, "Make a public one") for _ in range(2)]
        public = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
        notices = sorted([(await pressed.answered()).text for pressed in made])
    answer = await told.answered()
    assert (answer.text, answer.is_alert) == (
        "Private videos stay with you: they cannot be changed or shared.",
        True,
    )
    assert (shown, back, share, words_on(video)) == (ALL, ALL, offered, ALL)
    assert (risen.text, notices) == ("The price has changed.", ["", "I am making it already."])
    assert [order.fields["private"] for order in sandbox.video_api.orders] == ["true", "false"]
    assert (words_on(public), public.reply_to) == (ALL, request)


async def test_a_video_of_a_model_without_edits_is_not_changed(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat --model veo-fast")
        video = await sandbox.until_video()
    assert words_on(video) == [["🔁 Again", "📐 Variant"], ["📤 Share", "🗑 Delete"]]


async def test_a_video_that_goes_into_its_status_message_has_its_buttons_too(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(method="sendVideo", kind=CallFaultKind.LOST_BEFORE))
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
    assert video.edit_date is not None
    assert words_on(video) == ALL


async def test_again_makes_the_same_in_a_new_message_and_leaves_the_video(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=4):
        request = sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, PHOTO, caption="it rains --watermark --seconds 15"
        )
        video = await sandbox.until_video()
        sandbox.telegram.press(sandbox.person, video, AGAIN)
        other = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    first, second = await sandbox.jobs()
    assert second.request == first.request
    assert sandbox.video_api.orders[1].fields == sandbox.video_api.orders[0].fields
    assert (other.reply_to, video.is_deleted, words_on(video)) == (request, False, ALL)
    assert sandbox.bot_messages() == [video, other]


async def test_again_works_after_a_restart_when_the_request_is_gone(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
    sandbox.telegram.delete_message(request)
    async with serving(sandbox):
        sandbox.telegram.press(sandbox.person, video, AGAIN)
        await sandbox.until_video(number=2)
    assert len(sandbox.video_api.orders) == 2


async def test_a_thumb_that_trembles_on_again_makes_one_video_and_is_told(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        presses = [sandbox.telegram.press(sandbox.person, video, AGAIN) for _ in range(5)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
        await sandbox.until_over(2)
    assert [answer.text for answer in answers] == ["", *["I am making it already."] * 4]
    assert (len(await sandbox.jobs()), len(sandbox.bot_messages()), len(sandbox.video_api.orders)) == (
        2,
        2,
        2,
    )


async def test_again_that_is_pressed_later_makes_another(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        sandbox.telegram.press(sandbox.person, video, AGAIN)
        await sandbox.until_over(2)
        # In a thread, for the bot in this one may be writing.
        await asyncio.to_thread(_let_pass, sandbox, timedelta(seconds=11))
        sandbox.telegram.press(sandbox.person, video, AGAIN)
        await sandbox.until_over(3)
    assert (len(sandbox.videos()), await sandbox.left(sandbox.chat)) == (3, 0)


async def test_again_beyond_ones_allowance_says_so(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=1):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        sandbox.telegram.press(sandbox.person, video, AGAIN)
        answer = await next_answer(sandbox, video)
    assert answer.words.startswith("You have used your 1 credit for today.")
    assert len(await sandbox.jobs()) == 1


async def test_again_under_a_copy_in_another_chat_answers_there(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    async with serving(sandbox):
        await made(sandbox, "a cat", chat=group)
        sandbox.ask(sandbox.chat, "/show 1")
        copy = await sandbox.until_video()
        sandbox.telegram.press(sandbox.person, copy, AGAIN)
        other = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    assert other.reply_to is copy
    assert (len(sandbox.videos(group)), words_on(copy)) == (1, ALL)


async def test_nobody_else_changes_or_deletes_a_groups_video(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        sandbox.ask(group, "/video@reelbot_bot a cat")
        video = await sandbox.until_video(group)
        presses = [sandbox.telegram.press(other, video, words) for words in ("Change", "Variant", DELETE)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
    assert {answer.text for answer in answers} == {"Only the person who asked can press this."}
    assert (words_on(video), len(await sandbox.jobs()), said_in(sandbox, group)) == (ALL, 1, [video])


async def test_delete_asks_once_and_then_takes_the_video_out_of_chat_and_history(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        asked = await swapped(sandbox, video, DELETE)
        kept = await swapped(sandbox, video, KEEP)
        await swapped(sandbox, video, DELETE)
        answer = await sandbox.telegram.press(sandbox.person, video, SURELY).answered()
        await until_gone(sandbox, video)
    [job] = await sandbox.jobs()
    assert (asked, kept) == ([["🗑 Yes, delete", "‹ Keep"]], ALL)
    assert answer.text == "Deleted."
    assert job.removed_at is not None
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1


async def test_a_video_that_is_deleted_before_it_is_written_down_as_sent_does_not_come_back(
    sandbox: Sandbox,
) -> None:
    sandbox.telegram.faults.add(Fault(method="sendVideo", kind=CallFaultKind.LOST_AFTER))
    again = sandbox.telegram.faults.add(Fault(method="editMessageMedia", kind=CallFaultKind.HOLD_BEFORE))
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        await again.struck()
        await swapped(sandbox, video, DELETE)
        await sandbox.telegram.press(sandbox.person, video, SURELY).answered()
        again.release()
        [job] = await sandbox.until_over(1)

    assert (sandbox.bot_messages(), job.removed_at is not None) == ([], True)
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1


async def test_a_video_that_telegram_does_not_let_us_delete_is_forgotten_and_says_so(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        await swapped(sandbox, video, DELETE)
        video.date -= timedelta(hours=49)
        await sandbox.telegram.press(sandbox.person, video, SURELY).answered()
    [job] = await sandbox.jobs()
    assert job.removed_at is not None
    assert (video.is_deleted, video.buttons) == (False, [])
    assert video.words == (
        "🗑 It is gone from your history. Telegram lets me delete messages for two days only: "
        "this one you can delete yourself."
    )


def _let_pass(sandbox: Sandbox, span: timedelta) -> None:
    """Let all jobs be older by a span of time."""
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as database, database:
        database.execute("UPDATE jobs SET created_at = created_at - ?", (span // timedelta(microseconds=1),))
