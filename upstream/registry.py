"""The protocols that are spoken to video APIs: each is a folder beside this file, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from pydantic import SecretStr

from upstream.api import ApiProtocol, VideoApi
from upstream.http.proxies import DIRECT, Proxies
from upstream.openai.client import OpenAIVideos


class OpenApi(Protocol):
    """Opens a client, which is closed with the context; raises ValueError for an address or a key that cannot be one."""

    def __call__(
        self,
        address: str,
        key: SecretStr,
        *,
        allow_private_clip_addresses: bool = False,
        proxies: Proxies = DIRECT,
    ) -> AbstractAsyncContextManager[VideoApi]:
        """Return the client of the API at this address, for the account that the key is of."""


CLIENTS: Mapping[ApiProtocol, OpenApi] = {
    ApiProtocol.OPENAI: OpenAIVideos,
}
