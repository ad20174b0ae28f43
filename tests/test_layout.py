"""The layout: imports point one way, the domain reads no clock, files and functions have one role and its name."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "chat", "storage", "upstream", "domain", "sandbox")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
#: A module with a single importer belongs into it if it is shorter than this.
SHORTEST_FILE = 40
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
CLOCKS = {"now", "utcnow", "today"}
BROAD = {"Exception", "BaseException"}


def modules(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield the name, from the root, and the text of each module in the folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@cache
def parsed(text: str) -> ast.Module:
    """Parse a module once for all tests: there are hundreds."""
    return ast.parse(text)


def found(find: Callable[[ast.Module], list[int]], *folders: str) -> list[str]:
    """Return where `find` finds something, as `file:line`."""
    return [f"{name}:{line}" for name, text in modules(*folders) for line in find(parsed(text))]


def clocks(tree: ast.Module) -> list[int]:
    """Return the lines that read a clock: through `time`, or by asking a date what it is today."""
    lines = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(alias.name == "time" for alias in names):
                lines.append(node.lineno)
            case ast.ImportFrom(module="time"):
                lines.append(node.lineno)
            case ast.Attribute(
                value=ast.Name(id="date" | "datetime") | ast.Attribute(attr="date" | "datetime")
            ):
                lines += [node.lineno] if node.attr in CLOCKS else []
            case _:
                pass
    return lines


def long_functions(tree: ast.Module) -> list[int]:
    """Return the lines where functions begin that are too long to be read at a glance."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [node.lineno for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]


def broad_excepts(tree: ast.Module) -> list[int]:
    """Return the lines that catch whatever comes, by `except` or by `suppress`."""
    lines = []
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=None):
                lines.append(node.lineno)
            case ast.ExceptHandler(type=ast.expr() as kinds) if names_in(kinds) & BROAD:
                lines.append(node.lineno)
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=kinds):
                lines += [node.lineno] if any(names_in(kind) & BROAD for kind in kinds) else []
            case _:
                pass
    return lines


def names_in(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def test_imports_point_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_the_domain_reads_no_clock() -> None:
    assert found(clocks, "domain") == []


def test_whatever_comes_is_caught_only_around_steps_and_background_parts_and_by_shared_writes() -> None:
    files = [place.split(":")[0] for place in found(broad_excepts, *PACKAGES)]
    assert sorted(files) == ["bot/background.py", "storage/group_commit.py"]


def test_every_module_opens_with_its_role() -> None:
    texts = dict(modules(*PACKAGES, "tests", "benchmarks"))
    assert [name for name, text in texts.items() if not ast.get_docstring(parsed(text))] == []


def test_every_file_is_short_enough_for_one_role() -> None:
    texts = dict(modules(*PACKAGES, "tests", "benchmarks"))
    lengths = {name: len(text.splitlines()) for name, text in texts.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def importers() -> dict[str, set[str]]:
    """Return of each of our modules which others import it, by the names of their files."""
    found: dict[str, set[str]] = {name: set() for name, _ in modules(*PACKAGES)}
    for importer, text in modules(*PACKAGES):
        for node in ast.walk(parsed(text)):
            if isinstance(node, ast.ImportFrom) and node.module:
                named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                for file in (f"{module.replace('.', '/')}.py" for module in named):
                    if file in found:
                        found[file].add(importer)
    return found


def test_no_file_is_so_short_that_it_belongs_into_its_one_importer() -> None:
    """But for the handlers of a feature: who looks for them knows where they are."""
    texts = dict(modules(*PACKAGES))
    short = {name for name, text in texts.items() if len(text.splitlines()) < SHORTEST_FILE}
    alone = {name for name, by in importers().items() if len(by) == 1 and not name.endswith("/handlers.py")}
    assert sorted(short & alone) == []


def test_every_function_is_short_enough_to_be_read_at_a_glance() -> None:
    assert found(long_functions, *PACKAGES, "tests", "benchmarks") == []


def test_every_module_is_named_for_what_it_does() -> None:
    names = [name for name, _ in modules(*PACKAGES, "tests", "benchmarks")]
    assert [name for name in names if NAMELESS & {*Path(name).with_suffix("").parts}] == []


@pytest.mark.parametrize(
    ("find", "text", "lines"),
    [
        (clocks, "import time\nfrom time import monotonic\nimport datetime as d\n", [1, 2]),
        (clocks, "datetime.now(UTC)\nquota.now\ndatetime.datetime.utcnow()\ndate.today\n", [1, 3, 4]),
        (broad_excepts, "try: ...\nexcept Exception: ...\ntry: ...\nexcept ValueError: ...", [2]),
        (broad_excepts, "try: ...\nexcept (KeyError, BaseException): ...\ntry: ...\nexcept: ...", [2, 4]),
        (broad_excepts, "with suppress(Exception): ...\nwith contextlib.suppress(OSError): ...", [1]),
        (long_functions, "def short():\n" + " ...\n" * 39 + "async def long():\n" + " ...\n" * 40, [41]),
    ],
)
def test_what_is_looked_for_is_found(
    find: Callable[[ast.Module], list[int]], text: str, lines: list[int]
) -> None:
    assert sorted(find(ast.parse(text))) == lines
