"""Every call that the classes of the storage offer, as it may be made at any moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from domain import lifecycle
from domain.account import AccessMode, AccessStatus, Ban, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.alternatives import Alternative
from domain.broadcast import Outcome
from domain.change import Way
from domain.character import Character
from domain.failures import FailureReason
from domain.group import GroupRules
from domain.hold import hold_after
from domain.job import Place
from domain.options import PromptOptions
from domain.preferences import Preferences
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import VideoRequest
from domain.size import Size
from domain.statistics import Period
from storage.accounts import Accounts
from storage.alerts import Alerts
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.characters import Characters
from storage.chat_migration import ChatMigration
from storage.claims import Claim, Claims
from storage.database import Database
from storage.drafts import DraftKind, Drafts
from storage.erasure import Erasure
from storage.groups import Groups, Membership
from storage.holds import Holds
from storage.inbox import Inbox, Received
from storage.job_history import JobHistories
from storage.jobs import Jobs
from storage.model_changes import ModelChanges
from storage.order_lookups import OrderLookups
from storage.preferences import PreferencesStore
from storage.profiles import Profiles, ProfileSeen
from storage.recovery import Recovery
from storage.runtime_settings import RuntimeSettings
from storage.statistics import StatisticsStore
from storage.usage import Usage
from storage.videos import Videos

NOW = datetime.fromisoformat("2026-11-22T12:00+00:00")
YESTERDAY, LEASE = NOW - timedelta(days=1), timedelta(minutes=1)
FEW, MANY = Concurrency(in_all=1, per_person=1), Concurrency(in_all=10**6, per_person=10**6)
HERE = Place(account_id=1, requester_id=1, chat_id=1)
REQUEST = VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1)
SPENDING = SpendingRules(allowance=10**6, group_id=-5, with_grants=frozenset({1, -5}), budget=10**6)
ANN = ProfileSeen(id=7, name="Ann", username="Ann", language="en", at=NOW)
RULES = GroupRules(language="ru", model="sora-2")
SOMEBODY = Character(url="https://example.com/video", start=0, end=2)
REFUSED = hold_after(FailureReason.KEY_REFUSED, "sora-2", NOW, why="")

#: Calls that need nothing first: the class, and what each of its calls is given.
SIMPLE: Mapping[type, Mapping[str, Mapping[str, Any]]] = {
    Accounts: {
        "load": {},
        "find": {"account_id": 1},
        "find_all": {"account_ids": [1, 2]},
        "find_languages": {"account_ids": [1, 2]},
        "find_by_username": {"username": "Ann"},
        "find_by_names": {"names": ["Ann", "Ann Lee"], "limit": 5},
        "find_waiting": {"limit": 5},
        "find_limited": {"limit": 5},
        "find_granted": {"limit": 5},
        "count_waiting": {},
        "write_profiles": {},
        "note_unreachable": {"account_id": 1, "now": NOW},
        "request_access": {"account_id": 77},
        "count_known": {"besides": [9]},
    },
    Alerts: {
        "find_told": {},
        "note": {"told": ["a"], "over": ["b"], "now": NOW},
        "find_languages": {"people": [1, 2]},
        "find_last_endings": {"number": 20, "since": YESTERDAY},
        "find_possibly_paid": {"since": YESTERDAY},
    },
    Audit: {
        "find": {"limit": 5},
        "find_last": {"account_id": 1, "actions": [AdminActionKind.BAN, AdminActionKind.UNBAN]},
    },
    Broadcasts: {
        "find_by_idempotency_key": {"idempotency_key": "message:1"},
        "show": {"broadcast_id": 1, "card_message_id": 5},
        "find": {"broadcast_id": 1},
        "count_people": {"admin_id": 9, "now": NOW},
        "cancel": {"broadcast_id": 1},
        "find_current": {},
        "begin_next": {"broadcast_id": 1, "now": NOW},
        "note": {"broadcast_id": 1, "person_id": 1, "outcome": Outcome.DELIVERED, "now": NOW},
        "find_progress": {"broadcast_id": 1},
        "finish": {"broadcast_id": 1, "now": NOW},
    },
    Characters: {
        "add": {"owner_id": 1, "name": "ann", "character": SOMEBODY, "now": NOW},
        "find": {"character_id": 1},
        "list_of": {"owner_id": 1},
        "remove": {"character_id": 1},
    },
    Claims: {
        "claim_due": {"now": NOW, "lease": LEASE, "limit": 5, "but_not": [3]},
        "claim_queued": {"now": NOW, "lease": LEASE, "concurrency": MANY, "in_hand": 0, "but_not": [3]},
        "next_due": {"now": NOW, "but_not": [3]},
        "find_typical": {"kind": ("sora-2", 10), "now": NOW},
        "find_pending": {"concurrency": FEW, "now": NOW, "limit": 100, "held": ["veo3"]},
    },
    JobHistories: {"find": {"job_id": 1}},
    Drafts: {
        "show": {"draft_id": 1, "message_id": 5},
        "answer": {"draft_id": 1, "message_id": 5},
        "choose": {
            "draft_id": 1,
            "options": PromptOptions(prompt="a dog", seconds=15),
            "chosen": {"seconds"},
        },
        "offer": {
            "draft_id": 1,
            "options": PromptOptions(prompt="a dog"),
            "alternatives": [
                Alternative(way=Way.LENGTH, options=PromptOptions(prompt="a dog", seconds=15), price=2)
            ],
            "photos": [],
        },
        "find": {"draft_id": 1},
        "find_asked": {"chat_id": 1, "message_id": 5, "now": NOW},
        "find_last_asked": {"chat_id": 1, "requester_id": 1, "since": YESTERDAY},
    },
    Erasure: {"forget": {"person_id": 1000, "now": NOW}, "finish": {"now": NOW}},
    Groups: {"load": {}, "choose": {"chat_id": -5, "rules": RULES}},
    Holds: {"load": {"now": NOW, "find_providers": lambda: {"sora-2": ["main"]}}},
    RuntimeSettings: {"load": {}, "find_budget": {"now": NOW}, "sum_budget": {"now": NOW}},
    Inbox: {
        "add": {"received": [Received(update_id=1, turn=1, body="{}")], "now": NOW},
        "find": {},
        "begin": {"update_id": 1},
        "forgive": {},
        "remove": {"update_ids": [1]},
    },
    Jobs: {
        "stop_waiting": {"job_id": 1},
        "count_late": {"since": YESTERDAY},
        "find": {"job_id": 1},
        "find_all": {"job_ids": [1, 2]},
        "find_by_idempotency_key": {"idempotency_key": "message:1"},
        "find_unfinished": {"requester_id": 1},
        "find_funds": {"account_id": 1, "rules": SPENDING, "now": NOW},
        "find_positions": {"concurrency": FEW, "now": NOW, "held": ["veo3"]},
        "count_pending": {},
        "count_ordered": {},
        "count_waiting": {"models": ["sora-2"]},
        "want": {"job_id": 1, "now": NOW},
        "cancel": {"job_id": 1, "requester_id": 1, "now": NOW},
    },
    Membership: {"greet": {"chat_id": -5, "now": NOW}, "leave": {"chat_id": -5, "now": NOW}},
    ChatMigration: {"move": {"old_id": -5, "new_id": -6}},
    OrderLookups: {"load": {}, "prove": {"api": "openai", "now": NOW}},
    PreferencesStore: {
        "load": {},
        "find_preferences": {"person_id": 1},
        "prefer": {"person_id": 1, "chosen": Preferences(language="ru")},
    },
    Recovery: {
        "take_over": {"now": NOW},
        "adopt": {"job_id": 1, "submitted_at": NOW, "ordered_at": NOW, "video_id": "v", "now": NOW},
        "shift": {"by": LEASE, "claims": (), "now": NOW},
    },
    StatisticsStore: {"count": {"period": Period(first=YESTERDAY.date(), last=NOW.date())}},
    Usage: {
        "of": {"account_id": 1, "newest": 5},
        "find_queued": {"account_id": -5},
        "find_shares": {"since": YESTERDAY, "limit": 11},
        "count_since": {"since": YESTERDAY},
    },
    Videos: {
        "find_at": {"chat_id": 1, "message_id": 5},
        "find_own": {"owner_id": 1, "job_id": 1},
        "find_shared": {"job_id": 1},
        "fetch": {"job_id": 1, "place": HERE, "now": NOW},
        "count_kept": {"owner_id": 1},
        "remove": {"job_id": 1, "now": NOW},
        "page": {"owner_id": 1, "words": "a cat", "chat_id": -5, "before": 9, "limit": 5},
    },
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The database, and what calls need first: jobs, claims and actions, each a new one."""

    database: Database
    numbers: count[int] = field(default_factory=count)

    def idempotency_key(self) -> str:
        return f"message:{next(self.numbers)}"

    def action(self) -> AdminAction:
        return AdminAction(
            idempotency_key=self.idempotency_key(),
            admin_id=9,
            kind=AdminActionKind.GRANT,
            at=NOW,
            account_id=1,
        )

    async def add(self, **more: Any) -> int:  # noqa: ANN401 - of `Jobs.add`
        given: dict[str, Any] = {
            "idempotency_key": self.idempotency_key(),
            "place": HERE,
            "request": REQUEST,
            "concurrency": FEW,
        }
        added = await Jobs(self.database).add(**given | {"rules": SPENDING, "now": NOW} | more)
        return added.job.id

    async def claim(self) -> Claim:
        await self.add()
        later = NOW + timedelta(days=1)
        return (await Claims(self.database).claim_queued(later, lease=LEASE, concurrency=MANY, in_hand=0))[0]

    async def broadcast(self) -> int:
        given: dict[str, Any] = {
            "idempotency_key": self.idempotency_key(),
            "admin_id": 9,
            "chat_id": 9,
            "message_id": 1,
        }
        return (await Broadcasts(self.database).add(**given, language="en", now=NOW)).id

    async def probe(self) -> Holds:
        """Return holds of which one is open, and whose probe is the job 1."""
        holds, claim = Holds(self.database), await self.claim()
        await Claims(self.database).submit(claim, NOW, concurrency=MANY)
        await holds.hold_back(claim, lifecycle.requeued_on_hold(claim.saved), REFUSED)
        holds.let_out(claim.job, REFUSED.probe_at or NOW)
        return holds


async def _stop(it: Scene) -> None:
    broadcasts, number = Broadcasts(it.database), await it.broadcast()
    await broadcasts.confirm(it.action(), number)
    await broadcasts.stop(it.action(), number)


async def _places_of(it: Scene) -> None:
    jobs = Jobs(it.database)
    await jobs.find_positions_of(await jobs.find_all([await it.add(), await it.add()]), FEW, NOW, ["veo3"])


async def _learn_from_probe(it: Scene) -> None:
    holds, job = await it.probe(), (await it.claim()).job
    holds.let_out(job, NOW + timedelta(days=1))
    await holds.learn_nothing(job, NOW)
    holds.let_out(job, NOW + timedelta(days=1))
    await holds.close_probed(job)
    await holds.close_made(job)


async def _try_now(it: Scene) -> None:
    holds = await it.probe()
    await holds.shift(LEASE)
    await holds.try_now(it.action())
    await holds.end_for([("sora-2", "main")])


async def _pause(it: Scene) -> None:
    holds = Holds(it.database)
    await holds.pause(it.action())
    await holds.resume(it.action())


async def _move(it: Scene) -> None:
    claims = Claims(it.database)
    claim, other = await it.claim(), await it.claim()
    await claims.keep([claim], NOW, lease=LEASE)
    await claims.save(claim, lifecycle.retry_scheduled(claim.saved, NOW), NOW)
    await claims.submit(claim, NOW, concurrency=MANY)
    await claims.finish(claim, lifecycle.requeued(claim.saved, NOW), NOW, due_at=NOW)
    await claims.release(other, NOW)


#: The others, by what they are called.
NEEDING: Mapping[tuple[str, ...], Callable[[Scene], Awaitable[Any]]] = {
    ("Accounts.set_access",): lambda it: Accounts(it.database).set_access(
        it.action(), 1, AccessStatus.ALLOWED
    ),
    ("Accounts.decide",): lambda it: Accounts(it.database).decide(it.action(), 2, AccessStatus.ALLOWED),
    ("Accounts.allow_known",): lambda it: Accounts(it.database).allow_known(it.action()),
    ("Accounts.ban",): lambda it: Accounts(it.database).ban(it.action(), 1, Ban()),
    ("Accounts.set_limit",): lambda it: Accounts(it.database).set_limit(it.action(), 1, Limit(5)),
    ("Accounts.grant",): lambda it: Accounts(it.database).grant(it.action(), 1, 5),
    ("Profiles.write",): lambda it: noted(Profiles(it.database)).write(),
    ("Broadcasts.add",): lambda it: it.broadcast(),
    ("Broadcasts.confirm", "Broadcasts.stop"): _stop,
    ("Claims.keep", "Claims.save", "Claims.submit", "Claims.finish", "Claims.release"): _move,
    ("Drafts.add",): lambda it: Drafts(it.database).add(
        idempotency_key=it.idempotency_key(), kind=DraftKind.WORDS, place=HERE, now=NOW
    ),
    ("Holds.hold_back",): lambda it: it.probe(),
    ("Holds.close_probed", "Holds.close_made", "Holds.learn_nothing"): _learn_from_probe,
    ("Holds.pause", "Holds.resume"): _pause,
    ("Holds.shift", "Holds.try_now", "Holds.end_for"): _try_now,
    ("RuntimeSettings.become_admin",): lambda it: settings_of(it.database).become_admin(it.action()),
    ("RuntimeSettings.set_access",): lambda it: settings_of(it.database).set_access(
        it.action(), AccessMode.OPEN
    ),
    ("RuntimeSettings.set_allowance",): lambda it: settings_of(it.database).set_allowance(
        it.action(), Limit(5)
    ),
    ("ModelChanges.load",): lambda it: ModelChanges(it.database).load(),
    ("ModelChanges.switch",): lambda it: ModelChanges(it.database).switch(it.action(), "sora-2", is_on=False),
    ("ModelChanges.set_price",): lambda it: ModelChanges(it.database).set_price(it.action(), "sora-2", None),
    ("ModelChanges.make_default",): lambda it: ModelChanges(it.database).make_default(it.action(), "sora-2"),
    ("RuntimeSettings.set_budget",): lambda it: settings_of(it.database).set_budget(it.action(), 5),
    ("Jobs.add",): lambda it: it.add(button="press:again:9:", held=["veo3"], action=it.action()),
    ("Jobs.announce",): lambda it: Jobs(it.database).announce(1, status_message_id=5, now=NOW),
    ("Jobs.find_positions_of",): _places_of,
}


def opened(kind: type, database: Database) -> Any:  # noqa: ANN401 - one of the classes in SIMPLE
    return settings_of(database) if kind is RuntimeSettings else kind(database)


def settings_of(database: Database) -> RuntimeSettings:
    return RuntimeSettings(database, access=AccessMode.OPEN, budget=50)


def noted(acquaintances: Profiles) -> Profiles:
    acquaintances.note(ANN)
    return acquaintances
