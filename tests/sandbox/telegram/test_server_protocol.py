"""The HTTP side: four ways to ask, tokens, names of methods and parameters, sizes, the log of calls."""

import json
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox

Answered = tuple[int, str]


def answered(response: httpx.Response) -> Answered:
    body = response.json()
    assert body["ok"] is (response.status_code == 200)
    assert body.get("error_code", 200) == response.status_code
    return response.status_code, body.get("description", "")


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        pytest.param("GET", "params", id="query string"),
        pytest.param("POST", "params", id="query string of a POST"),
        pytest.param("POST", "data", id="urlencoded"),
        pytest.param("POST", "json", id="JSON"),
        pytest.param("POST", "files", id="multipart"),
    ],
)
async def test_a_method_is_called_in_any_form(
    http: httpx.AsyncClient, telegram: TelegramSandbox, chat: Chat, verb: str, form: str
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Go ✓", "callback_data": "go"}]]}
    sent: dict[str, Any] = {"chat_id": chat.id, "text": "ü & <b>", "reply_markup": keyboard}
    if form != "json":
        sent = {"chat_id": str(chat.id), "text": "ü & <b>", "reply_markup": json.dumps(keyboard)}
    if form == "files":
        sent = {name: (None, value) for name, value in sent.items()}
    given: dict[str, Any] = {form: sent}
    response = await http.request(verb, "sendMessage", **given)
    [message] = telegram.messages(chat)
    assert (response.status_code, message.text, message.buttons[0][0].text) == (200, "ü & <b>", "Go ✓")


async def test_methods_are_named_in_any_case(http: httpx.AsyncClient, telegram: TelegramSandbox) -> None:
    response = await http.get("GETME")
    assert response.json()["result"]["username"] == "reelbot_bot"
    assert telegram.calls[0].method == "getMe"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/bot110201543:wrong/getMe", (401, "Unauthorized"), id="another token"),
        pytest.param("/botnonsense/getMe", (404, "Not Found"), id="no token at all"),
        pytest.param("/", (404, "Not Found"), id="no path at all"),
        pytest.param(
            "/file/bot110201543:wrong/photos/file_1.jpg", (401, "Unauthorized"), id="a file's token"
        ),
    ],
)
async def test_other_tokens_are_strangers(
    http: httpx.AsyncClient, origin: str, path: str, expected: Answered
) -> None:
    assert answered(await http.get(f"{origin}{path}")) == expected


async def test_an_unknown_method_is_not_found(http: httpx.AsyncClient) -> None:
    assert answered(await http.get("sendVidoe")) == (404, "Not Found: method not found")


async def test_an_unknown_parameter_is_refused(http: httpx.AsyncClient, chat: Chat) -> None:
    response = await http.post("sendMessage", data={"chat_id": str(chat.id), "text": "x", "txet": "y"})
    assert answered(response) == (
        400,
        "Bad Request: sendMessage takes no parameter 'txet' (the sandbox is strict)",
    )


@pytest.mark.parametrize(
    ("method", "given", "complaint"),
    [
        pytest.param("sendMessage", {"text": "x"}, "chat_id is empty", id="no chat"),
        pytest.param("sendMessage", {"chat_id": "1"}, "message text is empty", id="no text"),
        pytest.param("sendVideo", {"chat_id": "1"}, "there is no video in the request", id="no video"),
        pytest.param(
            "editMessageText",
            {"text": "x"},
            "message identifier is not specified",
            id="no message",
        ),
        pytest.param("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found", id="public name"),
        pytest.param("sendMessage", {"chat_id": "-77", "text": "x"}, "chat not found", id="unknown chat"),
        pytest.param(
            "getUpdates",
            {"offset": "one"},
            "wrong parameter offset in request: expected a number",
            id="number",
        ),
        pytest.param(
            "getUpdates",
            {"allowed_updates": "[message]"},
            "can't parse allowed_updates JSON object",
            id="json",
        ),
    ],
)
async def test_missing_and_wrong_parameters_are_named(
    http: httpx.AsyncClient, method: str, given: dict[str, str], complaint: str
) -> None:
    assert answered(await http.post(method, data=given)) == (400, f"Bad Request: {complaint}")


@pytest.mark.parametrize(
    ("content", "kind", "complaint"),
    [
        pytest.param(b"{", "application/json", "can't parse the request's JSON", id="broken JSON"),
        pytest.param(b"[]", "application/json", "expected a JSON object", id="no object"),
        pytest.param(b"x", "text/plain", "unsupported content type", id="plain text"),
        pytest.param(
            b"--b\r\nnonsense",
            "multipart/form-data; boundary=b",
            "can't parse the request's multipart body",
            id="form",
        ),
    ],
)
async def test_broken_bodies_are_refused(
    http: httpx.AsyncClient, content: bytes, kind: str, complaint: str
) -> None:
    response = await http.post("getMe", content=content, headers={"Content-Type": kind})
    assert answered(response) == (400, f"Bad Request: {complaint}")


async def test_more_than_fifty_megabytes_are_too_large(
    http: httpx.AsyncClient, telegram: TelegramSandbox, chat: Chat
) -> None:
    for size in (50 * 1024 * 1024 + 1, 53 * 1024 * 1024):
        files = {"document": ("big.bin", bytes(size))}
        response = await http.post("sendDocument", data={"chat_id": str(chat.id)}, files=files)
        assert answered(response) == (413, "Request Entity Too Large")
    assert telegram.messages(chat) == []
    assert list(telegram.state.files.directory.iterdir()) == []


async def test_fifty_megabytes_are_taken(
    http: httpx.AsyncClient, telegram: TelegramSandbox, chat: Chat
) -> None:
    files = {"document": ("big.bin", bytes(50 * 1024 * 1024))}
    response = await http.post("sendDocument", data={"chat_id": str(chat.id)}, files=files)
    [message] = telegram.messages(chat)
    assert message.document is not None
    assert (response.status_code, message.document.size) == (200, 50 * 1024 * 1024)


async def test_stock_errors_reach_python_telegram_bot(bot: Bot, origin: str, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-5, "x")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(chat.id, bytes(51 * 1024 * 1024))
    with pytest.raises(InvalidToken):
        async with Bot("1:a", base_url=f"{origin}/bot"):
            pass


async def test_every_call_is_logged_without_the_token(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    await bot.send_message(chat.id, "hi")
    telegram.block(anna)
    with pytest.raises(Exception, match="blocked"):
        await bot.send_message(chat.id, "again")
    good, refused = telegram.calls[-2:]
    assert (good.method, good.status, good.error, good.chat_id) == ("sendMessage", 200, None, chat.id)
    assert (refused.status, refused.error) == (403, "Forbidden: bot was blocked by the user")
    assert good.params == {"chat_id": str(chat.id), "text": "hi"}
    assert telegram.token not in repr(telegram.calls)


async def test_a_slow_server_answers_late_and_polls_at_once(
    chat: Chat, telegram: TelegramSandbox, bot: Bot
) -> None:
    telegram.slow = 30
    assert await bot.get_updates() == ()
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "x", read_timeout=0.1)
    assert [message.text for message in telegram.messages(chat)] == ["x"]
