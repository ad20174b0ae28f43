"""`/model` and [⚙️ MODEL]: an admin switches a model off or on, sets its price, or makes it everybody's default."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button
from chat.send import answer
from domain.admin_action import AdminActionKind
from domain.catalogue import Model
from domain.price_list import PriceList, parse_price_list
from handlers import texts
from handlers.admin import models_texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Services
from handlers.message_call import MessageCall

_OFF, _ON, _DEFAULT, _PRICE = "off", "on", "default", "price"


async def on_model(call: MessageCall) -> None:
    """`/model NAME [off|on|default|price|PRICE]`; with the name alone, how it is now."""
    services = call.services
    name, _, written = call.words.partition(" ")
    if not name:
        await call.answer(models_texts.usage())
        return
    model = services.catalogue.known.find(name)
    if model is None:
        await call.answer(models_texts.unknown(name))
        return
    written = written.strip()
    action = action_of(call, AdminActionKind.MODEL, detail=f"{model.name} {written}")
    changes = services.storage.model_changes
    match written.casefold():
        case "":
            pass
        case "off" | "on" as word:
            await changes.switch(action, model.name, is_on=word == _ON)
        case "default":
            await changes.make_default(action, model.name)
        case "price":
            await changes.set_price(action, model.name, None)
        case _:
            try:
                price = _price_in(written, model)
            except ValueError:
                await call.answer(models_texts.unusable_price(written))
                return
            await changes.set_price(action, model.name, price)
    await call.answer(*_shown(services, model))


async def on_press(press: ButtonPress) -> None:
    """[⚙️ MODEL] below `/models`, and what stands below the model itself: the value is `NAME` or `NAME WORD`."""
    services = press.context.services
    name, _, word = press.pressed.value.partition(" ")
    model = services.catalogue.known.models.get(name)
    if model is None or word not in {"", _OFF, _ON, _DEFAULT}:
        raise PressRefused(texts.too_old())
    await press.say()
    if not word:
        if press.message is not None:
            await answer(press.message, *_shown(services, model))
        return
    action = action_of(press, AdminActionKind.MODEL, detail=f"{name} {word}")
    changes = services.storage.model_changes
    if word == _DEFAULT:
        await changes.make_default(action, name)
    else:
        await changes.switch(action, name, is_on=word == _ON)
    await press.edit(*_shown(services, model))


def _shown(services: Services, model: Model) -> tuple[str, InlineKeyboardMarkup]:
    offer, change = services.find_offer(), services.storage.model_changes.find(model.name)
    catalogue = offer.catalogue
    is_default = catalogue.has_default and catalogue.default_model.name == model.name
    text = models_texts.model(
        model,
        change,
        offer.routes_of(model.name),
        is_on_offer=model.name in catalogue.models,
        is_default=is_default,
    )
    words = [(models_texts.switch_on(), _ON) if change.is_off else (models_texts.switch_off(), _OFF)]
    if not is_default:
        words.append((models_texts.make_default(), _DEFAULT))
    rows = [[button(said, ButtonKind.MODEL, 0, f"{model.name} {word}")] for said, word in words]
    return text, InlineKeyboardMarkup(rows)


def _price_in(written: str, model: Model) -> PriceList:
    """Read `2`, `0.4/s`, `5=1 10=2` or `720p=1 1080p=2`; raises ValueError for what is no price of all the model makes."""
    parts = [part.partition("=") for part in written.replace(",", " ").split()]
    is_list = all(equals for _, equals, _ in parts)
    price = parse_price_list({name: value for name, _, value in parts} if is_list else written)
    if any(not rate.is_whole for rate in price.every_rate()):
        raise ValueError("credits are whole numbers")
    if gap := price.gap(model.every_length(), model.sizes):
        raise ValueError(f"it does not tell what {gap} cost")
    return price
