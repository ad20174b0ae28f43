"""A bot in a network that lets nobody out but through proxies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.sandbox import PHOTO, UNHURRIED, Sandbox
from tests.practice_proxy import proxying

#: Names that only the proxy knows: whoever asks it for them has not gone another way.
ADDRESSES: dict[str, Any] = {
    "telegram_api_url": "http://telegram.test",
    "video_api_url": "http://video-api.test",
}


@pytest.mark.parametrize("kind", ["http", "socks5h"])
async def test_a_photo_comes_alive_through_the_proxies_of_the_settings(sandbox: Sandbox, kind: str) -> None:
    telegram, video_api = sandbox.settings["TELEGRAM_API_URL"], sandbox.settings["VIDEO_API_URL"]
    async with (
        proxying(user="me", password="p@ss", telegram=telegram) as first,
        proxying(video_api=video_api) as second,
        sandbox.bot(
            limits=UNHURRIED,
            telegram_proxy=f"{kind}://me:p%40ss@{first.host}",
            video_api_proxy=f"{kind}://{second.host}",
            **ADDRESSES,
        ),
    ):
        await sandbox.until_polled()
        sandbox.telegram.send_photo(sandbox.chat, sandbox.person, PHOTO, caption="alive")
        await sandbox.until_video()
    assert (set(first.asked), "video-api.test:80" in second.asked) == ({"telegram.test:80"}, True)
    assert len(sandbox.video_api.orders) == 1


async def test_a_video_comes_through_the_proxy_of_the_environment_which_is_written_oddly(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram, video_api = sandbox.settings["TELEGRAM_API_URL"], sandbox.settings["VIDEO_API_URL"]
    async with proxying(telegram=telegram, video_api=video_api) as proxy:
        monkeypatch.setenv("ALL_PROXY", f'"socks://{proxy.host}/"')
        monkeypatch.setenv(
            "NO_PROXY", "localhost, ::1,[::1],fd07:b51a:cc66::/64,192.168.0.0/16 .lan:80,<local>"
        )
        async with sandbox.bot(limits=UNHURRIED, **ADDRESSES):
            await sandbox.until_polled()
            sandbox.ask(sandbox.chat, "/video a cat surfing")
            await sandbox.until_video()
    assert {"telegram.test:80", "video-api.test:80"} <= set(proxy.asked)
