"""Variants of a finished video: what else can be had and for how much, and one more tap that makes it."""

from __future__ import annotations

import asyncio

from domain.catalogue_file import parse_catalogue
from tests.journeys.results import ALL, made, swapped, words_on
from tests.journeys.sandbox import PHOTO, UNHURRIED, Sandbox
from tests.journeys.talk import serving

VARIANT, BACK = "Variant", "Back"
OF_SORA = [
    ["🖥 Landscape · 1 credit", "⏱ 15 s · 2 credits"],
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


async def test_a_tap_shows_what_else_can_be_had_and_another_leads_back(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        choices = await swapped(sandbox, video, VARIANT)
        back = await swapped(sandbox, video, BACK)
    assert (choices, back) == (OF_SORA, ALL)
    assert len(sandbox.video_api.orders) == 1


async def test_one_more_tap_orders_the_variant_once_and_the_buttons_are_back(sandbox: Sandbox) -> None:
    async with serving(sandbox, daily_allowance=9):
        request = sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, PHOTO, caption="it rains --watermark"
        )
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        await swapped(sandbox, video, VARIANT)
        data = video.buttons[0][1].callback_data or ""
        presses = [sandbox.telegram.press_data(sandbox.person, video, data) for _ in range(3)]
        answers = await asyncio.gather(*(press.answered() for press in presses))
        other = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    first, second = sandbox.video_api.orders
    assert [answer.text for answer in answers] == ["", *["I am making it already."] * 2]
    assert second.fields == first.fields | {"seconds": "15"}
    assert len(second.files) == 1
    assert (other.reply_to, words_on(video)) == (request, ALL)
    assert [job.request.price for job in await sandbox.jobs()] == [1, 2]


async def test_two_variants_one_after_the_other_are_two_videos(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        await swapped(sandbox, video, VARIANT)
        await swapped(sandbox, video, "Landscape")
        await swapped(sandbox, video, VARIANT)
        await swapped(sandbox, video, "Veo 3.1 Fast")
        await sandbox.until_over(3)
    ordered = [(order.fields["model"], order.fields["size"]) for order in sandbox.video_api.orders]
    assert sorted(ordered) == [
        ("sora-2", "1280x720"),
        ("sora-2", "720x1280"),
        ("veo_3_1-fast", "720x1280"),
    ]


async def test_a_private_video_has_only_variants_that_stay_private(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat --private")
        choices = await swapped(sandbox, video, VARIANT)
        sandbox.telegram.press(sandbox.person, video, "Landscape")
        await sandbox.until_over(2)
    assert choices == [*OF_SORA[:2], ["‹ Back"]]
    assert sandbox.video_api.orders[1].fields["private"] == "true"


async def test_a_variant_of_an_edit_is_made_new_of_all_words(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        edit = await sandbox.until_video(number=2)
        await sandbox.until_over(2)
        choices = await swapped(sandbox, edit, VARIANT)
        sandbox.telegram.press(sandbox.person, edit, "Landscape")
        await sandbox.until_over(3)
    order = sandbox.video_api.orders[2]
    assert choices == OF_SORA
    assert (order.path, order.fields["prompt"], order.fields["size"]) == (
        "/v1/videos",
        "a cat. make it night",
        "1280x720",
    )


async def test_a_variant_that_is_not_on_offer_any_more_says_so(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        await swapped(sandbox, video, VARIANT)
    async with sandbox.bot(limits=UNHURRIED, catalogue=parse_catalogue(ONE_WAY)):
        answer = await sandbox.telegram.press(sandbox.person, video, "15 s · 2 credits").answered()
    assert answer.text == "This is no longer available."
    assert words_on(video) == [["🔁 Again", "📐 Variant"], ["📤 Share", "🗑 Delete"]]
    assert len(await sandbox.jobs()) == 1


async def test_where_there_is_but_one_way_no_variant_is_offered(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED, catalogue=parse_catalogue(ONE_WAY)):
        video = await made(sandbox, "a cat")
        answer = await sandbox.telegram.press_data(sandbox.person, video, "1:variants:1").answered()
    assert words_on(video) == [["🔁 Again", "📤 Share"], ["🗑 Delete"]]
    assert answer.text == "This video has no other versions to choose from."
