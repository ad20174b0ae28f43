"""Variants: the same request in another shape, of another length, or by another model, as far as the catalogue goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.catalogue import Catalogue
from domain.request import VideoRequest, fitted_to, is_able


class VariantKind(StrEnum):
    """In what a variant differs."""

    #: Another size, by the same model and of the same length.
    SHAPE = "shape"
    #: Another length, by the same model and in the same size.
    LENGTH = "length"
    #: Another model, as near to the length and the size as it comes.
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One choice, and the request that it comes to."""

    kind: VariantKind
    request: VideoRequest

    @property
    def key(self) -> str:
        """What names it among all variants of one request: a model's name is longest."""
        match self.kind:
            case VariantKind.SHAPE:
                return f"={self.request.size}"
            case VariantKind.LENGTH:
                return f"+{self.request.seconds}"
            case VariantKind.MODEL:
                return self.request.model


def variants_of(request: VideoRequest, catalogue: Catalogue) -> Sequence[Variant]:
    """Return what can be had instead, at today's prices: shapes, then lengths, then models in the catalogue's order."""
    return tuple(_variants(request, catalogue))


def _variants(request: VideoRequest, catalogue: Catalogue) -> Iterator[Variant]:
    model = catalogue.models.get(request.model)
    if model is not None and is_able(model, request):
        same = fitted_to(request, model)
        for size in model.sizes:
            if size != same.size:
                price = model.price_of(same.seconds, size)
                yield Variant(kind=VariantKind.SHAPE, request=replace(same, size=size, price=price))
        for seconds in model.lengths:
            if seconds != same.seconds:
                price = model.price_of(seconds, same.size)
                yield Variant(kind=VariantKind.LENGTH, request=replace(same, seconds=seconds, price=price))
    for other in catalogue.models.values():
        if other.name != request.model and catalogue.is_listed(other) and is_able(other, request):
            yield Variant(kind=VariantKind.MODEL, request=fitted_to(request, other))
