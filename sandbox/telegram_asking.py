"""The Bot API's methods about the bot itself: updates, answers to presses, files, profile, chats and members."""

from functools import partial

from sandbox.bot_profile import (
    DESCRIPTION_CHARACTERS,
    SHORT_DESCRIPTION_CHARACTERS,
    audience,
    checked_language,
    read_commands,
    read_menu_button,
)
from sandbox.chats import Standing
from sandbox.presses import Answer
from sandbox.telegram_errors import BadRequest, Forbidden
from sandbox.telegram_json import Json, chat_full_json, file_json, member_json, user_json
from sandbox.telegram_parameters import Method, Parameters
from sandbox.telegram_sending import NO_CHAT, find_chat
from sandbox.telegram_shapes import NAMES
from sandbox.telegram_state import TelegramState

AUDIENCE = frozenset({"scope", "language_code"})
LANGUAGE = frozenset({"language_code"})
GONE = {Standing.LEFT, Standing.KICKED}


async def get_me(state: TelegramState, _asked: Parameters) -> Json:
    return user_json(state.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": state.inline.is_on,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(state: TelegramState, asked: Parameters) -> list[Json]:
    return await state.updates.poll(
        offset=asked.number("offset"),
        limit=asked.number("limit", 100),
        seconds=asked.number("timeout"),
        allowed=asked.shaped("allowed_updates", NAMES),
    )


async def set_webhook(state: TelegramState, asked: Parameters) -> bool:
    """Remembers the address; the sandbox delivers by getUpdates only."""
    url = asked.text("url")
    if url and not url.startswith("https://"):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    state.updates.webhook_url = url
    return True


async def delete_webhook(state: TelegramState, asked: Parameters) -> bool:
    state.updates.webhook_url = ""
    if asked.flag("drop_pending_updates"):
        state.updates.forget()
    return True


async def get_webhook_info(state: TelegramState, _asked: Parameters) -> Json:
    return {
        "url": state.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
    }


async def answer_callback_query(state: TelegramState, asked: Parameters) -> bool:
    answer = Answer(text=asked.text("text"), is_alert=asked.flag("show_alert"), url=asked.text("url") or None)
    press = state.presses.answer(asked.text("callback_query_id"), answer, now=state.clock())
    state.answered(press.message, answer.text)
    return True


async def get_file(state: TelegramState, asked: Parameters) -> Json:
    file = state.files.find_to_download(asked.text("file_id"))
    return file_json(file) | {"file_path": file.address}


async def set_my_commands(state: TelegramState, asked: Parameters) -> bool:
    key = _audience(state, asked)
    state.profile.commands[key] = read_commands(asked.parsed("commands"))
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
    return True


async def get_text(name: str, state: TelegramState, asked: Parameters) -> Json:
    """The text in a language, or else the one for everybody."""
    texts, language = state.profile.texts, checked_language(asked.text("language_code"))
    return {name: texts.get((name, language)) or texts.get((name, ""), "")}


async def set_chat_menu_button(state: TelegramState, asked: Parameters) -> bool:
    state.profile.menu_buttons[_menu_chat(state, asked)] = read_menu_button(asked.parsed("menu_button"))
    return True


async def get_chat_menu_button(state: TelegramState, asked: Parameters) -> Json:
    buttons = state.profile.menu_buttons
    return buttons.get(_menu_chat(state, asked)) or buttons.get(None) or {"type": "default"}


async def get_chat(state: TelegramState, asked: Parameters) -> Json:
    chat = find_chat(state, asked)
    if chat.standing in GONE:
        raise Forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat_full_json(chat)


async def get_chat_member(state: TelegramState, asked: Parameters) -> Json:
    chat, user = find_chat(state, asked), state.chats.users.get(asked.number("user_id"))
    if user == state.bot:
        return member_json(state.bot, chat.standing)
    if user is None:
        raise BadRequest("member not found")
    if user in chat.administrators:
        return member_json(user, Standing.ADMINISTRATOR)
    return member_json(user, Standing.MEMBER if user in chat.members else Standing.LEFT)


async def get_chat_administrators(state: TelegramState, asked: Parameters) -> list[Json]:
    chat = find_chat(state, asked)
    if chat.is_private:
        raise BadRequest("there are no administrators in the private chat")
    administrators = [member_json(user, Standing.ADMINISTRATOR) for user in chat.administrators]
    if chat.standing is Standing.ADMINISTRATOR and asked.flag("return_bots"):
        administrators.append(member_json(state.bot, chat.standing))
    return administrators


async def say_true(_state: TelegramState, _asked: Parameters) -> bool:
    return True


def _audience(state: TelegramState, asked: Parameters) -> tuple[str, str]:
    scope = asked.parsed("scope")
    key = audience(scope, asked.text("language_code"))
    if isinstance(scope, dict) and "chat_id" in scope:
        state.chats.find_named(scope["chat_id"])
    return key


def _menu_chat(state: TelegramState, asked: Parameters) -> int | None:
    return find_chat(state, asked).id if asked.text("chat_id") else None


ASKING: dict[str, Method] = {
    "getMe": Method(run=get_me),
    "getUpdates": Method(run=get_updates, takes=frozenset({"offset", "limit", "timeout", "allowed_updates"})),
    "setWebhook": Method(
        run=set_webhook,
        takes=frozenset(
            {
                "url",
                "ip_address",
                "max_connections",
                "allowed_updates",
                "drop_pending_updates",
                "secret_token",
            }
        ),
    ),
    "deleteWebhook": Method(run=delete_webhook, takes=frozenset({"drop_pending_updates"})),
    "getWebhookInfo": Method(run=get_webhook_info),
    "answerCallbackQuery": Method(
        run=answer_callback_query,
        takes=frozenset({"text", "show_alert", "url", "cache_time"}),
        requires={
            "callback_query_id": "query is too old and response timeout expired or query ID is invalid"
        },
    ),
    "getFile": Method(run=get_file, requires={"file_id": "file_id is not specified"}),
    "setMyCommands": Method(
        run=set_my_commands, takes=AUDIENCE, requires={"commands": "parameter commands is required"}
    ),
    "getMyCommands": Method(run=get_my_commands, takes=AUDIENCE),
    "deleteMyCommands": Method(run=delete_my_commands, takes=AUDIENCE),
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
    "getChat": Method(run=get_chat, requires=NO_CHAT),
    "getChatMember": Method(run=get_chat_member, requires=NO_CHAT | {"user_id": "invalid user_id specified"}),
    "getChatAdministrators": Method(
        run=get_chat_administrators, takes=frozenset({"return_bots"}), requires=NO_CHAT
    ),
    "logOut": Method(run=say_true),
    "close": Method(run=say_true),
}
