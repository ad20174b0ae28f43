"""What is said of several photos: how many are used, and which model takes more."""

import pytest

from domain.catalogue import Catalogue
from handlers.create.texts import left_out, pictures_alone

SAID = {
    "one of two": (
        "sora-2",
        2,
        (
            "🖼 Sora 2 takes one photo: of your 2 I use the first.\n"
            "Veo 3.1 Fast takes up to 2: add <code>--model veo-fast</code>."
        ),
    ),
    "one of many": (
        "sora-2",
        10,
        (
            "🖼 Sora 2 takes one photo: of your 10 I use the first.\n"
            "Veo 3.1 Components takes up to 3: add <code>--model veo-components</code>."
        ),
    ),
    "two of three": (
        "veo",
        3,
        (
            "🖼 Veo 3.1 takes 2 photos: of your 3 I use the first 2.\n"
            "Veo 3.1 Components takes up to 3: add <code>--model veo-components</code>."
        ),
    ),
    "none takes more": (
        "veo-components",
        4,
        "🖼 Veo 3.1 Components takes 3 photos: of your 4 I use the first 3.",
    ),
}


@pytest.mark.parametrize(("model", "sent", "said"), SAID.values(), ids=SAID)
def test_who_sent_too_many_photos_hears_which_are_used_and_what_takes_more(
    model: str, sent: int, said: str, catalogue: Catalogue
) -> None:
    assert left_out(catalogue.models[model], sent, catalogue) == said


def test_one_picture_among_other_files_is_counted_as_one() -> None:
    assert pictures_alone(1) == "Not everything here is a picture: only one is used."
    assert pictures_alone(3) == "Not everything here is a picture: only 3 are used."
