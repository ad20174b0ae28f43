"""The inline picker: what is typed after the bot's name in any chat, answers told again, results posted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedVideo,
    InputTextMessageContent,
    Update,
)
from telegram.error import Forbidden

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Make one like it", callback_data="like")]])
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


def offer(
    video: Media, *, caption: str | None = None, text: InputTextMessageContent | None = None
) -> InlineQueryResultCachedVideo:
    return InlineQueryResultCachedVideo(
        "7", video.file.id, "A cat", caption=caption, input_message_content=text
    )


async def test_a_look_up_says_who_typed_what_and_where(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    friends = telegram.chat_between(anna, group.members[1])
    for place in (chat, group, friends, None):
        telegram.ask_inline(anna, "cat", offset="20", chat=place)
    queries = [update.inline_query for update in await bot.get_updates() if update.inline_query]
    assert [(query.query, query.offset, query.from_user.id, query.chat_type) for query in queries] == [
        ("cat", "20", anna.id, "sender"),
        ("cat", "20", anna.id, "supergroup"),
        ("cat", "20", anna.id, "private"),
        ("cat", "20", anna.id, None),
    ]


async def test_a_bot_that_does_not_listen_for_look_ups_gets_none(
    bot: Bot, telegram: TelegramSandbox, anna: User
) -> None:
    await bot.get_updates(allowed_updates=[Update.MESSAGE])
    query = telegram.ask_inline(anna, "cat")
    assert (await bot.get_updates(), query.answer) == ((), None)


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def by_the_clock(clock: _Clock) -> TelegramSandbox:
    return TelegramSandbox(clock=clock, inline_feedback=True)


@pytest.fixture
async def punctual(by_the_clock: TelegramSandbox) -> AsyncIterator[Bot]:
    async with (
        serving(by_the_clock.app) as origin,
        Bot(by_the_clock.token, base_url=f"{origin}/bot") as bot,
    ):
        yield bot


async def test_a_look_up_is_answered_once_and_within_half_a_minute(
    punctual: Bot, by_the_clock: TelegramSandbox, clock: _Clock
) -> None:
    anna = by_the_clock.add_user("Anna")
    first, second = by_the_clock.ask_inline(anna, "a"), by_the_clock.ask_inline(anna, "b")
    clock.now += timedelta(seconds=30)
    assert [await refusal(punctual.answer_inline_query(first.id, [])) for _ in range(2)] == [None, TOO_OLD]
    clock.now += timedelta(seconds=1)
    late = [await refusal(punctual.answer_inline_query(some, [])) for some in (second.id, "nonsense")]
    assert late == [TOO_OLD, TOO_OLD]
    assert await punctual.get_updates() == ()


async def test_telegram_tells_an_answer_again_to_all_unless_it_is_personal(
    punctual: Bot, by_the_clock: TelegramSandbox, clock: _Clock
) -> None:
    anna, boris = by_the_clock.add_user("Anna"), by_the_clock.add_user("Boris")
    shared, own = by_the_clock.ask_inline(anna, "all"), by_the_clock.ask_inline(anna, "own")
    await punctual.answer_inline_query(shared.id, [], cache_time=10)
    await punctual.answer_inline_query(own.id, [], cache_time=10, is_personal=True)
    asked = [(anna, "all"), (anna, "own"), (boris, "all"), (boris, "own")]
    soon = [by_the_clock.ask_inline(who, words) for who, words in asked]
    assert [query.is_cached for query in soon] == [True, True, True, False]
    assert soon[2].answer is shared.answer
    clock.now += timedelta(seconds=10)
    assert [by_the_clock.ask_inline(who, words).is_cached for who, words in asked] == [False] * 4


async def test_a_picked_video_is_posted_as_the_person_via_the_bot(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User, video: Media
) -> None:
    query = telegram.ask_inline(anna, "cat", chat=group)
    await bot.answer_inline_query(query.id, [offer(video, caption="a cat")])
    posted = telegram.choose_inline(query, "7", group)
    updates = await bot.get_updates()
    message = updates[-1].message
    assert message is not None
    assert (posted.sender, posted.via_bot, posted.video) == (anna, telegram.bot, video)
    assert message.via_bot is not None
    assert message.video is not None
    assert message.from_user is not None
    assert (message.via_bot.id, message.video.file_id, message.caption, message.from_user.id) == (
        telegram.bot.id,
        video.file.id,
        "a cat",
        anna.id,
    )
    assert [update for update in updates if update.chosen_inline_result] == []
    assert telegram.transcript(group).endswith(
        f"Anna via @reelbot_bot: <video 0x0, 0 s, {video.size} bytes> a cat"
    )


async def test_a_result_posted_where_the_bot_is_not_is_not_told(
    bot: Bot, telegram: TelegramSandbox, anna: User, video: Media
) -> None:
    friends = telegram.chat_between(anna, telegram.add_user("Boris"))
    query = telegram.ask_inline(anna, "cat", chat=friends)
    await bot.answer_inline_query(query.id, [offer(video, text=InputTextMessageContent("look"))])
    posted = telegram.choose_inline(query, "7", friends)
    told = [update.message for update in await bot.get_updates() if update.message]
    assert (posted.text, posted.video, told) == ("look", None, [])
    assert telegram.transcript(friends) == (
        f"── Anna & Boris (private, bot is left)\n#{posted.id} Anna via @reelbot_bot: look"
    )
    with pytest.raises(Forbidden, match="bot is not a member of the private chat"):
        await bot.send_message(friends.id, "x")


async def test_only_what_was_offered_can_be_posted(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    query = telegram.ask_inline(anna, "cat")
    with pytest.raises(LookupError, match="nothing was offered for 'cat'"):
        telegram.choose_inline(query, "7", chat)
    await bot.answer_inline_query(
        query.id, [InlineQueryResultArticle("1", "x", InputTextMessageContent("y"))]
    )
    with pytest.raises(LookupError, match=r"no result '7' among \['1'\]"):
        telegram.choose_inline(query, "7", chat)


async def test_feedback_tells_what_was_picked_and_names_a_message_with_buttons(
    punctual: Bot, by_the_clock: TelegramSandbox
) -> None:
    anna = by_the_clock.add_user("Anna")
    chat, query = by_the_clock.private_chat(anna), by_the_clock.ask_inline(anna, "cat")
    articles = [
        InlineQueryResultArticle("1", "x", InputTextMessageContent("y"), reply_markup=KEYBOARD),
        InlineQueryResultArticle("2", "x", InputTextMessageContent("y")),
    ]
    await punctual.answer_inline_query(query.id, articles)
    posted = [by_the_clock.choose_inline(query, result_id, chat) for result_id in ("1", "2")]
    updates = await punctual.get_updates()
    choices = [update.chosen_inline_result for update in updates if update.chosen_inline_result]
    assert [(c.result_id, c.query, c.from_user.id, c.inline_message_id) for c in choices] == [
        ("1", "cat", anna.id, posted[0].inline_message_id),
        ("2", "cat", anna.id, None),
    ]
    assert posted[0].inline_message_id is not None


async def test_a_bot_says_whether_its_inline_mode_is_on(bot: Bot) -> None:
    assert (await bot.get_me()).supports_inline_queries is True
    off = TelegramSandbox(inline_mode=False)
    async with serving(off.app) as origin, Bot(off.token, base_url=f"{origin}/bot") as other:
        assert (await other.get_me()).supports_inline_queries is False
    with pytest.raises(LookupError, match="inline mode is switched off"):
        off.ask_inline(off.add_user("Anna"), "cat")
