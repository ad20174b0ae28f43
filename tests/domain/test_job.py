"""Jobs: every state is under way or over, and groups are told from people."""

from domain.job import ACTIVE, OPEN_UPSTREAM, OVER, Place, State


def test_every_state_is_either_active_or_over() -> None:
    assert set(State) == ACTIVE | OVER
    assert frozenset() == ACTIVE & OVER


def test_orders_are_open_only_while_a_job_is_active() -> None:
    assert OPEN_UPSTREAM < ACTIVE


def test_a_negative_chat_is_a_group() -> None:
    chats = [
        Place(account_id=1, requester_id=1, chat_id=chat_id) for chat_id in (42, -42, -1_001_234_567_890)
    ]
    assert [chat.is_group for chat in chats] == [False, True, True]
