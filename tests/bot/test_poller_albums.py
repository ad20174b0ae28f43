"""Albums on their way through the poller: their members come one by one, and are handed over as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from chat.albums import LARGEST
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox
from tests.bot.handling import Handling, killed_poller, polling
from tests.bot.media_files import photo

#: Seconds that no test waits.
EVER = 3600.0


@pytest.fixture
def send(telegram: TelegramSandbox, chat: Chat, person: User, tmp_path: Path) -> Callable[..., None]:
    """Return a way to send members of one album, by their numbers."""
    picture = photo(tmp_path / "photo.jpg").read_bytes()

    def make(*numbers: int, album: str = "13") -> None:
        for number in numbers:
            telegram.send_photo(chat, person, picture, caption=str(number), media_group_id=album)

    return make


async def test_the_members_of_an_album_are_handled_as_one(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, send: Callable[..., None]
) -> None:
    send(1, 2, 3)
    async with polling(settings, handling):
        await handling.until(lambda: bool(handling.done))
        await telegram.until(lambda: not len(telegram.state.updates))

    assert handling.begun == ["1 2 3"]


async def test_members_that_come_with_another_look_belong_to_the_album(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, send: Callable[..., None]
) -> None:
    async with polling(settings, handling, album_quiet=EVER):
        send(0, 1)
        await _until_polled(telegram, more=2)
        send(*range(2, LARGEST))
        await handling.until(lambda: bool(handling.done))

    assert handling.begun == ["0 1 2 3 4 5 6 7 8 9"]


async def test_two_albums_at_once_are_two(
    settings: Settings, handling: Handling, send: Callable[..., None]
) -> None:
    send(1, 2)
    send(3, 4, album="14")
    async with polling(settings, handling):
        await handling.until(lambda: len(handling.done) == 2)

    assert handling.begun == ["1 2", "3 4"]


async def test_what_is_said_after_an_album_waits_for_it(
    settings: Settings,
    handling: Handling,
    telegram: TelegramSandbox,
    chat: Chat,
    send: Callable[..., None],
) -> None:
    send(1, 2)
    telegram.say(chat, chat.members[0], "and now?")
    async with polling(settings, handling):
        await handling.until(lambda: len(handling.done) == 2)

    assert handling.begun == ["1 2", "and now?"]


async def test_an_album_that_was_killed_while_it_was_gathered_comes_again_whole(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, send: Callable[..., None]
) -> None:
    send(1)
    async with killed_poller(settings, handling, album_quiet=EVER):
        await _until_polled(telegram, more=2)
    assert handling.begun == []

    send(2)
    async with polling(settings, handling):
        await handling.until(lambda: bool(handling.done))
        await telegram.until(lambda: not len(telegram.state.updates))
    assert handling.begun == ["1 2"]


async def test_an_album_that_was_killed_while_it_was_handled_comes_again_whole(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, send: Callable[..., None]
) -> None:
    handling.hold(chat)
    send(1, 2, 3)
    async with killed_poller(settings, handling):
        await handling.until(lambda: handling.begun == ["1 2 3"])
        await telegram.until(lambda: not len(telegram.state.updates))

    handling.let_go(chat)
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["1 2 3"])
    assert handling.begun == ["1 2 3", "1 2 3"]


async def test_a_member_that_comes_twice_is_in_the_album_once(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, send: Callable[..., None]
) -> None:
    telegram.repeat_updates = True
    send(0, 1)
    async with polling(settings, handling, album_quiet=EVER):
        await _until_polled(telegram, more=2)
        telegram.repeat_last_update()
        await _until_polled(telegram, more=1)
        send(*range(2, LARGEST))
        await handling.until(lambda: bool(handling.done))

    assert handling.begun == ["0 1 2 3 4 5 6 7 8 9"]


async def test_what_comes_after_an_album_was_handled_is_handled_too(
    settings: Settings, handling: Handling, send: Callable[..., None]
) -> None:
    async with polling(settings, handling):
        send(1, 2)
        await handling.until(lambda: handling.done == ["1 2"])
        send(3)
        await handling.until(lambda: handling.done == ["1 2", "3"])


async def _until_polled(telegram: TelegramSandbox, *, more: int) -> None:
    so_far = _polls(telegram)
    await telegram.until(lambda: _polls(telegram) >= so_far + more)


def _polls(telegram: TelegramSandbox) -> int:
    return sum(call.method == "getUpdates" for call in telegram.calls)
