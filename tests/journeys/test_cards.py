"""The card: what would be made, with all that can be chosen, and nothing spent before its press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.pressing import labels, prefer, press
from tests.journeys.talk import next_answer, picture, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.telegram.chats import Message
    from tests.journeys.town import Town

PLAIN = [
    ["🎬 Make the video"],
    ["Sora 2 ▾"],
    ["✓ 10 s · 1 credit", "15 s · 2 credits"],
    ["✓ ▯ 720×1280", "▭ 1280×720"],
    ["🔒 Private", "💧 Watermark"],
]


@pytest.fixture(autouse=True)
async def _serving(town: Town) -> AsyncIterator[None]:
    town.video_api.hold = True
    async with serving(town):
        yield


async def card_of(town: Town, words: str) -> Message:
    return await next_answer(town, town.ask(town.chat, words))


async def made_from(town: Town, card: Message) -> dict[str, str]:
    """Press the card's main button, and return what was ordered last."""
    await press(town, card, "Make the video")
    await town.telegram.until(lambda: "being made" in card.words)
    return town.video_api.orders[-1].fields


async def test_a_card_offers_making_first_and_then_whatever_the_model_leaves_to_choose(town: Town) -> None:
    assert labels(await card_of(town, "a cat")) == PLAIN


async def test_what_a_model_has_one_of_is_no_choice(town: Town) -> None:
    card = await card_of(town, "a cat --model veo-fast")
    assert labels(card) == [["🎬 Make the video"], ["Veo 3.1 Fast ▾"], ["✓ ▭ 1280×720", "▯ 720×1280"]]


async def test_choices_change_the_card_in_place_and_spend_nothing(town: Town) -> None:
    card = await card_of(town, "a cat")
    await press(town, card, "15 s · 2 credits")
    await press(town, card, "1280×720")
    await press(town, card, "🔒 Private")
    assert card.words.startswith("a cat\n\nSora 2 · 15 s · 1280×720 · private\n\nCosts 2 credits.")
    assert labels(card)[2:] == [
        ["10 s · 1 credit", "✓ 15 s · 2 credits"],
        ["▯ 720×1280", "✓ ▭ 1280×720"],
        ["✓ 🔒 Private", "💧 Watermark"],
    ]
    assert (town.bot_messages(), await town.jobs()) == ([card], [])


async def test_what_was_chosen_is_what_is_made(town: Town) -> None:
    card = await card_of(town, "a cat --seconds 10")
    await press(town, card, "15 s · 2 credits")
    await press(town, card, "💧 Watermark")
    ordered = await made_from(town, card)
    assert ordered == {
        "prompt": "a cat",
        "model": "sora-2",
        "seconds": "15",
        "size": "720x1280",
        "private": "false",
        "watermark": "true",
    }


async def test_the_models_have_a_page_of_their_own_with_prices_and_a_way_back(town: Town) -> None:
    card = await card_of(town, "a cat")
    await press(town, card, "Sora 2 ▾")
    page = (card.words.split("\n\n")[-1], labels(card))
    await press(town, card, "‹ Back")
    assert page == (
        "Which model? /models tells them apart.",
        [
            ["✓ Sora 2 · from 1 credit"],
            ["Sora 2 Pro · from 3 credits"],
            ["Veo 3.1 Fast · 1 credit"],
            ["Veo 3.1 · 2 credits"],
            ["Veo 3.1 4K · 3 credits"],
            ["Veo 3.1 Components · 2 credits"],
            ["‹ Back"],
        ],
    )
    assert labels(card) == PLAIN


async def test_many_shapes_have_a_page_of_their_own(town: Town) -> None:
    card = await card_of(town, "a cat --model sora-2-pro")
    await press(town, card, "720×1280 ▾")
    page = labels(card)
    await press(town, card, "1024×1792")
    assert page == [["✓ ▯ 720×1280", "▭ 1280×720"], ["▯ 1024×1792", "▭ 1792×1024"], ["‹ Back"]]
    assert labels(card)[-2:] == [["▯ 1024×1792 ▾"], ["🔒 Private", "💧 Watermark"]]


async def test_another_model_makes_what_comes_nearest(town: Town) -> None:
    card = await card_of(town, "a cat --model sora-2-pro --seconds 25 --size 1792x1024 --watermark")
    await press(town, card, "Sora 2 Pro ▾")
    await press(town, card, "Sora 2 · from 1 credit")
    nearest = card.words.split("\n\n")[1]
    await press(town, card, "Sora 2 ▾")
    await press(town, card, "Veo 3.1 · 2 credits")
    ordered = await made_from(town, card)
    assert nearest == "Sora 2 · 15 s · 1280×720 · with watermark"
    assert ordered == {"prompt": "a cat", "model": "veo_3_1", "seconds": "8", "size": "1280x720"}


async def test_a_model_that_keeps_nothing_private_says_so_when_it_is_chosen(town: Town) -> None:
    card = await card_of(town, "a cat --private")
    await press(town, card, "Sora 2 ▾")
    warned = await press(town, card, "Veo 3.1 Fast · 1 credit")
    assert (warned.text, warned.is_alert) == (
        "Veo 3.1 Fast cannot keep a video private: this one would be public.",
        True,
    )
    assert card.words.split("\n\n")[1] == "Veo 3.1 Fast · 8 s · 720×1280"


async def test_what_was_chosen_by_buttons_and_made_is_chosen_on_the_next_card(town: Town) -> None:
    card = await card_of(town, "a cat --watermark")
    await press(town, card, "15 s · 2 credits")
    await press(town, card, "1280×720")
    not_made = (await card_of(town, "a dog")).words.split("\n\n")[1]
    await made_from(town, card)
    assert not_made == "Sora 2 · 10 s · 720×1280"
    assert (await card_of(town, "a dog")).words.split("\n\n")[1] == "Sora 2 · 15 s · 1280×720"


async def test_what_was_only_written_is_not_remembered(town: Town) -> None:
    await made_from(town, await card_of(town, "a cat --seconds 15"))
    assert labels(await card_of(town, "a dog")) == PLAIN


async def test_a_card_makes_what_it_shows_whatever_is_preferred_by_then(town: Town) -> None:
    card = await card_of(town, "a cat")
    await prefer(town, "🎬 Sora 2 ▾", "Veo 3.1 · 2 credits")
    assert (await made_from(town, card))["model"] == "sora-2"


async def test_a_choice_that_comes_after_the_press_does_not_bring_the_card_back(town: Town) -> None:
    card = await card_of(town, "a cat")
    data = card.buttons[2][1].callback_data or ""
    await made_from(town, card)
    await town.telegram.press_data(town.person, card, data).answered()
    await next_answer(town, town.ask(town.chat, "/quota"))
    assert card.words.startswith("🎬 Your video is being made.")


async def test_a_choice_that_is_not_on_offer_changes_nothing(town: Town) -> None:
    card = await card_of(town, "a cat")
    for choice in ("seconds=7", "model=sora-9", "size=1x1", "fps=60", "seconds="):
        answer = await town.telegram.press_data(town.person, card, f"1:pick:1:{choice}").answered()
        assert answer.text == "This button is too old. Please send your request again."
    await town.telegram.press_data(town.person, card, "1:pick:1:nowhere").answered()
    assert (card.words.split("\n\n")[1], labels(card)) == ("Sora 2 · 10 s · 720×1280", PLAIN)


async def test_who_prefers_to_be_asked_first_gets_the_card_for_the_command(town: Town) -> None:
    await prefer(town, "👀 Ask first")
    asked = town.ask(town.chat, "/video a cat --seconds 15")
    card = await next_answer(town, asked)
    assert (card.words.split("\n\n")[1], await town.jobs()) == ("Sora 2 · 15 s · 720×1280", [])
    assert (await made_from(town, card))["seconds"] == "15"


async def test_who_prefers_to_be_asked_first_gets_the_card_for_a_photo(town: Town) -> None:
    await prefer(town, "👀 Ask first")
    photo = town.telegram.send_photo(town.chat, town.person, picture(1280, 720), caption="dance")
    card = await next_answer(town, photo)
    assert card.words.split("\n\n")[1] == "Sora 2 · 10 s · 1280×720\n🖼 with your photo"
    assert (await town.jobs(), labels(card)[3]) == ([], ["▯ 720×1280", "✓ ▭ 1280×720"])
    await made_from(town, card)
    assert len(town.video_api.orders[0].files) == 1


async def test_a_card_of_several_photos_says_how_many_the_model_takes(town: Town) -> None:
    await prefer(town, "👀 Ask first")
    first, *_ = [
        town.telegram.send_photo(
            town.chat, town.person, picture(720, 1280), caption=caption, media_group_id="13"
        )
        for caption in ("dance", None, None)
    ]
    card = await next_answer(town, first)
    one = card.words.split("\n\n")[1]
    await press(town, card, "Sora 2 ▾")
    await press(town, card, "Veo 3.1 · 2 credits")
    two = card.words.split("\n\n")[1]
    await press(town, card, "Veo 3.1 ▾")
    await press(town, card, "Components")
    three = card.words.split("\n\n")[1]
    assert [words.split("\n")[1] for words in (one, two, three)] == [
        "🖼 with the first of your 3 photos",
        "🖼 with the first 2 of your 3 photos",
        "🖼 with your 3 photos",
    ]


async def test_in_a_group_only_who_asked_can_choose(town: Town) -> None:
    friend = town.telegram.add_user("Bo")
    group = town.telegram.add_group("Friends", [town.person, friend])
    await prefer(town, "👀 Ask first")
    card = await next_answer(town, town.ask(group, "/video a cat"))
    notice = await town.telegram.press(friend, card, "15 s").answered()
    await press(town, card, "15 s")
    assert notice.text == "Only the person who asked can press this."
    assert card.words.split("\n\n")[1] == "Sora 2 · 15 s · 720×1280"


async def test_a_word_that_may_be_an_option_is_shown_on_the_card_before_it_is_paid_for(town: Town) -> None:
    card = await card_of(town, "/video —private a cat")
    assert card.words.startswith(
        "I read “—private” as words of yours. If you mean the option, write --private with two hyphens, "
        "or tap it below.\n\n—private a cat\n\nSora 2 · 10 s · 720×1280\n\n"
    )
    await press(town, card, "🔒 Private")
    assert card.words.startswith("—private a cat\n\nSora 2 · 10 s · 720×1280 · private\n\n")
    assert town.video_api.orders == []
