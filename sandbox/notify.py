"""Lets a test wait for something to become true instead of sleeping and hoping."""

import asyncio
from collections.abc import Callable


class Changes:
    """Announced by whoever changed something; awaited by whoever wants to see a change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, predicate: Callable[[], object], timeout: float) -> None:  # noqa: ASYNC109  (the bound is the point)
        """Return once `predicate()` is true, looking again at each announcement.

        Raises:
            TimeoutError: It was still not true after `timeout` seconds.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate():
                    await self._next.wait()
        except TimeoutError as exc:
            raise TimeoutError(
                f"Waited {timeout:g} s for something that did not come true: look at what the sandbox recorded."
            ) from exc
