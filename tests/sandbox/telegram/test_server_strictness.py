"""Whatever a bot sends, the server answers as Telegram would: with a result or with a reason, never by falling over."""

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from sandbox.telegram.chats import Chat
from sandbox.telegram.server import METHODS, TelegramSandbox

SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.sampled_from(["", "x", "1", "<b>", "HTML", "attach://x", "article", "photo", "chat"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(sorted({
        "inline_keyboard", "text", "callback_data", "url", "copy_text", "type", "media", "caption", "message_id",
        "chat_id", "offset", "length", "command", "description", "emoji", "width", "force_reply", "thumbnail",
        "parse_mode", "caption_entities", "allow_sending_without_reply", "id", "title", "input_message_content",
        "message_text", "reply_markup", "start_parameter", "query", "switch_inline_query_chosen_chat", "allow_user_chats",
    })), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    name, method = draw(st.sampled_from(sorted(METHODS.values(), key=lambda entry: entry[0])))
    required: dict[str, object] = {key: draw(SCRAPS) for key in method.requires}
    optional = draw(st.dictionaries(st.sampled_from(sorted(method.takes) or ["x"]), SCRAPS, max_size=3))
    return name, optional | required


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(call=calls(), in_a_chat=st.booleans())
async def test_no_call_makes_the_server_fall_over(
    http: httpx.AsyncClient,
    telegram: TelegramSandbox,
    chat: Chat,
    *,
    call: tuple[str, dict[str, object]],
    in_a_chat: bool,
) -> None:
    name, params = call
    if in_a_chat and "chat_id" in params:
        params["chat_id"] = chat.id
        params |= {"message_id": 1} if "message_id" in params else {}
    params.pop("timeout", None)
    response = await http.post(name, json=params)
    assert response.status_code in {200, 400, 403, 409}, (name, params)
    telegram.state.updates.webhook_url = ""


async def test_every_kind_of_update_can_be_asked_for(http: httpx.AsyncClient) -> None:
    response = await http.post("getUpdates", json={"allowed_updates": Update.ALL_TYPES})
    assert response.json() == {"ok": True, "result": []}
