"""What size a model makes of what an order asks for: some refuse what they do not have, some quietly take another."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.video_api.errors import Refusal, RefusalKind, invalid
from sandbox.video_api.model_rules import ModelRules, SizeRule, Sizes
from sandbox.video_api.orders import Draft

SQUARE = (1024, 1024)
LINES = (1080, 768, 720, 512)
WIDE = (16, 9)
STARRED_EXAMPLE = "1920*1080"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSize:
    """What is drawn, in pixels, and what answers call it."""

    width: int
    height: int
    told: str


def size_of(draft: Draft, rules: ModelRules) -> FoundSize:
    """The size of the video.

    Raises:
        Refusal: The model does not have what is asked for.
    """
    asked = draft.fields.get("size")
    if asked is None and rules.by_resolution and "resolution" in draft.fields:
        width, height = _by_resolution(draft.fields, rules.sizes)
        return FoundSize(width=width, height=height, told=f"{width}x{height}")
    told = asked or rules.default_size
    width, height = RULES[rules.size_rule](draft, told, rules)
    return FoundSize(width=width, height=height, told=told if rules.echoes_size else f"{width}x{height}")


def _listed(_draft: Draft, asked: str, rules: ModelRules) -> tuple[int, int]:
    if asked in rules.sizes:
        return rules.sizes[asked]
    raise _unsupported("size", asked, rules.sizes)


def _square_instead(_draft: Draft, asked: str, rules: ModelRules) -> tuple[int, int]:
    return rules.sizes.get(asked, SQUARE)


def _by_substring(_draft: Draft, asked: str, rules: ModelRules) -> tuple[int, int]:
    lines = next((lines for lines in LINES if str(lines) in asked), LINES[1])
    return next((size for size in rules.sizes.values() if size[1] == lines), (lines * 16 // 18 * 2, lines))


def _starred(draft: Draft, asked: str, rules: ModelRules) -> tuple[int, int]:
    if "size" not in draft.fields:
        return rules.sizes[rules.default_size]
    plain = asked.replace("*", "x")
    if "*" not in asked or plain not in rules.sizes:
        message = f"invalid size: {asked}, example: {STARRED_EXAMPLE}"
        raise Refusal(400, "plugin_request_invalid", message, kind=RefusalKind.TASK)
    return rules.sizes[plain]


def _in_metadata(draft: Draft, _asked: str, rules: ModelRules) -> tuple[int, int]:
    told = {"resolution": draft.found("metadata.resolution"), "aspect_ratio": draft.found("metadata.ratio")}
    fields = {name: value for name, value in told.items() if isinstance(value, str)}
    return _by_resolution({"resolution": "720p", **fields}, rules.sizes)


def _by_resolution(fields: Mapping[str, str], sizes: Sizes) -> tuple[int, int]:
    """The size with so many lines on its shorter side that comes nearest to the ratio."""
    resolution = fields["resolution"].lower()
    lines = (
        2160
        if resolution == "4k"
        else int(resolution.removesuffix("p"))
        if resolution[:-1].isdecimal()
        else 0
    )
    width, _, height = fields.get("aspect_ratio", "16:9").partition(":")
    shape = (int(width), int(height)) if width.isdecimal() and height.isdecimal() else WIDE
    possible = [size for size in sizes.values() if min(size) == lines]
    if not possible:
        raise _unsupported("resolution", resolution, {f"{min(size)}p": size for size in sizes.values()})
    found = min(possible, key=lambda size: abs(_slant(size) - _slant(shape)))
    if abs(_slant(found) - _slant(shape)) > 0.05:  # noqa: PLR2004 (what goes for the same shape)
        raise _unsupported("aspect_ratio", f"{width}:{height}", {f"{w}:{h}": (w, h) for w, h in possible})
    return found


def _slant(size: tuple[int, int]) -> float:
    return math.log(size[0] / max(1, size[1]))


def _unsupported(param: str, asked: str, possible: Sizes) -> Refusal:
    supported = ", ".join(f"'{one}'" for one in possible)
    message = f"Invalid value: '{asked}'. Supported values are: {supported}."
    return invalid(message, param=param, code="invalid_size")


RULES: Mapping[SizeRule, Callable[[Draft, str, ModelRules], tuple[int, int]]] = {
    SizeRule.LISTED: _listed,
    SizeRule.SQUARE_INSTEAD: _square_instead,
    SizeRule.BY_SUBSTRING: _by_substring,
    SizeRule.STARRED: _starred,
    SizeRule.IN_METADATA: _in_metadata,
}
