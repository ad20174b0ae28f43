"""Takes in what the bot offers to a look-up from any chat, as strictly as Telegram (Bot API: answerInlineQuery)."""

import re
from typing import Any

from sandbox.telegram.entities import CAPTION_LIMIT, TEXT_LIMIT, Entity, check_length, read_text
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import FileKind, Media
from sandbox.telegram.inline_queries import (
    LONGEST_CACHE_SECONDS,
    TOO_OLD,
    InlineAnswer,
    InlineButton,
    InlineResult,
    ResultKind,
)
from sandbox.telegram.keyboards import Button, read_markup
from sandbox.telegram.methods.sending import read_entities
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import ENTITIES, LINK_PREVIEW, shaped
from sandbox.telegram.state import TelegramState

RESULTS_AT_ONCE = 50
RESULT_ID_BYTES = 64
NEXT_OFFSET_BYTES = 64
CACHE_SECONDS = 300
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")

POSTED = {"type", "id", "title", "description", "reply_markup", "input_message_content"}
CAPTIONED = POSTED | {"caption", "parse_mode", "caption_entities", "show_caption_above_media"}
#: What each kind may hold (Bot API: InlineQueryResult...).
FIELDS = {
    ResultKind.VIDEO: CAPTIONED | {"video_file_id"},
    ResultKind.SILENT_CLIP: (CAPTIONED - {"description"}) | {"mpeg4_file_id"},
    ResultKind.ARTICLE: POSTED | {"url", "hide_url", "thumbnail_url", "thumbnail_width", "thumbnail_height"},
}
MEDIA = {
    ResultKind.VIDEO: ("video_file_id", FileKind.VIDEO),
    ResultKind.SILENT_CLIP: ("mpeg4_file_id", FileKind.ANIMATION),
}
TEXT_FIELDS = {"message_text", "parse_mode", "entities", "link_preview_options"}


async def answer_inline_query(state: TelegramState, asked: Parameters) -> bool:
    answer = InlineAnswer(
        button=_read_button(asked.parsed("button")),
        results=_read_results(state, asked.parsed("results")),
        next_offset=_read_offset(asked.text("next_offset")),
        cache_time=min(max(asked.number("cache_time", CACHE_SECONDS), 0), LONGEST_CACHE_SECONDS),
        is_personal=asked.flag("is_personal"),
    )
    state.inline.answer(asked.text("inline_query_id"), answer, now=state.clock())
    return True


def _read_offset(offset: str) -> str:
    if len(offset.encode()) > NEXT_OFFSET_BYTES:
        raise BadRequest("NEXT_OFFSET_INVALID")
    return offset


def _read_button(raw: object) -> InlineButton | None:
    match raw:
        case None:
            return None
        case {"text": str(text), "start_parameter": str(parameter), **rest} if not rest:
            pass
        case {"text": str()}:
            raise BadRequest(
                "can't parse inline query results button: "
                "InlineQueryResultsButton must have exactly one optional field"
            )
        case _:
            raise BadRequest("can't parse inline query results button: Can't find field \"text\"")
    if not text:
        raise BadRequest("SWITCH_PM_TEXT_EMPTY")
    if not START_PARAMETER.fullmatch(parameter):
        raise BadRequest("START_PARAM_INVALID" if parameter else "START_PARAM_EMPTY")
    return InlineButton(text=text, start_parameter=parameter)


def _read_results(state: TelegramState, raw: object) -> list[InlineResult]:
    if not isinstance(raw, list):
        raise BadRequest("expected an Array of inline query results")
    if len(raw) > RESULTS_AT_ONCE:
        raise BadRequest("too many inline query results specified")
    results = [_read_result(state, one) for one in raw]
    if len({result.id for result in results}) < len(results):
        raise BadRequest("RESULT_ID_DUPLICATE")
    return results


def _read_result(state: TelegramState, raw: object) -> InlineResult:
    if not isinstance(raw, dict):
        raise _unreadable("Inline query result must be an object")
    name = _required(raw, "type")
    if name not in set(ResultKind):
        raise _unreadable(f'type "{name}" is unsupported for the inline query result')
    kind = ResultKind(name)
    unknown = raw.keys() - FIELDS[kind]
    if unknown:
        raise _unreadable(f"a cached {kind} has no {min(unknown)!r} (the sandbox is strict)")
    text, text_entities = _read_content(raw, is_required=kind is ResultKind.ARTICLE)
    caption, caption_entities = _read_caption(raw)
    return InlineResult(
        id=_read_id(raw),
        kind=kind,
        title=_read_title(raw, kind),
        description=_optional(raw, "description"),
        media=_find_media(state, raw, kind),
        text=text,
        caption="" if text is not None else caption,
        entities=text_entities if text is not None else caption_entities,
        buttons=_read_buttons(raw),
    )


def _read_id(raw: dict[str, Any]) -> str:
    result_id = _required(raw, "id")
    if not 1 <= len(result_id.encode()) <= RESULT_ID_BYTES:
        raise BadRequest("RESULT_ID_INVALID" if result_id else "RESULT_ID_EMPTY")
    return result_id


def _read_title(raw: dict[str, Any], kind: ResultKind) -> str:
    if kind is ResultKind.SILENT_CLIP:
        return _optional(raw, "title")
    title = _required(raw, "title")
    if not title.strip():
        raise BadRequest(f"{kind.upper()}_TITLE_EMPTY")
    return title


def _find_media(state: TelegramState, raw: dict[str, Any], kind: ResultKind) -> Media | None:
    if kind not in MEDIA:
        return None
    field, file_kind = MEDIA[kind]
    file_id = _required(raw, field)
    file = state.files.find(file_id)
    if file is None:
        raise BadRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
    if file.kind is not file_kind:
        raise BadRequest(f"can't use file of type {file.kind} as {file_kind}")
    return state.files.media(file_id, file_kind)


def _read_content(raw: dict[str, Any], *, is_required: bool) -> tuple[str | None, list[Entity]]:
    content = raw.get("input_message_content")
    if content is None and is_required:
        raise _unreadable('Can\'t find field "message_text"')
    if content is None:
        return None, []
    if not isinstance(content, dict) or content.keys() - TEXT_FIELDS:
        raise _unreadable("only InputTextMessageContent is known (the sandbox is strict)")
    shaped("link_preview_options", content.get("link_preview_options"), LINK_PREVIEW)
    text, entities = _read_formatted(content, "message_text", "entities")
    if not text:
        raise BadRequest("message text is empty")
    check_length(text, TEXT_LIMIT, "MESSAGE_TOO_LONG")
    return text, entities


def _read_caption(raw: dict[str, Any]) -> tuple[str, list[Entity]]:
    caption, entities = _read_formatted(raw, "caption", "caption_entities")
    check_length(caption, CAPTION_LIMIT, "MEDIA_CAPTION_TOO_LONG")
    return caption, entities


def _read_formatted(raw: dict[str, Any], name: str, entities: str) -> tuple[str, list[Entity]]:
    given = read_entities(shaped(entities, raw.get(entities), ENTITIES))
    parse_mode = _optional(raw, "parse_mode")
    return read_text(_optional(raw, name), parse_mode=parse_mode, given=given)


def _read_buttons(raw: dict[str, Any]) -> list[list[Button]]:
    markup = read_markup(raw.get("reply_markup"))
    if markup.force_reply:
        raise BadRequest("inline keyboard expected")
    return markup.buttons


def _required(raw: dict[str, Any], name: str) -> str:
    if raw.get(name) is None:
        raise _unreadable(f'Can\'t find field "{name}"')
    return _optional(raw, name)


def _optional(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is not None and not isinstance(value, str):
        raise _unreadable(f'Field "{name}" must be of type String')
    return value or ""


def _unreadable(why: str) -> BadRequest:
    return BadRequest(f"can't parse inline query result: {why}")


INLINE: dict[str, Method] = {
    "answerInlineQuery": Method(
        run=answer_inline_query,
        takes=frozenset({"cache_time", "is_personal", "next_offset", "button"}),
        requires={"inline_query_id": TOO_OLD, "results": "expected an Array of inline query results"},
    )
}
