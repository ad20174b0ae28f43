"""`reelbot check`, against practice servers that are well, and against some that are not."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.check import check
from bot.providers import read_providers
from bot.settings import Settings
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue, parse_catalogue
from sandbox.serving import serving
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.account import Billing
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY
from tests.practice_proxy import proxying

NOWHERE = "http://127.0.0.1:9"
CATALOGUE = parse_catalogue(
    'default = "sora-2"\n[models.sora-2]\ntitle = "Sora 2"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n'
)
WELL = (
    "✓ the catalogue knows",
    "✓ clips are kept in",
    "✓ the database is there",
    "✓ everybody may use the bot; in 24 hours each may spend 3 credits, and all together 50 credits",
    "✓ Telegram knows",
    "✓ the video API lists every model of the catalogue, sora-2 first",
    "✓ the account with the video API has no limit, 0.00 used",
)


@pytest.fixture
def video_api() -> VideoApiSandbox:
    return VideoApiSandbox(api_key=KEY)


@pytest.fixture
async def video_api_url(video_api: VideoApiSandbox) -> AsyncIterator[str]:
    async with running(video_api) as origins:
        yield origins.api


@pytest.fixture
def good(
    settings_of: Callable[..., Settings], telegram_origin: str, video_api_url: str
) -> Callable[..., Settings]:
    """Return a factory of settings with which all is well but what is changed."""

    def make(**changed: object) -> Settings:
        usual = {"telegram_api_url": telegram_origin, "video_api_url": video_api_url}
        return settings_of(**usual | {"admin_ids": "7", "access": "open"} | changed)

    return make


async def said(settings: Settings, catalogue: Catalogue = CATALOGUE) -> list[str]:
    """Return the lines of a check; their marks agree with the number of problems it returns."""
    lines: list[str] = []
    providers = read_providers(settings, catalogue, env_file=None)
    problems = await check(settings, catalogue, providers, say=lines.append)
    assert problems == sum(line.startswith("✗") for line in lines)
    assert [
        secret in line
        for line in lines
        for secret in (KEY, SECOND_KEY, "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")
    ] == [False] * (3 * len(lines))
    return lines


def doubts(lines: list[str]) -> list[str]:
    return [line.removeprefix("⚠ ") for line in lines if line.startswith("⚠")]


def trouble(lines: list[str]) -> list[str]:
    return [line.removeprefix("✗ ") for line in lines if line.startswith("✗")]


async def test_all_is_well(good: Callable[..., Settings], video_api: VideoApiSandbox) -> None:
    lines = await said(good())
    assert [line.startswith(well) for line, well in zip(lines, WELL, strict=True)] == [True] * len(WELL)
    assert lines[4] == "✓ Telegram knows the bot as @reelbot_bot: https://t.me/reelbot_bot"
    assert video_api.orders == []


async def test_it_may_be_done_again(good: Callable[..., Settings]) -> None:
    assert await said(good()) == await said(good())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param(
            {"telegram_bot_token": "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
            "TELEGRAM_BOT_TOKEN: Telegram does not know this bot",
            id="wrong token",
        ),
        pytest.param(
            {"telegram_api_url": NOWHERE},
            f"TELEGRAM_API_URL: Telegram cannot be reached at {NOWHERE} (nothing listens there). Look whether",
            id="Telegram out of reach",
        ),
        pytest.param(
            {"telegram_api_url": "https://api.telegram.org", "telegram_proxy": NOWHERE},
            "TELEGRAM_API_URL: Telegram cannot be reached at https://api.telegram.org (nothing listens there). Look "
            "whether there is internet; where Telegram is blocked, set TELEGRAM_PROXY, or TELEGRAM_API_URL to a Bot API server",
            id="Telegram blocked",
        ),
        pytest.param(
            {"video_api_key": "sk-wrong"}, "VIDEO_API_KEY: the video API refuses it", id="wrong key"
        ),
        pytest.param(
            {"video_api_url": NOWHERE},
            f"VIDEO_API_URL: the video API cannot be reached at {NOWHERE} (nothing listens there). Is it spelled right? "
            "Is there internet, or a proxy to be set in VIDEO_API_PROXY?",
            id="video API out of reach",
        ),
        pytest.param(
            {"video_api_url": "https://no-such-name.invalid/v1"},
            "VIDEO_API_URL: the video API cannot be reached at https://no-such-name.invalid/v1 (n",
            id="video API misspelled",
        ),
        pytest.param(
            {"data_dir": "/proc/nowhere"}, "DATA_DIR /proc/nowhere cannot be written to", id="unusable disk"
        ),
        pytest.param(
            {"database_url": "mysql://bot:hunter2@db/x"}, "DATABASE_URL is not", id="unknown database"
        ),
        pytest.param(
            {"database_url": "sqlite:////proc/nowhere/reelbot.db"}, "DATABASE_URL: ", id="unusable database"
        ),
    ],
)
async def test_one_thing_that_is_wrong_is_named_and_the_rest_is_looked_at(
    good: Callable[..., Settings], changed: dict[str, str], says: str
) -> None:
    (problem,) = trouble(await said(good(**changed)))
    assert problem.startswith(says)
    assert "hunter2" not in problem
    assert "\n" not in problem


async def test_a_bot_that_nobody_runs_is_doubtful(good: Callable[..., Settings]) -> None:
    (doubt,) = doubts(await said(good(access=None, admin_ids="")))
    assert doubt == (
        "the bot has no admin: anybody who finds it spends your credits, and nobody can change that from the chat. "
        "`reelbot run` shows a link that makes you the admin"
    )


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_it_says_through_which_proxy_each_is_reached(
    good: Callable[..., Settings], telegram_origin: str, video_api_url: str, kind: str
) -> None:
    async with proxying(user="me", password="hunter2", telegram=telegram_origin, api=video_api_url) as proxy:
        address = f"{kind}://me:hunter2@{proxy.host}"
        lines = await said(
            good(
                telegram_proxy=address,
                video_api_proxy=address,
                telegram_api_url="http://telegram.test",
                video_api_url="http://api.test",
            )
        )
    assert trouble(lines) == []
    assert [line for line in lines if "proxy" in line] == [
        f"✓ Telegram is reached through the proxy {proxy.host}",
        f"✓ the video API is reached through the proxy {proxy.host}",
    ]
    assert set(proxy.asked) == {"telegram.test:80", "api.test:80"}


async def test_a_proxy_that_does_not_let_in_is_named_before_what_is_out_of_reach(
    good: Callable[..., Settings], telegram_origin: str
) -> None:
    async with proxying(user="me", password="hunter2", telegram=telegram_origin) as proxy:
        lines = await said(good(telegram_proxy=f"socks5://me:wrong-one@{proxy.host}"))
    at = lines.index(f"✓ Telegram is reached through the proxy {proxy.host}")
    assert lines[at + 1] == (
        f"✗ TELEGRAM_API_URL: Telegram cannot be reached at {telegram_origin} (the SOCKS proxy does not take this "
        "user and password). Look whether it is spelled right, and your Bot API server runs"
    )
    assert "wrong-one" not in "".join(lines)


async def test_a_database_file_that_is_none_is_named(good: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "reelbot.db").write_text("no database " * 500)
    (problem,) = trouble(await said(good()))
    assert problem.startswith("DATABASE_URL: ")


async def test_a_webhook_is_in_the_way(good: Callable[..., Settings], telegram: TelegramSandbox) -> None:
    telegram.state.updates.webhook_url = "https://example.com/hook"
    assert trouble(await said(good())) == [
        "Telegram sends this bot's messages to a webhook, which somebody has set; delete that first"
    ]


async def test_a_page_in_telegram_s_place_is_named(
    good: Callable[..., Settings], telegram: TelegramSandbox
) -> None:
    telegram.faults.add(Fault(method="getMe", kind=FaultKind.HTML, status=502, times=5))
    (problem,) = trouble(await said(good()))
    assert problem.startswith("TELEGRAM_API_URL: Telegram cannot be reached")


async def test_telegram_in_the_video_api_s_place_is_named(
    good: Callable[..., Settings], telegram_origin: str
) -> None:
    (problem,) = trouble(await said(good(video_api_url=telegram_origin)))
    assert problem.startswith("VIDEO_API_")


async def test_a_website_in_the_video_api_s_place_is_named(good: Callable[..., Settings]) -> None:
    async def page(_request: Request) -> Response:
        return HTMLResponse("<h1>It works!</h1>")

    async with serving(Starlette(routes=[Route("/{path:path}", page)])) as origin:
        assert trouble(await said(good(video_api_url=origin))) == [
            (
                f"VIDEO_API_URL: {origin} is no video API: /v1/videos is not there. Copy the address from your API's "
                "documentation"
            )
        ]


async def test_a_model_that_is_not_listed_is_named(good: Callable[..., Settings]) -> None:
    catalogue = parse_catalogue(
        'default = "sora-2"\n'
        '[models.sora-2]\ntitle = "Sora 2"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n'
        '[models.sora-9]\ntitle = "Sora 9"\nprice = { 10 = 1 }\nsizes = ["720x1280"]\n'
    )
    lines = await said(good(), catalogue)
    assert (trouble(lines), doubts(lines), lines[5]) == (
        [],
        [],
        "✓ the video API lists 1 of 2 known models, all but sora-9, sora-2 first; `reelbot models` shows them",
    )


async def test_an_api_that_lists_only_strangers_is_doubtful(
    good: Callable[..., Settings], video_api: VideoApiSandbox
) -> None:
    video_api.account.withdrawn.add("sora-2")
    lines = await said(good())
    assert (trouble(lines), doubts(lines)) == (
        [],
        [
            (
                "the video API lists no model that the catalogue knows, so none is offered there; "
                "`reelbot models` shows what it lists, and what to write into MODELS_FILE"
            )
        ],
    )


BALANCES: dict[str, tuple[Decimal, Billing, str]] = {
    "some": (
        Decimal("12.5"),
        Billing.TWO_PAGES,
        "✓ the account with the video API has 12.50 USD left, 3.00 used",
    ),
    "a debt": (
        Decimal(-1),
        Billing.TWO_PAGES,
        "✗ the account with the video API has nothing left to spend; top",
    ),
    "untold": (Decimal(0), Billing.NONE, "✓ the video API does not tell what is left to spend"),
}


@pytest.mark.parametrize(("left", "billing", "says"), BALANCES.values(), ids=BALANCES)
async def test_the_balance_is_told(
    good: Callable[..., Settings], video_api: VideoApiSandbox, left: Decimal, billing: Billing, says: str
) -> None:
    video_api.account.balance, video_api.account.used, video_api.account.billing = left, Decimal(3), billing
    assert (await said(good()))[-1].startswith(says)


async def test_a_key_that_has_spent_its_credit_is_told_from_a_wrong_one(
    good: Callable[..., Settings], video_api: VideoApiSandbox
) -> None:
    video_api.account.key_spent = True
    (problem,) = trouble(await said(good()))
    assert problem.startswith("the account with the video API has nothing left to spend; top it up")


async def test_an_api_that_lists_no_models_is_well(
    good: Callable[..., Settings], video_api: VideoApiSandbox
) -> None:
    video_api.account.lists_models = False
    lines = await said(good())
    assert (trouble(lines), lines[5]) == (
        [],
        "✓ the video API answers, and does not tell which models it has",
    )


@pytest.mark.parametrize("video_api", [VideoApiSandbox(api_key=KEY, dialect=Dialect.YIBU)], ids=["yibu"])
async def test_the_packaged_catalogue_is_on_offer_where_it_was_made_for(
    good: Callable[..., Settings],
) -> None:
    lines = await said(good(), packaged_catalogue())
    assert (trouble(lines), doubts(lines)) == ([], [])


SECOND_KEY = "sk-second-0123456789"
TWO = """
[models.sora-2]
title = "Sora 2"
price = {{ 10 = 1 }}
sizes = ["720x1280"]
[models.veo-9]
title = "Veo 9"
price = {{ 8 = 1 }}
sizes = ["720x1280"]
routes = [{{ provider = "second" }}]
[providers.second]
address = "{address}"
key = "SECOND_API_KEY"
"""


@pytest.fixture
async def second(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[VideoApiSandbox, Catalogue]]:
    """Return a second provider, and the catalogue that has both."""
    monkeypatch.setenv("SECOND_API_KEY", SECOND_KEY)
    api = VideoApiSandbox(api_key=SECOND_KEY)
    async with running(api) as origins:
        yield api, parse_catalogue(TWO.format(address=origins.api))


async def test_of_several_providers_each_is_looked_at_and_named(
    good: Callable[..., Settings], second: tuple[VideoApiSandbox, Catalogue]
) -> None:
    api, catalogue = second
    lines = await said(good(), catalogue)
    api.account.key_refused = True
    refused = trouble(await said(good(), catalogue))
    assert lines[-4:] == [
        "✓ the video API 'main' lists every model of the catalogue, sora-2 first",
        "✓ the account with the video API 'main' has no limit, 0.00 used",
        "✓ the video API 'second' lists 1 of 2 known models, all but veo-9, sora-2 first; `reelbot models` shows them",
        "✓ the account with the video API 'second' has no limit, 0.00 used",
    ]
    assert [line.partition(";")[0] for line in refused] == [
        "SECOND_API_KEY: the video API 'second' refuses it"
    ]


async def test_one_of_several_that_is_out_of_reach_is_named_by_its_entry(
    good: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECOND_API_KEY", SECOND_KEY)
    (problem,) = trouble(await said(good(), parse_catalogue(TWO.format(address=NOWHERE))))
    assert problem.startswith(
        f"[providers.second] in the catalogue: the video API 'second' cannot be reached at {NOWHERE} (nothing listens"
    )


async def test_videos_at_a_provider_that_is_taken_out_are_named(good: Callable[..., Settings]) -> None:
    settings = good()
    await said(settings)
    with closing(sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(
            "INSERT INTO jobs (origin, account_id, requester_id, chat_id, prompt, model, seconds, width, height, price,"
            " private, watermark, state, created_at, due_at, attempts, failure_detail, sending, video_id, provider)"
            " VALUES ('a', 1, 1, 1, '', 'sora-2', 10, 720, 1280, 1, 0, 0, 'rendering', 0, 0, 0, '', 0, 'v', 'third')"
        )
    assert trouble(await said(settings)) == [
        (
            "videos under way at third: 1; the catalogue does not have that provider any more, and nobody can fetch them: "
            "put [providers.third] back"
        )
    ]
