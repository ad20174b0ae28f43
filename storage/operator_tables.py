"""The tables of those who run the bot: accounts, what was given and allowed to them, holds, broadcasts, and the audit."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
    or_,
)

from domain.account import AccessStatus
from domain.broadcast import Outcome
from domain.hold import HoldCause
from domain.provider import MAIN
from storage.tables import Instant, any_of, key, metadata, partial_index

# People and groups, as far as anything is known or was said about them.
accounts = Table(
    "accounts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("username", String(40)),
    # The username as it is looked up: in small letters, for Telegram takes capitals for the same.
    Column("username_key", String(40)),
    # The name as it is looked up, see `storage.profiles.name_key`; many may have the same.
    Column("name_key", String(200)),
    Column("language", String(20), nullable=False, server_default="en"),
    Column("since", Instant),
    # An allowance of its own; one without an end has no number.
    Column("has_limit", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("credits", Integer),
    Column("has_grants", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("standing", String(20), nullable=False, server_default=AccessStatus.STRANGER),
    Column("banned_at", Instant),
    Column("banned_until", Instant),
    Column("ban_reason", Text, nullable=False, server_default=""),
    # A person who has blocked the bot, or a group that has removed it.
    Column("unreachable_since", Instant),
    CheckConstraint(f"standing IN ({any_of(AccessStatus)})", name="standing_is_known"),
    CheckConstraint("credits >= 0", name="credits_are_no_debt"),
)

#: Operators have said something about the account; in the words of its partial index, as are the next three.
WAS_SAID = or_(
    accounts.c.has_limit,
    accounts.c.has_grants,
    accounts.c.standing != literal_column(f"'{AccessStatus.STRANGER}'"),
    accounts.c.banned_at.is_not(None),
)
HAS_LIMIT = accounts.c.has_limit.is_(True)
HAS_GRANTS = accounts.c.has_grants.is_(True)
#: The account was heard, and not forgotten since.
WAS_HEARD = accounts.c.since.is_not(None)
Index("ix_accounts_username", accounts.c.username_key)
Index("ix_accounts_name_key", accounts.c.name_key)
Index("ix_accounts_standing", accounts.c.standing, accounts.c.since, accounts.c.id)
partial_index("ix_accounts_said", accounts.c.id, where=WAS_SAID)
partial_index("ix_accounts_limited", accounts.c.name, accounts.c.id, where=HAS_LIMIT)
partial_index("ix_accounts_granted", accounts.c.name, accounts.c.id, where=HAS_GRANTS)
# Whom a broadcast goes to is everybody, read from the index alone.
partial_index(
    "ix_accounts_heard",
    accounts.c.id,
    accounts.c.banned_at,
    accounts.c.banned_until,
    accounts.c.unreachable_since,
    where=WAS_HEARD,
)

# Credits beyond the allowance; a correction takes some back and is negative.
grants = Table(
    "grants",
    metadata,
    Column("id", key, primary_key=True),
    Column("account_id", BigInteger, nullable=False, index=True),
    Column("credits", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

# What operators did.
audit = Table(
    "audit",
    metadata,
    Column("id", key, primary_key=True),
    Column("origin", String(100), nullable=False, unique=True),
    Column("admin_id", BigInteger, nullable=False),
    Column("action", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("account_id", BigInteger),
    Column("job_id", BigInteger),
    Column("detail", Text, nullable=False),
    Column("why", Text, nullable=False),
)
Index("ix_audit_account", audit.c.account_id, audit.c.id)

# What operators have set for everybody; what stands in no row is as the settings say.
set_from_chat = Table(
    "house_rules",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(100), nullable=False),
)

# What admins changed of the catalogue's models; of one without a row everything is as the catalogue says.
model_changes = Table(
    "model_changes",
    metadata,
    Column("model", String(40), primary_key=True),
    Column("is_off", Boolean(create_constraint=False), nullable=False, server_default="0"),
    # In credits, as a catalogue writes it, in JSON.
    Column("price", Text),
    Column("is_default", Boolean(create_constraint=False), nullable=False, server_default="0"),
)

# What a group's administrators chose for it; a group that chose nothing has a row at most for its greeting.
groups = Table(
    "groups",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("is_on", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("admins_only", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("language", String(20)),
    Column("model", String(40)),
    Column("width", Integer),
    Column("height", Integer),
    Column("greeted_at", Instant),
)
#: Something was chosen for the group; in the words of its partial index.
WAS_CHOSEN = or_(
    groups.c.is_on.is_(False),
    groups.c.admins_only,
    groups.c.language.is_not(None),
    groups.c.model.is_not(None),
    groups.c.width.is_not(None),
)
partial_index("ix_groups_chosen", groups.c.chat_id, where=WAS_CHOSEN)

# Why orders wait.
holds = Table(
    "holds",
    metadata,
    # The cause, the model where it concerns only one, and the provider if it is not the main one: each holds once.
    Column("name", String(80), primary_key=True),
    Column("cause", String(20), nullable=False),
    Column("provider", String(30), nullable=False, server_default=MAIN),
    Column("model", String(40)),
    Column("since", Instant, nullable=False),
    Column("why", Text, nullable=False),
    Column("probe_at", Instant),
    Column("probes", Integer, nullable=False, server_default="0"),
    # Whether only a finished video ends it.
    Column("until_made", Boolean(create_constraint=False), nullable=False, server_default="0"),
    CheckConstraint(f"cause IN ({any_of(HoldCause)})", name="cause_is_known"),
)

# Providers that have found an order by our key for it: only their word that they know no such order is believed.
order_lookups = Table(
    "order_lookups",
    metadata,
    # What tells the API that did: another address under the same provider's name is another API.
    Column("api", String(500), primary_key=True),
    Column("since", Instant, nullable=False),
)

# Messages to everybody.
broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", key, primary_key=True),
    Column("origin", String(100), nullable=False, unique=True),
    Column("admin_id", BigInteger, nullable=False),
    # The message to copy, and where the report goes.
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("card_message_id", BigInteger),
    Column("language", String(20), nullable=False, server_default="en"),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("stopped_at", Instant),
    Column("finished_at", Instant),
)

# Whom a broadcast goes to, and what became of it.
broadcast_people = Table(
    "broadcast_people",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    # Not yet sent while there is none.
    Column("outcome", String(20)),
    Column("at", Instant),
    CheckConstraint(f"outcome IN ({any_of(Outcome)})", name="outcome_is_known"),
)

partial_index(
    "ix_broadcast_people_unsent",
    broadcast_people.c.broadcast_id,
    broadcast_people.c.person_id,
    where=broadcast_people.c.outcome.is_(None),
)
Index("ix_broadcast_people_outcome", broadcast_people.c.broadcast_id, broadcast_people.c.outcome)
Index("ix_broadcast_people_person", broadcast_people.c.person_id)

# What admins were told about, so that they hear it once.
alerts = Table(
    "alerts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("detail", Text, nullable=False),
)
