#!/usr/bin/env python3
"""Renews what everything is pinned to: the three locks, and the constraints in pyproject.toml that uv goes by.

Needs uv. Its arguments go to `uv pip compile`: without any, what is pinned stays as far as it may; `--upgrade` takes
the newest of everything, `--upgrade-package NAME` of one.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYPROJECT = ROOT / "pyproject.toml"
OPTIONS = (
    "--no-config",  # else the constraints would hold everything where it is
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
)
LOCKS = {
    "constraint-dependencies": ("requirements.lock", "requirements-dev.lock"),
    "build-constraint-dependencies": ("requirements-build.lock",),
}


def compile_lock(lock: str, *sources: str, given: str = "") -> None:
    """Write a lock: with hashes, for every system, and without a word about where the packages come from."""
    command = ("uv", "pip", "compile", *OPTIONS, *sys.argv[1:], *sources, "-o", lock)
    subprocess.run(command, cwd=ROOT, input=given, text=True, check=True)  # noqa: S603 - as whoever calls this wants it


def pins(*locks: str) -> list[str]:
    """Return what the locks pin, such as `idna==3.18` or `colorama==0.4.6 ; sys_platform == 'win32'`."""
    lines = (line for lock in locks for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    return sorted({line.removesuffix("\\").rstrip() for line in lines if "==" in line})


def constrain(name: str, constraints: list[str]) -> None:
    """Replace one list of `[tool.uv]`."""
    text = PYPROJECT.read_text(encoding="utf-8")
    items = "".join(f'  "{constraint}",\n' for constraint in constraints)
    whole = re.compile(rf"^{name} = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)
    PYPROJECT.write_text(whole.sub(lambda _: f"{name} = [\n{items}]\n", text), encoding="utf-8")


def main() -> None:
    build_system = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["build-system"]
    compile_lock("requirements.lock", "pyproject.toml")
    compile_lock("requirements-dev.lock", "--group", "dev", "-c", "requirements.lock")
    compile_lock("requirements-build.lock", "-", given="\n".join(build_system["requires"]))
    for name, locks in LOCKS.items():
        constrain(name, pins(*locks))


if __name__ == "__main__":
    main()
