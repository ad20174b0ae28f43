"""What the bot may offer to a look-up from any chat: kinds, ids, titles, lengths, the button above."""

from pathlib import Path
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedMpeg4Gif,
    InlineQueryResultCachedVideo,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.files import Media
from sandbox.telegram.inline_queries import InlineButton
from sandbox.telegram.server import TelegramSandbox
from tests.sandbox.telegram.complaints import refusal

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Make one like it", callback_data="like")]])
ARTICLE = {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "y"}}


async def test_an_answer_is_seen_as_it_was_given(
    bot: Bot, telegram: TelegramSandbox, anna: User, *, video: Media, clips: Path, chat: Chat
) -> None:
    silent = (await bot.send_video(chat.id, clips / "silent.mp4")).animation
    assert silent is not None
    query = telegram.ask_inline(anna, "cat")
    await bot.answer_inline_query(
        query.id,
        [
            InlineQueryResultCachedVideo(
                "7",
                video.file.id,
                "A cat",
                description="4 s",
                caption="<b>a</b> cat",
                parse_mode="HTML",
                reply_markup=KEYBOARD,
            ),
            InlineQueryResultCachedMpeg4Gif("8", silent.file_id, caption="silent"),
            InlineQueryResultArticle("9", "How to", InputTextMessageContent("<i>So</i>", parse_mode="HTML")),
        ],
        cache_time=5,
        is_personal=True,
        next_offset="3",
        button=InlineQueryResultsButton("Make a video", start_parameter="inline"),
    )
    answer = await query.answered(timeout=5)
    first, second, third = answer.results
    assert (first.id, first.kind, first.title, first.description) == ("7", "video", "A cat", "4 s")
    assert (first.media, first.caption, first.entities[0].type, first.text) == (video, "a cat", "bold", None)
    assert first.buttons[0][0].callback_data == "like"
    assert (second.kind, second.caption, second.media and second.media.file.id) == (
        "mpeg4_gif",
        "silent",
        silent.file_id,
    )
    assert (third.kind, third.title, third.text, third.media) == ("article", "How to", "So", None)
    assert (answer.cache_time, answer.is_personal, answer.next_offset) == (5, True, "3")
    assert answer.button == InlineButton(text="Make a video", start_parameter="inline")


@pytest.mark.parametrize(
    ("result", "complaint"),
    [
        pytest.param(ARTICLE, None, id="good"),
        pytest.param(ARTICLE | {"id": "ü" * 32}, None, id="id of 64 bytes"),
        pytest.param(ARTICLE | {"id": "ü" * 33}, "Result_id_invalid", id="id of 66 bytes"),
        pytest.param(ARTICLE | {"id": ""}, "Result_id_empty", id="no id"),
        pytest.param(
            ARTICLE | {"type": "cat"},
            'Can\'t parse inline query result: type "cat" is unsupported for the inline query result',
            id="no such kind",
        ),
        pytest.param(
            {"type": "article", "id": "1", "title": "x"},
            'Can\'t parse inline query result: can\'t find field "message_text"',
            id="article without text",
        ),
        pytest.param(ARTICLE | {"title": " "}, "Article_title_empty", id="article without title"),
        pytest.param(
            ARTICLE | {"input_message_content": {"message_text": "x" * 4097}}, "Message_too_long", id="long text"
        ),
        pytest.param(
            ARTICLE | {"input_message_content": {"message_text": "<b>", "parse_mode": "HTML"}},
            'Can\'t parse entities: can\'t find end tag corresponding to start tag "b"',
            id="broken formatting",
        ),
        pytest.param(ARTICLE | {"reply_markup": {"force_reply": True}}, "Inline keyboard expected", id="question"),
        pytest.param(
            ARTICLE | {"captoin": "x"},
            "Can't parse inline query result: a cached article has no 'captoin' (the sandbox is strict)",
            id="typing error",
        ),
        pytest.param("x", "Can't parse inline query result: inline query result must be an object", id="a word"),
    ],
)  # fmt: skip
async def test_results_are_checked(
    bot: Bot, telegram: TelegramSandbox, anna: User, result: object, complaint: str | None
) -> None:
    query = telegram.ask_inline(anna, "cat")
    call = bot.answer_inline_query(query.id, [], api_kwargs={"results": [result]})
    assert await refusal(call) == complaint
    assert (query.answer is None) == (complaint is not None)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        pytest.param({"title": ""}, "Video_title_empty", id="no title"),
        pytest.param(
            {"video_file_id": None},
            "Can't parse inline query result: can't find field \"video_file_id\"",
            id="no video",
        ),
        pytest.param(
            {"video_file_id": "BAAC"},
            "Wrong remote file identifier specified: can't unserialize it. wrong last symbol",
            id="unknown video",
        ),
        pytest.param({"caption": "x" * 1024}, None, id="caption as long as it may be"),
        pytest.param({"caption": "x" * 1025}, "Media_caption_too_long", id="long caption"),
    ],
)
async def test_cached_videos_are_checked(
    bot: Bot,
    telegram: TelegramSandbox,
    anna: User,
    *,
    video: Media,
    fields: dict[str, Any],
    complaint: str | None,
) -> None:
    query = telegram.ask_inline(anna, "cat")
    result = {"type": "video", "id": "7", "title": "x", "video_file_id": video.file.id} | fields
    call = bot.answer_inline_query(query.id, [], api_kwargs={"results": [result]})
    assert await refusal(call) == complaint


async def test_a_silent_clip_is_offered_as_one_and_a_video_is_not(
    bot: Bot, telegram: TelegramSandbox, anna: User, *, video: Media, clips: Path, chat: Chat
) -> None:
    silent = (await bot.send_video(chat.id, clips / "silent.mp4")).animation
    assert silent is not None
    query = telegram.ask_inline(anna, "cat")
    as_video = InlineQueryResultCachedVideo("1", silent.file_id, "x")
    as_clip = InlineQueryResultCachedMpeg4Gif("1", video.file.id)
    assert await refusal(bot.answer_inline_query(query.id, [as_video])) == (
        "Can't use file of type animation as video"
    )
    assert await refusal(bot.answer_inline_query(query.id, [as_clip])) == (
        "Can't use file of type video as animation"
    )


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        pytest.param({"results": [ARTICLE] * 2}, "Result_id_duplicate", id="one id twice"),
        pytest.param({"results": [ARTICLE] * 51}, "Too many inline query results specified", id="51"),
        pytest.param({"results": {}}, "Expected an array of inline query results", id="no list"),
        pytest.param({"next_offset": "x" * 64}, None, id="offset as long as it may be"),
        pytest.param({"next_offset": "x" * 65}, "Next_offset_invalid", id="long offset"),
        pytest.param({"button": {"text": "x", "start_parameter": "a" * 64}}, None, id="button"),
        pytest.param({"button": {"text": "x", "start_parameter": "a" * 65}}, "Start_param_invalid", id="long start"),
        pytest.param({"button": {"text": "x", "start_parameter": "a b"}}, "Start_param_invalid", id="space"),
        pytest.param({"button": {"text": "x", "start_parameter": ""}}, "Start_param_empty", id="no start"),
        pytest.param({"button": {"text": "", "start_parameter": "a"}}, "Switch_pm_text_empty", id="no words"),
        pytest.param(
            {"button": {"text": "x"}},
            "Can't parse inline query results button: inlinequeryresultsbutton must have exactly one optional field",
            id="does nothing",
        ),
    ],
)  # fmt: skip
async def test_answers_are_checked(
    bot: Bot, telegram: TelegramSandbox, anna: User, answer: dict[str, object], complaint: str | None
) -> None:
    query = telegram.ask_inline(anna, "cat")
    assert await refusal(bot.answer_inline_query(query.id, [], api_kwargs=answer)) == complaint
