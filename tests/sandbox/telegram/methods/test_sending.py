"""Sending text, chat actions and reactions: limits, replies, topics, keyboards, and who may not be written to."""

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
    SwitchInlineQueryChosenChat,
)
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import BadRequest

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.keyboards import InlineSwitch
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal

CAT = "\N{CAT}"  # two UTF-16 code units


async def test_a_message_comes_back_as_it_stands_in_the_chat(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    asked = telegram.say(chat, anna, "/video a cat")
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton("Cancel", callback_data="v1|cancel|7")],
            [InlineKeyboardButton("Docs", url="https://example.org")],
        ]
    )
    sent = await bot.send_message(
        chat.id,
        f"{CAT} <b>Accepted</b>",
        parse_mode="HTML",
        reply_parameters=ReplyParameters(asked.id),
        reply_markup=keyboard,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
    )
    kept = telegram.messages(chat)[-1]
    assert (sent.message_id, sent.text, sent.reply_markup) == (kept.id, f"{CAT} Accepted", keyboard)
    assert sent.parse_entities() == {sent.entities[0]: "Accepted"}
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == asked.id
    assert (kept.sender_is_bot, kept.reply_to_message_id, kept.is_silent) == (True, asked.id, True)
    assert [[button.text for button in row] for row in kept.buttons] == [["Cancel"], ["Docs"]]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("x" * 4096, None, id="as long as it may be"),
        pytest.param("x" * 4097, "Message is too long", id="one too long"),
        pytest.param(CAT * 2049, "Message is too long", id="too long in UTF-16"),
        pytest.param("<b>" + "x" * 4096 + "</b>", None, id="tags do not count"),
        pytest.param(" \n ", "Message text is empty", id="white space"),
        pytest.param("<b></b>", "Message text is empty", id="tags only"),
        pytest.param(
            "1 < 2", "Can't parse entities: unclosed start tag at byte offset 2", id="broken formatting"
        ),
    ],
)
async def test_texts_are_checked(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, text: str, complaint: str | None
) -> None:
    assert await refusal(bot.send_message(chat.id, text, parse_mode="HTML")) == complaint
    assert len(telegram.messages(chat)) == (1 if complaint is None else 0)


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        pytest.param({"text": "x", "callback_data": "d" * 64}, None, id="64 bytes"),
        pytest.param({"text": "x", "callback_data": "d" * 65}, "Button_data_invalid", id="65 bytes"),
        pytest.param(
            {"text": "x", "callback_data": "ü" * 33}, "Button_data_invalid", id="66 bytes of 33 letters"
        ),
        pytest.param({"text": "x", "callback_data": ""}, "Button_data_invalid", id="no data"),
        pytest.param(
            {"text": "x"},
            "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
            id="does nothing",
        ),
        pytest.param(
            {"text": " ", "callback_data": "d"},
            "Can't parse inline keyboard button: text must be non-empty",
            id="says nothing",
        ),
        pytest.param(
            {"callback_data": "d"},
            "Can't parse inline keyboard button: can't find field \"text\"",
            id="no text",
        ),
        pytest.param(
            {"text": "x", "callback_date": "d"},
            "Can't parse inline keyboard button: unknown field 'callback_date'",
            id="typing error",
        ),
        pytest.param(
            {"text": "x", "callback_data": "d", "style": "red"},
            "Can't parse inline keyboard button: invalid button style specified",
            id="no such style",
        ),
        pytest.param(
            {"text": "x", "url": "example"},
            "Inline keyboard button url 'example' is invalid: wrong http url",
            id="no address",
        ),
        pytest.param(
            {"text": "x", "copy_text": {"text": "y" * 257}}, "Button_copy_text_invalid", id="long copy"
        ),
        pytest.param({"text": "x", "copy_text": {"text": "y"}, "style": "danger"}, None, id="copy"),
        pytest.param(
            {"text": "x", "switch_inline_query_chosen_chat": {}},
            "At least one chat type must be allowed",
            id="shared nowhere",
        ),
        pytest.param(
            {"text": "x", "switch_inline_query": 7},
            'Can\'t parse inline keyboard button: field "switch_inline_query" has the wrong type',
            id="shares a number",
        ),
        pytest.param(
            {"text": "x", "switch_inline_query_chosen_chat": {"allow_all": True}},
            "Can't parse inline keyboard button: unknown field 'allow_all'",
            id="typing error in sharing",
        ),
    ],
)
async def test_buttons_are_checked(
    bot: Bot, chat: Chat, button: dict[str, object], complaint: str | None
) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert await refusal(bot.send_message(chat.id, "x", api_kwargs={"reply_markup": markup})) == complaint


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        pytest.param([], "Can't parse reply keyboard markup json object", id="no object"),
        pytest.param(
            {"inline_keybord": []}, "Can't parse reply keyboard markup json object", id="typing error"
        ),
        pytest.param(
            {"inline_keyboard": [{}]},
            'Can\'t parse inline keyboard: field "inline_keyboard" must be an array of arrays',
            id="no rows",
        ),
        pytest.param(
            {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]},
            "Reply markup is too long",
            id="101 buttons",
        ),
    ],
)
async def test_keyboards_are_checked(bot: Bot, chat: Chat, markup: object, complaint: str) -> None:
    assert await refusal(bot.send_message(chat.id, "x", api_kwargs={"reply_markup": markup})) == complaint


async def test_buttons_open_the_inline_picker_here_or_elsewhere(
    bot: Bot, telegram: TelegramSandbox, chat: Chat
) -> None:
    chosen = SwitchInlineQueryChosenChat("3", allow_user_chats=True, allow_group_chats=True)
    row = [
        InlineKeyboardButton("Share", switch_inline_query="1", style="success"),
        InlineKeyboardButton("Here", switch_inline_query_current_chat="2"),
        InlineKeyboardButton("To", switch_inline_query_chosen_chat=chosen),
    ]
    await bot.send_message(chat.id, "x", reply_markup=InlineKeyboardMarkup([row]))
    [buttons] = telegram.messages(chat)[0].buttons
    assert [button.switch for button in buttons] == [
        InlineSwitch(query="1"),
        InlineSwitch(query="2", is_here=True, chats=frozenset()),
        InlineSwitch(query="3", chats=frozenset({"user", "group"})),
    ]
    assert [button.style for button in buttons] == ["success", "", ""]


@pytest.mark.parametrize(
    ("placeholder", "complaint"),
    [
        pytest.param("x" * 64, None, id="as long as it may be"),
        pytest.param(
            "x" * 65, "Input_field_placeholder holds 1-64 characters (the sandbox is strict)", id="too long"
        ),
    ],
)
async def test_a_question_asks_for_a_reply(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, placeholder: str, complaint: str | None
) -> None:
    markup = ForceReply(selective=True, input_field_placeholder=placeholder)
    assert await refusal(bot.send_message(chat.id, "What should happen?", reply_markup=markup)) == complaint
    asked = [(message.force_reply, message.reply_placeholder) for message in telegram.messages(chat)]
    assert asked == ([(True, placeholder)] if complaint is None else [])


async def test_a_reply_needs_its_message_unless_it_can_do_without(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    asked = telegram.say(chat, anna, "/video")
    telegram.delete_message(asked)
    strict, lenient = ReplyParameters(asked.id), ReplyParameters(asked.id, allow_sending_without_reply=True)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "x", reply_parameters=strict)
    sent = await bot.send_message(chat.id, "x", reply_parameters=lenient)
    assert sent.reply_to_message is None


async def test_a_topic_takes_messages_until_it_is_gone(
    bot: Bot, telegram: TelegramSandbox, anna: User
) -> None:
    forum = telegram.add_group("Forum", [anna], forum=True)
    topic = telegram.add_topic(forum, "Cats")
    asked = telegram.say(forum, anna, "/video", thread_id=topic)
    sent = await bot.send_message(forum.id, "x", message_thread_id=topic)
    answer = await bot.send_message(forum.id, "y", reply_parameters=ReplyParameters(asked.id))
    general = await bot.send_message(forum.id, "z")
    threads = [(m.message_thread_id, bool(m.is_topic_message)) for m in (sent, answer, general)]
    assert threads == [(topic, True), (topic, True), (None, False)]
    telegram.delete_topic(forum, topic)
    for thread_id in (topic, 1):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=thread_id)


async def test_a_supergroups_reply_threads_are_no_topics(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User
) -> None:
    first = telegram.say(group, anna, "/video")
    telegram.say(group, anna, "/video again", reply_to=first)
    reply = (await bot.get_updates())[-1].message
    assert reply is not None
    assert (reply.message_thread_id, reply.is_topic_message) == (first.id, None)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=first.id)


async def test_chat_actions_are_checked_and_told(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    events = telegram.events()
    await bot.send_chat_action(chat.id, ChatAction.UPLOAD_VIDEO)
    assert (await anext(events)).detail == "upload_video"
    with pytest.raises(BadRequest, match="Wrong parameter action in request"):
        await bot.send_chat_action(chat.id, "dance")


async def test_a_reaction_is_put_and_taken_back(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    message = telegram.say(chat, anna, "/video")
    await bot.set_message_reaction(chat.id, message.id, ReactionEmoji.EYES)
    put = list(message.reactions)
    await bot.set_message_reaction(chat.id, message.id)
    assert (put, message.reactions) == (["👀"], [])


@pytest.mark.parametrize(
    ("reaction", "complaint"),
    [
        pytest.param(["🐈"], "Reaction_invalid", id="not among those allowed"),
        pytest.param(["👀", "👍"], "Reactions_too_many", id="two"),
    ],
)
async def test_reactions_are_checked(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, *, reaction: list[str], complaint: str
) -> None:
    message = telegram.say(chat, anna, "/video")
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_message_reaction(chat.id, message.id, reaction)
    telegram.delete_message(message)
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(chat.id, message.id, "👀")
