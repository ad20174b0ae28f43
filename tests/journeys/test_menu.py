"""The command menu and the bot's profile: set at start, and only where they differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sandbox.telegram_faults import Fault, FaultKind
from tests.journeys.talk import next_answer, serving

if TYPE_CHECKING:
    from tests.journeys.town import Town

SETTERS = {"setMyCommands", "setMyDescription", "setMyShortDescription"}


def changes(town: Town) -> Counter[str]:
    return Counter(call.method for call in town.telegram.calls if call.method in SETTERS)


async def started(town: Town) -> None:
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "/quota"))


async def test_the_menu_and_the_profile_are_set_at_the_first_start_and_left_alone_at_the_second(
    town: Town,
) -> None:
    await started(town)
    first = changes(town)
    await started(town)
    assert first == changes(town) == Counter(SETTERS)
    commands = town.telegram.state.profile.commands["default", ""]
    assert [command["command"] for command in commands] == ["video", "jobs", "cancel", "quota", "help"]
    assert {name for name, _ in town.telegram.state.profile.texts} == {"description", "short_description"}


async def test_what_was_changed_by_hand_is_put_right_and_nothing_else(town: Town) -> None:
    await started(town)
    town.telegram.state.profile.texts["description", ""] = "Something else"
    await started(town)
    assert changes(town) == Counter([*SETTERS, "setMyDescription"])


async def test_the_bot_serves_although_its_menu_cannot_be_set(town: Town) -> None:
    town.telegram.faults.add(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=300))
    await started(town)
    assert changes(town)["setMyCommands"] == 1
