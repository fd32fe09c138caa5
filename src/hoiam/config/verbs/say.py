"""What the command line says to people: sentences on stderr, Vietnamese by default, never mixed with `--json` output."""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

# argparse's own English, and how we say it.
REFUSALS = (
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu “\1”"),
    (r"argument (.+?): expected at least one argument", r"\1 cần ít nhất một giá trị"),
    (r"argument (.+?): expected one argument", r"\1 cần một giá trị"),
    (r"argument (.+?): invalid int value: '(.*)'", r"\1 phải là số nguyên, không phải “\2”"),
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.+)\)",
        r"\1 không nhận “\2”, chọn: \3",
    ),
    (r"argument (.+?): ignored explicit argument '(.*)'", r"\1 không nhận giá trị “\2”"),
)


class Refusal(Exception):
    """Wrong use or unreadable input: exit code 2, with one sentence in either language."""

    def __init__(self, vietnamese: str, english: str = "") -> None:
        super().__init__(vietnamese)
        self.vietnamese = vietnamese
        self.english = english or vietnamese

    def sentence(self) -> str:
        """The sentence in the language chosen, on one line."""
        return " ".join((self.english if language.english else self.vietnamese).split())


class Language:
    """The language chosen by `--lang` for this run."""

    def __init__(self) -> None:
        self.english = False

    def choose(self, words: list[str]) -> None:
        """Take `--lang en|vi` out of the words, wherever it stands.

        Raises:
            Refusal: another language is asked for.
        """
        self.english = False
        for index, word in enumerate(words):
            if word == "--lang" or word.startswith("--lang="):
                length = 1 if "=" in word else 2
                wanted = words[index : index + length][-1].removeprefix("--lang=")
                del words[index : index + length]
                break
        else:
            return
        if wanted not in {"vi", "en"}:
            raise Refusal(
                "--lang chỉ nhận vi hoặc en.", "--lang takes vi (Vietnamese) or en (English)."
            )
        self.english = wanted == "en"


language = Language()


def say(sentence: str, english: str = "") -> None:
    """Put one sentence before people (stderr), in the language chosen."""
    print(english if language.english and english else sentence, file=sys.stderr, flush=True)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """argparse's help under our own headings."""

    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: Any = None
    ) -> None:
        """Put the line of use first."""
        heading = "Usage: " if language.english else "Cách dùng: "
        super().add_usage(usage, actions, groups, heading if prefix is None else prefix)  # type: ignore[arg-type]


class Parser(argparse.ArgumentParser):
    """argparse with headings and refusals of ours instead of its own English exit."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        if not language.english:
            self._positionals.title, self._optionals.title = "đầu vào", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện trang này")

    def error(self, message: str) -> NoReturn:
        """Refuse with how the verb is used."""
        use = " ".join(self.format_usage().split()).partition(": ")[2]
        raise Refusal(
            f"Dùng sai: {in_vietnamese(message)}. Cách dùng: {use}",
            f"Wrong use: {message}. Usage: {use}",
        )


def in_vietnamese(message: str) -> str:
    """One of argparse's messages in Vietnamese; an unknown one stays as it is."""
    for pattern, wording in REFUSALS:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(wording)
    return message


def parser(verb: str, summary: str) -> Parser:
    """A parser for one verb."""
    return Parser(f"hoiam {verb}", summary)


def parse(made: Parser, words: Sequence[str]) -> argparse.Namespace | int:
    """The arguments, or the exit code when only help was asked for."""
    try:
        return made.parse_args(list(words))
    except SystemExit as end:
        return int(end.code or 0)


class Progress:
    """A line on a terminal that says how far a long run is; silent in a pipe."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self.what, self.total, self.done = what, total, 0
        self.live = sys.stderr.isatty()

    def step(self, count: int = 1, note: str = "") -> None:
        """Count on and show."""
        self.done += count
        if self.live:
            of = f"/{self.total:,}" if self.total else ""
            line = f"{self.what}: {self.done:,}{of}".replace(",", ".")
            print(f"\r{line} {note}\033[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self.live and self.done:
            print(file=sys.stderr)
