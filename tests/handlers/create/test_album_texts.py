"""What is said of several photos: how many are used."""

import pytest

from domain.catalogue import Catalogue
from handlers.create.texts import left_out, pictures_alone

SAID = {
    "one of two": ("sora-2", 2, "🖼 Sora 2 takes one photo: of your 2 I use the first."),
    "two of three": ("veo", 3, "🖼 Veo 3.1 takes 2 photos: of your 3 I use the first 2."),
}


@pytest.mark.parametrize(("model", "sent", "said"), SAID.values(), ids=SAID)
def test_who_sent_more_photos_than_any_model_takes_hears_which_are_used(
    model: str, sent: int, said: str, catalogue: Catalogue
) -> None:
    assert left_out(catalogue.models[model], sent) == said


def test_one_picture_among_other_files_is_counted_as_one() -> None:
    assert pictures_alone(1) == "Not everything here is a picture: only one is used."
    assert pictures_alone(3) == "Not everything here is a picture: only 3 are used."
