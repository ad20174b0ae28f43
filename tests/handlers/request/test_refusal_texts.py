"""Refusals: what is wrong, and when it works again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from chat.formatting import utf16_length
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.options import parse_options
from domain.quota_refusals import AllowanceSpent, BudgetSpent, TooDear, TooManyFailures
from domain.refusals import (
    AbilityNotOffered,
    AddressFault,
    AdminsOnly,
    Banned,
    BotClosed,
    CharacterNameUnusable,
    CharacterRefusal,
    CharacterSpanUnusable,
    ChoiceRefusal,
    ClipAddressUnusable,
    EditRefusal,
    EditsNotOffered,
    GroupOff,
    InvitationNeeded,
    LengthNotOffered,
    ModelNotOnOffer,
    NoModelOnOffer,
    OptionRefusal,
    OptionsInEdit,
    PhotosLeftOut,
    PhotosNotTaken,
    PrivateVideoUnchangeable,
    PromptMissing,
    PromptTooLong,
    QuotaRefusal,
    Refusal,
    SeveralCharacters,
    SizeNotOffered,
    TooManyCharacters,
    UnknownCharacter,
    UnknownMention,
    UnknownModel,
    UnknownOption,
    ValueMissing,
    ValueUnusable,
)
from domain.request import Photo, make_request
from domain.size import Size
from handlers.request.refusal_texts import refusal, refusal_of_photo

REFUSED = {
    "nothing": (
        "",
        "Say what should happen in the video, for example:\n/video a cat surfing at sunset",
    ),
    "typing mistake": ("a --secnds 15", "There is no option --secnds. Did you mean --seconds?"),
    "no option of ours": (
        "a --fps 60",
        "There is no option --fps. /help shows all options.",
    ),
    "no value": ("a --seconds", "--seconds needs a value, for example --seconds 10."),
    "no value for a switch": ("a --private=", "--private needs a value, for example --private."),
    "no number": ("a --seconds soon", "--seconds cannot be “soon”. For example: --seconds 10"),
    "no size": ("a --size big", "--size cannot be “big”. For example: --size 16:9"),
    "neither yes nor no": (
        "a --private=perhaps",
        "--private cannot be “perhaps”. For example: --private",
    ),
    "marks of HTML": ("a --size <b>&", "--size cannot be “<b>&”. For example: --size 16:9"),
    "a length of another model": (
        "a --seconds 25",
        "Sora 2 makes videos of 10 or 15 s, not of 25 s.",
    ),
    "a length of no model": (
        "a --seconds -5",
        "Sora 2 makes videos of 10 or 15 s, not of -5 s.",
    ),
    "a shape of no model": (
        "a --size 1:1",
        "Sora 2 makes videos of 9:16 or 16:9, not of 1:1.",
    ),
    "a size of no model": (
        "a --size 640x640",
        "Sora 2 makes videos of 720×1280 or 1280×720, not of 640×640.",
    ),
    "no such model": (
        "a --model sora-9",
        "There is no model “sora-9”. /models shows them all.",
    ),
    "private with a model that cannot": (
        "a --model veo --private",
        "Veo 3.1 cannot keep a video private.",
    ),
    "watermark with a model that cannot": (
        "a --model veo --watermark",
        "Veo 3.1 has no watermark.",
    ),
    "too long": (
        "x" * 4001,
        "Your description has 4001 characters, and 4000 is the most. Please shorten it.",
    ),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_what_is_wrong(
    words: str, said: str, catalogue: Catalogue, read: Callable[[str], str]
) -> None:
    with pytest.raises(Refusal) as refused:
        make_request(parse_options(words), catalogue)
    assert read(refusal(refused.value)) == said


def test_a_photo_for_a_model_of_text_is_kept(read: Callable[[str], str]) -> None:
    offered = parse_catalogue(
        'default = "words"\n[models.words]\ntitle = "Words & more"\nprice = { 4 = 1 }\nsizes = ["512x512"]\n'
        '[models.photos]\ntitle = "Photos"\nprice = { 4 = 1 }\nsizes = ["512x512"]\nphotos = 1\n'
    )
    with pytest.raises(PhotosNotTaken) as refused:
        make_request(parse_options("dance --model words"), offered, photos=(Photo(file_id="photo"),))
    assert read(refusal_of_photo(refused.value)) == (
        "Words & more makes videos from text only, without photos.\n\n"
        "I keep the photo: you can also reply to this message with another description."
    )


SPENT = {
    "all": (
        0,
        timedelta(minutes=130),
        "You have used your 3 credits for today. Try again in 2 hr 10 min.",
    ),
    "but a little": (
        1,
        timedelta(seconds=20),
        "This costs 2 credits, and you have 1 credit left today. Try again in 20 sec.",
    ),
}


@pytest.mark.parametrize(("left", "wait", "said"), SPENT.values(), ids=SPENT)
def test_a_spent_allowance_says_when_it_works_again(
    left: int, wait: timedelta, said: str, now: datetime
) -> None:
    refused = AllowanceSpent(price=2, left=left, allowance=3, frees_at=now + wait, wait=wait)
    assert refusal(refused) == said
    assert refusal_of_photo(refused) == said


def test_what_costs_more_than_a_day_is_not_promised_for_later() -> None:
    assert refusal(TooDear(price=5, allowance=3)) == (
        "This costs 5 credits, and you may spend 3 credits a day. "
        "A shorter video or another model costs less: /models shows the prices."
    )


def test_where_nobody_may_spend_anything_the_bot_says_who_gives() -> None:
    assert refusal(TooDear(price=1, allowance=0)) == ("You have no credits. The bot's owner hands them out.")


def test_every_ability_has_words_for_its_lack(catalogue: Catalogue, read: Callable[[str], str]) -> None:
    model = catalogue.models["veo"]
    lacks = [
        read(refusal(AbilityNotOffered(ability, model, [])))
        for ability in ("private", "watermark", "characters")
    ]
    assert all(said.startswith("Veo 3.1 ") for said in lacks)
    assert len(set(lacks)) == 3


#: Models whose list alone is longer than a message.
ABLE = [
    f'[models.{"x" * 36}{number}]\ntitle = "{"&" * 40}"\nprice = {{ 5 = 1 }}\nsizes = ["64x64"]\nprivate = true'
    for number in range(50)
]


@pytest.fixture(scope="module")
def crowded_catalogue() -> Catalogue:
    """Return models with more of everything than a message can hold."""
    prices = ", ".join(f"{seconds} = 1" for seconds in range(1, 500))
    sizes = ", ".join(f'"{width}x4096"' for width in range(64, 564))
    plain = f'[models.plain]\ntitle = "{"&" * 40}"\nprice = {{ {prices} }}\nsizes = [{sizes}]'
    return parse_catalogue("\n".join(['default = "plain"', plain, *ABLE]))


@pytest.mark.parametrize(
    "words",
    [
        "a --seconds 600",
        f"a --seconds {'9' * 4000}",
        "a --size 99999x1",
        f"a --size {'9' * 4000}",
        "a --private",
        f"a --model {'<' * 4000}",
        f"a --{'x' * 4000}",
        f"a --private={'x' * 4000}",
    ],
    ids=["length", "huge length", "size", "huge size", "ability", "model", "option", "value"],
)
def test_no_refusal_outgrows_a_message_whatever_is_asked_and_offered(
    words: str, crowded_catalogue: Catalogue, read: Callable[[str], str]
) -> None:
    with pytest.raises(Refusal) as refused:
        make_request(parse_options(words), crowded_catalogue)
    assert 0 < utf16_length(read(refusal_of_photo(refused.value))) <= 4096


def of_every_kind(catalogue: Catalogue, now: datetime) -> list[Refusal]:
    model, day = catalogue.default_model, timedelta(days=1)
    return [
        UnknownOption("fps", []),
        ValueMissing("size", "16:9"),
        ValueUnusable("size", "big", "16:9"),
        UnknownModel("x", [model]),
        ModelNotOnOffer(model, []),
        NoModelOnOffer([model]),
        LengthNotOffered(7, model, []),
        SizeNotOffered(Size(1, 1), model, []),
        AbilityNotOffered("private", model, []),
        PhotosNotTaken(model, []),
        PhotosLeftOut(model, 3, []),
        PrivateVideoUnchangeable(),
        EditsNotOffered(model.name, model),
        OptionsInEdit(),
        PromptMissing(),
        PromptTooLong(5000, 4000),
        AllowanceSpent(price=1, left=0, allowance=3, frees_at=now + day, wait=day),
        TooDear(price=5, allowance=3),
        BudgetSpent(frees_at=now + day, wait=day),
        TooManyFailures(failures=3, frees_at=now + day, wait=day),
        Banned(reason="", until=None, now=now),
        InvitationNeeded(is_refused=False),
        BotClosed(),
        GroupOff(),
        AdminsOnly(),
        CharacterNameUnusable("a.b", 32),
        ClipAddressUnusable("http://example.org", AddressFault.NOT_HTTPS),
        CharacterSpanUnusable("1,9"),
        UnknownCharacter("mina", []),
        UnknownMention("mina", []),
        SeveralCharacters(),
        TooManyCharacters(50),
    ]


def test_every_kind_of_refusal_has_words_of_its_own(catalogue: Catalogue, now: datetime) -> None:
    samples = of_every_kind(catalogue, now)
    assert {type(refused) for refused in samples} == set(kinds(Refusal))
    assert len({refusal(refused) for refused in samples}) == len(samples)
    assert {refusal(refused) for refused in samples}.isdisjoint(
        {
            refusal(Refusal()),
            refusal(OptionRefusal()),
            refusal(ChoiceRefusal()),
            refusal(QuotaRefusal()),
            refusal(EditRefusal()),
            refusal(CharacterRefusal()),
        }
    )


def kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    """Yield the refusals at the ends of the tree."""
    below = of.__subclasses__()
    if not below:
        yield of
    for kind in below:
        yield from kinds(kind)


def test_lengths_without_a_gap_are_named_as_one(read: Callable[[str], str]) -> None:
    model = parse_catalogue(
        '[models.any]\ntitle = "Any"\nlengths = [5, "3-10", 20]\nsizes = ["1280x720"]\nprice = 1\n'
    ).models["any"]
    said = read(refusal(LengthNotOffered(12, model, ())))
    assert said == "Any makes videos of 3–10 or 20 s, not of 12 s."
