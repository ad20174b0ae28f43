"""What is said about finished videos fits, whatever people write and however long things are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chat import job_texts, result_texts
from chat.formatting import utf16_length
from domain.catalogue import Catalogue, Model
from domain.refusals import EditRefusal, EditsNotOffered, OptionsInEdit, PrivateVideoUnchangeable
from domain.request import Original, VideoRequest
from domain.size import Size
from domain.variants import Variant, VariantKind
from handlers.edits import texts as edits_texts

CAPTION_LIMIT, TEXT_LIMIT = 1024, 4096  # Bot API: sendVideo, sendMessage
TITLE = "A" * 38 + "&<"
EDIT = VideoRequest(
    prompt="<b>&🐈" * 1000,
    model="sora-2",
    seconds=600,
    size=Size(10240, 10240),
    price=999,
    original=Original(job_id=1, video_id="v"),
)
VARIANTS = {
    VariantKind.SHAPE: "◻️ Square · 999 credits",
    VariantKind.LENGTH: "⏱ 600 s · 999 credits",
    VariantKind.MODEL: f"{TITLE} · 600 s · 999 credits",
}
SHAPES = {(1280, 720): "🖥 Landscape", (720, 1280): "📱 Portrait", (720, 720): "◻️ Square"}


@pytest.fixture(name="titled")
def _titled(catalogue: Catalogue) -> Model:
    return catalogue.default_model.model_copy(update={"title": TITLE})


def test_the_caption_of_an_edit_shows_the_change_and_what_made_it(
    catalogue: Catalogue, titled: Model, read: Callable[[str], str]
) -> None:
    night = replace(EDIT, prompt="make it <night> & snow", seconds=10, size=Size(720, 1280))
    shown = read(job_texts.caption(night, catalogue.default_model))
    assert shown == "✏️ make it <night> & snow\n\nSora 2 · 10 s · Portrait"
    known = replace(night, original=Original(job_id=1, video_id="v", first_prompt="a <cat>\n & a dog"))
    shown = read(job_texts.caption(known, catalogue.default_model))
    assert shown == "a <cat> & a dog → make it <night> & snow\n\nSora 2 · 10 s · Portrait"
    longest = read(job_texts.caption(replace(EDIT, private=True, watermark=True), titled))
    assert utf16_length(longest) <= CAPTION_LIMIT
    assert longest.endswith(f"…\n\n{TITLE} · 600 s · Square · private · with watermark")


SHOWN = {
    "short": ("a cat", "make it snow", "a cat → make it snow"),
    "a long beginning": ("a" * 99, "make it snow", "a" * 29 + "… → make it snow"),
    "a long change": ("a cat", "b" * 99, "a cat → " + "b" * 51 + "…"),
    "both long": ("a" * 99, "b" * 99, "a" * 29 + "… → " + "b" * 26 + "…"),
    "from right to left": ("قطة", "make it snow", "قطة ← make it snow"),
    "nobody knows any more": ("", "make it snow", "✏️ make it snow"),
}


@pytest.mark.parametrize(("first", "change", "shown"), SHOWN.values(), ids=SHOWN)
def test_an_edit_is_named_by_what_it_began_with_and_its_change(first: str, change: str, shown: str) -> None:
    original = Original(job_id=1, video_id="v", first_prompt=first)
    assert job_texts.shown_in(replace(EDIT, prompt=change, original=original), 60) == shown


def test_the_card_of_an_edit_fits(titled: Model, read: Callable[[str], str]) -> None:
    shown = read(edits_texts.edit_card(EDIT, titled))
    assert utf16_length(shown) <= TEXT_LIMIT
    assert shown.endswith(" · 999 credits")


@pytest.mark.parametrize("kind", VariantKind)
def test_a_variant_says_what_it_is_and_costs(kind: VariantKind, titled: Model, catalogue: Catalogue) -> None:
    known = catalogue.model_copy(update={"models": {"sora-2": titled}})
    assert result_texts.variant(Variant(kind=kind, request=EDIT), known) == VARIANTS[kind]


@pytest.mark.parametrize(("sides", "shape"), SHAPES.items(), ids=str)
def test_a_shape_is_seen_at_a_glance(sides: tuple[int, int], shape: str, catalogue: Catalogue) -> None:
    variant = Variant(kind=VariantKind.SHAPE, request=replace(EDIT, size=Size(*sides), price=1))
    assert result_texts.variant(variant, catalogue) == f"{shape} · 1 credit"


def test_every_reason_against_an_edit_names_the_way_out_and_its_price(
    titled: Model, read: Callable[[str], str]
) -> None:
    refusals: list[EditRefusal] = [
        PrivateVideoUnchangeable(),
        OptionsInEdit(),
        EditsNotOffered("sora-2", titled),
        EditsNotOffered("sora-2", None),
    ]
    said = [read(edits_texts.cannot_be_edited(refused, 2)) for refused in refusals]
    assert len({words.partition("\n")[0] for words in said}) == len(refusals)
    assert {words.partition("\n")[2] for words in said} == {
        "I can make a new video instead, with your change added to the description. Costs 2 credits."
    }


def test_a_question_in_a_group_names_whom_it_asks(read: Callable[[str], str]) -> None:
    name = "<Mina> & " + "x" * 55  # Telegram: first names have 64 characters at most
    question = read(edits_texts.what_should_change_for(name, 7))
    assert question.startswith(f"✏️ {name}, what should change")
