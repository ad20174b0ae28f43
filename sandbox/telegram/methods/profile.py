"""The Bot API's methods about what the bot says of itself: commands, name, descriptions, menu buttons."""

from functools import partial

from sandbox.telegram.access import check_present
from sandbox.telegram.bot_profile import (
    DESCRIPTION_CHARACTERS,
    NAME_CHARACTERS,
    SHORT_DESCRIPTION_CHARACTERS,
    audience,
    checked_language,
    read_commands,
    read_menu_button,
)
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.json import Json
from sandbox.telegram.methods.sending import find_chat
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.state import TelegramState

AUDIENCE = frozenset({"scope", "language_code"})
LANGUAGE = frozenset({"language_code"})


async def set_my_commands(state: TelegramState, asked: Parameters) -> bool:
    key = _audience(state, asked)
    state.profile.set_commands(key, read_commands(asked.parsed("commands")))
    return True


async def get_my_commands(state: TelegramState, asked: Parameters) -> list[dict[str, str]]:
    return state.profile.commands.get(_audience(state, asked), [])


async def delete_my_commands(state: TelegramState, asked: Parameters) -> bool:
    state.profile.commands.pop(_audience(state, asked), None)
    return True


async def set_text(name: str, limit: int, state: TelegramState, asked: Parameters) -> bool:
    if len(asked.text(name)) > limit:
        raise BadRequest(f"BOT_{name.upper()}_TOO_LONG")
    state.profile.texts[name, checked_language(asked.text("language_code"))] = asked.text(name)
    if name == "description":  # it stands in the chats where nothing was said yet
        state.changed_elsewhere()
    return True


async def get_text(name: str, state: TelegramState, asked: Parameters) -> Json:
    """The text in a language, or else the one for everybody; a bot without a name of that kind has its first one."""
    texts, language = state.profile.texts, checked_language(asked.text("language_code"))
    unset = state.bot.first_name if name == "name" else ""
    return {name: texts.get((name, language)) or texts.get((name, "")) or unset}


async def set_chat_menu_button(state: TelegramState, asked: Parameters) -> bool:
    state.profile.menu_buttons[_menu_chat(state, asked)] = read_menu_button(asked.parsed("menu_button"))
    return True


async def get_chat_menu_button(state: TelegramState, asked: Parameters) -> Json:
    buttons = state.profile.menu_buttons
    return buttons.get(_menu_chat(state, asked)) or buttons.get(None) or {"type": "default"}


def _audience(state: TelegramState, asked: Parameters) -> tuple[str, str]:
    scope = asked.parsed("scope")
    key = audience(scope, asked.text("language_code"))
    if isinstance(scope, dict) and "chat_id" in scope:
        chat = state.chats.find_named(scope["chat_id"])
        check_present(chat)
        if chat.is_private and scope["type"] != "chat":
            raise BadRequest("can't use specified scope in private chats")
    return key


def _menu_chat(state: TelegramState, asked: Parameters) -> int | None:
    return find_chat(state, asked).id if asked.text("chat_id") else None


PROFILE: dict[str, Method] = {
    "setMyCommands": Method(
        run=set_my_commands, takes=AUDIENCE, requires={"commands": "parameter commands is required"}
    ),
    "getMyCommands": Method(run=get_my_commands, takes=AUDIENCE),
    "deleteMyCommands": Method(run=delete_my_commands, takes=AUDIENCE),
    "setMyName": Method(run=partial(set_text, "name", NAME_CHARACTERS), takes=LANGUAGE | {"name"}),
    "getMyName": Method(run=partial(get_text, "name"), takes=LANGUAGE),
    "setMyDescription": Method(
        run=partial(set_text, "description", DESCRIPTION_CHARACTERS), takes=LANGUAGE | {"description"}
    ),
    "getMyDescription": Method(run=partial(get_text, "description"), takes=LANGUAGE),
    "setMyShortDescription": Method(
        run=partial(set_text, "short_description", SHORT_DESCRIPTION_CHARACTERS),
        takes=LANGUAGE | {"short_description"},
    ),
    "getMyShortDescription": Method(run=partial(get_text, "short_description"), takes=LANGUAGE),
    "setChatMenuButton": Method(run=set_chat_menu_button, takes=frozenset({"chat_id", "menu_button"})),
    "getChatMenuButton": Method(run=get_chat_menu_button, takes=frozenset({"chat_id"})),
}
