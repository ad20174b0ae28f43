"""Requests in words: the command, the card, the options, and what comes back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.journeys.pressing import press
from tests.journeys.talk import next_answer, picture, seen_actions, serving, until_gone

if TYPE_CHECKING:
    from sandbox.telegram.chats import Message
    from tests.journeys.town import Town

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
    words: str, ordered: dict[str, str], town: Town
) -> None:
    town.video_api.hold = True
    async with serving(town):
        town.ask(town.chat, f"/video {words}")
        await town.until_said("being made")
    [order] = town.video_api.orders
    assert order.fields == {"prompt": "a cat surfing"} | ordered


async def test_a_video_comes_as_a_new_message_that_answers_the_request(town: Town) -> None:
    events = town.telegram.events()
    async with serving(town):
        request = town.ask(town.chat, "/video a cat & <b>friends</b> --landscape --private")
        status = await next_answer(town, request)
        video = await town.until_video()
        await until_gone(town, status)

    assert video.reply_to is request
    assert video.caption == "a cat & <b>friends</b>\n\nSora 2 · 10 s · 1280×720 · private"
    assert video.video is not None
    assert video.video.supports_streaming
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 10)
    assert town.bot_messages() == [video]
    assert set(seen_actions(events, town.chat)) == {"upload_video"}


async def test_a_long_prompt_is_ordered_whole_and_cut_in_the_caption(town: Town) -> None:
    prompt = "🐈" * 2040
    async with serving(town):
        town.ask(town.chat, f"/video {prompt}")
        video = await town.until_video()
    assert town.video_api.orders[0].fields["prompt"] == prompt
    assert video.words.endswith("🐈…\n\nSora 2 · 10 s · 720×1280")


async def test_plain_words_spend_nothing_until_their_card_is_pressed(town: Town) -> None:
    async with serving(town):
        request = town.ask(town.chat, "a cat surfing --seconds 15")
        card = await next_answer(town, request)
        words, jobs, orders = card.words, await town.jobs(), list(town.video_api.orders)
        town.telegram.press(town.person, card, "Make the video")
        video = await town.until_video()
        await until_gone(town, card)

    assert words == (
        "a cat surfing\n\nSora 2 · 15 s · 720×1280\n\n"
        "Costs 2 credits. Left today: 3 of 3 credits. A video that fails never counts.\n\n"
        "Tap to change it, or send other words."
    )
    assert (jobs, orders) == ([], [])
    assert video.reply_to is request
    assert town.bot_messages() == [video]
    assert len(town.video_api.orders) == 1


async def test_the_card_becomes_the_status_message(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town):
        card = await next_answer(town, town.ask(town.chat, "a cat surfing"))
        press = town.telegram.press(town.person, card, "Make the video")
        await press.answered()
        await town.telegram.until(lambda: "being made" in card.words)
    assert town.bot_messages() == [card]
    assert card.buttons == []


async def test_a_card_works_after_a_restart_and_any_number_of_presses_make_one_video(town: Town) -> None:
    async with serving(town):
        card = await next_answer(town, town.ask(town.chat, "a cat surfing"))
        data = card.buttons[0][0].callback_data or ""
    async with serving(town):
        presses = [town.telegram.press_data(town.person, card, data) for _ in range(4)]
        for press in presses:
            await press.answered()
        await town.until_video()
    assert len(town.video_api.orders) == 1


async def test_a_card_can_be_changed_after_a_restart(town: Town) -> None:
    async with serving(town):
        card = await next_answer(town, town.ask(town.chat, "a cat surfing"))
    async with serving(town):
        await press(town, card, "15 s")
        await press(town, card, "Make the video")
        await town.until_video()
    assert town.video_api.orders[0].fields["seconds"] == "15"


async def test_a_button_of_another_time_says_so(town: Town) -> None:
    async with serving(town):
        card = await next_answer(town, town.ask(town.chat, "a cat surfing"))
        for data in ("0:make:1", "1:make:99", "1:retry:99", "1:cancel:99", "nonsense"):
            answer = await town.telegram.press_data(town.person, card, data).answered()
            assert answer.text == "This button is too old. Please send your request again."
    assert await town.jobs() == []


async def test_an_edited_command_makes_no_second_video(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town):
        request = town.ask(town.chat, "/video a cat surfing")
        photo = town.telegram.send_photo(town.chat, town.person, picture(), caption="dance")
        await next_answer(town, request)
        await next_answer(town, photo)
        town.telegram.edit(request, "/video a dog surfing")
        town.telegram.edit(photo, "sing")
        # Updates of a chat are handled in their order: once this one is answered, the edits were.
        await next_answer(town, town.ask(town.chat, "/quota"))
    assert [job.request.prompt for job in await town.jobs()] == ["a cat surfing", "dance"]


async def test_a_reply_to_anything_else_of_the_bots_is_plain_words(town: Town) -> None:
    async with serving(town):
        answer = await next_answer(town, town.ask(town.chat, "/quota"))
        words = town.telegram.say(town.chat, town.person, "a cat surfing", reply_to=answer)
        card = await next_answer(town, words)
    assert card.words.startswith("a cat surfing\n\nSora 2")


async def test_what_costs_more_than_is_left_says_when_it_works_again(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "/video a cat --seconds 15"))
        answer = await next_answer(town, town.ask(town.chat, "/video a dog --seconds 15"))
        card = await next_answer(town, town.ask(town.chat, "a bird --seconds 15"))
        town.telegram.press(town.person, card, "Make the video")
        refused = await next_answer(town, card)
    said = "This costs 2 credits, and you have 1 credit left today. It works again in 24 hr."
    assert (answer.words, refused.words) == (said, said)
    assert card.buttons[0][0].text == "🎬 Make the video"
    assert [job.request.prompt for job in await town.jobs()] == ["a cat"]


async def test_admins_are_not_limited(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town, admin_ids=str(town.person.id)):
        for number in range(5):
            await next_answer(town, town.ask(town.chat, f"/video cat {number}"))
        quota = await next_answer(town, town.ask(town.chat, "/quota"))
    assert quota.words == (
        "You may make as many videos as you like. A video that fails never counts.\n5 videos are under way: /jobs"
    )


async def test_a_request_is_answered_although_its_message_is_gone(town: Town) -> None:
    town.video_api.hold = True

    def status() -> Message | None:
        return town.said("being made")

    async with serving(town):
        request = town.ask(town.chat, "/video a cat surfing")
        await town.telegram.until(status)
        town.telegram.delete_message(request)
        town.video_api.finish(town.video_api.orders[0].video_id)
        video = await town.until_video()
    assert video.reply_to is None


async def test_a_handler_that_breaks_says_so_and_nothing_of_what_was_spent(town: Town) -> None:
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "a cat"))
        await asyncio.to_thread(forget_drafts, town)
        answer = await next_answer(town, town.ask(town.chat, "a dog"))
    assert answer.words == (
        "😵 Something in me broke. /jobs shows what is under way; if what you wanted is not there, please try once more."
    )
    assert await town.jobs() == []


def forget_drafts(town: Town) -> None:
    with closing(sqlite3.connect(town.folder / "reelbot.db")) as database:
        database.execute("DROP TABLE drafts")
