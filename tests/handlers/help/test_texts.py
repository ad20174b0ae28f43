"""What the bot says about itself: true of every catalogue, and within Telegram's limits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import pytest
from telegram.ext import Application, CommandHandler, ContextTypes

from chat.formatting import utf16_length
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.options import OPTIONS, parse_options
from domain.quota import Funds
from domain.request import make_request
from handlers.commands import menu
from handlers.context import BotApplication, Context, Services
from handlers.help import texts as help_texts
from handlers.registration import register

ONE_SQUARE = """
default = "tiny"
[models.tiny]
title = "Tiny"
price = { 4 = 1 }
sizes = ["512x512"]
"""
MANY = 'default = "model-7"\n' + "\n".join(
    f'[models.model-{number}]\ntitle = "{number}"\nprice = {{ {", ".join(f"{s} = {s}" for s in range(1, 13))} }}\n'
    'sizes = ["1280x720"]'
    for number in range(100)
)
CATALOGUES = {"packaged": None, "one square": ONE_SQUARE, "a hundred models": MANY}


@pytest.fixture(params=CATALOGUES.values(), ids=list(CATALOGUES))
def offered(request: pytest.FixtureRequest, catalogue: Catalogue) -> Catalogue:
    return catalogue if request.param is None else parse_catalogue(request.param)


def test_the_help_names_every_option_and_fits(
    offered: Catalogue, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    said = read(help_texts.everything(funds(3), offered))
    assert [name for name in OPTIONS if f"--{name}" not in said] == []
    assert utf16_length(said) <= 4096


def test_each_of_the_three_examples_of_the_help_can_be_sent_as_it_is(
    offered: Catalogue, funds: Callable[..., Funds]
) -> None:
    said = help_texts.everything(funds(3), offered)
    prompts = re.findall("<code>/video (.*)</code>", said)
    requests = [make_request(parse_options(prompt), offered) for prompt in prompts]
    assert len(requests) == 3
    assert [request.model for request in requests] == [offered.default] * 3


def test_the_menu_fits_and_holds_only_commands_that_are_served() -> None:
    application = (
        Application.builder()
        .token("1:practice")
        .job_queue(None)
        .context_types(ContextTypes(context=Context))
        .build()
    )
    register(cast("BotApplication", application), cast("Services", None))  # nobody says anything
    commands = (handler for handler in application.handlers[0] if isinstance(handler, CommandHandler))
    served = {name for handler in commands for name in handler.commands}
    names, words = zip(*menu(), strict=True)
    assert set(names) <= served
    assert all(0 < len(text) <= 256 for text in words)  # Bot API: BotCommand


def test_the_profile_fits() -> None:
    assert 0 < len(help_texts.description()) <= 512  # Bot API: setMyDescription
    assert 0 < len(help_texts.short_description()) <= 120  # Bot API: setMyShortDescription
