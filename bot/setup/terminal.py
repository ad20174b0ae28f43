"""Asks a person in a terminal, until an answer is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from getpass import getpass
from typing import TypeVar

from rich.console import Console
from rich.text import Text

from bot.findings import Finding, Mark, wrong

T = TypeVar("T")

_STYLES = {Mark.WELL: "green", Mark.DOUBTFUL: "yellow", Mark.WRONG: "red"}
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})


class Stopped(Exception):
    """The person has pressed Ctrl-C, or there is nobody any more."""


class Terminal:
    """What is said and asked; nothing that is said is read as markup."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, words: str = "", style: str = "") -> None:
        self.console.print(Text(words, style=style), soft_wrap=True)

    def tell(self, finding: Finding) -> None:
        self.say(str(finding), _STYLES[finding.mark])

    def ask(
        self, question: str, read: Callable[[str], T], *, default: str = "", is_hidden: bool = False
    ) -> T:
        """Return what `read` makes of an answer; its ValueError is told, and the question asked again.

        An empty answer is the `default`, which is shown.
        """
        shown = f"{question} [{default}]: " if default else f"{question}: "
        while True:
            try:
                # What is typed before getpass has hidden it is thrown away, so it shows the question itself.
                answer = getpass(shown) if is_hidden else self.console.input(Text(shown, style="bold"))
            except (KeyboardInterrupt, EOFError) as end:
                self.say()
                raise Stopped from end
            try:
                return read(answer.strip() or default)
            except ValueError as error:
                self.tell(wrong(str(error)))

    def choose(self, question: str, options: Sequence[str], *, default: int = 0) -> int:
        """Return which of the options is chosen, by its number from 1 on; counted from 0."""
        for number, option in enumerate(options, start=1):
            self.say(f"  {number}  {option}")
        return self.ask(question, lambda said: _number_of(said, len(options)), default=str(default + 1)) - 1

    def confirm(self, question: str, *, default: bool = True) -> bool:
        return self.ask(f"{question} (y/n)", _yes_or_no, default="y" if default else "n")


def _number_of(said: str, most: int) -> int:
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said) <= most:
        raise ValueError(f"a number from 1 to {most}, please")
    return int(said)


def _yes_or_no(said: str) -> bool:
    if said.lower() in _YES | _NO:
        return said.lower() in _YES
    raise ValueError("y or n, please")
