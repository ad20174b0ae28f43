"""The card: what would be made, with all that can be chosen, and nothing spent before its press."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.telegram.chats import Message
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

PLAIN = [
    ["🎬 Make the video"],
    ["Sora 2 ▾"],
    ["✓ 10 s · 1 credit", "15 s · 2 credits"],
    ["✓ ▯ 720×1280", "▭ 1280×720"],
    ["🔒 Private", "💧 Watermark"],
]


@pytest.fixture(autouse=True)
async def _serving(sandbox: Sandbox) -> AsyncIterator[None]:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        yield


async def card_of(sandbox: Sandbox, words: str) -> Message:
    return await next_answer(sandbox, sandbox.ask(sandbox.chat, words))


async def made_from(sandbox: Sandbox, card: Message) -> dict[str, str]:
    """Press the card's main button, and return what was ordered last."""
    await press(sandbox, card, "Make the video")
    await sandbox.telegram.until(lambda: "being made" in card.words)
    return sandbox.video_api.orders[-1].fields


async def test_a_card_offers_making_first_and_then_whatever_the_model_leaves_to_choose(
    sandbox: Sandbox,
) -> None:
    assert labels(await card_of(sandbox, "a cat")) == PLAIN


async def test_what_a_model_has_one_of_is_no_choice(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model veo-fast")
    assert labels(card) == [["🎬 Make the video"], ["Veo 3.1 Fast ▾"], ["✓ ▭ 1280×720", "▯ 720×1280"]]


async def test_choices_change_the_card_in_place_and_spend_nothing(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await press(sandbox, card, "15 s · 2 credits")
    await press(sandbox, card, "1280×720")
    await press(sandbox, card, "🔒 Private")
    assert card.words.startswith("a cat\n\nSora 2 · 15 s · 1280×720 · private\n\nCosts 2 credits.")
    assert labels(card)[2:] == [
        ["10 s · 1 credit", "✓ 15 s · 2 credits"],
        ["▯ 720×1280", "✓ ▭ 1280×720"],
        ["✓ 🔒 Private", "💧 Watermark"],
    ]
    assert (sandbox.bot_messages(), await sandbox.jobs()) == ([card], [])


async def test_what_was_chosen_is_what_is_made(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --seconds 10")
    await press(sandbox, card, "15 s · 2 credits")
    await press(sandbox, card, "💧 Watermark")
    ordered = await made_from(sandbox, card)
    assert ordered == {
        "prompt": "a cat",
        "model": "sora-2",
        "seconds": "15",
        "size": "720x1280",
        "private": "false",
        "watermark": "true",
    }


async def test_the_models_have_a_page_of_their_own_with_prices_and_a_way_back(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await press(sandbox, card, "Sora 2 ▾")
    page = (card.words.split("\n\n")[-1], labels(card))
    await press(sandbox, card, "‹ Back")
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


async def test_many_shapes_have_a_page_of_their_own(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model sora-2-pro")
    await press(sandbox, card, "720×1280 ▾")
    page = labels(card)
    await press(sandbox, card, "1024×1792")
    assert page == [["✓ ▯ 720×1280", "▭ 1280×720"], ["▯ 1024×1792", "▭ 1792×1024"], ["‹ Back"]]
    assert labels(card)[-2:] == [["▯ 1024×1792 ▾"], ["🔒 Private", "💧 Watermark"]]


async def test_another_model_makes_what_comes_nearest(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model sora-2-pro --seconds 25 --size 1792x1024 --watermark")
    await press(sandbox, card, "Sora 2 Pro ▾")
    await press(sandbox, card, "Sora 2 · from 1 credit")
    nearest = card.words.split("\n\n")[1]
    await press(sandbox, card, "Sora 2 ▾")
    await press(sandbox, card, "Veo 3.1 · 2 credits")
    ordered = await made_from(sandbox, card)
    assert nearest == "Sora 2 · 15 s · 1280×720 · with watermark"
    assert ordered == {"prompt": "a cat", "model": "veo_3_1", "seconds": "8", "size": "1280x720"}


async def test_a_model_that_keeps_nothing_private_says_so_when_it_is_chosen(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --private")
    await press(sandbox, card, "Sora 2 ▾")
    warned = await press(sandbox, card, "Veo 3.1 Fast · 1 credit")
    assert (warned.text, warned.is_alert) == (
        "Veo 3.1 Fast cannot keep a video private: this one would be public.",
        True,
    )
    assert card.words.split("\n\n")[1] == "Veo 3.1 Fast · 8 s · 720×1280"


async def test_what_was_chosen_by_buttons_and_made_is_chosen_on_the_next_card(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --watermark")
    await press(sandbox, card, "15 s · 2 credits")
    await press(sandbox, card, "1280×720")
    not_made = (await card_of(sandbox, "a dog")).words.split("\n\n")[1]
    await made_from(sandbox, card)
    assert not_made == "Sora 2 · 10 s · 720×1280"
    assert (await card_of(sandbox, "a dog")).words.split("\n\n")[1] == "Sora 2 · 15 s · 1280×720"


async def test_what_was_only_written_is_not_remembered(sandbox: Sandbox) -> None:
    await made_from(sandbox, await card_of(sandbox, "a cat --seconds 15"))
    assert labels(await card_of(sandbox, "a dog")) == PLAIN


async def test_a_card_makes_what_it_shows_whatever_is_preferred_by_then(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await prefer(sandbox, "🎬 Sora 2 ▾", "Veo 3.1 · 2 credits")
    assert (await made_from(sandbox, card))["model"] == "sora-2"


async def test_a_choice_that_comes_after_the_press_does_not_bring_the_card_back(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    data = card.buttons[2][1].callback_data or ""
    await made_from(sandbox, card)
    await sandbox.telegram.press_data(sandbox.person, card, data).answered()
    await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert card.words.startswith("🎬 Your video is being made.")


async def test_a_choice_that_is_not_on_offer_changes_nothing(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    for choice in ("seconds=7", "model=sora-9", "size=1x1", "fps=60", "seconds="):
        answer = await sandbox.telegram.press_data(sandbox.person, card, f"1:pick:1:{choice}").answered()
        assert answer.text == "This button is too old. Please send your request again."
    await sandbox.telegram.press_data(sandbox.person, card, "1:pick:1:nowhere").answered()
    assert (card.words.split("\n\n")[1], labels(card)) == ("Sora 2 · 10 s · 720×1280", PLAIN)


async def test_who_prefers_to_be_asked_first_gets_the_card_for_the_command(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    asked = sandbox.ask(sandbox.chat, "/video a cat --seconds 15")
    card = await next_answer(sandbox, asked)
    assert (card.words.split("\n\n")[1], await sandbox.jobs()) == ("Sora 2 · 15 s · 720×1280", [])
    assert (await made_from(sandbox, card))["seconds"] == "15"


async def test_who_prefers_to_be_asked_first_gets_the_card_for_a_photo(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720), caption="dance")
    card = await next_answer(sandbox, photo)
    assert card.words.split("\n\n")[1] == "Sora 2 · 10 s · 1280×720\n🖼 with your photo"
    assert (await sandbox.jobs(), labels(card)[3]) == ([], ["▯ 720×1280", "✓ ▭ 1280×720"])
    await made_from(sandbox, card)
    assert len(sandbox.video_api.orders[0].files) == 1


async def test_a_card_of_several_photos_says_how_many_the_model_takes(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    first, *_ = [
        sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, picture(720, 1280), caption=caption, media_group_id="13"
        )
        for caption in ("dance", None, None)
    ]
    card = await next_answer(sandbox, first)
    one = card.words.split("\n\n")[1]
    await press(sandbox, card, "Sora 2 ▾")
    await press(sandbox, card, "Veo 3.1 · 2 credits")
    two = card.words.split("\n\n")[1]
    await press(sandbox, card, "Veo 3.1 ▾")
    await press(sandbox, card, "Components")
    three = card.words.split("\n\n")[1]
    assert [words.split("\n")[1] for words in (one, two, three)] == [
        "🖼 with the first of your 3 photos",
        "🖼 with the first 2 of your 3 photos",
        "🖼 with your 3 photos",
    ]


async def test_in_a_group_only_who_asked_can_choose(sandbox: Sandbox) -> None:
    friend = sandbox.telegram.add_user("Bo")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    await prefer(sandbox, "👀 Ask first")
    card = await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
    notice = await sandbox.telegram.press(friend, card, "15 s").answered()
    await press(sandbox, card, "15 s")
    assert notice.text == "Only the person who asked can press this."
    assert card.words.split("\n\n")[1] == "Sora 2 · 15 s · 720×1280"


async def test_a_word_that_may_be_an_option_is_shown_on_the_card_before_it_is_paid_for(
    sandbox: Sandbox,
) -> None:
    card = await card_of(sandbox, "/video —private a cat")
    assert card.words.startswith(
        "I read “—private” as words of yours. If you mean the option, write --private with two hyphens, "
        "or tap it below.\n\n—private a cat\n\nSora 2 · 10 s · 720×1280\n\n"
    )
    await press(sandbox, card, "🔒 Private")
    assert card.words.startswith("—private a cat\n\nSora 2 · 10 s · 720×1280 · private\n\n")
    assert sandbox.video_api.orders == []
