"""Sharing: one's own videos from any chat, and a video behind a link, for whoever likes one like it."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Message, User
from sandbox.telegram.inline_queries import InlineAnswer
from tests.journeys.results import words_on
from tests.journeys.rows import copy_job, query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

ALIKE = "🎬 Make one like it"
NOT_SHARED = "This video is not shared. Send me a description and I make one for you: /help"


async def made(sandbox: Sandbox, words: str = "a cat") -> Message:
    """Ask for a video, and return it once all is over."""
    number = len(await sandbox.jobs()) + 1
    sandbox.ask(sandbox.chat, f"/video {words}")
    video = await sandbox.until_video(number=number)
    await sandbox.until_over(number)
    return video


async def looked_up(
    sandbox: Sandbox, words: str, *, by: User | None = None, offset: str = ""
) -> InlineAnswer:
    return await sandbox.telegram.ask_inline(by or sandbox.person, words, offset=offset).answered()


def offered(answer: InlineAnswer) -> list[str]:
    return [result.id for result in answer.results]


def payload_under(message: Message) -> str:
    """Return what the link under a shared video says to the bot."""
    return str(message.buttons[0][0].raw["url"]).partition("?start=")[2]


async def shared(sandbox: Sandbox, job_id: int = 1) -> Message:
    """Let the person share a video of theirs into a group."""
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    query_ = sandbox.telegram.ask_inline(sandbox.person, f"#{job_id}", chat=group)
    await query_.answered()
    return sandbox.telegram.choose_inline(query_, str(job_id), group)


async def test_ones_own_videos_are_looked_up_and_sent_from_any_chat(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a Ginger cat & <friends>")
        post = await shared(sandbox)
    assert post.video is not None
    assert video.video is not None
    assert post.video.file.id == video.video.file.id
    assert post.words == "a Ginger cat & <friends>\n\nSora 2 · 10 s · Portrait"
    assert words_on(post) == [[ALIKE]]
    assert post.buttons[0][0].raw["url"].startswith("https://t.me/reelbot_bot?start=video_1_")
    assert len(sandbox.video_api.orders) == 1


async def test_videos_are_found_by_words_of_their_prompt_and_by_number(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await made(sandbox)
        await copy_job(sandbox, 1, 1, prompt="'Зима в лесу'", search_text="'зима в лесу'")
        await copy_job(sandbox, 1, 1, origin="'third'", prompt="'a dog'", search_text="'a dog'")
        found = {
            words: offered(await looked_up(sandbox, words)) for words in ("", "ЗИМА", "a", "#2", "#9", "#")
        }
        everything = await looked_up(sandbox, "")
    assert found == {"": ["3", "2", "1"], "ЗИМА": ["2"], "a": ["3", "1"], "#2": ["2"], "#9": [], "#": []}
    assert (everything.is_personal, everything.cache_time <= 10, everything.button) == (True, True, None)
    assert [result.title for result in everything.results] == ["a dog", "Зима в лесу", "a cat"]
    assert everything.results[0].description == "Sora 2 · 10 s"


async def test_a_long_list_comes_in_pages(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await made(sandbox)
        await copy_job(sandbox, 1, 24)
        first = await looked_up(sandbox, "cat")
        second = await looked_up(sandbox, "cat", offset=first.next_offset)
    assert offered(first) == [str(number) for number in range(25, 5, -1)]
    assert offered(second) == ["5", "4", "3", "2", "1"]
    assert second.next_offset == ""


async def test_nobody_finds_what_others_made_what_failed_or_what_was_removed(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Bo")
    async with serving(sandbox):
        await made(sandbox)
        await copy_job(sandbox, 1, 1, state="'failed'", failure="'moderated'", file_id="NULL")
        await copy_job(sandbox, 1, 1, origin="'removed'", removed_at="1")
        mine = await looked_up(sandbox, "")
        theirs = [await looked_up(sandbox, words, by=other) for words in ("", "cat", "#1")]
    assert offered(mine) == ["1"]
    assert [offered(answer) for answer in theirs] == [[], [], []]


async def test_an_empty_list_opens_the_bot(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        nothing = await looked_up(sandbox, "")
        unmatched = await looked_up(sandbox, "cat")
        assert nothing.button is not None
        assert unmatched.button is not None
        opened = await next_answer(
            sandbox, sandbox.ask(sandbox.chat, f"/start {nothing.button.start_parameter}")
        )
    assert nothing.button.text == "🎬 Make your first video"
    assert unmatched.button.text == "None of your videos match. Make one!"
    assert opened.words.startswith("🎬 I make videos from your descriptions and photos.")


async def test_a_private_video_is_sent_by_its_maker_only_and_leads_nowhere(sandbox: Sandbox) -> None:
    other = sandbox.telegram.add_user("Bo")
    async with serving(sandbox):
        await made(sandbox, "a cat --private")
        post = await shared(sandbox)
        found = await looked_up(sandbox, "")
        theirs = await looked_up(sandbox, "", by=other)
    assert (post.buttons, found.results[0].description, theirs.results) == ([], "🔒 Sora 2 · 10 s", [])


async def test_a_link_shows_the_video_and_whoever_likes_it_makes_one_like_it(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    async with serving(sandbox):
        video = await made(sandbox, "a cat --landscape --seconds 15 --watermark")
        payload = payload_under(await shared(sandbox))
        card = await next_answer(sandbox, sandbox.ask(other, f"/start {payload}"))
        await sandbox.telegram.press(other.members[0], card, ALIKE).answered()
        offer = await next_answer(sandbox, card)
        assert offer.words.endswith("· 2 credits (3 left)")
        sandbox.telegram.press(other.members[0], offer, "🎬 Make it · 2 credits")
        own = await sandbox.until_video(other, number=2)
        await sandbox.until_over(2)
        left = await sandbox.left(other)
    first, second = await sandbox.jobs()
    assert card.video is not None
    assert video.video is not None
    assert (card.video.file.id, card.words) == (video.video.file.id, video.words)
    assert words_on(card) == [[ALIKE]]
    assert "Mina" not in card.words
    assert own.words == "a cat\n\nSora 2 · 15 s · Landscape"
    assert (second.place.requester_id, second.place.chat_id) == (other.members[0].id, other.id)
    assert (second.request.size, second.request.seconds) == (first.request.size, first.request.seconds)
    assert left is not None
    assert left < 3


async def test_words_that_look_like_options_stay_words_in_one_like_a_changed_video(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    async with serving(sandbox):
        video = await made(sandbox, "cats --private eyes--")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        await sandbox.until_over(2)
        link = await next_answer(
            sandbox, sandbox.ask(other, f"/start {payload_under(await shared(sandbox, 2))}")
        )
        sandbox.telegram.press(other.members[0], link, ALIKE)
        card = await next_answer(sandbox, link)
        sandbox.telegram.press(other.members[0], card, "10 s ▾")
        await sandbox.telegram.until(lambda: "How long?" in card.words)
        sandbox.telegram.press(other.members[0], card, "15 s")
        await sandbox.telegram.until(lambda: "Sora 2 · 15 s" in card.words)
        sandbox.telegram.press(other.members[0], card, "🎬 Make it · 2 credits")
        await sandbox.until_over(3)
    ordered = sandbox.video_api.orders[-1].fields
    assert (ordered["prompt"], ordered["private"]) == ("cats --private eyes. make it night", "false")
    assert ordered["seconds"] == "15"


async def test_nobody_finds_a_video_by_guessing_its_number(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    async with serving(sandbox):
        await made(sandbox)
        payload = payload_under(await shared(sandbox))
        await copy_job(sandbox, 1, 1)
        signature = payload.removeprefix("video_1_")
        for guess in (
            "video_1",
            "video_1_",
            f"video_2_{signature}",
            f"video_1_{signature[:-1]}",
            "video_1_é",
        ):
            said = await next_answer(sandbox, sandbox.ask(other, f"/start {guess}"))
            assert said.words == NOT_SHARED, guess
        start = sandbox.bot_messages(other)[-1]
        press = sandbox.telegram.press_data(other.members[0], start, "1:like:1:guessed")
        answer = await press.answered()
    assert (answer.text, answer.is_alert) == (NOT_SHARED, True)
    assert sandbox.videos(other) == []


async def test_the_maker_needs_no_signature(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat --private")
        own = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/start video_1"))
    assert own.words == video.words


@pytest.mark.parametrize("change", ["private = 1", "removed_at = 1"])
async def test_what_became_private_or_was_removed_is_not_shared_any_more(
    sandbox: Sandbox, change: str
) -> None:
    other = sandbox.newcomer("Bo")
    async with serving(sandbox):
        await made(sandbox)
        payload = payload_under(await shared(sandbox))
        card = await next_answer(sandbox, sandbox.ask(other, f"/start {payload}"))
        await query(sandbox, f"UPDATE jobs SET {change}")  # noqa: S608 - the table above
        said = await next_answer(sandbox, sandbox.ask(other, f"/start {payload}"))
        pressed = await sandbox.telegram.press(other.members[0], card, ALIKE).answered()
    assert said.words == pressed.text == NOT_SHARED


async def test_one_like_a_photos_video_gives_no_photo_away(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    async with serving(sandbox):
        await made(sandbox)
        await query(sandbox, """UPDATE jobs SET photos = '[["a-file-of-mine", 720, 1280]]'""")
        payload = payload_under(await shared(sandbox))
        card = await next_answer(sandbox, sandbox.ask(other, f"/start {payload}"))
        sandbox.telegram.press(other.members[0], card, ALIKE)
        await next_answer(sandbox, card)
    assert await query(sandbox, "SELECT requester_id, photos FROM drafts") == [(other.members[0].id, "[]")]
