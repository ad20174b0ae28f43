"""The protocols that are spoken to video APIs: each is a folder beside this file, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from pydantic import SecretStr

from domain.provider import ApiProtocol
from upstream.api import VideoApi
from upstream.calls import Timeouts
from upstream.http.proxies import DIRECT, Proxies
from upstream.openai.client import OpenAIVideos
from upstream.openrouter.client import OpenRouterVideos


class OpenApi(Protocol):
    """Opens a client, which is closed with the context; raises ValueError for an address or a key that cannot be one."""

    def __call__(
        self,
        address: str,
        key: SecretStr,
        *,
        order_key_header: str | None = None,
        allow_private_clip_addresses: bool = False,
        proxies: Proxies = DIRECT,
        timeouts: Timeouts | None = None,
    ) -> AbstractAsyncContextManager[VideoApi]:
        """Return the client of the API at this address, for the account that the key is of.

        `order_key_header` is the header in which the API takes a key of ours for an order, if it is known to.
        """


CLIENTS: Mapping[ApiProtocol, OpenApi] = {
    ApiProtocol.OPENAI: OpenAIVideos,
    ApiProtocol.OPENROUTER: OpenRouterVideos,
}
