"""Which orders the local video API takes, by dialect: models, lengths, shapes, photos and characters."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from PIL import Image

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Refusal, invalid, model_gone, model_unknown
from sandbox.video_api.orders import Draft, UploadedPart

Sizes = Mapping[str, tuple[int, int]]

PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")
PHOTO_FIELDS = ("input_reference", "input_reference[]")
LONGEST_PROMPT = 32_000
SPAN = re.compile(r"(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")


def _plain(*sizes: str) -> dict[str, tuple[int, int]]:
    return {size: (int(size.partition("x")[0]), int(size.partition("x")[2])) for size in sizes}


STANDARD = _plain("720x1280", "1280x720")
SHAPES = STANDARD | {"16x9": (1280, 720), "9x16": (720, 1280)}
LARGE = _plain("1024x1792", "1792x1024")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRules:
    """What one model takes; its first length is the default one, its default size is `720x1280`."""

    seconds: tuple[str, ...]
    sizes: Sizes
    photos: int = 1
    photo_matches_size: bool = False


VEO = ModelRules(seconds=("8",), sizes=SHAPES, photos=2)
VEO_MODELS = {
    "veo_3_1": VEO,
    "veo_3_1-fast": VEO,
    "veo_3_1-4K": VEO,
    "veo_3_1-fast-4K": VEO,
    "veo_3_1-components": replace(VEO, photos=3),
    "veo_3_1-fast-components": replace(VEO, photos=3),
    "veo_3_1-components-4K": replace(VEO, photos=3),
}
RESELLER_MODELS = {
    "sora-2": ModelRules(seconds=("10", "15"), sizes=SHAPES),
    "sora-2-pro": ModelRules(seconds=("15", "10", "25"), sizes=SHAPES | LARGE),
} | VEO_MODELS
RELAY_MODELS = {
    "sora-2": ModelRules(seconds=("4", "8", "10", "12", "15"), sizes=SHAPES),
    "sora-2-pro": ModelRules(seconds=("4", "8", "10", "12", "15", "25"), sizes=SHAPES | LARGE),
} | VEO_MODELS
OPENAI_SECONDS = ("4", "8", "12", "16", "20")
OPENAI_MODELS = {
    "sora-2": ModelRules(seconds=OPENAI_SECONDS, sizes=STANDARD, photo_matches_size=True),
    "sora-2-pro": ModelRules(
        seconds=OPENAI_SECONDS,
        sizes=STANDARD | LARGE | _plain("1920x1080", "1080x1920"),
        photo_matches_size=True,
    ),
}
MODELS: Mapping[Dialect, Mapping[str, ModelRules]] = {
    Dialect.YIBU: RESELLER_MODELS,
    Dialect.NEWAPI: RELAY_MODELS,
    Dialect.OPENAI: OPENAI_MODELS,
    Dialect.LEGACY: RESELLER_MODELS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an order that is taken comes to; `size` is what answers say, width and height what is drawn."""

    model: str
    prompt: str
    seconds: str
    size: str
    width: int
    height: int
    private: bool
    photo: bytes | None
    #: In dollars; None if it is the account's price.
    cost: Decimal | None = None


def terms_of(draft: Draft, dialect: Dialect) -> Terms:
    """The terms of an order that is taken.

    Raises:
        Refusal: It is not taken.
    """
    prompt = checked_prompt(draft)
    model = draft.fields.get("model") or _missing_model(dialect)
    rules = MODELS[dialect].get(model)
    if rules is None:
        raise model_gone_from(dialect, model)
    seconds = _chosen("seconds", draft.fields.get("seconds", rules.seconds[0]), rules.seconds)
    asked = _chosen("size", draft.fields.get("size", "720x1280"), tuple(rules.sizes))
    width, height = rules.sizes[asked]
    _check_character(draft)
    return Terms(
        model=model,
        prompt=prompt,
        seconds=seconds,
        size=asked if model in VEO_MODELS else f"{width}x{height}",
        width=width,
        height=height,
        private=is_true(draft.fields.get("private", "false")),
        photo=_photo(draft, rules, width, height),
    )


def model_gone_from(dialect: Dialect, model: str) -> Refusal:
    return model_unknown(model) if dialect is Dialect.OPENAI else model_gone(model)


def checked_prompt(draft: Draft) -> str:
    prompt = draft.prompt
    if not prompt.strip():
        raise invalid("prompt is required", param="prompt", code="invalid_request")
    if len(prompt) > LONGEST_PROMPT:
        raise invalid(
            f"prompt is longer than {LONGEST_PROMPT} characters",
            param="prompt",
            code="string_above_max_length",
        )
    return prompt


def is_true(text: str) -> bool:
    """Only "true" is; the format's own page has "ture", which is taken and is not."""
    return text == "true"


def _missing_model(dialect: Dialect) -> str:
    if dialect is Dialect.OPENAI:
        return "sora-2"
    raise invalid("model is required", param="model", code="missing_model")


def _chosen(param: str, value: str, possible: tuple[str, ...]) -> str:
    if value in possible:
        return value
    supported = ", ".join(f"'{one}'" for one in possible)
    raise invalid(
        f"Invalid value: '{value}'. Supported values are: {supported}.",
        param=param,
        code="invalid_size" if param == "size" else "invalid_value",
    )


def _check_character(draft: Draft) -> None:
    span = draft.fields.get("character_timestamps")
    if span is None:
        return
    if not {"character_url", "character_from_task"} & draft.fields.keys():
        raise invalid(
            "character_timestamps needs character_url or character_from_task", param="character_timestamps"
        )
    match = SPAN.fullmatch(span)
    if match is None or not 1 <= float(match[2]) - float(match[1]) <= 3:  # noqa: PLR2004  (seconds, as documented)
        raise invalid(
            f"character_timestamps '{span}' must be 'start,end' in seconds, 1 to 3 seconds apart",
            param="character_timestamps",
        )


def _photo(draft: Draft, rules: ModelRules, width: int, height: int) -> bytes | None:
    if draft.is_form and any(name in draft.fields for name in PHOTO_FIELDS):
        raise invalid(
            "Invalid type for 'input_reference': expected a file, but got a string instead.",
            param="input_reference",
            code="invalid_type",
        )
    strangers = [file.field for file in draft.files if file.field not in PHOTO_FIELDS]
    if strangers:
        raise invalid(f"Unexpected file '{strangers[0]}'", param=strangers[0])
    if len(draft.files) > rules.photos:
        raise invalid(
            f"At most {rules.photos} input_reference, got {len(draft.files)}", param="input_reference"
        )
    sizes = [_size_of_photo(file) for file in draft.files]
    if rules.photo_matches_size and any(size != (width, height) for size in sizes):
        raise invalid("Inpaint image must match the requested width and height", param="input_reference")
    return draft.files[0].content if draft.files else None


def _size_of_photo(file: UploadedPart) -> tuple[int, int]:
    if file.content_type not in PHOTO_TYPES:
        raise invalid(
            f"Invalid file '{file.filename}': unsupported mimetype ('{file.content_type}'). "
            f"Supported file formats are {', '.join(PHOTO_TYPES)}.",
            param="input_reference",
        )
    try:
        with Image.open(io.BytesIO(file.content)) as picture:
            return picture.size
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise invalid(f"Invalid file '{file.filename}': not a picture", param="input_reference") from exc
