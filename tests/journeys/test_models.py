"""`/models`: what each model can do and costs, and which one is somebody's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.catalogue_file import parse_catalogue
from tests.journeys.buttons import labels, press
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, serving
from tests.sora_catalogue import sora_catalogue

MANY = parse_catalogue(
    'default = "model-7"\n'
    + "\n".join(
        f'[models.model-{number}]\ntitle = "Model {number}"\nprice = {{ 5 = 1 }}\nsizes = ["1280x720"]\n'
        for number in range(14)
    )
)
ONE = sora_catalogue().model_copy(update={"models": {"sora-2": sora_catalogue().default_model}})


@pytest.fixture(autouse=True)
def _held(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True


@pytest.fixture
async def served(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    async with serving(sandbox):
        yield sandbox


async def test_each_model_tells_what_it_can_and_costs(served: Sandbox) -> None:
    models = await next_answer(served, served.ask(served.chat, "/models"))
    title, *told, hint = models.words.split("\n\n")
    assert title == "🎬 Models: what each can do and costs"
    assert [model.split("\n") for model in told[:3]] == [
        [
            "Sora 2 ✓ your default",
            "--model sora-2",
            "⏱ 10 s: 1 credit · 15 s: 2 credits",
            "📐 Portrait · Landscape",
            "✨ from text or a photo · private · characters · edits · watermark",
        ],
        [
            "Sora 2 Pro",
            "--model sora-2-pro",
            "⏱ 15 s: 3 credits · 25 s: 5 credits",
            "📐 Portrait · Landscape · 720p · 1024p",
            "✨ from text or a photo · private · characters · edits · watermark",
        ],
        [
            "Veo 3.1 Fast",
            "--model veo-fast",
            "⏱ 8 s: 1 credit",
            "📐 Landscape · Portrait",
            "✨ from text or up to 2 photos",
        ],
    ]
    assert (len(told), hint) == (6, "Tap a model to use it by default, or add --model NAME to a description.")


async def test_any_of_them_becomes_ones_default_in_one_tap(served: Sandbox) -> None:
    models = await next_answer(served, served.ask(served.chat, "/models"))
    offered = labels(models)
    told = await press(served, models, "Use Veo 3.1 as my default")
    status = await next_answer(served, served.ask(served.chat, "/video a cat"))
    await served.telegram.until(lambda: "being made" in status.words)
    assert offered == [
        [f"Use {title} as my default"]
        for title in ("Sora 2 Pro", "Veo 3.1 Fast", "Veo 3.1", "Veo 3.1 4K", "Veo 3.1 Components")
    ]
    assert (told.text, "Veo 3.1 ✓ your default" in models.words) == ("Veo 3.1 is your default now.", True)
    assert [row for row in labels(models) if "Veo 3.1 as" in row[0]] == []
    assert served.video_api.orders[0].fields["model"] == "veo_3_1"


async def test_many_models_come_in_pages_the_first_with_ones_default(sandbox: Sandbox) -> None:
    sandbox.video_api.account.lists_models = False
    async with sandbox.bot(catalogue=MANY, limits=UNHURRIED):
        models = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/models"))
        middle = (models.words.split("\n\n")[0], labels(models)[-1])
        await press(sandbox, models, "›")
        last = (models.words.split("\n\n")[0], models.words.count("--model model-"), labels(models)[-1])
        await press(sandbox, models, "‹")
        back = models.words.split("\n\n")[0]
    title = "🎬 Models: what each can do and costs"
    assert middle == (f"{title} (2 / 3)", ["‹", "›"])
    assert last == (f"{title} (3 / 3)", 2, ["‹"])
    assert back == f"{title} (2 / 3)"


async def test_a_single_model_leaves_nothing_to_choose(sandbox: Sandbox) -> None:
    async with sandbox.bot(catalogue=ONE, limits=UNHURRIED):
        models = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/models"))
    assert (models.words.count("--model sora-2"), models.buttons) == (1, [])


async def test_in_a_group_only_who_asked_can_press(served: Sandbox) -> None:
    friend = served.telegram.add_user("Bo")
    group = served.telegram.add_group("Friends", [served.person, friend])
    models = await next_answer(served, served.ask(group, "/models"))
    notice = await served.telegram.press(friend, models, "Use Veo 3.1 as my default").answered()
    await press(served, models, "Use Veo 3.1 as my default")
    assert notice.text == "Only the person who asked can press this."


async def test_what_a_chat_asked_for_anybody_may_press_for_themselves(served: Sandbox) -> None:
    friend = served.telegram.add_user("Bo")
    group = served.telegram.add_group("Friends", [served.person, friend])
    served.telegram.promote(group)
    anonymous = served.telegram.add_user("Group", username="GroupAnonymousBot")
    models = await next_answer(served, served.telegram.say(group, anonymous, "/models", as_chat=group))
    await press(served, models, "Use Veo 3.1 as my default")
    status = await next_answer(served, served.ask(served.chat, "/video a cat"))
    await served.telegram.until(lambda: "being made" in status.words)
    assert served.video_api.orders[0].fields["model"] == "veo_3_1"


async def test_a_model_that_is_gone_cannot_be_chosen(served: Sandbox) -> None:
    models = await next_answer(served, served.ask(served.chat, "/models"))
    data = f"1:use:{served.person.id}:sora-9"
    answer = await served.telegram.press_data(served.person, models, data).answered()
    assert answer.text == "This is no longer available."
