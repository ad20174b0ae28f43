"""The same for less: shorter, smaller, or by another model, as far as it can be paid now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.catalogue import Catalogue, Model
from domain.change import Change, Way
from domain.refusals import Refusal
from domain.request import VideoRequest, fitted_to, is_able
from domain.request_spec import RequestSpec
from domain.size import Size, nearest


def cheaper(spec: RequestSpec, catalogue: Catalogue, left: int) -> Iterator[Change]:
    """Yield what of a spec costs no more than is left: shorter, smaller, by another model; and then the spec itself."""
    try:
        request = spec.request(catalogue)
    except Refusal:
        return
    model, size = catalogue.models[request.model], request.size
    for seconds in _payable_lengths(model, size, left):
        if seconds < request.seconds:
            yield Change(Way.LENGTH, spec.saying(model=model.name, seconds=seconds, shape=size))
    shapes = [one for one in model.sizes if one != size and model.price_of(request.seconds, one) <= left]
    if shapes:
        smaller = nearest(size, shapes)
        yield Change(Way.SHAPE, spec.saying(model=model.name, seconds=request.seconds, shape=smaller))
    yield from _by_others(spec, request, catalogue, left)
    yield Change(Way.LATER, spec)


def _by_others(spec: RequestSpec, request: VideoRequest, catalogue: Catalogue, left: int) -> Sequence[Change]:
    """Return the same by other models, as long as can be paid; those nearest in length, and then in price, first."""
    found: list[tuple[int, int, Change]] = []
    for model in catalogue.models.values():
        if model.name == request.model or not catalogue.is_listed(model) or not is_able(model, request):
            continue
        same = fitted_to(request, model)
        lengths = [one for one in _payable_lengths(model, same.size, left) if one <= same.seconds]
        seconds = same.seconds if same.price <= left else next(iter(lengths), None)
        if seconds is not None:
            said = spec.saying(model=model.name, seconds=seconds, shape=same.size, watermark=same.watermark)
            price = model.price_of(seconds, same.size)
            found.append((abs(request.seconds - seconds), -price, Change(Way.MODEL, said)))
    return [change for *_, change in sorted(found, key=lambda one: one[:2])]


def _payable_lengths(model: Model, size: Size, left: int) -> Sequence[int]:
    """Return the lengths in seconds that cost no more than is left, the longest first."""
    return sorted((one for one in model.lengths if model.price_of(one, size) <= left), reverse=True)
