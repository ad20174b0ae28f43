"""The command menu and the bot's profile: set at start, and only where they differ."""

from __future__ import annotations

from collections import Counter

from chat.language import speaking
from handlers.commands import menu
from handlers.help.texts import description
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import Call
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

SETTERS = {"setMyCommands", "setMyDescription", "setMyShortDescription"}


def calls_for_everybody(sandbox: Sandbox) -> list[Call]:
    """Return the calls about the menu and the profile as they are for whoever speaks none of our languages."""
    calls = [call for call in sandbox.telegram.calls if "My" in call.method]
    return [call for call in calls if "language_code" not in call.params]


def changes(sandbox: Sandbox) -> Counter[str]:
    return Counter(call.method for call in calls_for_everybody(sandbox) if call.method in SETTERS)


def is_introduced(sandbox: Sandbox) -> bool:
    """Tell whether the bot has gone through everything that it says in English."""
    looked = any(
        call.method == "getMyShortDescription" and call.status for call in calls_for_everybody(sandbox)
    )
    return looked and ("short_description", "") in sandbox.telegram.state.profile.texts


async def started(sandbox: Sandbox) -> None:
    sandbox.telegram.calls.clear()
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        await sandbox.telegram.until(lambda: is_introduced(sandbox))


async def test_the_menu_and_the_profile_are_set_at_the_first_start_and_left_alone_at_the_second(
    sandbox: Sandbox,
) -> None:
    await started(sandbox)
    first = changes(sandbox)
    await started(sandbox)
    # One menu for everybody, and one for the administrators of groups.
    assert (first, changes(sandbox)) == (Counter([*SETTERS, "setMyCommands"]), Counter())
    commands = sandbox.telegram.state.profile.commands["default", ""]
    assert [command["command"] for command in commands] == [name for name, _ in menu()]
    assert sandbox.telegram.state.profile.texts["description", ""] == description()


async def test_what_was_changed_by_hand_is_put_right_and_nothing_else(sandbox: Sandbox) -> None:
    await started(sandbox)
    sandbox.telegram.state.profile.texts["description", ""] = "Something else"
    await started(sandbox)
    assert changes(sandbox) == Counter(["setMyDescription"])


async def test_whoever_speaks_a_language_of_ours_has_the_menu_in_it(sandbox: Sandbox) -> None:
    profile = sandbox.telegram.state.profile
    async with serving(sandbox):
        await sandbox.telegram.until(lambda: profile.commands.get(("default", "zh")))
    with speaking("zh_Hans"):
        assert [tuple(command.values()) for command in profile.commands["default", "zh"]] == list(menu())


async def test_the_bot_serves_although_its_menu_cannot_be_set(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(method="setMyCommands", kind=FaultKind.FLOOD, retry_after=300))
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        await sandbox.telegram.until(lambda: changes(sandbox))
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/help"))
    assert changes(sandbox) == Counter(["setMyCommands"])
