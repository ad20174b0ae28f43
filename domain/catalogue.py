"""What can be asked of each model and what it costs, read from `models.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from importlib import resources
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from domain.size import SMALLEST_SIDE, Size


def _size_in_pixels(text: object) -> object:
    if not isinstance(text, str):
        return text
    size = Size.parse(text)
    if min(size.width, size.height) < SMALLEST_SIDE:
        raise ValueError(f"{text!r} is not in pixels")
    return size


Seconds = Annotated[int, Field(ge=1, le=600)]
SizeText = Annotated[Size, BeforeValidator(_size_in_pixels), PlainSerializer(str)]

#: Where a table's own name is put for its Model: nothing in TOML is called so by chance.
_TABLE_NAME = "[table]"


class CatalogueError(Exception):
    """The catalogue cannot be used; the message names the line and what is wrong there."""


class Model(BaseModel):
    """One model: its lengths with their price in credits and, if known, their cost in money, its sizes, its abilities."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(alias=_TABLE_NAME, pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=40)]
    api_name: Annotated[str, Field(min_length=1, max_length=100)]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    price: Annotated[dict[Seconds, Annotated[int, Field(ge=0)]], Field(min_length=1)]
    cost: dict[Seconds, Annotated[Decimal, Field(ge=0)]] = {}
    sizes: Annotated[tuple[SizeText, ...], Field(min_length=1)]
    photos: Annotated[int, Field(ge=0, le=10)] = 0
    private: bool = False
    characters: bool = False
    edits: bool = False
    watermark: bool = False

    @field_validator("cost")
    @classmethod
    def _lengths_are_on_offer(cls, cost: dict[int, Decimal], info: ValidationInfo) -> dict[int, Decimal]:
        price = info.data.get("price", cost)
        if cost and cost.keys() != price.keys():
            wanted = ", ".join(str(seconds) for seconds in price)
            raise ValueError(f"cost has to tell of the same lengths as price: {wanted}")
        return cost

    @property
    def lengths(self) -> tuple[int, ...]:
        """Return the lengths on offer in seconds, the default one first."""
        return tuple(self.price)


class Catalogue(BaseModel):
    """All models on offer, in the order of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str
    models: Annotated[dict[str, Model], Field(min_length=1)]
    #: What every cost is in, by ISO 4217.
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(default=None, validate_default=True)

    @field_validator("currency")
    @classmethod
    def _costs_are_in_it(cls, currency: str | None, info: ValidationInfo) -> str | None:
        models: dict[str, Model] = info.data.get("models", {})
        costly = next((model.name for model in models.values() if model.cost), None)
        if currency is None and costly is not None:
            raise ValueError(f'{costly} has a cost: write in what, such as currency = "USD"')
        return currency

    @model_validator(mode="before")
    @classmethod
    def _name_each_model(cls, data: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        match data:
            case {"models": dict() as models}:
                named = {
                    name: {"api_name": name, **entry, _TABLE_NAME: name} if isinstance(entry, dict) else entry
                    for name, entry in models.items()
                }
                return {**data, "models": named}
            case _:
                return data

    @model_validator(mode="after")
    def _default_is_on_offer(self) -> Self:
        if self.default not in self.models:
            raise ValueError(f"default = {self.default!r} names none of the models: {', '.join(self.models)}")
        return self

    @property
    def default_model(self) -> Model:
        return self.models[self.default]

    def cost_of(self, name: str, seconds: int) -> Decimal | None:
        """Return what a video costs the operator, in `currency`; None if nothing here tells."""
        model = self.models.get(name)
        return None if model is None else model.cost.get(seconds)

    def find(self, name: str) -> Model | None:
        """Return the model called `name` here or by the API, whatever its case; None if there is none."""
        wanted = name.casefold()
        return next(
            (model for model in self.models.values() if wanted in {model.name, model.api_name.casefold()}),
            None,
        )


def packaged_catalogue() -> Catalogue:
    """Return the catalogue that is shipped with the bot."""
    return parse_catalogue(resources.files("domain").joinpath("models.toml").read_text(encoding="utf-8"))


def parse_catalogue(text: str) -> Catalogue:
    """Read a catalogue written in TOML; raises CatalogueError, which names the line."""
    try:
        return Catalogue.model_validate(tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part != "[key]") or "default"
        raise CatalogueError(f"line {_line_of(text, first['loc'])}: {where}: {first['msg']}") from error


def _line_of(text: str, loc: Sequence[int | str]) -> int:
    """Return the line where the entry at `loc` stands, or where its table begins if it is missing."""
    wanted = [str(part) for part in loc] or ["default"]
    table: list[str] = []
    best, best_depth = 1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _table_begun_in(line):
            here = table = header
        else:
            here = [*table, line.partition("=")[0].strip().strip("\"'")]
        depth = len(here)
        if here == wanted[:depth] and depth > best_depth:
            best, best_depth = number, depth
    return best


def _table_begun_in(line: str) -> list[str]:
    """Return the path of the table whose header this line is; empty if it is none."""
    if not line.lstrip().startswith("["):
        return []
    try:
        entry: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:  # a line of an array
        return []
    path: list[str] = []
    while isinstance(entry, dict) and entry:
        name, entry = next(iter(entry.items()))
        path.append(name)
    return path
