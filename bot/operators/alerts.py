"""Watches the service, and sends each alert once to every admin, in their language."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from telegram.ext import ExtBot

from bot.background import sleep_unless, surviving
from bot.operators import alert_texts
from bot.operators.monitor import HealthChecks, HealthReport
from chat.errors import SendError, Undeliverable
from chat.language import SOURCE, speaking
from chat.send import Destination, send
from domain.alert import News, PossiblyPaid, is_news
from storage.alerts import Alerts

log = structlog.get_logger(__name__)

_PAUSE = 30.0  # seconds
_INQUIRY_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Owed:
    """News that an admin could not be told yet."""

    admin_id: int
    news: News


@dataclass(slots=True, kw_only=True)
class AlertSender:
    """Compares what is seen with what was told, and tells the difference."""

    bot: ExtBot[int]
    health_checks: HealthChecks
    alerts: Alerts
    #: Returns the admins of this moment.
    find_admins: Callable[[], Collection[int]]
    clock: Callable[[], datetime]
    _woken: asyncio.Event = field(init=False, default_factory=asyncio.Event)
    _owed: list[_Owed] = field(init=False, default_factory=list)
    _unreachable: set[int] = field(init=False, default_factory=set[int])
    _inquire_at: datetime | None = field(init=False, default=None)

    def wake(self) -> None:
        """Look at once: something has gone wrong, or is mended."""
        self._woken.set()

    async def run(self, *, pause: float = _PAUSE) -> None:
        """Look every `pause` seconds until cancelled; while there are no admins there is nobody to tell."""
        while True:
            self._woken.clear()
            with surviving("the operators' alerts"):
                if self.find_admins():
                    await self.look()
            await sleep_unless(self._woken, pause)

    async def look(self) -> None:
        """Look once, and tell what is new."""
        now = self.clock()
        told = await self.alerts.find_told()
        seen = await self.health_checks.look(now)
        # Further away than a whole pause: the clock was set back since.
        if self._inquire_at is None or not now < self._inquire_at <= now + _INQUIRY_PAUSE:
            self._inquire_at = now + _INQUIRY_PAUSE
            seen += await self.health_checks.inquire(told)
        await self._tell(seen, told, now)

    async def _tell(self, seen: HealthReport, told: Mapping[str, datetime], now: datetime) -> None:
        new = [alert for alert in seen.alerts if is_news(alert.name, now, told=told)]
        lost = [job_id for job_id in seen.possibly_paid if _paid(job_id) not in told]
        there = {alert.name for alert in seen.alerts} | {_paid(job_id) for job_id in seen.possibly_paid}
        over = [name for name in told if name.startswith(seen.prefixes) and name not in there]
        news: list[News] = [*new]
        news += self.health_checks.tell_over(over)
        if lost:
            news.append(PossiblyPaid(job_ids=tuple(lost)))
        names = [*(alert.name for alert in new), *map(_paid, lost)]
        if await self._told(news):
            await self.alerts.note(names, over=over, now=now)

    async def _told(self, news: Sequence[News]) -> bool:
        """Tell all admins; False if Telegram takes nothing at the moment, so that it has to be told later."""
        fresh = [_Owed(admin_id, one) for one in news for admin_id in sorted(self.find_admins())]
        if not fresh and not self._owed:
            return True
        languages = await self.alerts.find_languages(self.find_admins())
        late = [one for one in (*self._owed, *fresh) if not await self._is_settled(one, languages)]
        nobody_heard = bool(fresh) and all(one in late for one in fresh)
        self._owed = [one for one in late if one not in fresh] if nobody_heard else late
        return not nobody_heard

    async def _is_settled(self, owed: _Owed, languages: Mapping[int, str]) -> bool:
        """Tell an admin; also settled if they let us send nothing, which is logged once."""
        with speaking(languages.get(owed.admin_id, SOURCE)):
            text = alert_texts.alert(owed.news)
        try:
            await send(self.bot, Destination(owed.admin_id), text)
        except Undeliverable as error:
            if owed.admin_id not in self._unreachable:
                self._unreachable.add(owed.admin_id)
                log.warning(
                    "an admin cannot be told: they have to write to the bot first",
                    admin=owed.admin_id,
                    problem=str(error),
                )
        except SendError as error:
            log.warning("an alert was not told; I try again", admin=owed.admin_id, problem=str(error))
            return False
        else:
            self._unreachable.discard(owed.admin_id)
        return True


def _paid(job_id: int) -> str:
    return f"paid:{job_id}"
