"""How people begin: `/start` with buttons that make, surprise and explain, and what greetings and questions get."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from sandbox.telegram.chats import Chat, Message
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

WELCOME = "🎬 I make videos from your descriptions and photos. Write what should happen, or send me a photo."
LEFT = "3 of 3 credits left today.\nA video that fails costs nothing."
EXAMPLES = [
    ["🐈 A cat surfing at sunset · 1 credit"],
    ["⛵ Paper boats in the rain · 1 credit"],
    ["🌊 A lighthouse in a storm · 1 credit"],
]
BEGINNINGS = [*EXAMPLES, ["🎲 Surprise me", "🖼 Animate a photo"]]
ANYWAY = ["🎬 Make a video of it anyway"]


@pytest.fixture
async def served(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        yield sandbox


async def asked(
    sandbox: Sandbox, words: str, *, chat: Chat | None = None, reply_to: Message | None = None
) -> Message:
    where = chat or sandbox.chat
    return await next_answer(sandbox, sandbox.telegram.say(where, where.members[0], words, reply_to=reply_to))


async def newest(sandbox: Sandbox, number: int, chat: Chat | None = None) -> Message:
    """Wait until the bot has said so much in a chat, and return the last of it."""
    await sandbox.telegram.until(lambda: len(sandbox.bot_messages(chat)) >= number)
    return sandbox.bot_messages(chat)[-1]


def finish(sandbox: Sandbox) -> None:
    """Let the only video that is ordered be finished."""
    [order] = sandbox.video_api.orders
    sandbox.video_api.finish(order.video_id)


async def test_an_example_is_made_by_one_tap_at_the_price_on_its_button(served: Sandbox) -> None:
    start = await asked(served, "/start")
    payload = await asked(served, "/start payload-of-a-link")
    presses = [served.telegram.press(served.person, start, "A cat surfing") for _ in range(3)]
    told = {(await pressed.answered()).text for pressed in presses}
    status = await newest(served, 3)
    await served.telegram.until(lambda: "being made" in status.words)
    ordered = [order.fields["prompt"] for order in served.video_api.orders]
    finish(served)
    video = await served.until_video()
    await served.until_over(1)
    other = await asked(served, "/start")
    assert (start.words, labels(start), start.reply_to) == (f"{WELCOME}\n\n{LEFT}", BEGINNINGS, None)
    assert (payload.words, status.reply_to, video.reply_to) == (start.words, None, None)
    assert (told, ordered) == ({"", "I am making it already."}, ["A cat surfing at sunset"])
    assert video.words == "A cat surfing at sunset\n\nSora 2 · 10 s · Portrait"
    assert other.words.endswith("2 of 3 credits left today.\nA video that fails costs nothing.")


async def test_an_example_that_is_not_to_be_made_at_once_is_shown(served: Sandbox) -> None:
    start = await asked(served, "/start")
    answers = [
        (await served.telegram.press_data(served.person, start, f"1:example:0:{value}").answered()).text
        for value in ("cat/0", "cat", "dragon/1")
    ]
    dearer = await newest(served, 3)
    await prefer(served, "👀 Ask first")
    await served.telegram.press(served.person, start, "Paper boats").answered()
    asks_first = await newest(served, 5)
    assert answers == ["", "", "This button is too old. Please send your request again."]
    assert [card.words.split("\n\n")[0] for card in (dearer, asks_first)] == [
        "A cat surfing at sunset",
        "Paper boats in the rain",
    ]
    assert (labels(dearer)[0], await served.jobs()) == (["🎬 Make it · 1 credit"], [])


async def test_a_surprise_is_shown_and_another_one_comes_in_its_place_until_one_is_made(
    served: Sandbox,
) -> None:
    start = await asked(served, "/start")
    served.telegram.press(served.person, start, "🎲 Surprise me")
    card = await newest(served, 2)
    first, rows = card.words, labels(card)
    await press(served, card, "🎲 Another")
    second = card.words
    # What costs more by now than the button says is shown again.
    await press(served, card, "⋯ More")
    await press(served, card, "‹ Back")
    made = card.buttons[0][0].callback_data or ""
    await served.telegram.press_data(served.person, card, made.removesuffix(":1") + ":0").answered()
    await served.telegram.until(lambda: card.words.startswith("The price has changed"))
    before = await served.jobs()
    await press(served, card, "Make it")
    await served.telegram.until(lambda: "being made" in card.words)
    assert (card.reply_to, before) == (None, [])
    assert rows == [
        ["🎬 Make it · 1 credit"],
        ["📱 Portrait ▾", "10 s ▾", "Sora 2 ▾"],
        ["🎲 Another", "⋯ More"],
    ]
    assert first.partition("\n\n")[0] != second.partition("\n\n")[0]
    assert served.video_api.orders[0].fields["prompt"] == second.partition("\n\n")[0]


async def test_how_to_send_a_photo_is_explained_and_the_photo_is_taken(served: Sandbox) -> None:
    start = await asked(served, "/start")
    served.telegram.press(served.person, start, "🖼 Animate a photo")
    explained = await newest(served, 2)
    photo = served.telegram.send_photo(
        served.chat, served.person, picture(), caption="the cat yawns", reply_to=explained
    )
    status = await next_answer(served, photo)
    await served.telegram.until(lambda: "being made" in status.words)
    words = await asked(served, "a cat at sea", reply_to=explained)
    assert explained.words.startswith("🖼 Send me a photo, and write under it what should happen")
    assert len(served.video_api.orders[0].files) == 1
    assert words.words.startswith("a cat at sea\n\n")


async def test_in_a_group_everybody_may_press_and_gets_their_own(served: Sandbox) -> None:
    friend = served.telegram.add_user("Bo", language_code="de")
    group = served.telegram.add_group("Friends", [served.person, friend])
    await newest(served, 1, group)
    start = await asked(served, "/start@reelbot_bot", chat=group)
    await served.telegram.press(friend, start, "Paper boats").answered()
    status = await newest(served, 3, group)
    await served.telegram.until(lambda: len(served.video_api.orders) == 1)
    greeted = await asked(served, "@reelbot_bot hi", chat=group)
    question = await asked(served, "@reelbot_bot can you make it snow?", chat=group)
    thanks = served.telegram.say(group, friend, "thanks!", reply_to=status)
    finish(served)
    video = await served.until_video(group)
    jobs = await served.jobs()
    assert start.words.startswith("🎬 I make videos from your descriptions and photos. Write /video and what")
    assert (labels(start), start.reply_to is not None) == ([*EXAMPLES, ["🎲 Surprise me"]], True)
    assert [(job.place.requester_id, job.place.account_id) for job in jobs] == [(friend.id, friend.id)]
    assert video.words.splitlines()[-1].endswith("Bo")
    assert [labels(one)[-1] for one in (greeted, question)] == [ANYWAY, ANYWAY]
    assert [one for one in served.bot_messages(group) if one.reply_to is thanks] == []


async def test_who_has_nothing_left_is_told_when_there_is_more_and_offered_nothing_to_buy(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, daily_allowance=2):
        await prefer(sandbox, "⏱", "15 s")
        await asked(sandbox, "/video a cat --seconds 10")
        dear = await asked(sandbox, "/start")
        await asked(sandbox, "/video a dog --seconds 10")
        spent = await asked(sandbox, "/start")
    assert labels(dear) == [["🎲 Surprise me", "🖼 Animate a photo"]]
    assert (labels(spent), "More frees up in 24 hr." in spent.words) == ([], True)


async def test_a_greeting_or_a_question_gets_the_beginning_and_loses_nothing(served: Sandbox) -> None:
    greeted = await asked(served, "Hi there!")
    question = await asked(served, "why is the sky blue?")
    longer = await asked(served, "why is the sky blue? a documentary about light and the sea")
    photo = await next_answer(served, served.telegram.send_photo(served.chat, served.person, picture()))
    thanks = await asked(served, "thank you")
    reply = await asked(served, "ok", reply_to=photo)
    open_still = await asked(served, "can you make it snow?")
    await press(served, question, ANYWAY[0])
    assert [one.words.startswith(WELCOME) for one in (greeted, thanks, reply)] == [True] * 3
    assert [labels(one)[-1] for one in (greeted, thanks, reply)] == [ANYWAY, BEGINNINGS[-1], BEGINNINGS[-1]]
    assert longer.words.startswith("why is the sky blue? a documentary")
    assert open_still.words.endswith("\n🖼 with your photo")
    assert question.words == "why is the sky blue?\n\nSora 2 · 10 s · Portrait · 1 credit (3 left)"


async def test_thanks_under_a_video_change_nothing_in_it(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        told = await asked(sandbox, "Thank you! ❤️", reply_to=video)
    assert (told.words.startswith(WELCOME), len(await sandbox.jobs())) == (True, 1)


async def test_of_a_burst_each_answer_quotes_what_it_answers_but_the_last(sandbox: Sandbox) -> None:
    said = [sandbox.ask(sandbox.chat, words) for words in ("/help", "a cat", "/quota")]
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    in_group = sandbox.ask(group, "/help@reelbot_bot")
    async with serving(sandbox):
        await newest(sandbox, 3)
        answered = await next_answer(sandbox, in_group)
    quoted = [answer.reply_to for answer in sandbox.bot_messages()]
    assert quoted == [said[0], said[1], None]
    assert answered.reply_to is in_group
