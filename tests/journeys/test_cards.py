"""The card: what would be made, with all that can be chosen, and nothing spent before its press."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.telegram.chats import Message
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

PLAIN = [["🎬 Make it · 1 credit"], ["📱 Portrait ▾", "10 s ▾", "Sora 2 ▾"], ["⋯ More"]]
MADE = "Sora 2 · 10 s · Portrait · 1 credit (3 left)"
EXPLAINED = (
    "🔒 Private: the video is not published. It cannot be shared or changed later.\n"
    "💧 Watermark: the video carries the mark of the model's maker.\n"
    "☆ Keep as my default: your new videos start with what is chosen here."
)


@pytest.fixture(autouse=True)
async def _serving(sandbox: Sandbox) -> AsyncIterator[None]:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        yield


async def card_of(sandbox: Sandbox, words: str) -> Message:
    return await next_answer(sandbox, sandbox.ask(sandbox.chat, words))


async def choose(sandbox: Sandbox, card: Message, *buttons: str) -> None:
    """Press these buttons one after the other."""
    for button in buttons:
        await press(sandbox, card, button)


async def made_from(sandbox: Sandbox, card: Message) -> dict[str, str]:
    """Press the card's main button, and return what was ordered last."""
    await press(sandbox, card, "Make it")
    await sandbox.telegram.until(lambda: "being made" in card.words)
    return sandbox.video_api.orders[-1].fields


async def test_a_card_says_the_words_once_and_has_three_choices(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    assert (card.words, labels(card), card.reply_to) == (f"a cat\n\n{MADE}", PLAIN, None)


async def test_what_a_model_has_one_of_is_no_choice(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model veo-fast")
    assert labels(card)[1:] == [["🖥 Landscape ▾", "Veo 3.1 Fast ▾"], ["⋯ More"]]


async def test_choices_change_the_card_in_place_and_spend_nothing(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await choose(sandbox, card, "10 s ▾")
    lengths = (card.words.split("\n\n")[-1], labels(card))
    await choose(sandbox, card, "15 s · 2 credits", "Portrait ▾", "Landscape")
    dearer = (card.words, labels(card)[:2])
    await choose(sandbox, card, "⋯ More", "🔒 Private")
    more = (card.words.split("\n\n")[1:], labels(card))
    await choose(sandbox, card, "‹ Back")
    assert lengths == ("How long?", [["✓ 10 s · 1 credit", "15 s · 2 credits"], ["‹ Back"]])
    assert dearer == (
        "a cat\n\nSora 2 · 15 s · Landscape · 2 credits (3 left)",
        [["🎬 Make it · 2 credits"], ["🖥 Landscape ▾", "15 s ▾", "Sora 2 ▾"]],
    )
    assert more == (
        ["Sora 2 · 15 s · Landscape · private · 2 credits (3 left)", EXPLAINED],
        [["✓ 🔒 Private", "💧 Watermark"], ["☆ Keep as my default"], ["‹ Back"]],
    )
    assert labels(card)[0] == ["🎬 Make it · 2 credits"]
    assert (sandbox.bot_messages(), await sandbox.jobs()) == ([card], [])


async def test_what_was_chosen_is_what_is_made(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --seconds 10")
    await choose(sandbox, card, "10 s ▾", "15 s · 2 credits", "⋯ More", "💧 Watermark", "‹ Back")
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
        "Which model? /models compares them.",
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


async def test_shapes_that_a_model_has_in_two_sizes_are_told_apart(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model sora-2-pro")
    await press(sandbox, card, "📱 Portrait ▾")
    page = labels(card)
    await press(sandbox, card, "Portrait 1024p")
    assert page == [
        ["✓ 📱 Portrait 720p", "🖥 Landscape 720p"],
        ["📱 Portrait 1024p", "🖥 Landscape 1024p"],
        ["‹ Back"],
    ]
    assert labels(card)[1:] == [["📱 Portrait 1024p ▾", "15 s ▾"], ["Sora 2 Pro ▾"], ["⋯ More"]]


async def test_another_model_makes_what_comes_nearest(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --model sora-2-pro --seconds 25 --size 1792x1024 --watermark")
    await press(sandbox, card, "Sora 2 Pro ▾")
    await press(sandbox, card, "Sora 2 · from 1 credit")
    nearest = card.words.split("\n\n")[1]
    await press(sandbox, card, "Sora 2 ▾")
    await press(sandbox, card, "Veo 3.1 · 2 credits")
    ordered = await made_from(sandbox, card)
    assert nearest == "Sora 2 · 15 s · Landscape · with watermark · 2 credits (3 left)"
    assert ordered == {"prompt": "a cat", "model": "veo_3_1", "seconds": "8", "size": "1280x720"}


async def test_a_model_that_keeps_nothing_private_says_so_when_it_is_chosen(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat --private")
    await press(sandbox, card, "Sora 2 ▾")
    warned = await press(sandbox, card, "Veo 3.1 Fast · 1 credit")
    assert (warned.text, warned.is_alert) == (
        "Veo 3.1 Fast cannot make private videos: this one would be public.",
        True,
    )
    assert card.words.split("\n\n")[1] == "Veo 3.1 Fast · 8 s · Portrait · 1 credit (3 left)"


async def test_only_model_and_shape_are_remembered_of_what_was_tapped_and_made(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await choose(sandbox, card, "10 s ▾", "15 s", "Portrait ▾", "Landscape", "⋯ More", "🔒 Private", "‹ Back")
    not_made = (await card_of(sandbox, "a dog")).words.split("\n\n")[1]
    await made_from(sandbox, card)
    assert not_made == MADE
    assert (await card_of(sandbox, "a bird")).words.split("\n\n")[1:] == [
        "Sora 2 · 10 s · Landscape · 1 credit (1 left)"
    ]
    await made_from(sandbox, await card_of(sandbox, "a fish --portrait"))
    assert "Landscape" in (await card_of(sandbox, "a fox")).words


async def test_what_is_kept_as_a_default_holds_for_all_and_says_so_until_it_is_changed(
    sandbox: Sandbox,
) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.video_api.hold = False
    card = await card_of(sandbox, "a cat")
    await choose(sandbox, card, "10 s ▾", "15 s", "⋯ More", "🔒 Private", "💧 Watermark")
    told = await press(sandbox, card, "☆ Keep as my default")
    kept = labels(card)[1]
    sandbox.ask(sandbox.chat, "/video a dog")
    video = await sandbox.until_video()
    await sandbox.until_over(1)
    greeting = sandbox.bot_messages(group)[0]
    sandbox.ask(group, "/video@reelbot_bot a kite --seconds 10")
    await sandbox.until_video(group)
    cards = [
        await next_answer(sandbox, sandbox.telegram.say(group, sandbox.person, words, reply_to=greeting))
        for words in ("a bird", "a bird --private")
    ]
    await prefer(sandbox, "✓ 🔒 Private", "✓ 💧 Watermark")
    last = (await card_of(sandbox, "a fox")).words
    assert told.text == "Saved. New videos start with these choices; /settings changes them."
    assert kept == ["★ Your default"]
    assert video.words == (
        "a dog\n\nSora 2 · 15 s · Portrait · private · with watermark\n"
        "⚙️ Your default: 15 s · private · with watermark · /settings"
    )
    assert [order.fields["private"] for order in sandbox.video_api.orders] == ["true", "false"]
    assert ["· private ·" in card.words for card in cards] == [False, True]
    assert [card.words.splitlines()[-1] for card in cards] == [
        "⚙️ Your default: 15 s · with watermark · /settings"
    ] * 2
    assert last == (
        "a fox\n\nSora 2 · 15 s · Portrait · 2 credits (0 left)\n⚙️ Your default: 15 s · /settings"
    )


async def test_what_was_only_written_is_not_remembered(sandbox: Sandbox) -> None:
    await made_from(sandbox, await card_of(sandbox, "a cat --seconds 15"))
    assert labels(await card_of(sandbox, "a dog")) == PLAIN


async def test_a_card_makes_what_it_shows_whatever_is_preferred_by_then(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    await prefer(sandbox, "🎬 Sora 2 ▾", "Veo 3.1 · 2 credits")
    assert (await made_from(sandbox, card))["model"] == "sora-2"


async def test_a_choice_that_comes_after_the_press_does_not_bring_the_card_back(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    data = card.buttons[1][1].callback_data or ""
    await made_from(sandbox, card)
    await sandbox.telegram.press_data(sandbox.person, card, data).answered()
    await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    assert card.words.startswith("🎬 Your video is being made.")


async def test_a_choice_that_is_not_on_offer_changes_nothing(sandbox: Sandbox) -> None:
    card = await card_of(sandbox, "a cat")
    for choice in ("seconds=7", "model=sora-9", "size=1x1", "fps=60", "seconds=", "idea=dragon"):
        answer = await sandbox.telegram.press_data(sandbox.person, card, f"1:pick:1:{choice}").answered()
        assert answer.text == "This button is too old. Please send your request again."
    await sandbox.telegram.press_data(sandbox.person, card, "1:pick:1:nowhere").answered()
    assert (card.words.split("\n\n")[1], labels(card)) == (MADE, PLAIN)


async def test_who_prefers_to_be_asked_first_gets_the_card_for_the_command(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    asked = sandbox.ask(sandbox.chat, "/video a cat --seconds 15")
    card = await next_answer(sandbox, asked)
    assert (card.words.split("\n\n")[1], await sandbox.jobs()) == (
        "Sora 2 · 15 s · Portrait · 2 credits (3 left)",
        [],
    )
    assert (await made_from(sandbox, card))["seconds"] == "15"


async def test_who_prefers_to_be_asked_first_gets_the_card_for_a_photo(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720), caption="dance")
    card = await next_answer(sandbox, photo)
    assert card.words.split("\n\n")[1] == "Sora 2 · 10 s · Landscape · 1 credit (3 left)\n🖼 with your photo"
    assert (await sandbox.jobs(), labels(card)[1][0]) == ([], "🖥 Landscape ▾")
    await made_from(sandbox, card)
    assert len(sandbox.video_api.orders[0].files) == 1


async def test_a_card_of_several_photos_says_how_many_the_model_takes(sandbox: Sandbox) -> None:
    await prefer(sandbox, "👀 Ask first")
    first, *_ = [
        sandbox.telegram.send_photo(
            sandbox.chat, sandbox.person, picture(720, 1280), caption=caption, media_group_id="13"
        )
        for caption in ("dance --model veo-components", None, None)
    ]
    card = await next_answer(sandbox, first)
    three = card.words.split("\n\n")[1]
    await press(sandbox, card, "Components ▾")
    await press(sandbox, card, "Veo 3.1 · 2 credits")
    two = card.words.split("\n\n")[1]
    await press(sandbox, card, "Veo 3.1 ▾")
    await press(sandbox, card, "Sora 2 ·")
    one = card.words.split("\n\n")[1]
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
    notice = await sandbox.telegram.press(friend, card, "10 s ▾").answered()
    await choose(sandbox, card, "⋯ More")
    more = labels(card)
    await choose(sandbox, card, "‹ Back", "10 s ▾", "15 s")
    assert notice.text == "Only the person who asked can press this."
    assert more == [["🔒 Private", "💧 Watermark"], ["‹ Back"]]
    assert card.words.split("\n\n")[1] == "Sora 2 · 15 s · Portrait · 2 credits (3 left)"


async def test_a_word_that_may_be_an_option_is_shown_on_the_card_before_it_is_paid_for(
    sandbox: Sandbox,
) -> None:
    card = await card_of(sandbox, "/video —private a cat")
    assert card.words.startswith(
        "“—private” is taken as part of the description. If you mean the option, write --private with two hyphens, "
        f"or choose it below.\n\n—private a cat\n\n{MADE}"
    )
    await choose(sandbox, card, "⋯ More", "🔒 Private")
    assert card.words.startswith(
        "—private a cat\n\nSora 2 · 10 s · Portrait · private · 1 credit (3 left)\n\n"
    )
    assert sandbox.video_api.orders == []
