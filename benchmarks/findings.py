"""What a benchmark found, and how that reads in a Markdown table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.bot_process import Consumption


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of a table: what was tried, and what was measured, by the columns' headings."""

    subject: str
    measured: Mapping[str, str]


def in_seconds(values: Sequence[float]) -> str:
    """Say how a span of time is spread: half, 95 of 100, and all of the values are no larger."""
    parts = (percentile(values, 50), percentile(values, 95), max(values, default=math.nan))
    return " / ".join(map(_span, parts))


def percentile(values: Sequence[float], per_cent: float) -> float:
    """Return the smallest value that at least so many per cent of all do not exceed."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(len(values) * per_cent / 100) - 1)]


def of_consumption(consumption: Consumption) -> dict[str, str]:
    return {
        "peak memory: bot + media children": (
            f"{consumption.bot_peak:.0f} + {consumption.children_peak:.0f} MiB"
        ),
        "CPU: bot + media children": f"{consumption.bot_cpu:.1f} + {consumption.children_cpu:.1f} s",
    }


def as_tables(findings: Iterable[Finding]) -> str:
    """Render a table for each run of findings that measured the same."""
    tables = (_table(headings, rows) for headings, rows in groupby(findings, lambda it: tuple(it.measured)))
    return "\n\n".join(tables)


def _table(headings: tuple[str, ...], findings: Iterable[Finding]) -> str:
    rows = [["", *headings], ["---"] * (len(headings) + 1)]
    rows += [[finding.subject, *finding.measured.values()] for finding in findings]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _span(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
