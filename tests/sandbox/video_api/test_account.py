"""The customer's account: who is let in, what an order costs, and which models there are."""

from decimal import Decimal

import pytest

from sandbox.video_api.account import Account
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.errors import Refusal

HEADERS = {"authorization": "Bearer sandbox-key"}


def account(dialect: Dialect = Dialect.YIBU) -> Account:
    return Account(dialect=dialect, api_key="sandbox-key")


def test_an_account_without_a_limit_only_counts() -> None:
    customer = account()
    for _ in range(3):
        customer.charge("sora-2")
    assert (customer.balance, customer.used) == (None, Decimal("1.5"))


def test_an_order_that_is_too_dear_takes_nothing() -> None:
    customer = account()
    customer.balance, customer.price = Decimal(1), Decimal("0.6")
    customer.charge("sora-2")
    with pytest.raises(Refusal, match=r"用户剩余额度: ¥0.400000, 需要预扣费额度: ¥0.600000") as refused:
        customer.charge("sora-2")
    assert (refused.value.status, customer.balance, customer.used) == (403, Decimal("0.4"), Decimal("0.6"))


POOR = [
    (Dialect.YIBU, 403, "insufficient_user_quota"),
    (Dialect.NEWAPI, 403, "insufficient_user_quota"),
    (Dialect.OPENAI, 429, "insufficient_quota"),
    (Dialect.LEGACY, 403, "insufficient_user_quota"),
]


@pytest.mark.parametrize(("dialect", "status", "code"), POOR, ids=[dialect.value for dialect, *_ in POOR])
def test_who_has_nothing_left_is_refused_as_the_dialect_does(
    dialect: Dialect, status: int, code: str
) -> None:
    customer = account(dialect)
    customer.balance = Decimal(0)
    with pytest.raises(Refusal) as refused:
        customer.charge("sora-2")
    assert (refused.value.status, refused.value.code) == (status, code)


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
def test_a_withdrawn_model_is_not_on_offer_until_it_comes_back(dialect: Dialect) -> None:
    customer = account(dialect)
    customer.withdrawn.add("sora-2")
    with pytest.raises(Refusal) as refused:
        customer.charge("sora-2")
    while_gone = "sora-2" in customer.models
    customer.withdrawn.clear()
    customer.charge("sora-2")
    assert (refused.value.code, while_gone, "sora-2" in customer.models) == ("model_not_found", False, True)


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
def test_an_api_may_have_a_few_models_of_its_dialect_and_no_others(dialect: Dialect) -> None:
    customer = Account(dialect=dialect, api_key="sandbox-key", offered=("sora-2-pro", "sora-2"))
    customer.charge("sora-2")
    with pytest.raises(Refusal) as refused:
        customer.charge("veo_3_1")
    assert (refused.value.code, list(customer.models)) == ("model_not_found", ["sora-2-pro", "sora-2"])


def test_the_key_is_let_in_and_never_shown() -> None:
    customer = account()
    customer.admit(HEADERS)
    assert "sandbox-key" not in repr(customer)


@pytest.mark.parametrize(
    ("switch", "code"), [("key_refused", "invalid_api_key"), ("key_spent", "key_spent")], ids=str
)
def test_a_key_can_be_refused_and_taken_again(switch: str, code: str) -> None:
    customer = account()
    setattr(customer, switch, True)
    with pytest.raises(Refusal) as refused:
        customer.admit(HEADERS)
    setattr(customer, switch, False)
    customer.admit(HEADERS)
    assert (refused.value.status, refused.value.code) == (401, code)
