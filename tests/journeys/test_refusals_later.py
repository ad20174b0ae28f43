"""Refusals that are pressed when something has changed: nothing is made that the button did not say."""

from __future__ import annotations

from domain.catalogue_file import parse_catalogue
from tests.journeys.buttons import labels, press
from tests.journeys.results import made
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, serving
from tests.sora_catalogue import SORA_MODELS

DEARER = SORA_MODELS.read_text().replace("{ 10 = 1, 15 = 2 }", "{ 10 = 2, 15 = 3 }")
WITHOUT_15 = SORA_MODELS.read_text().replace("{ 10 = 1, 15 = 2 }", "{ 10 = 1 }")


async def test_after_a_restart_at_other_prices_the_buttons_say_so_and_then_make_it(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    friend = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    async with serving(sandbox):
        refusal = await next_answer(sandbox, sandbox.ask(group, "/video@reelbot_bot a dog --seconds 12"))
    async with sandbox.bot(limits=UNHURRIED, catalogue=parse_catalogue(DEARER)):
        await press(sandbox, refusal, "10 s · 1 credit")
        changed, unspent = (refusal.words, labels(refusal)), await sandbox.jobs()
        foreign = await sandbox.telegram.press(friend, refusal, "10 s").answered()
        await press(sandbox, refusal, "10 s · 2 credits")
        [job] = await sandbox.jobs()
    assert changed == (
        "The price has changed, so nothing was made. The buttons say what it costs now.",
        [["10 s · 2 credits"], ["15 s · 3 credits"]],
    )
    assert (unspent, foreign.text) == ([], "Only the person who asked can press this.")
    assert (job.request.prompt, job.request.seconds, job.request.price) == ("a dog", 10, 2)


async def test_what_is_not_to_be_had_any_more_leads_to_what_is(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        refusal = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog --seconds 12"))
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat --seconds 15"))
    async with sandbox.bot(limits=UNHURRIED, catalogue=parse_catalogue(WITHOUT_15)):
        sandbox.telegram.press(sandbox.person, card, "Make it")
        of_card = await next_answer(sandbox, card)
        await press(sandbox, refusal, "15 s")
        shown = (refusal.words, labels(refusal))
        await press(sandbox, refusal, "10 s")
        gone = await sandbox.telegram.press_data(sandbox.person, refusal, "1:alternative:1:7").answered()
    assert shown == (
        "Sora 2 makes videos of 10 s, not of 15 s.",
        [["10 s · 1 credit"], ["Sora 2 Pro · 15 s · 3 credits"]],
    )
    assert (of_card.words, labels(of_card)) == shown
    assert [(job.request.seconds, job.request.price) for job in await sandbox.jobs()] == [(10, 1)]
    assert gone.text == "This button is too old. Please send your request again."


async def test_what_cannot_be_changed_so_is_made_new_as_it_may_have_been_meant(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat")
        said = ("make it night --sice 16:9", "make it night --seconds 7", "make it rain --landscape")
        refusals = [
            await next_answer(
                sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, words, reply_to=video)
            )
            for words in said
        ]
        shown = [(one.words, labels(one)) for one in refusals]
        sandbox.telegram.press(sandbox.person, refusals[0], "Yes, make it")
        await sandbox.until_video(number=2)
        sandbox.telegram.press(sandbox.person, refusals[2], "Without these options")
        await sandbox.until_video(number=3)
    instead = "\nI can make a new video instead, with your change added to the description:"
    assert shown == [
        (
            f"There is no option --sice. Did you mean --size?{instead}",
            [["Yes, make it · 1 credit"], ["Keep it as text · 1 credit"]],
        ),
        (
            f"Sora 2 makes videos of 10 or 15 s, not of 7 s.{instead}",
            [["10 s · 1 credit"], ["15 s · 2 credits"]],
        ),
        (
            (
                "A change keeps the video's model, length, shape and character.\n"
                "I can make a new video instead, with your change added to the description. Costs 1 credit."
            ),
            [["🎬 Make it new · 1 credit"], ["✏️ Without these options · 1 credit"]],
        ),
    ]
    assert sandbox.video_api.orders[-1].fields["prompt"] == "make it rain"
    fields = sandbox.video_api.orders[-2].fields
    assert (fields["prompt"], fields["size"]) == ("a cat. make it night", "1280x720")


async def test_a_change_that_cannot_be_paid_is_made_new_for_less_or_later(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        video = await made(sandbox, "a cat --seconds 15")
        reply = sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
        refusal = await next_answer(sandbox, reply)
        shown = (refusal.words[:54], labels(refusal))
        await sandbox.telegram.press(sandbox.person, refusal, "Change it later").answered()
        sandbox.telegram.press(sandbox.person, video, "Again")
        again = await next_answer(sandbox, video)
        offered = labels(again)
        sandbox.telegram.press(sandbox.person, refusal, "10 s")
        await sandbox.until_video(number=2)
    assert shown == (
        "This costs 2 credits, and you have 1 credit left today",
        [["10 s · 1 credit"], ["Veo 3.1 Fast · 8 s · 1 credit"], ["⏳ Change it later · 2 credits"]],
    )
    assert offered == [
        ["10 s · 1 credit"],
        ["Veo 3.1 Fast · 8 s · 1 credit"],
        ["⏳ Later: 15 s · 2 credits"],
    ]
    fields = sandbox.video_api.orders[-1].fields
    assert (fields["prompt"], fields["seconds"]) == ("a cat. make it night", "10")
