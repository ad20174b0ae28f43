"""What each model wants of an order, by dialect: its lengths and sizes, the kind of body, and how photos may come.

The relays' are from new-api's task plugins, docs.laozhang.ai, docs.apiyi.com and SayGM's list of models.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.video_api.dialects import Dialect

Sizes = Mapping[str, tuple[int, int]]


class SizeRule(StrEnum):
    """How a model takes a size."""

    #: One of those it has, by its name.
    LISTED = "listed"
    #: The same; anything else becomes a square, and nobody says so.
    SQUARE_INSTEAD = "square_instead"
    #: By the first number of lines that is found in it, always wide.
    BY_SUBSTRING = "by_substring"
    #: As 1920*1080, and in no other way.
    STARRED = "starred"
    #: It is not passed on; `metadata` may hold a `resolution` and a `ratio`.
    IN_METADATA = "in_metadata"


class PhotosAs(StrEnum):
    """In what a model takes photos."""

    #: Parts of a form.
    FILE = "file"
    #: Data URLs or base64.
    TEXT = "text"
    #: Public addresses.
    URL = "url"


ANY_WAY = frozenset(PhotosAs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRules:
    """What one model takes; its first length is the default one, its default size is `720x1280`.

    Without `seconds` any length up to an hour is taken; `other_seconds` is what lengths become that it does not have.
    `photo_fields` are where photos are looked for that are no files; elsewhere nobody looks, and nobody says so.
    """

    seconds: tuple[str, ...]
    sizes: Sizes
    default_size: str = "720x1280"
    size_rule: SizeRule = SizeRule.LISTED
    #: `resolution` and `aspect_ratio` are taken where there is no `size`.
    by_resolution: bool = False
    other_seconds: str | None = None
    photos: int = 1
    photo_matches_size: bool = False
    json_only: bool = False
    photos_as: frozenset[PhotosAs] = ANY_WAY
    photo_fields: tuple[str, ...] = ("input_reference",)
    #: A second photo is refused in Google's words.
    once_only: bool = False
    #: Answers have the size as it was asked for.
    echoes_size: bool = False
    #: A video that moderation stops is called completed.
    moderated_is_completed: bool = False


def _plain(*sizes: str) -> dict[str, tuple[int, int]]:
    return {size: (int(size.partition("x")[0]), int(size.partition("x")[2])) for size in sizes}


def _seconds(first: int, last: int, *, default: int) -> tuple[str, ...]:
    return (str(default), *(str(length) for length in range(first, last + 1) if length != default))


STANDARD = _plain("720x1280", "1280x720")
SHAPES = STANDARD | {"16x9": (1280, 720), "9x16": (720, 1280)}
LARGE = _plain("1024x1792", "1792x1024")
FULL_HD = _plain("1920x1080", "1080x1920")
SMALL = _plain("640x360", "360x640")
LOW = _plain("848x480", "480x848", "854x480", "480x854", "480x480")
SQUARE = _plain("720x720", "1024x1024")

VEO = ModelRules(seconds=("8",), sizes=SHAPES, photos=2, echoes_size=True)
FLOW_MODELS = {
    "veo_3_1": VEO,
    "veo_3_1-fast": VEO,
    "veo_3_1-4K": VEO,
    "veo_3_1-fast-4K": VEO,
    "veo_3_1-components": replace(VEO, photos=3),
    "veo_3_1-fast-components": replace(VEO, photos=3),
    "veo_3_1-components-4K": replace(VEO, photos=3),
}

GOOGLE = ModelRules(
    seconds=("8", "6", "4"),
    sizes=STANDARD | FULL_HD | _plain("3840x2160", "2160x3840"),
    photos=1,
    once_only=True,
)
OMNI = ModelRules(
    seconds=_seconds(3, 10, default=5),
    sizes=SMALL | STANDARD | FULL_HD,
    default_size="1280x720",
    by_resolution=True,
    photos=6,
    photo_fields=("input_reference", "reference_images"),
)
MUSE = ModelRules(
    seconds=("5", "8", "10"),
    sizes=STANDARD | SQUARE | _plain("960x720", "720x960"),
    default_size="1280x720",
    by_resolution=True,
    photos=2,
    photo_fields=("input_reference", "first_frame", "last_frame", "reference_images"),
)
GROK = ModelRules(
    seconds=_seconds(1, 15, default=8),
    sizes=LOW | STANDARD | FULL_HD,
    default_size="854x480",
    by_resolution=True,
    moderated_is_completed=True,
)
H3 = ModelRules(
    seconds=_seconds(4, 15, default=6),
    sizes=_plain("1344x768", "768x1344", "768x768", "1024x768", "768x1024", "1536x672"),
    default_size="1344x768",
)
#: What relays have today.
LIVING_MODELS = {
    "gemini-omni-1.2-flash": OMNI,
    "muse-video": MUSE,
    **{f"muse-video-{length}s": replace(MUSE, seconds=(str(length),)) for length in range(20, 61, 10)},
    "grok-imagine-video": replace(GROK, sizes=LOW | STANDARD),
    "grok-imagine-video-1.5": GROK,
    "grok-imagine-video-1.5-lite": GROK,
    "minimax/h3": H3,
    "google/veo-3.1-fast": GOOGLE,
    "veo-3.1-fast": GOOGLE,
    "veo-3.1-generate-001": GOOGLE,
    "veo-3.1-fast-generate-001": GOOGLE,
}

KLING = ModelRules(
    seconds=("5", "10"),
    sizes=STANDARD | FULL_HD | _plain("512x512", "1024x1024"),
    size_rule=SizeRule.SQUARE_INSTEAD,
    photos_as=frozenset({PhotosAs.TEXT, PhotosAs.URL}),
    photo_fields=("input_reference", "image"),
)
HAILUO = ModelRules(
    seconds=("6", "10"),
    sizes=_plain("1920x1080", "1366x768", "1280x720", "912x512"),
    size_rule=SizeRule.BY_SUBSTRING,
    photos=2,
    json_only=True,
    photo_fields=("metadata.first_frame_image", "metadata.last_frame_image"),
)
VIDU = ModelRules(
    seconds=_seconds(1, 10, default=5),
    sizes={"540p": (960, 540), "720p": (1280, 720), "1080p": (1920, 1080)},
    default_size="720p",
    photos=7,
    json_only=True,
    photo_fields=("images",),
)
JIMENG = ModelRules(
    seconds=("5", "10"),
    sizes=STANDARD | FULL_HD,
    size_rule=SizeRule.SQUARE_INSTEAD,
    other_seconds="5",
    photos=2,
    json_only=True,
    photo_fields=("images",),
)
WAN = ModelRules(
    seconds=("5", "10", "15"),
    sizes=STANDARD | FULL_HD | _plain("960x960", "832x480", "480x832"),
    size_rule=SizeRule.STARRED,
    photos_as=frozenset({PhotosAs.URL}),
)
SEEDANCE = ModelRules(
    seconds=_seconds(4, 15, default=5),
    sizes=STANDARD | FULL_HD | LOW,
    size_rule=SizeRule.IN_METADATA,
    photos=9,
    photos_as=frozenset({PhotosAs.URL}),
    photo_fields=("metadata.content",),
)
#: What a new-api relay passes on to makers of other formats, each in its own way.
PLUGIN_MODELS = {
    "kling-v2-6": KLING,
    "kling-v3": replace(KLING, seconds=_seconds(3, 15, default=5)),
    "MiniMax-Hailuo-2.3": HAILUO,
    "viduq3-pro": VIDU,
    "jimeng_v30_pro": JIMENG,
    "wan2.6-t2v": replace(WAN, photos=0),
    "wan2.6-i2v": replace(WAN, size_rule=SizeRule.BY_SUBSTRING),
    "doubao-seedance-2-0-260128": SEEDANCE,
}

RESELLER_MODELS = {
    "sora-2": ModelRules(seconds=("10", "15"), sizes=SHAPES),
    "sora-2-pro": ModelRules(seconds=("15", "10", "25"), sizes=SHAPES | LARGE),
    **FLOW_MODELS,
    **LIVING_MODELS,
}
RELAY_MODELS = {
    "sora-2": ModelRules(seconds=("4", "8", "10", "12", "15"), sizes=SHAPES),
    "sora-2-pro": ModelRules(seconds=("4", "8", "10", "12", "15", "25"), sizes=SHAPES | LARGE),
    **FLOW_MODELS,
    **LIVING_MODELS,
    **PLUGIN_MODELS,
}
OPENAI_SECONDS = ("4", "8", "12", "16", "20")
OPENAI_MODELS = {
    "sora-2": ModelRules(seconds=OPENAI_SECONDS, sizes=STANDARD, photo_matches_size=True),
    "sora-2-pro": ModelRules(
        seconds=OPENAI_SECONDS, sizes=STANDARD | LARGE | FULL_HD, photo_matches_size=True
    ),
}
MODELS: Mapping[Dialect, Mapping[str, ModelRules]] = {
    Dialect.YIBU: RESELLER_MODELS,
    Dialect.NEWAPI: RELAY_MODELS,
    Dialect.OPENAI: OPENAI_MODELS,
    Dialect.LEGACY: RESELLER_MODELS,
}
