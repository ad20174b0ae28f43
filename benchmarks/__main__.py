"""`python -m benchmarks [NAME …]`: runs all benchmarks, or those that are named, and prints Markdown tables."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from benchmarks.findings import Finding, as_tables
from benchmarks.loads import clips, crowd, photos
from benchmarks.looks import looks
from benchmarks.scale import scale

BENCHMARKS: dict[str, Callable[[], Awaitable[list[Finding]]]] = {
    "crowd": crowd,
    "clips": clips,
    "photos": photos,
    "looks": looks,
    "scale": scale,
}


async def measured(names: list[str]) -> list[Finding]:
    """One after the other: they would disturb each other."""
    findings = []
    for name in names:
        print(f"{datetime.now(UTC):%H:%M:%S} {name} …", file=sys.stderr)
        findings += await BENCHMARKS[name]()
    return findings


def main() -> None:
    names = sys.argv[1:] or list(BENCHMARKS)
    if not BENCHMARKS.keys() >= set(names):
        sys.exit(f"There are: {', '.join(BENCHMARKS)}")
    if platform.system() != "Linux":
        sys.exit("What a process takes is read from /proc: run the benchmarks on Linux, or in its container.")
    busy = os.getloadavg()[0]
    findings = asyncio.run(measured(names))
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; load before: {busy:.1f}."
    )
    print("Spans of time are p50 / p95 / max.\n")
    print(as_tables(findings))


if __name__ == "__main__":
    main()
