"""Requests in words: the command, the card, the options, and what comes back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from sandbox.telegram.chats import Message
from tests.journeys.buttons import press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, seen_actions, serving, until_gone

PLAIN = {"model": "sora-2", "seconds": "10", "size": "720x1280", "private": "false", "watermark": "false"}
OPTIONS = {
    "none": ("a cat surfing", PLAIN),
    "first": ("--landscape a cat surfing", PLAIN | {"size": "1280x720"}),
    "amid": ("a cat --seconds 15 surfing", PLAIN | {"seconds": "15"}),
    "last": ("a cat surfing --private", PLAIN | {"private": "true"}),
    "equals sign": ("a cat --size=16:9 surfing", PLAIN | {"size": "1280x720"}),
    "one long dash": ("a cat surfing —seconds 15 –watermark", PLAIN | {"seconds": "15", "watermark": "true"}),
    "another model": (
        "a cat --model=sora-2-pro --size 720x1280 --seconds 15 surfing",
        PLAIN | {"model": "sora-2-pro", "seconds": "15"},
    ),
    "a model that knows no private and no watermark": (
        "a cat surfing --model veo-fast --portrait",
        {"model": "veo_3_1-fast", "seconds": "8", "size": "720x1280"},
    ),
}


@pytest.mark.parametrize(("words", "ordered"), OPTIONS.values(), ids=list(OPTIONS))
async def test_options_stand_anywhere_and_are_taken_out_of_the_prompt(
    words: str, ordered: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, f"/video {words}")
        await sandbox.until_said("being made")
    [order] = sandbox.video_api.orders
    assert order.fields == {"prompt": "a cat surfing"} | ordered


async def test_a_video_comes_as_a_new_message_that_answers_the_request(sandbox: Sandbox) -> None:
    events = sandbox.telegram.events()
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat & <b>friends</b> --landscape --private")
        status = await next_answer(sandbox, request)
        video = await sandbox.until_video()
        await until_gone(sandbox, status)

    assert video.reply_to is request
    assert video.caption == "a cat & <b>friends</b>\n\nSora 2 · 10 s · Landscape · private"
    assert video.video is not None
    assert video.video.supports_streaming
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 10)
    assert sandbox.bot_messages() == [video]
    assert set(seen_actions(events, sandbox.chat)) == {"upload_video"}


async def test_a_long_prompt_is_ordered_whole_and_cut_in_the_caption(sandbox: Sandbox) -> None:
    prompt = "🐈" * 2040
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, f"/video {prompt}")
        video = await sandbox.until_video()
    assert sandbox.video_api.orders[0].fields["prompt"] == prompt
    assert video.words.endswith("🐈…\n\nSora 2 · 10 s · Portrait")


async def test_plain_words_spend_nothing_until_their_card_is_pressed(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "a cat surfing --seconds 15")
        card = await next_answer(sandbox, request)
        words, jobs, orders = card.words, await sandbox.jobs(), list(sandbox.video_api.orders)
        sandbox.telegram.press(sandbox.person, card, "Make it")
        video = await sandbox.until_video()
        await until_gone(sandbox, card)

    assert words == ("a cat surfing\n\nSora 2 · 15 s · Portrait · 2 credits (3 left)")
    assert (jobs, orders) == ([], [])
    assert video.reply_to is request
    assert sandbox.bot_messages() == [video]
    assert len(sandbox.video_api.orders) == 1


async def test_the_card_becomes_the_status_message(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat surfing"))
        press = sandbox.telegram.press(sandbox.person, card, "Make it")
        await press.answered()
        await sandbox.telegram.until(lambda: "being made" in card.words)
    assert sandbox.bot_messages() == [card]
    assert card.buttons == []


async def test_a_card_works_after_a_restart_and_any_number_of_presses_make_one_video(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat surfing"))
        data = card.buttons[0][0].callback_data or ""
    async with serving(sandbox):
        presses = [sandbox.telegram.press_data(sandbox.person, card, data) for _ in range(4)]
        for press in presses:
            await press.answered()
        await sandbox.until_video()
    assert len(sandbox.video_api.orders) == 1


async def test_a_card_can_be_changed_after_a_restart(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat surfing"))
    async with serving(sandbox):
        await press(sandbox, card, "10 s ▾")
        await press(sandbox, card, "15 s")
        await press(sandbox, card, "Make it")
        await sandbox.until_video()
    assert sandbox.video_api.orders[0].fields["seconds"] == "15"


async def test_a_button_of_another_time_says_so(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat surfing"))
        for data in ("0:make:1", "1:make:99", "1:retry:99", "1:cancel:99", "nonsense"):
            answer = await sandbox.telegram.press_data(sandbox.person, card, data).answered()
            assert answer.text == "This button is too old. Please send your request again."
    assert await sandbox.jobs() == []


async def test_an_edited_command_makes_no_second_video(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat surfing")
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(), caption="dance")
        await next_answer(sandbox, request)
        await next_answer(sandbox, photo)
        sandbox.telegram.edit(request, "/video a dog surfing")
        sandbox.telegram.edit(photo, "sing")
        # Updates of a chat are handled in their order: once this one is answered, the edits were.
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert [job.request.prompt for job in await sandbox.jobs()] == ["a cat surfing", "dance"]


async def test_a_reply_to_anything_else_of_the_bots_is_plain_words(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        answer = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        words = sandbox.telegram.say(sandbox.chat, sandbox.person, "a cat surfing", reply_to=answer)
        card = await next_answer(sandbox, words)
    assert card.words.startswith("a cat surfing\n\nSora 2")


async def test_what_costs_more_than_is_left_says_when_it_works_again(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat --seconds 15"))
        answer = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog --seconds 15"))
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a bird --seconds 15"))
        sandbox.telegram.press(sandbox.person, card, "Make it")
        refused = await next_answer(sandbox, card)
    said = "This costs 2 credits, and you have 1 credit left today. Try again in 24 hr."
    assert (answer.words, refused.words) == (said, said)
    assert card.buttons[0][0].text == "🎬 Make it · 2 credits"
    assert [job.request.prompt for job in await sandbox.jobs()] == ["a cat"]


async def test_admins_are_not_limited(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, admin_ids=str(sandbox.person.id)):
        for number in range(5):
            await next_answer(sandbox, sandbox.ask(sandbox.chat, f"/video cat {number}"))
        quota = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert quota.words == (
        "You may make as many videos as you like. A video that fails costs nothing.\n5 videos in progress: /jobs"
    )


async def test_a_request_is_answered_although_its_message_is_gone(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True

    def status() -> Message | None:
        return sandbox.said("being made")

    async with serving(sandbox):
        request = sandbox.ask(sandbox.chat, "/video a cat surfing")
        await sandbox.telegram.until(status)
        sandbox.telegram.delete_message(request)
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        video = await sandbox.until_video()
    assert video.reply_to is None


async def test_a_handler_that_breaks_says_so_and_nothing_of_what_was_spent(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
        await asyncio.to_thread(forget_drafts, sandbox)
        answer = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a dog"))
    assert answer.words == (
        "😵 Something went wrong on my side. /jobs shows your videos in progress; if yours is not there, please try again."
    )
    assert await sandbox.jobs() == []


def forget_drafts(sandbox: Sandbox) -> None:
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as database:
        database.execute("DROP TABLE drafts")
