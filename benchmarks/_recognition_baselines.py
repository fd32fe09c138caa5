"""What one expression and one list of names make of the same texts: the least a grammar must be better than.

Neither knows stance, kind or severity, so relevance and, for the list, agencies alone are scored, by the same count as ours.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from hoiam.kit.recognition import register
from hoiam.kit.vietnamese import nfc

# What a person would type into a monitoring service.
PLAIN = re.compile(
    r"thi hành án dân sự|\bTHADS\b|chấp hành viên|cơ quan thi hành án|cục thi hành án|cưỡng chế thi hành án",
    re.I,
)
Found = tuple[bool, set[str]]


def by_expression(text: str) -> Found:
    """Relevant when the expression stands anywhere; it names no agency."""
    return PLAIN.search(text) is not None, set()


def by_list() -> Callable[[str], Found]:
    """Relevant when a name of the register stands there letter for letter, short or in full; the names are the agencies."""
    ours = [fact for fact in register() if fact.ours]
    names = {nfc(name).lower(): fact.name for fact in ours for name in (fact.name, fact.full_name)}
    # The longest first: a town's office is not its namesake's.
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    listed = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def read(text: str) -> Found:
        agencies = {names[name] for name in listed.findall(text.lower())}
        return bool(agencies), agencies

    return read


def text_of(record: dict[str, Any]) -> str:
    """All words of a labelled record that our reader is given too."""
    parts = (record["title"], record.get("sapo"), record.get("excerpt") or record.get("text"))
    return nfc("\n".join(part for part in parts if part))


def counted(records: Iterable[dict[str, Any]], read: Callable[[str], Found]) -> Counter[str]:
    """How often relevance and agencies were right; borderline records are left out of relevance."""
    counts: Counter[str] = Counter()
    for record in records:
        label, (relevant, agencies) = record["label"], read(text_of(record))
        wanted = label["relevant"] == "yes"
        if not label["border"]:
            counts["hit"] += wanted and relevant
            counts["told"] += relevant
            counts["wanted"] += wanted
        counts["agency hit"] += len(agencies & set(label["agencies"]))
        counts["agency both"] += len(agencies) + len(label["agencies"])
    return counts


def show(records: list[dict[str, Any]]) -> None:
    """Print a line for each."""
    for name, read in (("one plain expression", by_expression), ("list of names", by_list())):
        counts = counted(records, read)
        precision = counts["hit"] / max(1, counts["told"])
        recall = counts["hit"] / max(1, counts["wanted"])
        f1 = 2 * counts["hit"] / max(1, counts["told"] + counts["wanted"])
        found = 2 * counts["agency hit"] / max(1, counts["agency both"])
        print(
            f"baseline, {name}: relevance P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (border left out) · agencies F1 {found:.3f}"
        )
