"""Variants of a finished video: what else can be had and for how much, and one more tap that makes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from domain.catalogue import parse_catalogue
from tests.journeys.results import ALL, made, swapped, words_on
from tests.journeys.talk import serving
from tests.journeys.town import PHOTO, UNHURRIED

if TYPE_CHECKING:
    from tests.journeys.town import Town

VARIANT, BACK = "Variant", "Back"
OF_SORA = [
    ["🖥 1280×720 · 1 credit", "⏱ 15 s · 2 credits"],
    ["Sora 2 Pro · 15 s · 3 credits"],
    ["Veo 3.1 Fast · 8 s · 1 credit"],
    ["Veo 3.1 · 8 s · 2 credits"],
    ["Veo 3.1 4K · 8 s · 3 credits"],
    ["Veo 3.1 Components · 8 s · 2 credits"],
    ["‹ Back"],
]
ONE_WAY = """\
default = "only"
[models.only]
api_name = "veo_3_1-fast"
title = "Only"
price = { 8 = 1 }
sizes = ["1280x720"]
"""


async def test_a_tap_shows_what_else_can_be_had_and_another_leads_back(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        choices = await swapped(town, video, VARIANT)
        back = await swapped(town, video, BACK)
    assert (choices, back) == (OF_SORA, ALL)
    assert len(town.video_api.orders) == 1


async def test_one_more_tap_orders_the_variant_once_and_the_buttons_are_back(town: Town) -> None:
    async with serving(town, daily_allowance=9):
        request = town.telegram.send_photo(town.chat, town.person, PHOTO, caption="it rains --watermark")
        video = await town.until_video()
        await town.until_over(1)
        await swapped(town, video, VARIANT)
        data = video.buttons[0][1].callback_data or ""
        presses = [town.telegram.press_data(town.person, video, data) for _ in range(3)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
        other = await town.until_video(number=2)
        await town.until_over(2)
    first, second = town.video_api.orders
    assert [answer.text for answer in answers] == ["", *["I am making it already."] * 2]
    assert second.fields == first.fields | {"seconds": "15"}
    assert len(second.files) == 1
    assert (other.reply_to, words_on(video)) == (request, ALL)
    assert [job.request.price for job in await town.jobs()] == [1, 2]


async def test_two_variants_one_after_the_other_are_two_videos(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        await swapped(town, video, VARIANT)
        await swapped(town, video, "1280×720")
        await swapped(town, video, VARIANT)
        await swapped(town, video, "Veo 3.1 Fast")
        await town.until_over(3)
    ordered = [(order.fields["model"], order.fields["size"]) for order in town.video_api.orders]
    assert sorted(ordered) == [
        ("sora-2", "1280x720"),
        ("sora-2", "720x1280"),
        ("veo_3_1-fast", "720x1280"),
    ]


async def test_a_private_video_has_only_variants_that_stay_private(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat --private")
        choices = await swapped(town, video, VARIANT)
        town.telegram.press(town.person, video, "1280×720")
        await town.until_over(2)
    assert choices == [*OF_SORA[:2], ["‹ Back"]]
    assert town.video_api.orders[1].fields["private"] == "true"


async def test_a_variant_of_an_edit_is_made_new_of_all_words(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        town.telegram.say(town.chat, town.person, "make it night", reply_to=video)
        edit = await town.until_video(number=2)
        await town.until_over(2)
        choices = await swapped(town, edit, VARIANT)
        town.telegram.press(town.person, edit, "1280×720")
        await town.until_over(3)
    order = town.video_api.orders[2]
    assert choices == OF_SORA
    assert (order.path, order.fields["prompt"], order.fields["size"]) == (
        "/v1/videos",
        "a cat. make it night",
        "1280x720",
    )


async def test_a_variant_that_is_not_on_offer_any_more_says_so(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat")
        await swapped(town, video, VARIANT)
    async with town.bot(limits=UNHURRIED, catalogue=parse_catalogue(ONE_WAY)):
        answer = await town.telegram.press(town.person, video, "15 s · 2 credits").answered()
    assert answer.text == "This is not on offer any more."
    assert words_on(video) == [["🔁 Again", "📐 Variant"], ["📤 Share", "🗑 Delete"]]
    assert len(await town.jobs()) == 1


async def test_where_there_is_but_one_way_no_variant_is_offered(town: Town) -> None:
    async with town.bot(limits=UNHURRIED, catalogue=parse_catalogue(ONE_WAY)):
        video = await made(town, "a cat")
        answer = await town.telegram.press_data(town.person, video, "1:variants:1").answered()
    assert words_on(video) == [["🔁 Again", "📤 Share"], ["🗑 Delete"]]
    assert answer.text == "There is no other way to make this one."
