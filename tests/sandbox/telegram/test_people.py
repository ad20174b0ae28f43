"""People: what they do reaches the bot as Telegram would tell it, as far as privacy mode lets it see."""

import pytest
from telegram import Bot, Message
from telegram.error import Forbidden

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox


async def heard(bot: Bot) -> list[str]:
    """The texts and captions of all messages the bot has heard."""
    messages = [update.message for update in await bot.get_updates() if update.message]
    return [message.text or message.caption or "" for message in messages]


async def newest(bot: Bot) -> Message:
    message = (await bot.get_updates())[-1].effective_message
    assert message is not None
    return message


async def test_a_message_names_its_sender_and_chat(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    sent = telegram.say(chat, anna, "/video@reelbot_bot a cat")
    message = await newest(bot)
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.username, message.from_user.language_code) == (
        anna.id,
        "anna_k",
        "de",
    )
    assert (message.message_id, message.chat.id, message.chat.type) == (sent.id, anna.id, "private")
    assert message.date == sent.date
    assert message.parse_entities() == {message.entities[0]: "/video@reelbot_bot"}


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        pytest.param("/video a cat", True, id="plain command"),
        pytest.param("/video@reelbot_bot a cat", True, id="command for it"),
        pytest.param("/video@ReelBot_Bot a cat", True, id="in any case"),
        pytest.param("/video@otherbot a cat", False, id="command for another"),
        pytest.param("look, @reelbot_bot", True, id="mention"),
        pytest.param("look, @otherbot", False, id="mention of another"),
        pytest.param("a cat", False, id="talk"),
    ],
)
async def test_in_groups_the_bot_hears_what_is_meant_for_it(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User, text: str, *, is_heard: bool
) -> None:
    telegram.say(group, anna, text)
    assert await heard(bot) == ([text] if is_heard else [])


async def test_in_groups_the_bot_hears_replies_to_itself(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    await bot.send_message(group.id, "What should happen?")
    question = telegram.messages(group)[-1]
    telegram.say(group, anna, "it swims", reply_to=question)
    telegram.say(group, anna, "no reply to it", reply_to=telegram.messages(group)[-1])
    assert await heard(bot) == ["it swims"]


async def test_an_administrator_hears_all(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    telegram.promote(group)
    telegram.say(group, anna, "a cat")
    assert await heard(bot) == ["a cat"]


async def test_of_captions_in_groups_the_bot_sees_those_that_name_it(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User, photo: bytes
) -> None:
    for caption in ("/video swim", "/video@reelbot_bot swim", None):
        telegram.send_photo(group, anna, photo, caption=caption)
    assert await heard(bot) == ["/video@reelbot_bot swim"]


async def test_a_command_in_reply_to_a_photo_brings_the_photo(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User, photo: bytes
) -> None:
    first = telegram.say(group, anna, "look")
    picture = telegram.send_photo(group, anna, photo, reply_to=first)
    telegram.say(group, group.members[1], "/video swim", reply_to=picture)
    message = await newest(bot)
    assert message.reply_to_message is not None
    assert len(message.reply_to_message.photo) == 5
    assert message.reply_to_message.reply_to_message is None


async def test_an_album_is_several_messages_of_one_group(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes
) -> None:
    asked = telegram.say(chat, anna, "look")
    first = telegram.send_album(chat, anna, [photo, photo, photo], caption="swim", reply_to=asked)
    second = telegram.send_album(chat, anna, [photo, photo])
    messages = [update.message for update in await bot.get_updates() if update.message][1:]
    told = [(message.media_group_id, message.caption, message.message_id) for message in messages]
    albums = [message.media_group_id for message in first + second]
    assert told == [
        (album, caption, message.id)
        for album, caption, message in zip(albums, ["swim", *[None] * 4], first + second, strict=True)
    ]
    assert [albums.count(album) for album in albums] == [3, 3, 3, 2, 2]
    assert [message.reply_to_message is not None for message in messages] == [True] * 3 + [False] * 2


@pytest.mark.parametrize("size", [1, 11])
def test_an_album_holds_two_to_ten_pictures(
    telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes, size: int
) -> None:
    with pytest.raises(ValueError, match=f"2-10 pictures, not {size}"):
        telegram.send_album(chat, anna, [photo] * size)
    assert telegram.messages(chat) == []


async def test_an_edited_message_is_told_as_edited(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, photo: bytes
) -> None:
    text, picture = (
        telegram.say(chat, anna, "/video a cat"),
        telegram.send_photo(chat, anna, photo, caption="swim"),
    )
    telegram.edit(text, "/video a dog")
    telegram.edit(picture, "run")
    edited = [update.edited_message for update in await bot.get_updates() if update.edited_message]
    assert [(message.text, message.caption) for message in edited] == [("/video a dog", None), (None, "run")]
    assert (edited[0].edit_date is not None, text.edits, picture.edits) == (True, ["/video a cat"], ["swim"])


async def test_a_deleted_message_is_gone_and_the_bot_is_not_told(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.delete_message(telegram.say(chat, anna, "x"))
    assert (telegram.messages(chat), await heard(bot)) == ([], ["x"])


async def test_anything_else_can_be_sent_as_the_bot_api_says_it(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.send_raw(chat, anna, {"dice": {"emoji": "🎲", "value": 6}})
    dice = (await newest(bot)).dice
    assert dice is not None
    assert dice.value == 6


async def test_a_forums_messages_say_their_topic(bot: Bot, telegram: TelegramSandbox, anna: User) -> None:
    forum = telegram.add_group("Forum", [anna], forum=True)
    topic = telegram.add_topic(forum, "Cats")
    telegram.say(forum, anna, "/video", thread_id=topic)
    inside = await newest(bot)
    telegram.say(forum, anna, "/video")
    outside = await newest(bot)
    threads = [(m.message_thread_id, m.is_topic_message, m.chat.is_forum) for m in (inside, outside)]
    assert threads == [(topic, True, True), (None, None, True)]


async def test_an_anonymous_administrator_speaks_in_the_name_of_the_group(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    telegram.appoint(group, anna, is_anonymous=True)
    telegram.say(group, anna, "/video")
    message = await newest(bot)
    assert message.sender_chat is not None
    assert message.from_user is not None
    assert (message.sender_chat.id, message.sender_chat.title) == (group.id, group.title)
    assert (message.from_user.id, message.from_user.username) == (1087968824, "GroupAnonymousBot")
    assert telegram.transcript(group).endswith("Friends: /video")


async def test_somebody_can_speak_as_a_channel(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    news = telegram.add_channel("News")
    telegram.say(group, anna, "/video", as_chat=news)
    message = await newest(bot)
    assert message.sender_chat is not None
    assert message.from_user is not None
    assert (message.sender_chat.id, message.sender_chat.type, message.from_user.username) == (
        news.id,
        "channel",
        "Channel_Bot",
    )
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await bot.send_message(news.id, "x")


async def test_what_is_forwarded_is_the_forwarders_message_and_names_who_said_it(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    bo = telegram.add_user("Bo")
    original = telegram.say(telegram.chat_between(anna, bo), bo, "/video a cat")
    telegram.forward(chat, anna, original)
    message = await newest(bot)
    assert message.from_user is not None
    assert message.forward_origin is not None
    origin = message.forward_origin.to_dict()
    assert (message.from_user.id, message.text, message.parse_entities()) == (
        anna.id,
        "/video a cat",
        {message.entities[0]: "/video"},
    )
    assert (origin["type"], origin["sender_user"]["id"]) == ("user", bo.id)


async def test_what_is_said_through_another_bot_names_that_bot(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    robbie = User(id=6, first_name="Robbie", username="robbie_bot", is_bot=True)
    telegram.say(chat, anna, "a cat", via=robbie)
    message = await newest(bot)
    assert (message.text, message.via_bot and message.via_bot.id) == ("a cat", robbie.id)
