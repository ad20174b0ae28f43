"""getUpdates: long polls, offsets, what is listened to, second pollers, updates that come twice or broken."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text if update.message else None for update in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.say(chat, anna, "one")
    telegram.say(chat, anna, "two")
    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[0].update_id)
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    gone = await bot.get_updates(offset=first[1].update_id + 1)
    assert [texts(updates) for updates in (first, again, rest, gone)] == [
        ["one", "two"],
        ["one", "two"],
        ["two"],
        [],
    ]


async def test_a_negative_offset_forgets_all_but_the_last(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    for number in range(5):
        telegram.say(chat, anna, str(number))
    assert texts(await bot.get_updates(offset=-2)) == ["3", "4"]
    assert texts(await bot.get_updates()) == ["3", "4"]


async def test_a_limit_cuts_the_batch(bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User) -> None:
    for number in range(150):
        telegram.say(chat, anna, str(number))
    sizes = [len(await bot.get_updates(limit=limit)) for limit in (1, 100)]
    assert (sizes, len(await bot.get_updates(limit=1000))) == ([1, 100], 100)


async def test_a_long_poll_returns_at_once_when_something_comes(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(timeout=50))
        await telegram.until(lambda: telegram.calls)
        telegram.say(chat, anna, "hello")
    assert texts(poll.result()) == ["hello"]


async def test_a_long_poll_ends_empty_when_nothing_comes(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_a_second_poller_ends_the_first(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(_conflict_of(bot))
        await telegram.until(lambda: telegram.state.updates.is_polled)
        second = tasks.create_task(bot.get_updates(timeout=50))
        conflict = await first
        telegram.say(chat, anna, "hello")
    assert conflict == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts(second.result()) == ["hello"]


async def test_polling_conflicts_with_a_webhook_until_it_is_deleted(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_needs_https(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: an https url must be provided for webhook"):
        await bot.set_webhook("http://example.org/hook")


async def test_pending_updates_can_be_dropped(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.say(chat, anna, "old")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_what_is_listened_to_is_remembered(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    message = telegram.say(chat, anna, "unheard")
    telegram.edit(message, "heard")
    [update] = await bot.get_updates()
    assert update.edited_message is not None
    assert update.edited_message.text == "heard"
    await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
    telegram.say(chat, anna, "all again")
    assert texts(await bot.get_updates()) == ["all again"]


async def test_a_kind_of_update_that_does_not_exist_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Unknown update type 'mesage' in allowed_updates"):
        await bot.get_updates(allowed_updates=["mesage"])


async def test_each_update_comes_twice_when_asked_for(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.repeat_updates = True
    telegram.say(chat, anna, "one")
    telegram.say(chat, anna, "two")
    updates = await bot.get_updates()
    assert texts(updates) == ["one", "one", "two", "two"]
    assert updates[0].update_id == updates[1].update_id


async def test_the_last_update_comes_once_more_even_when_confirmed(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.say(chat, anna, "one")
    [update] = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    telegram.repeat_last_update()
    [again] = await bot.get_updates(offset=update.update_id + 1)
    assert again.update_id == update.update_id
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_poller_that_is_gone_swallows_nothing(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.say(chat, anna, "one")
    [update] = await bot.get_updates()
    async with asyncio.TaskGroup() as tasks:
        gone = tasks.create_task(bot.get_updates(offset=update.update_id + 1, timeout=50))
        await telegram.until(lambda: telegram.state.updates.is_polled)
        gone.cancel()
        await telegram.until(lambda: telegram.calls[-1].status)
    telegram.repeat_last_update()
    assert texts(await bot.get_updates(offset=update.update_id + 1)) == ["one"]
    assert [call.status for call in telegram.calls if call.method == "getUpdates"] == [200, 200, 200]


async def test_a_broken_update_is_delivered_as_it_is(bot: Bot, telegram: TelegramSandbox) -> None:
    telegram.inject_update({"message": {"message_id": 1, "chat": "no chat at all"}})
    with pytest.raises(KeyError):
        await bot.get_updates()


async def test_updates_are_kept_for_a_day_and_presses_for_less() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    telegram = TelegramSandbox(clock=lambda: now)
    anna = telegram.add_user("Anna")
    chat = telegram.private_chat(anna)
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        markup = '{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}'
        await bot.send_message(chat.id, "press", api_kwargs={"reply_markup": markup})
        telegram.press(anna, telegram.messages(chat)[0], "Go")
        telegram.say(chat, anna, "hello")
        now += timedelta(minutes=3)
        assert texts(await bot.get_updates()) == ["hello"]
        now += timedelta(hours=24)
        assert await bot.get_updates() == ()


async def _conflict_of(bot: Bot) -> str:
    try:
        await bot.get_updates(timeout=50)
    except Conflict as conflict:
        return str(conflict)
    return "no conflict"
