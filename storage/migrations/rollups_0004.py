"""The roll-ups of jobs as step 0004 makes them: the triggers that keep them, and what fills them the first time."""
# ruff: noqa: S608 - the statements are put together of nothing but what is written here

_IN_A_DAY = 86_400_000_000
_DAY = f"{{job}}.created_at / {_IN_A_DAY}"
_WEEK = f"{{job}}.created_at / {7 * _IN_A_DAY}"
_ASKED = "{job}.requester_id != 0"
_IS_DELIVERED = "{job}.state = 'done' AND {job}.kept_at IS NULL"
_WAITED = "({job}.finished_at - {job}.created_at) / 1000000"
_WAIT = (
    f"{_WAITED} - ({_WAITED}) % CASE WHEN ({_WAITED} < 60) THEN 1 WHEN ({_WAITED} < 600) THEN 10"
    f" WHEN ({_WAITED} < 3600) THEN 60 ELSE 300 END"
)
_IS_CHARGED = "{job}.state != 'cancelled' AND ({job}.failure IS NULL OR {job}.kept_at IS NOT NULL)"
_IS_RECENT = f"{_ASKED} AND (SELECT recent_use_since.day FROM recent_use_since) <= {_DAY}"

#: What tables hold of a job: the columns of their keys, those that are summed up, and which jobs count.
_SUMS = {
    "daily_tallies": (
        {
            "day": _DAY,
            "model": "{job}.model",
            "seconds": "{job}.seconds",
            "state": "{job}.state",
            "failure": "coalesce({job}.failure, '')",
            "is_rendered": "{job}.rendered_at IS NOT NULL",
            "is_kept": "{job}.kept_at IS NOT NULL",
        },
        {"jobs": "1", "credits": "{job}.price"},
        "1 = 1",
    ),
    "daily_waits": ({"day": _DAY, "model": "{job}.model", "wait": _WAIT}, {"videos": "1"}, _IS_DELIVERED),
    "weekly_waits": ({"week": _WEEK, "model": "{job}.model", "wait": _WAIT}, {"videos": "1"}, _IS_DELIVERED),
    "recent_use": (
        {"requester_id": "{job}.requester_id"},
        {
            "jobs": "1",
            "videos": f"CASE WHEN ({_IS_DELIVERED}) THEN 1 ELSE 0 END",
            "credits": f"CASE WHEN ({_IS_CHARGED}) THEN {{job}}.price ELSE 0 END",
        },
        _IS_RECENT,
    ),
}
#: The columns of a job that the tables are made of, in the order of the table of jobs.
_MADE_OF = {
    "daily_tallies": "model seconds price state created_at rendered_at failure kept_at",
    "daily_waits": "model state created_at finished_at kept_at",
    "weekly_waits": "model state created_at finished_at kept_at",
    "daily_people": "requester_id created_at",
    "recent_use": "requester_id price state created_at failure kept_at",
}

_OTHERS = "FROM jobs AS others WHERE others.requester_id = {job}.requester_id AND others.id <> {job}.id"
_SINCE = f"AND others.created_at >= {_DAY} * {_IN_A_DAY}"
_UNTIL = f"AND others.created_at < ({_DAY} + 1) * {_IN_A_DAY}"
_IS_FIRST = f"CASE WHEN EXISTS (SELECT 1 {_OTHERS} {_SINCE} {_UNTIL}) THEN 0 ELSE 1 END"
_IS_LAST = f"CASE WHEN EXISTS (SELECT 1 {_OTHERS} {_SINCE}) THEN 0 ELSE 1 END"
_LATEST = f"SELECT others.created_at / {_IN_A_DAY} {_OTHERS} ORDER BY others.created_at DESC LIMIT 1"
_WAS_LAST = f"WHERE {_ASKED} AND day = ({_LATEST}) AND day < {_DAY}"
_PEOPLE_COUNTED = (
    f"INSERT INTO daily_people (day, people, last_seen) SELECT {_DAY}, {_IS_FIRST}, {_IS_LAST} WHERE {_ASKED}"
    " ON CONFLICT (day) DO UPDATE SET people = daily_people.people + excluded.people,"
    " last_seen = daily_people.last_seen + excluded.last_seen;"
    f" UPDATE daily_people SET last_seen = last_seen - 1 {_WAS_LAST};"
)
_PEOPLE_UNCOUNTED = (
    f"UPDATE daily_people SET people = people - {_IS_FIRST}, last_seen = last_seen - {_IS_LAST}"
    f" WHERE {_ASKED} AND day = {_DAY};"
    f" UPDATE daily_people SET last_seen = last_seen + 1 {_WAS_LAST};"
)


def _counted(table: str) -> str:
    if table == "daily_people":
        return _PEOPLE_COUNTED
    key, amounts, where = _SUMS[table]
    values = key | amounts
    sums = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in amounts)
    return (
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} WHERE {where}"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sums};"
    )


def _uncounted(table: str) -> str:
    if table == "daily_people":
        return _PEOPLE_UNCOUNTED
    key, amounts, where = _SUMS[table]
    row = " AND ".join(f"{name} = ({value})" for name, value in key.items())
    less = ", ".join(f"{name} = {name} - ({value})" for name, value in amounts.items())
    return (
        f"UPDATE {table} SET {less} WHERE {row} AND {where};"
        f" DELETE FROM {table} WHERE {row} AND {next(iter(amounts))} = 0;"
    )


def _triggers_of(table: str, made_of: list[str]) -> list[str]:
    was, now = (", ".join(f"{job}.{name}" for name in made_of) for job in ("OLD", "NEW"))
    fewer, more = _uncounted(table).format(job="OLD"), _counted(table).format(job="NEW")
    changed = f"UPDATE OF {', '.join(made_of)} ON jobs WHEN ({was}) IS NOT ({now})"
    return [
        f"CREATE TRIGGER {table}_insert AFTER INSERT ON jobs BEGIN {more} END",
        f"CREATE TRIGGER {table}_update AFTER {changed} BEGIN {fewer} {more} END",
        f"CREATE TRIGGER {table}_delete AFTER DELETE ON jobs BEGIN {fewer} END",
    ]


def _filling(table: str) -> str:
    key, amounts, where = _SUMS[table]
    values = [*key.values(), *(f"sum({value})" for value in amounts.values())]
    filling = (
        f"INSERT INTO {table} ({', '.join(key | amounts)}) SELECT {', '.join(values)} FROM jobs"
        f" WHERE {where} GROUP BY {', '.join(key.values())}"
    )
    return filling.format(job="jobs")


_FILLING_WEEKS = (
    "INSERT INTO weekly_waits (week, model, wait, videos) SELECT day / 7, model, wait, sum(videos) FROM daily_waits"
    " GROUP BY day / 7, model, wait"
)
_FILLING_PEOPLE = (
    f"INSERT INTO daily_people (day, people, last_seen) SELECT created_at / {_IN_A_DAY}, count(DISTINCT requester_id), 0"
    f" FROM jobs WHERE requester_id != 0 GROUP BY created_at / {_IN_A_DAY}"
)
_FILLING_LAST_SEEN = (
    "UPDATE daily_people SET last_seen = counted.people FROM (SELECT lasts.day, count(*) AS people FROM"
    f" (SELECT max(created_at) / {_IN_A_DAY} AS day FROM jobs WHERE requester_id != 0 GROUP BY requester_id) AS lasts"
    " GROUP BY lasts.day) AS counted WHERE counted.day = daily_people.day"
)
#: What people have used lately is counted anew once a day in any case.
FILLING = [
    _filling("daily_tallies"),
    _filling("daily_waits"),
    _filling("weekly_waits"),
    _FILLING_PEOPLE,
    _FILLING_LAST_SEEN,
]
TRIGGERS = [trigger for table, names in _MADE_OF.items() for trigger in _triggers_of(table, names.split())]
