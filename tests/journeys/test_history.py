"""A person's history: everything made so far, to be had again for free."""

from __future__ import annotations

from sandbox.telegram.chats import Chat, Message
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.results import words_on
from tests.journeys.rows import copy_job, query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

HEAD = "🎞 Your videos. Tap a number to get that video again, for free."
NOT_FOUND = "You have no finished video with this number. /history lists your videos."
WHICH_ONE = "Which one? /show 12 shows your video number 12. /history lists them all."
RETRY = "🔁 Try again"


async def made(sandbox: Sandbox, prompt: str = "a cat", chat: Chat | None = None) -> Message:
    """Ask for a video, and return it once all is over."""
    chat = chat or sandbox.chat
    before = len(sandbox.videos(chat))
    jobs = len(await sandbox.jobs())
    sandbox.ask(chat, f"/video {prompt}")
    video = await sandbox.until_video(chat, number=before + 1)
    await sandbox.until_over(jobs + 1)
    return video


def file_of(video: Message) -> str:
    assert video.video is not None
    return video.video.file.id


async def test_the_history_lists_what_was_made_and_sends_it_again_without_an_upload(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat & <friends>")
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        await sandbox.telegram.press(sandbox.person, listed, "🎬 1").answered()
        again = await sandbox.until_video(number=2)
    assert listed.words == f"{HEAD}\n\n🎬 1  a cat & <friends>\n1 minute ago · Sora 2 · 10 s"
    assert words_on(listed) == [["🎬 1"]]
    assert (again.words, file_of(again)) == (video.words, file_of(video))
    assert words_on(again) == words_on(video)
    assert again.reply_to is listed
    assert len(sandbox.video_api.orders) == 1


async def test_a_long_history_is_turned_page_by_page_in_place(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await made(sandbox)
        await copy_job(sandbox, 1, 11)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        pages = [words_on(listed)]
        for turn in ("Older ›", "Older ›", "‹ Newer", "‹ Newer"):
            shown = len(listed.edits)
            await sandbox.telegram.press(sandbox.person, listed, turn).answered()
            await sandbox.telegram.until(lambda: len(listed.edits) > shown)  # noqa: B023 - waited for at once
            pages.append(words_on(listed))
    newest = [["🎬 12", "🎬 11", "🎬 10", "🎬 9", "🎬 8"], ["Older ›"]]
    middle = [["🎬 7", "🎬 6", "🎬 5", "🎬 4", "🎬 3"], ["‹ Newer", "Older ›"]]
    assert pages == [newest, middle, [["🎬 2", "🎬 1"], ["‹ Newer"]], middle, newest]
    assert len(sandbox.bot_messages()) == 2


async def test_what_failed_says_why_and_can_be_tried_again(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_over(1)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        await sandbox.telegram.press(sandbox.person, listed, "❌ 1").answered()
        why = await next_answer(sandbox, listed)
        said, offered = why.words, words_on(why)
        sandbox.telegram.press(sandbox.person, why, RETRY)
        await sandbox.until_video()
    assert listed.words.startswith("🎞 Your videos. Tap a number to see what went wrong.\n\n❌ 1  a cat\n")
    assert listed.words.endswith("\nOther people's characters, brands, films and music are refused.")
    assert said.startswith(
        "a cat\n\n❌ No video this time.\nOther people's characters, brands, films and music are refused.\n"
    )
    assert said.endswith("No charge.")
    assert offered == [["✏️ Rephrase", RETRY]]


async def test_show_sends_ones_own_video_and_nobody_elses(sandbox: Sandbox) -> None:
    said = {}
    async with serving(sandbox):
        video = await made(sandbox)
        await copy_job(sandbox, 1, 1, requester_id="8")
        for command in (
            "/show 1",
            "/show #1",
            "/show 2",
            "/show 3",
            "/show",
            "/show cat",
            f"/show {'9' * 20}",
        ):
            said[command] = await next_answer(sandbox, sandbox.ask(sandbox.chat, command))
    assert [file_of(said[command]) for command in ("/show 1", "/show #1")] == [file_of(video)] * 2
    assert [said[command].words for command in ("/show 2", "/show 3")] == [NOT_FOUND] * 2
    assert [said[command].words for command in ("/show", "/show cat", f"/show {'9' * 20}")] == [WHICH_ONE] * 3


async def test_a_video_that_telegram_does_not_hand_out_any_more_can_be_made_anew(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await made(sandbox)
        await query(sandbox, "UPDATE jobs SET file_id = 'BAACAgIAAxkBAAgone'")
        answer = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/show 1"))
        said = answer.words
        sandbox.telegram.press(sandbox.person, answer, "🔁 Again")
        await sandbox.until_video(number=2)
    assert said == (
        "a cat\n\nTelegram does not hand out this video any more, so I cannot send it again. I can make it anew."
    )


async def test_a_video_whose_file_id_was_not_told_is_copied(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox)
        await query(sandbox, "UPDATE jobs SET file_id = NULL")
        sandbox.ask(sandbox.chat, "/show 1")
        again = await sandbox.until_video(number=2)
    assert (file_of(again), again.words, words_on(again)) == (file_of(video), video.words, words_on(video))


async def test_a_group_sees_only_what_was_made_in_it(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Bo")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        await made(sandbox, "at home")
        nothing = await next_answer(sandbox, sandbox.ask(group, "/history"))
        await made(sandbox, "for friends", group)
        listed = await next_answer(sandbox, sandbox.ask(group, "/history"))
        others = await next_answer(sandbox, sandbox.telegram.say(group, other, "/history"))
        press = await sandbox.telegram.press(other, listed, "🎬 2").answered()
        at_home = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
    assert nothing.words.startswith("You have not made a video in this group yet.")
    assert words_on(listed) == [["🎬 2"]]
    assert others.words == nothing.words
    assert press.text == "Only the person who asked can press this."
    assert words_on(at_home) == [["🎬 2", "🎬 1"]]


async def test_others_cannot_turn_my_pages(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Bo")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other])
    async with serving(sandbox):
        await made(sandbox, chat=group)
        await copy_job(sandbox, 1, 5)
        listed = await next_answer(sandbox, sandbox.ask(group, "/history"))
        press = await sandbox.telegram.press(other, listed, "Older ›").answered()
    assert press.text == "Only the person who asked can press this."
    assert listed.edits == []


async def test_an_empty_history_says_what_to_do(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        said = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
    assert (
        said.words
        == "You have not made a video yet. Send me a description or a photo, and your video appears here."
    )
    assert said.buttons == []


async def test_a_deleted_video_leaves_the_history_and_its_number_shows_nothing(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox)
        await copy_job(sandbox, 1, 1, result_message_id="NULL")
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        sandbox.telegram.press_data(sandbox.person, video, "1:delete:1:yes")
        await sandbox.telegram.until(lambda: video.is_deleted)
        pressed = await sandbox.telegram.press(sandbox.person, listed, "🎬 1").answered()
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/show 1"))
        later = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
    assert pressed.text == "This video is deleted."
    assert shown.words == NOT_FOUND
    assert words_on(later) == [["🎬 2"]]


async def test_what_failed_in_a_group_is_tried_again_where_it_is_looked_at(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with serving(sandbox):
        sandbox.ask(group, "/video a cat")
        await sandbox.until_over(1)
        said_in_group = [message.words for message in sandbox.bot_messages(group)]
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        sandbox.telegram.press(sandbox.person, listed, "❌ 1")
        why = await next_answer(sandbox, listed)
        sandbox.telegram.press(sandbox.person, why, RETRY)
        await sandbox.until_video()
        await sandbox.until_over(2)
        sandbox.telegram.press(sandbox.person, listed, "❌ 1")
        once_more = await sandbox.until_said("❌ No video this time.")
        pressed = await sandbox.telegram.press(sandbox.person, once_more, RETRY).answered()
    assert [message.words for message in sandbox.bot_messages(group)] == said_in_group
    assert pressed.text == "I have tried this again already: /show 2"
    assert len(await sandbox.jobs()) == 2
