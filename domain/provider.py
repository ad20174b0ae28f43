"""A provider: an account at a video API, by the address and the key that orders go out with."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: The provider that `VIDEO_API_URL` and `VIDEO_API_KEY` name.
MAIN = "main"

ProviderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=30)]


class ApiProtocol(StrEnum):
    """How an API is spoken to; `upstream.registry` has the client of each."""

    #: `/v1/videos`, as OpenAI documents it and many gateways have it.
    OPENAI = "openai"
    #: `/api/v1/videos` of openrouter.ai.
    OPENROUTER = "openrouter"


#: Of protocols that only one API speaks, its address.
ADDRESSES = {ApiProtocol.OPENROUTER: "https://openrouter.ai/api"}
#: Whose lists of models hold everything that can be ordered; relays of others leave models out.
COMPLETE_LISTS = frozenset({ApiProtocol.OPENROUTER})


class Provider(BaseModel):
    """An entry of the catalogue's `[providers]`; the main one's protocol, address and key are settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    protocol: ApiProtocol | None = None
    address: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    #: The name of the environment variable that holds the key; `…_FILE` may name a file with it.
    key: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)] | None = None
    #: The header in which this API takes a key of ours for an order, and by which it finds the order again.
    order_key_header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$", max_length=60)] | None = None
