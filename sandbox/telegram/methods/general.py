"""The Bot API's methods about the bot itself: who it is, updates, answers to presses, files."""

from sandbox.telegram.button_presses import Answer
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.json import Json, file_json, user_json
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.shapes import NAMES
from sandbox.telegram.state import TelegramState


async def get_me(state: TelegramState, _asked: Parameters) -> Json:
    return user_json(state.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
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


async def say_true(_state: TelegramState, _asked: Parameters) -> bool:
    return True


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
    "logOut": Method(run=say_true),
    "close": Method(run=say_true),
}
