"""How a model wants to be asked: what makes sense, and a sentence that names the key where it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from domain.order_form import PLAIN_FORM, BodyKind, OrderForm, PhotoEncoding, PhotoRole


def test_the_plain_form_is_openais() -> None:
    assert (PLAIN_FORM.body, PLAIN_FORM.photo_encoding, PLAIN_FORM.photo_field(PhotoRole.LAST_FRAME)) == (
        BodyKind.MULTIPART,
        PhotoEncoding.FILE,
        "input_reference",
    )


def test_photos_in_json_are_data_urls_unless_something_else_is_asked_for() -> None:
    forms = [OrderForm(body=BodyKind.JSON), OrderForm(body=BodyKind.JSON, photos_as=PhotoEncoding.BASE64)]
    assert [form.photo_encoding for form in forms] == [PhotoEncoding.DATA_URL, PhotoEncoding.BASE64]


GOOD: dict[str, dict[str, Any]] = {
    "everything": {
        "body": "json",
        "photos_as": "base64",
        "photo_fields": {
            "first_frame": "metadata.first",
            "last_frame": "metadata.last",
            "reference": "images[]",
        },
        "size_as": "resolution",
        "length_field": "duration",
        "length_as_number": True,
        "extra": {"metadata": {"mode": "pro"}, "size": "large"},
    },
    "several roles in one list": {"photo_fields": {"first_frame": "images[]", "reference": "images[]"}},
    "text inside of a form's object": {
        "photos_as": "data_url",
        "photo_fields": {"first_frame": "metadata.image"},
    },
    "an object where the picture lies": {
        "body": "json",
        "photo_fields": {"first_frame": "input_reference.image_url"},
    },
}


@pytest.mark.parametrize("form", GOOD.values(), ids=GOOD)
def test_what_makes_sense_is_taken(form: dict[str, Any]) -> None:
    assert OrderForm.model_validate(form) != PLAIN_FORM


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "files in JSON": ({"body": "json", "photos_as": "file"}, "photos_as: a JSON body has no files"),
    "a file inside of an object": (
        {"photo_fields": {"first_frame": "metadata.image"}},
        "photo_fields.first_frame: a file cannot go inside of an object (metadata.image)",
    ),
    "the prompt besides": ({"extra": {"prompt": "x"}}, "extra: prompt is written by the order itself"),
    "the size besides": ({"extra": {"size": "x"}}, "extra: size is written by the order itself"),
    "the photo besides": ({"extra": {"input_reference": "x"}}, "extra: input_reference is written"),
    "the length besides, inside": (
        {"length_field": "parameters.duration", "extra": {"parameters": {"duration": 5}}},
        "extra: parameters.duration is written by the order itself",
    ),
    "in the way of the length": (
        {"length_field": "parameters.duration", "extra": {"parameters": "x"}},
        "extra: parameters.duration is written by the order itself",
    ),
    "the length where the size is": ({"length_field": "size"}, "size and size cannot both be written"),
    "the photo where the prompt is": (
        {"photo_fields": {"first_frame": "prompt"}},
        "prompt and prompt cannot both be written",
    ),
    "a photo inside of another": (
        {"body": "json", "photo_fields": {"first_frame": "image", "last_frame": "image.tail"}},
        "image and image.tail cannot both be written",
    ),
    "a list and no list": (
        {"photo_fields": {"first_frame": "images", "last_frame": "images[]"}},
        "images and images[] cannot both be written",
    ),
    "what is no JSON": ({"extra": {"since": date(2026, 1, 1)}}, "holds what cannot be written as JSON"),
    "what is no number": ({"extra": {"cfg": float("nan")}}, "holds what cannot be written as JSON"),
    "a path that is none": ({"length_field": "a b"}, "length_field"),
    "a path with a number": ({"photo_fields": {"first_frame": "images[0]"}}, "photo_fields"),
    "a key nobody knows": ({"bodies": "json"}, "bodies"),
}


@pytest.mark.parametrize(("form", "said"), BAD.values(), ids=BAD)
def test_what_makes_no_sense_is_refused_by_its_key(form: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        OrderForm.model_validate(form)
    assert said in str(refused.value)
