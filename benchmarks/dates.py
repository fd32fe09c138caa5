"""Vietnamese dates and times: right, refused and silently wrong, ours beside dateparser and htmldate in one run.

    python -m benchmarks.dates

The strings are the held-out set of `tests/kit/heldout/dates.yaml`, written before the reader was looked at; since its first
run the reader was mended by general rules, so its own figure is no longer a held-out one. A day without a time is right
when the day is right. Readers that are not installed say so: they are no part of the product.
"""

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import VIETNAM, read_moment

HELD = Path(__file__).parent.parent / "tests" / "kit" / "heldout" / "dates.yaml"
Reader = Callable[[str, datetime | None], datetime | None]


def ours(text: str, reference: datetime | None) -> datetime | None:
    """What the kit reads."""
    found = read_moment(text, reference)
    return found.value if found else None


def dateparser_vi() -> Reader:
    """dateparser as a careful user sets it: Vietnamese, day before month, Viet Nam time."""
    import dateparser  # noqa: PLC0415 -- a peer, often not installed

    settings: dict[str, Any] = {
        "DATE_ORDER": "DMY",
        "TIMEZONE": "+0700",
        "RETURN_AS_TIMEZONE_AWARE": True,
    }

    def read(text: str, reference: datetime | None) -> datetime | None:
        base = {"RELATIVE_BASE": reference.replace(tzinfo=None)} if reference else {}
        return dateparser.parse(text, languages=["vi"], settings=settings | base)

    return read


def htmldate_day() -> Reader:
    """htmldate, which reads days out of pages; its time is what its own format gives."""
    from htmldate import find_date  # noqa: PLC0415 -- a peer

    def read(text: str, reference: datetime | None) -> datetime | None:
        page = f"<html><body><p class='date'>{text}</p></body></html>"
        found = find_date(page, outputformat="%Y-%m-%dT%H:%M", max_date="2100-01-01")
        return datetime.fromisoformat(found).replace(tzinfo=VIETNAM) if found else None

    return read


def verdict(row: dict[str, Any], read: Reader) -> str:
    """right, refused or wrong; a refusal where nothing can be told is right."""
    reference = datetime.fromisoformat(row["ref"]) if "ref" in row else None
    try:
        found = read(row["text"], reference)
    except (ValueError, OverflowError, TypeError):
        found = None
    wanted = row.get("iso")
    if found is None:
        return "right" if wanted is None or row.get("or_refuse") else "refused"
    if wanted is None:
        return "wrong"
    if len(wanted) == len("2026-01-01"):
        return "right" if found.date().isoformat() == wanted else "wrong"
    moment = found if found.tzinfo else found.replace(tzinfo=VIETNAM)
    return (
        "right"
        if moment.replace(microsecond=0) == datetime.fromisoformat(wanted).replace(microsecond=0)
        else "wrong"
    )


def main() -> None:
    """Print a line for each reader."""
    held = yaml_of(HELD.read_text("utf-8"))
    rows = [*held["dates"], *({"text": text, "iso": None} for text in held["negatives"])]
    print(f"{len(rows)} strings, {len(held['negatives'])} of them no date")
    print(f"{'reader':22}{'right':>7}{'refused':>9}{'wrong':>7}{'strings/CPU s':>15}")
    makers = {"ours": lambda: ours, "dateparser (vi, DMY)": dateparser_vi, "htmldate": htmldate_day}
    for name, make in makers.items():
        try:
            read = make()
        except ImportError:
            print(f"{name:22} not installed")
            continue
        start = time.process_time()
        score = Counter(verdict(row, read) for row in rows)
        speed = len(rows) / (time.process_time() - start)
        told = "".join(
            f"{score[word]:>{width}}"
            for word, width in (("right", 7), ("refused", 9), ("wrong", 7))
        )
        print(f"{name:22}{told}{speed:>15,.0f}")


if __name__ == "__main__":
    main()
