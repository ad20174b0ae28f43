"""What is known of each model: how it is asked, what it can do and what it costs, read from `models.toml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    ValidationInfo,
    field_validator,
    model_validator,
)

from domain.ability import Ability, Output
from domain.order_form import OrderForm, PhotoEncoding, PhotoRole
from domain.price_list import PriceList, parse_price_list
from domain.provider import MAIN, Provider, ProviderName
from domain.size import SMALLEST_SIDE, Size

#: Where a table's own name is put for its Model: nothing in TOML is called so by chance.
TABLE_NAME = "[table]"
_LONGEST_SECONDS = 600
#: Of a range of lengths so many have a button.
_BUTTONS_OF_RANGE = 6
_FRAMES = (PhotoRole.FIRST_FRAME, PhotoRole.LAST_FRAME)


def _size_in_pixels(text: object) -> object:
    if not isinstance(text, str):
        return text
    size = Size.parse(text)
    if min(size.width, size.height) < SMALLEST_SIDE:
        raise ValueError(f"{text!r} is not in pixels")
    return size


SizeText = Annotated[Size, BeforeValidator(_size_in_pixels), PlainSerializer(str)]
Prices = Annotated[PriceList, BeforeValidator(parse_price_list)]
#: A model's name at an API; `*` stands for anything.
ApiName = Annotated[str, Field(min_length=1, max_length=100)]


class WrongEntryError(ValueError):
    """An entry does not fit the others; `at` is where it stands in the catalogue."""

    def __init__(self, happened: str, *, at: Sequence[int | str]) -> None:
        super().__init__(happened)
        self.at = at


class RouteEntry(BaseModel):
    """Where a model is ordered: a provider, and the model's name there if it has another one than elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: ProviderName
    name: ApiName | None = None


class Model(BaseModel):
    """One model: its names, its lengths and sizes, what a video costs, what it can do and how it wants to be asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(alias=TABLE_NAME, pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    #: What APIs call it, the newest first.
    names: Annotated[tuple[ApiName, ...], Field(min_length=1)]
    #: Where it is ordered, in this order; if empty, wherever it is found.
    routes: tuple[RouteEntry, ...] = ()
    sizes: Annotated[tuple[SizeText, ...], Field(min_length=1)]
    #: In credits.
    price: Prices
    #: In money of the catalogue's currency; None if it is not known.
    cost: Prices | None = None
    #: In seconds, as written: numbers, the first of which is the default, and ranges such as "3-10".
    lengths_written: Annotated[tuple[int | str, ...], Field(alias="lengths")] = ()
    photos: Annotated[int, Field(ge=0, le=20)] = 0
    photo_roles: tuple[PhotoRole, ...] = ()
    form: OrderForm = OrderForm()
    private: bool = False
    characters: bool = False
    edits: bool = False
    watermark: bool = False
    #: Its videos have sound.
    sound: bool = False
    #: A finished video can be made longer.
    extends: bool = False
    #: The scenes that the maker has prepared, by their names there.
    effects: tuple[ApiName, ...] = ()
    #: It makes videos of words alone.
    words: bool = True
    makes: Output = Output.VIDEO
    negative_prompt: bool = False
    seed: bool = False

    @model_validator(mode="before")
    @classmethod
    def _read_entry(cls, entry: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if not isinstance(entry, dict):
            return entry
        read = {key: value for key, value in entry.items() if key not in OrderForm.model_fields}
        form = {key: value for key, value in entry.items() if key in OrderForm.model_fields}
        if form:
            read["form"] = form
        if form.get("photos_as") == PhotoEncoding.PUBLIC_URL:
            read = {key: value for key, value in read.items() if key not in {"photos", "photo_roles"}}
        if "api_name" in read and "names" not in read:
            read["names"] = [read.pop("api_name")]
        read.setdefault("names", [read.get(TABLE_NAME)])
        return read

    @field_validator("price")
    @classmethod
    def _credits_are_whole(cls, price: PriceList) -> PriceList:
        if part := next((rate for rate in price.every_rate() if not rate.is_whole), None):
            raise ValueError(f"{part.amount} is no whole number of credits")
        return price

    @field_validator("lengths_written")
    @classmethod
    def _are_lengths(cls, written: tuple[int | str, ...]) -> tuple[int | str, ...]:
        for one in written:
            first, last = _range_of(one)
            if not 1 <= first <= last <= _LONGEST_SECONDS:
                raise ValueError(f"{one!r} is no length in seconds from 1 to {_LONGEST_SECONDS}")
        return written

    @field_validator("photo_roles")
    @classmethod
    def _roles_are_those_of_its_photos(
        cls, roles: tuple[PhotoRole, ...], info: ValidationInfo
    ) -> tuple[PhotoRole, ...]:
        if roles and not info.data.get("photos", 1):
            raise ValueError("it takes no photos: write how many, such as photos = 1")
        return roles

    @model_validator(mode="after")
    def _everything_has_a_price(self) -> Self:
        lengths = self.every_length()
        if not lengths:
            raise ValueError('its lengths are missing: write lengths = [5, 10], or "3-10" for a range')
        for key, prices in (("price", self.price), ("cost", self.cost)):
            if prices is not None and (gap := prices.gap(lengths, self.sizes)):
                raise ValueError(f"{key} does not tell what {gap} cost")
        return self

    @property
    def abilities(self) -> frozenset[Ability]:
        """Everything that a request may ask of it."""
        able = {
            Ability.WORDS: self.words,
            Ability.FIRST_FRAME: PhotoRole.FIRST_FRAME in self._roles,
            Ability.LAST_FRAME: PhotoRole.LAST_FRAME in self._roles,
            Ability.REFERENCES: PhotoRole.REFERENCE in self._roles,
            Ability.EDIT: self.edits,
            Ability.EXTENSION: self.extends,
            Ability.EFFECT: bool(self.effects),
            Ability.CHARACTER: self.characters,
            Ability.PRIVACY: self.private,
            Ability.WATERMARK: self.watermark,
        }
        return frozenset(ability for ability, has in able.items() if has)

    @property
    def api_name(self) -> str:
        """Its newest name at APIs that stands for itself, without `*`; the newest of all if there is none."""
        return next((name for name in self.names if "*" not in name), self.names[0])

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths in seconds that are offered by buttons, the default one first."""
        numbers = [one for one in self.lengths_written if isinstance(one, int)]
        if numbers or not self.lengths_written:
            return tuple(dict.fromkeys(numbers)) or self.price.lengths
        first, last = _range_of(self.lengths_written[0])
        step = max(1, -(-(last - first) // (_BUTTONS_OF_RANGE - 1)))
        return tuple(dict.fromkeys((*range(first, last, step), last)))

    def takes(self, seconds: int) -> bool:
        """Tell whether it makes videos of this length."""
        ranges = map(_range_of, self.lengths_written)
        return seconds in self.lengths or any(first <= seconds <= last for first, last in ranges)

    def nearest_length(self, seconds: int) -> int:
        """Return the length that comes nearest to this one."""
        if self.takes(seconds):
            return seconds
        return min(self.every_length(), key=lambda length: abs(length - seconds))

    def within(self, lengths: Collection[int]) -> Model:
        """Return it with those of its lengths that are among these, in seconds; as it is if that is none or all."""
        every = self.every_length()
        left = [seconds for seconds in every if seconds in lengths]
        if not left or len(left) == len(every):
            return self
        buttons = [seconds for seconds in self.lengths if seconds in left]
        runs = [run for run in _runs(left) if not set(buttons).issuperset(run)]
        ranges = ["-".join(map(str, dict.fromkeys((run[0], run[-1])))) for run in runs]
        return self.model_copy(update={"lengths_written": (*buttons, *ranges)})

    def price_of(self, seconds: int, size: Size) -> int:
        """Return what a video costs in credits."""
        return self.price.credits(seconds, size)

    def prices(self) -> Sequence[int]:
        """Return the credits that its videos cost, of the lengths and sizes on offer."""
        return sorted({self.price_of(seconds, size) for seconds in self.lengths for size in self.sizes})

    def roles_of(self, photos: int) -> tuple[PhotoRole, ...]:
        """Return what so many photos are to a video, in their order: its first frame, its two ends, or references."""
        frames = _FRAMES[:photos]
        is_framed = photos <= len(_FRAMES) and all(role in self._roles for role in frames)
        return frames if is_framed else (PhotoRole.REFERENCE,) * photos

    @property
    def _roles(self) -> tuple[PhotoRole, ...]:
        if self.photo_roles or not self.photos:
            return self.photo_roles
        return _FRAMES[: self.photos] if self.photos <= len(_FRAMES) else (PhotoRole.REFERENCE,)

    def spans(self) -> Sequence[tuple[int, int]]:
        """Return the lengths that it makes, in seconds, as spans without a gap, from the shortest on."""
        return [(run[0], run[-1]) for run in _runs(self.every_length())]

    def every_length(self) -> Sequence[int]:
        """Return all lengths in seconds that it makes, also those without a button."""
        ranges = map(_range_of, self.lengths_written)
        every = [seconds for first, last in ranges for seconds in range(first, last + 1)]
        return every or list(self.price.lengths)


class Catalogue(BaseModel):
    """Models in the order of the file: all that are known, or those of them that are on offer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: The model that is chosen if nothing else is said; None for the first.
    default: str | None = None
    providers: dict[ProviderName, Provider] = {}
    models: Annotated[dict[str, Model], Field(min_length=1)]
    #: What every cost is in, by ISO 4217.
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(default=None, validate_default=True)
    _known: Catalogue | None = PrivateAttr(default=None)
    _listed: frozenset[str] | None = PrivateAttr(default=None)
    _is_empty: bool = PrivateAttr(default=False)

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
                    name: {**entry, TABLE_NAME: name} if isinstance(entry, dict) else entry
                    for name, entry in models.items()
                }
                return {**data, "models": named}
            case _:
                return data

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        if self.default is not None and self.default not in self.models:
            raise WrongEntryError(
                f"default = {self.default!r} names none of the models: {', '.join(self.models)}",
                at=("default",),
            )
        for model in self.models.values():
            for number, route in enumerate(model.routes):
                if route.provider != MAIN and route.provider not in self.providers:
                    raise WrongEntryError(
                        f"{model.name} has a route to {route.provider!r}, which is none of the providers: "
                        f"{', '.join([MAIN, *self.providers])}",
                        at=("models", model.name, "routes", number, "provider"),
                    )
        return self

    @property
    def default_model(self) -> Model:
        """The model that is chosen if nothing else is said."""
        return self.models[self.default] if self.default else next(iter(self.models.values()))

    @property
    def has_default(self) -> bool:
        """Whether there is a model that may be chosen for somebody who names none."""
        return self._listed is None or bool(self._listed)

    def is_listed(self, model: Model) -> bool:
        """Tell whether a model is sure to be had: others are only for who asks for them by name."""
        return self._listed is None or model.name in self._listed

    def to_choose_from(self, chosen: str) -> Sequence[Model]:
        """Return the models to show for a choice: those sure to be had and the `chosen` one; all, if none is sure."""
        if not self.has_default:
            return list(self.models.values())
        return [model for model in self.models.values() if self.is_listed(model) or model.name == chosen]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is on offer; the models are then only there to be named."""
        return self._is_empty

    @property
    def known(self) -> Catalogue:
        """All models, on offer or not."""
        return self._known or self

    def offering(
        self, models: Mapping[str, Model], *, default: str | None, listed: Collection[str]
    ) -> Catalogue:
        """Return the part of it that is on offer: `models` in their order; if there are none, nothing can be chosen.

        `listed` are the names of those that are sure to be had.
        """
        shown = dict(models) or self.known.models
        offer = self.model_copy(update={"models": shown, "default": default})
        offer._known, offer._listed = self.known, frozenset(listed)  # noqa: SLF001 - of this very class
        offer._is_empty = not models  # noqa: SLF001
        return offer

    def about(self, name: str) -> Model | None:
        """Return what is known of the model of this name, on offer or not."""
        return self.models.get(name) or self.known.models.get(name)

    def cost_of(self, name: str, seconds: int, size: Size | None = None) -> Decimal | None:
        """Return what a video costs the operator, in `currency`; None if nothing here tells."""
        model = self.about(name)
        if model is None or model.cost is None:
            return None
        return model.cost.find(seconds, size or model.sizes[0])

    def find(self, name: str) -> Model | None:
        """Return the model called `name` here or by an API, whatever its case; None if there is none on offer."""
        if self.is_empty:
            return None
        wanted = name.casefold()
        exact = (
            model
            for model in self.models.values()
            if wanted == model.name or any(wanted == known.casefold() for known in model.names)
        )
        by_pattern = (
            model
            for model in self.models.values()
            if any("*" in known and name_pattern(known).fullmatch(name) for known in model.names)
        )
        return next(exact, None) or next(by_pattern, None)


@lru_cache(maxsize=1024)
def name_pattern(name: str) -> re.Pattern[str]:
    """Return what a model's name at APIs stands for: `*` for anything."""
    return re.compile("[^*]*".join(map(re.escape, name.split("*"))), re.IGNORECASE)


def _runs(lengths: Iterable[int]) -> Iterator[Sequence[int]]:
    """Yield them as runs without a gap, from the shortest on."""
    counted = enumerate(sorted(set(lengths)))
    for _, run in groupby(counted, key=lambda numbered: numbered[1] - numbered[0]):
        yield [seconds for _, seconds in run]


def _range_of(written: int | str) -> tuple[int, int]:
    """Read `5` or `"3-10"`; what cannot be read is a range of nothing."""
    first, _, last = str(written).partition("-")
    if not first.strip().isdecimal() or not (last or first).strip().isdecimal():
        return 0, 0
    return int(first), int(last or first)
