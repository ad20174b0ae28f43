"""Settings: what a person prefers, chosen once in one message that is edited in place."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from chat.language import LANGUAGES
from sandbox.telegram.chats import Chat, User
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

FRESH = [
    ["🎬 Sora 2 ▾"],
    ["⏱ 10 s ▾", "📱 Portrait ▾"],
    ["🔒 Private", "💧 Watermark"],
    ["👀 Ask first"],
    ["🌐 English ▾"],
]


@pytest.fixture(autouse=True)
async def _serving(sandbox: Sandbox) -> AsyncIterator[None]:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        yield


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.telegram.promote(group)
    return group


async def ordered(sandbox: Sandbox, words: str) -> dict[str, str]:
    """Ask for a video with the command, and return what was ordered."""
    status = await next_answer(sandbox, sandbox.ask(sandbox.chat, words))
    await sandbox.telegram.until(lambda: "being made" in status.words)
    return sandbox.video_api.orders[-1].fields


async def test_the_settings_show_what_holds_and_explain_each_choice(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox)
    assert settings.words == (
        "⚙️ Your settings apply where a request says nothing else.\n\n"
        "Model: Sora 2. /models compares them.\n"
        "Length: 10 s, if the model offers it.\n"
        "Shape: Portrait. A photo keeps its own.\n"
        "Private: off. Your videos can be changed and shared.\n"
        "Watermark: off.\n"
        "Ask first: off. /video and photos with a caption are made right away.\n"
        "Language: English, as in Telegram."
    )
    assert labels(settings) == FRESH


async def test_what_is_chosen_fills_in_what_a_request_leaves_open(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox, "⏱", "15 s", "Portrait ▾", "Landscape", "🔒 Private", "💧 Watermark")
    assert labels(settings) == [
        ["🎬 Sora 2 ▾"],
        ["⏱ 15 s ▾", "🖥 Landscape ▾"],
        ["✓ 🔒 Private", "✓ 💧 Watermark"],
        ["👀 Ask first"],
        ["🌐 English ▾"],
    ]
    assert sandbox.bot_messages() == [settings]
    assert await ordered(sandbox, "/video a cat") == {
        "prompt": "a cat",
        "model": "sora-2",
        "seconds": "15",
        "size": "1280x720",
        "private": "true",
        "watermark": "true",
    }


async def test_what_is_said_wins_over_what_is_preferred(sandbox: Sandbox) -> None:
    await prefer(sandbox, "🎬", "Sora 2 Pro")
    assert (await ordered(sandbox, "/video a cat --model sora-2"))["model"] == "sora-2"


async def test_a_preferred_model_lacks_what_another_has_and_its_own_holds(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox, "🔒 Private", "⏱", "15 s", "🎬", "Veo 3.1 · 2 credits")
    assert labels(settings)[1] == ["⏱ 8 s ▾", "🖥 Landscape ▾"]
    assert await ordered(sandbox, "/video a cat") == {
        "prompt": "a cat",
        "model": "veo_3_1",
        "seconds": "8",
        "size": "1280x720",
    }


async def test_each_page_marks_what_holds_and_leads_back(sandbox: Sandbox) -> None:
    pages = {}
    settings = await prefer(sandbox)
    for opening in ("🎬", "⏱", "Portrait", "🌐"):
        await press(sandbox, settings, opening)
        pages[settings.words.split("?")[0]] = labels(settings)
        await press(sandbox, settings, "‹ Back")
    assert {
        title: [row for row in page if any("✓" in label for label in row)] for title, page in pages.items()
    } == {
        "Which model": [["✓ Sora 2 · from 1 credit"]],
        "How long": [["✓ 10 s · 1 credit", "15 s · 2 credits"]],
        "Which shape": [["✓ 📱 Portrait", "🖥 Landscape"]],
        "Which language": [["✓ As in Telegram", "English"]],
    }
    assert all(page[-1] == ["‹ Back"] for page in pages.values())
    assert labels(settings) == FRESH


async def test_every_language_is_offered_by_its_own_name(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox, "🌐")
    offered = [label for row in labels(settings)[:-1] for label in row]
    assert offered == ["✓ As in Telegram", *LANGUAGES.values()]


async def test_another_language_is_spoken_at_once_and_from_then_on(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox, "🌐", "Deutsch")
    assert labels(settings)[-1] == ["🌐 Deutsch ▾"]
    [[*_, language_row]] = [labels(await prefer(sandbox))]
    assert language_row == ["🌐 Deutsch ▾"]
    await press(sandbox, settings, "🌐 Deutsch ▾")
    await press(sandbox, settings, labels(settings)[0][0])
    assert labels(settings) == FRESH


async def test_a_photo_keeps_its_own_shape(sandbox: Sandbox) -> None:
    await prefer(sandbox, "Portrait ▾", "Landscape")
    photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(720, 1280), caption="dance")
    status = await next_answer(sandbox, photo)
    await sandbox.telegram.until(lambda: "being made" in status.words)
    assert sandbox.video_api.orders[-1].fields["size"] == "720x1280"


async def test_a_switch_is_pressed_again_to_turn_it_off(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox, "👀 Ask first", "✓ 👀 Ask first")
    assert labels(settings) == FRESH
    assert (await ordered(sandbox, "/video a cat"))["prompt"] == "a cat"


async def test_in_a_group_the_settings_are_only_for_who_asked(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    settings = await next_answer(sandbox, sandbox.ask(group, "/settings"))
    notice = await sandbox.telegram.press(friend, settings, "👀 Ask first").answered()
    await press(sandbox, settings, "⏱")
    await press(sandbox, settings, "15 s")
    mine = (await ordered(sandbox, "/video a cat"))["seconds"]
    theirs = await next_answer(sandbox, sandbox.telegram.say(group, friend, "/settings"))
    assert notice.text == "These are somebody else's settings. Send /settings for your own."
    assert (mine, labels(theirs)) == ("15", FRESH)


async def test_who_speaks_in_the_name_of_a_group_has_no_settings(sandbox: Sandbox, group: Chat) -> None:
    anonymous = sandbox.telegram.add_user("Group", username="GroupAnonymousBot")
    said = sandbox.telegram.say(group, anonymous, "/settings", as_chat=group)
    told = await next_answer(sandbox, said)
    assert told.words == (
        "Settings belong to a person, and here you write in the name of a chat. Send me /settings in our private chat."
    )


TOO_OLD = "This button is too old. Please send your request again."
NOT_ON_OFFER = "This is no longer available."


async def test_a_choice_that_is_not_on_offer_changes_nothing(sandbox: Sandbox) -> None:
    settings = await prefer(sandbox)
    for choice in ("model=sora-9", "seconds=soon", "language=tlh", "fps=60", "seconds=1=2", "model="):
        data = f"1:set:{sandbox.person.id}:{choice}"
        answer = await sandbox.telegram.press_data(sandbox.person, settings, data).answered()
        is_model = choice.startswith("model=")
        assert (choice, answer.text) == (choice, NOT_ON_OFFER if is_model else TOO_OLD)
    assert labels(await prefer(sandbox)) == FRESH
