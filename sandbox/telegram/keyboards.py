"""Reads reply_markup and refuses what Telegram refuses (Bot API: InlineKeyboardMarkup, ForceReply)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.errors import BadRequest

CALLBACK_DATA_BYTES = 64
COPY_TEXT_CHARACTERS = 256
PLACEHOLDER_CHARACTERS = 64
BUTTONS_IN_A_KEYBOARD = 100
STYLES = {"", "default", "danger", "success", "primary"}
CHOSEN_CHATS = {
    "allow_user_chats": "user",
    "allow_bot_chats": "bot",
    "allow_group_chats": "group",
    "allow_channel_chats": "channel",
}
SWITCHES = {
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
}
ACTIONS = SWITCHES | {"callback_data", "url", "copy_text"}
LOOKS = {"text", "style", "icon_custom_emoji_id"}
FORCE_REPLY_FIELDS = {"force_reply", "input_field_placeholder", "selective"}


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineSwitch:
    """Opens the inline picker with `query`: here, or in a chat to choose of the kinds user, bot, group, channel."""

    query: str
    is_here: bool = False
    chats: frozenset[str] = frozenset(CHOSEN_CHATS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message; `raw` is its JSON as the bot sent it.

    `style` is danger (red), success (green), primary (blue) or empty.
    """

    text: str
    callback_data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    switch: InlineSwitch | None = None
    style: str = ""
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What stands under a message."""

    buttons: list[list[Button]] = field(default_factory=list)
    force_reply: bool = False
    placeholder: str = ""


def read_markup(markup: object) -> Markup:
    """Reads a parsed reply_markup; None is no markup.

    Raises:
        BadRequest: Not a markup, an unknown field, or a button Telegram would not show.
    """
    match markup:
        case None:
            return Markup()
        case {"inline_keyboard": list(rows), **rest} if not rest:
            return Markup(buttons=_read_rows(rows))
        case {"force_reply": True, **rest} if rest.keys() <= FORCE_REPLY_FIELDS:
            return Markup(force_reply=True, placeholder=_read_placeholder(rest))
        case _:
            raise BadRequest("can't parse reply keyboard markup JSON object")


def _read_placeholder(raw: Mapping[Any, Any]) -> str:
    placeholder = raw.get("input_field_placeholder", "")
    if not isinstance(placeholder, str) or len(placeholder) > PLACEHOLDER_CHARACTERS:
        raise BadRequest(
            f"input_field_placeholder holds 1-{PLACEHOLDER_CHARACTERS} characters (the sandbox is strict)"
        )
    return placeholder


def _read_rows(rows: list[Any]) -> list[list[Button]]:
    if not all(isinstance(row, list) for row in rows):
        raise BadRequest('can\'t parse inline keyboard: field "inline_keyboard" must be an Array of Arrays')
    if sum(len(row) for row in rows) > BUTTONS_IN_A_KEYBOARD:
        raise BadRequest("reply markup is too long")
    return [[_read_button(button) for button in row] for row in rows if row]


def _read_button(raw: Any) -> Button:  # noqa: ANN401 (any JSON may stand here)
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise BadRequest("can't parse inline keyboard button: can't find field \"text\"")
    unknown = raw.keys() - ACTIONS - LOOKS
    if unknown:
        raise BadRequest(f"can't parse inline keyboard button: unknown field {min(unknown)!r}")
    actions = raw.keys() & ACTIONS
    if len(actions) != 1:
        raise BadRequest(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not raw["text"].strip():
        raise BadRequest("can't parse inline keyboard button: text must be non-empty")
    if str(raw.get("style", "")).lower() not in STYLES:
        raise BadRequest("can't parse inline keyboard button: invalid button style specified")
    return _checked(raw)


def _checked(raw: dict[str, Any]) -> Button:
    data, url, copied = raw.get("callback_data"), raw.get("url"), raw.get("copy_text")
    copy_text = copied.get("text", "") if isinstance(copied, dict) else copied
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_DATA_BYTES:
        raise BadRequest("BUTTON_DATA_INVALID")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise BadRequest(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if copy_text is not None and not 1 <= len(str(copy_text)) <= COPY_TEXT_CHARACTERS:
        raise BadRequest("BUTTON_COPY_TEXT_INVALID")
    if not all(value is None or isinstance(value, str) for value in (data, url, copy_text)):
        raise BadRequest("can't parse inline keyboard button: expected a String")
    style = str(raw.get("style", "")).lower().replace("default", "")
    return Button(
        text=raw["text"],
        callback_data=data,
        url=url,
        copy_text=copy_text,
        switch=_read_switch(raw),
        style=style,
        raw=raw,
    )


def _read_switch(raw: dict[str, Any]) -> InlineSwitch | None:
    field = next(iter(raw.keys() & SWITCHES), None)
    match field, raw.get(field or ""):
        case None, _:
            return None
        case "switch_inline_query", str(query):
            return InlineSwitch(query=query)
        case "switch_inline_query_current_chat", str(query):
            return InlineSwitch(query=query, is_here=True, chats=frozenset())
        case "switch_inline_query_chosen_chat", dict(chosen):
            return _read_chosen_chat(chosen)
        case _:
            raise BadRequest(f'can\'t parse inline keyboard button: Field "{field}" has the wrong type')


def _read_chosen_chat(chosen: dict[str, Any]) -> InlineSwitch:
    unknown = chosen.keys() - CHOSEN_CHATS.keys() - {"query"}
    if unknown:
        raise BadRequest(f"can't parse inline keyboard button: unknown field {min(unknown)!r}")
    query = chosen.get("query", "")
    if not isinstance(query, str):
        raise BadRequest('can\'t parse inline keyboard button: Field "query" must be of type String')
    chats = frozenset(kind for field, kind in CHOSEN_CHATS.items() if chosen.get(field) is True)
    if not chats:
        raise BadRequest("at least one chat type must be allowed")
    return InlineSwitch(query=query, chats=chats)
