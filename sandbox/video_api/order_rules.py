"""Which orders the local video API takes, by dialect and model: what is asked for, and how it is written."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Refusal, RefusalKind, invalid, model_gone, model_unknown
from sandbox.video_api.model_rules import MODELS, ModelRules
from sandbox.video_api.order_photos import photos_of
from sandbox.video_api.order_sizes import size_of
from sandbox.video_api.orders import Draft

LONGEST_PROMPT = 32_000
LONGEST_SECONDS = 3600
SPAN = re.compile(r"(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")


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
    photos: tuple[bytes, ...]
    moderated_is_completed: bool = False
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
    if rules.json_only and draft.is_form:
        raise Refusal(400, "plugin_request_invalid", "JSON object required", kind=RefusalKind.TASK)
    size = size_of(draft, rules)
    _check_character(draft)
    return Terms(
        model=model,
        prompt=prompt,
        seconds=_seconds(draft, rules),
        size=size.told,
        width=size.width,
        height=size.height,
        private=is_true(draft.fields.get("private", "false")),
        photos=photos_of(draft, rules, (size.width, size.height)),
        moderated_is_completed=rules.moderated_is_completed,
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


def _seconds(draft: Draft, rules: ModelRules) -> str:
    asked = draft.fields.get("seconds", draft.fields.get("duration"))
    if asked is None:
        return rules.seconds[0]
    if asked in rules.seconds:
        return asked
    if rules.other_seconds is not None and asked.isdecimal() and 0 < int(asked) <= LONGEST_SECONDS:
        return rules.other_seconds
    supported = ", ".join(f"'{length}'" for length in rules.seconds)
    raise invalid(f"Invalid value: '{asked}'. Supported values are: {supported}.", param="seconds")


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
