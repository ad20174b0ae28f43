"""The table of buttons: every kind that a button can carry leads somewhere."""

from chat.callback_data import ButtonKind
from handlers.button_router import ROUTES


def test_every_kind_of_button_has_its_route() -> None:
    assert set(ROUTES) == set(ButtonKind)
