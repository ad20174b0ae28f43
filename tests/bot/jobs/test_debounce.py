"""What is not urgent waits for a calm moment, and no longer than it may."""

from __future__ import annotations

import asyncio

from bot.jobs.debounce import Debounce

CALM, LONGEST_WAIT = 0.05, 0.2


class Acts:
    """The moments at which something was done, by the loop's clock."""

    def __init__(self) -> None:
        self.at: list[float] = []
        self.happened = asyncio.Event()

    def __call__(self) -> None:
        self.at.append(asyncio.get_running_loop().time())
        self.happened.set()


async def test_a_crowd_sets_off_one_act_after_its_last_member() -> None:
    acts = Acts()
    once_calm = Debounce(acts, calm=CALM, longest_wait=60)
    last = 0.0

    for _ in range(100):
        once_calm.soon()
        last = asyncio.get_running_loop().time()
        await asyncio.sleep(0)
    await acts.happened.wait()
    await asyncio.sleep(2 * CALM)

    assert len(acts.at) == 1
    assert acts.at[0] >= last + CALM - 0.01  # the loop's clock has a resolution


async def test_a_crowd_without_an_end_does_not_put_it_off_for_ever() -> None:
    acts = Acts()
    once_calm = Debounce(acts, calm=60, longest_wait=LONGEST_WAIT)

    async with asyncio.timeout(30):
        while not acts.at:
            once_calm.soon()
            await asyncio.sleep(CALM / 10)


async def test_it_can_be_asked_for_again_afterwards() -> None:
    acts = Acts()
    once_calm = Debounce(acts, calm=CALM, longest_wait=LONGEST_WAIT)

    for _ in range(2):
        acts.happened.clear()
        once_calm.soon()
        await acts.happened.wait()

    assert len(acts.at) == 2
