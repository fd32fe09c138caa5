"""The demonstration's data files as values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import nfc, slug

DATA = files(__package__) / "data"


@dataclass(frozen=True)
class Report:
    """One item of the demonstration and what recognition has to say of it.

    Attributes:
        story: key of the event it belongs to; blank for noise.
        after: minutes after `at` at which it was published.
        agencies: codes of the agencies recognition must name.
    """

    key: str
    story: str
    outlet: str
    at: str
    after: int
    title: str
    sapo: str
    body: str
    section: str
    author: str
    relevant: bool
    agencies: tuple[str, ...]

    def url(self, host: str) -> str:
        """The address of the item at its outlet."""
        return f"https://{host}/{slug(self.title)[:80].strip('-')}-{self.key}.html"


@cache
def read(name: str) -> Any:
    """One data file, its text in NFC."""
    return yaml_of(nfc((DATA / name).read_text(encoding="utf-8")))


@cache
def reports() -> tuple[Report, ...]:
    """Every item: stories with their reprints, near misses and other news."""
    return (*_stories(), *_noise())


def _stories() -> Iterator[Report]:
    folder = sorted(
        path.name for path in (DATA / "stories").iterdir() if path.name != "__init__.py"
    )
    for name in folder:
        for row in read(f"stories/{name}"):
            yield _first(row)
            yield from _again(row)


def _first(row: dict[str, Any]) -> Report:
    return Report(
        key=row["key"],
        story=row["key"],
        outlet=row["outlet"],
        at=row["at"],
        after=0,
        title=row["title"],
        sapo=row["sapo"],
        body=row["body"].strip(),
        section=row.get("section", "Pháp luật"),
        author=row.get("author", ""),
        relevant=True,
        agencies=tuple(row.get("agencies", ())),
    )


def _again(row: dict[str, Any]) -> Iterator[Report]:
    """Reprints: another outlet, often another title, the text cut and its origin named at the end."""
    first = _first(row)
    paragraphs = first.body.split("\n\n")
    for number, again in enumerate(row.get("again", ()), start=1):
        kept = paragraphs[: again.get("paragraphs", len(paragraphs))]
        yield Report(
            key=f"{first.key}-{number}",
            story=first.key,
            outlet=again["outlet"],
            at=first.at,
            after=int(again["after"]),
            title=again.get("title", first.title),
            sapo=again.get("sapo", first.sapo),
            body="\n\n".join([*kept, f"Theo {outlets()[first.outlet]['press']}"]),
            section=again.get("section", first.section),
            author="",
            relevant=True,
            agencies=tuple(again.get("agencies", first.agencies)),
        )


def _noise() -> Iterator[Report]:
    """News that does not concern civil enforcement, spread over the days; the outlets take turns."""
    data = read("noise.yaml")
    rows = [row | {"fill": values} for row in data["items"] for values in row.get("fill", [{}])]
    # Rows of one pattern lie far apart in time: 7 and 37 are prime to what they turn through.
    for number, row in enumerate(rows):
        day, hour, minute = 1 + number * 37 % 59, 6 + number * 7 % 15, number * 11 % 60
        yield Report(
            key=f"tin-{number + 1:03d}",
            story="",
            outlet=data["outlets"][number % len(data["outlets"])],
            at=f"{day}d {hour:02d}:{minute:02d}",
            after=0,
            title=row["title"].format(**row["fill"]),
            sapo=row["sapo"].format(**row["fill"]),
            body="",
            section=row["section"],
            author="",
            relevant=False,
            agencies=(),
        )


@cache
def outlets() -> dict[str, dict[str, Any]]:
    """Outlets by key: the channel's name, host and kind, and the press agency it belongs to."""
    return {
        channel["key"]: {**channel, "press": press["name"], "province": press["province"]}
        for press in read("province.yaml")["press"]
        for channel in press["channels"]
    }
