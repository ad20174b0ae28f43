"""The command menu and the bot's profile: set at start, and only where they differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chat.language import speaking
from handlers.help.texts import description, menu
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.talk import next_answer, serving

if TYPE_CHECKING:
    from sandbox.telegram.server import Call
    from tests.journeys.town import Town

SETTERS = {"setMyCommands", "setMyDescription", "setMyShortDescription"}


def calls_for_everybody(town: Town) -> list[Call]:
    """Return the calls about the menu and the profile as they are for whoever speaks none of our languages."""
    calls = [call for call in town.telegram.calls if "My" in call.method]
    return [call for call in calls if "language_code" not in call.params]


def changes(town: Town) -> Counter[str]:
    return Counter(call.method for call in calls_for_everybody(town) if call.method in SETTERS)


def is_introduced(town: Town) -> bool:
    """Tell whether the bot has gone through everything that it says in English."""
    looked = any(call.method == "getMyShortDescription" and call.status for call in calls_for_everybody(town))
    return looked and ("short_description", "") in town.telegram.state.profile.texts


async def started(town: Town) -> None:
    town.telegram.calls.clear()
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "/quota"))
        await town.telegram.until(lambda: is_introduced(town))


async def test_the_menu_and_the_profile_are_set_at_the_first_start_and_left_alone_at_the_second(
    town: Town,
) -> None:
    await started(town)
    first = changes(town)
    await started(town)
    # One menu for everybody, and one for the administrators of groups.
    assert (first, changes(town)) == (Counter([*SETTERS, "setMyCommands"]), Counter())
    commands = town.telegram.state.profile.commands["default", ""]
    assert [command["command"] for command in commands] == [name for name, _ in menu()]
    assert town.telegram.state.profile.texts["description", ""] == description()


async def test_what_was_changed_by_hand_is_put_right_and_nothing_else(town: Town) -> None:
    await started(town)
    town.telegram.state.profile.texts["description", ""] = "Something else"
    await started(town)
    assert changes(town) == Counter(["setMyDescription"])


async def test_whoever_speaks_a_language_of_ours_has_the_menu_in_it(town: Town) -> None:
    profile = town.telegram.state.profile
    async with serving(town):
        await town.telegram.until(lambda: profile.commands.get(("default", "zh")))
    with speaking("zh_Hans"):
        assert [tuple(command.values()) for command in profile.commands["default", "zh"]] == list(menu())


async def test_the_bot_serves_although_its_menu_cannot_be_set(town: Town) -> None:
    town.telegram.faults.add(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=300))
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "/quota"))
        await town.telegram.until(lambda: changes(town))
        await next_answer(town, town.ask(town.chat, "/help"))
    assert changes(town) == Counter(["setMyCommands"])
