"""Held-out sets, written by an outsider before the kits were looked at, run through the public command line.

The floors are those of the design's scoreboard. Truth is never bent to the product: what a general rule cannot cure
stands as `known_failure` with its reason, counts against the score, and is checked strictly so that its cure shows.
Corrected after the first run: dates compare to the second (fractions are dropped), an entity a
feed may not define stays in the title as it was written (27-xxe), and what the head of mentions.yaml lists.
Sharpened later: a feed's titles and times must be right whether or not something else on the entry was flagged.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from hoiam.config.cli import main
from hoiam.kit.lists import yaml_of

HERE = Path(__file__).parent
VIET_NAM = timezone(timedelta(hours=7))
Answer = tuple[int, str, str]
Ask = Callable[..., Answer]
Row = dict[str, Any]


def rows(name: str, *keys: str) -> list[Row]:
    """The rows of a set, one list after another."""
    held = yaml_of((HERE / name).read_text("utf-8"))
    return [row for key in keys for row in held[key]] if keys else held


DATES = [*rows("dates.yaml", "dates")]
DATES += [{"text": text, "iso": None} for text in rows("dates.yaml", "negatives")]
MENTIONS = [*rows("mentions.yaml", "mentions", "negatives")]
SECOND_MENTIONS = rows("second_wave.yaml", "mentions")
UNCURED = [row for row in [*MENTIONS, *SECOND_MENTIONS] if "known_failure" in row]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs one command; gives its exit code, its answer and what it said beside."""

    def run(*words: str) -> Answer:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def recognised(ask: Ask, tmp_path: Path) -> Callable[[list[Row]], list[Row]]:
    """The judgements of several items, asked for in one JSON Lines file."""

    def run(items: list[Row]) -> list[Row]:
        file = tmp_path / "items.jsonl"
        lines = (json.dumps(one, ensure_ascii=False) for one in items)
        file.write_text("\n".join(lines), encoding="utf-8")
        code, out, _ = ask("recognise", "--jsonl", str(file))
        assert code == 0
        return [json.loads(line) for line in out.splitlines()]

    return run


# ------------------------------------------------------------------ dates


def moment(iso: str | None) -> object:
    """A day, or a moment to the second, in a form that compares."""
    if not iso or len(iso) == 10:
        return iso or None
    read = datetime.fromisoformat(iso)
    read = read if read.tzinfo else read.replace(tzinfo=VIET_NAM)
    return read.astimezone(UTC).replace(microsecond=0)


def verdict(row: Row, ask: Ask) -> str:
    """Whether one date was read right, refused or read wrong."""
    code, out, err = ask(
        "date", *(["--ref", row["ref"]] if "ref" in row else []), "--", row["text"]
    )
    assert (code, bool(err)) in {(0, False), (1, True), (2, not row["text"])}
    got = moment(out.strip()) if code == 0 else None
    if got in {moment(row["iso"]), moment(row.get("or", row["iso"]))}:
        return "right"
    if got is None:
        return "right" if row.get("or_refuse") else "refused"
    return "wrong"


def test_dates(ask: Ask) -> None:
    found = [(verdict(row, ask), row["text"]) for row in DATES]

    score = Counter(result for result, _ in found)
    print(f"dates: {score['right']}/{len(found)}, wrong {score['wrong']}")
    assert [text for result, text in found if result == "wrong"] == []
    assert score["right"] / len(found) >= 0.99, [one for one in found if one[0] == "refused"]


# ------------------------------------------------------------------ agencies


def item(row: Row) -> Row:
    """A row of mentions as an item of the press."""
    home = {"home_province": row["home"]} if "home" in row else {}
    when = f"{row['day']}T08:00:00+07:00"
    return {"id": row["text"], "title": "Tin", "text": row["text"], "published_at": when, **home}


def compared(row: Row, agencies: list[Row]) -> tuple[int, int, int, int]:
    """Found, surplus, missing agencies and wrong provinces of one sentence."""
    left = {agency["name"]: agency for agency in agencies}
    found = missing = elsewhere = 0
    for place, wanted in enumerate(row.get("agencies", [])):
        name = next((one for one in wanted.split("|") if one in left), None)
        if name is None:
            missing += 1
            continue
        met = left.pop(name)
        provinces = row.get("province")
        elsewhere += bool(provinces) and met["province"] not in (provinces[place], None)
        found += "today" not in row or met["today"] == row["today"]
        missing += "today" in row and met["today"] != row["today"]
    return found, len(left.keys() - set(row.get("also", []))), missing, elsewhere


def mention_score(name: str, held: list[Row], judged: list[Row]) -> tuple[float, int]:
    """F1 over all sentences, and how many agencies were put into a wrong province."""
    each = [compared(row, one["agencies"]) for row, one in zip(held, judged, strict=True)]
    found, surplus, missing, elsewhere = (sum(column) for column in zip(*each, strict=True))
    f1 = 2 * found / (2 * found + surplus + missing)
    print(f"{name}: F1 {f1:.4f}, surplus {surplus}, missing {missing}, wrong province {elsewhere}")
    return f1, elsewhere


@pytest.mark.parametrize("held", [MENTIONS, SECOND_MENTIONS], ids=["first", "second"])
def test_agencies(held: list[Row], recognised: Callable[[list[Row]], list[Row]]) -> None:
    judged = recognised([item(row) for row in held])

    f1, elsewhere = mention_score("agencies", held, judged)
    assert elsewhere == 0
    assert f1 >= 0.95


def uncured(row: Row) -> Any:
    """A row that is expected to fail, with its reason."""
    mark = pytest.mark.xfail(strict=True, reason=row["known_failure"])
    return pytest.param(row, id=row["text"][:50], marks=mark)


@pytest.mark.parametrize("row", [uncured(row) for row in UNCURED])
def test_what_no_general_rule_cures(row: Row, recognised: Callable[[list[Row]], list[Row]]) -> None:
    judged = recognised([item(row)])

    assert [agency["name"] for agency in judged[0]["agencies"]] == row["agencies"]


# ------------------------------------------------------------------ relevance, stance, severity


Floors = dict[str, float]
SHARES: dict[str, Floors] = {
    "relevance.yaml": {"recall": 0.95, "stance": 0.9, "severity": 0.9, "kind": 0.9},
    "second_wave.yaml": {"recall": 0.95, "stance": 0.9, "severity": 0.9, "kind": 0.9},
    "third_wave.yaml": {"recall": 0.95, "stance": 0.8, "severity": 0.72, "kind": 0.7},
    "fourth_wave.yaml": {"recall": 0.88, "stance": 0.74, "severity": 0.6, "kind": 0.64},
}


def news(row: Row) -> Row:
    """A text as an item of the press."""
    when = f"{row.get('day', '2026-10-01')}T08:00:00+07:00"
    kept = {key: row[key] for key in ("title", "sapo", "text", "outlet") if key in row}
    home = {"home_province": row["home"]} if "home" in row else {}
    return {"id": row["title"], "published_at": when, **kept, **home}


@pytest.mark.parametrize("name", SHARES)
def test_judgements(name: str, recognised: Callable[[list[Row]], list[Row]]) -> None:
    held = rows(name, "texts")
    pairs = list(zip(held, recognised([news(row) for row in held]), strict=True))

    clear = [(row, one) for row, one in pairs if not row.get("border")]
    both = [(row, one) for row, one in pairs if row["relevant"] and one["relevant"]]
    right = sum(row["relevant"] and one["relevant"] for row, one in clear)
    precision = right / sum(one["relevant"] for _, one in clear)
    share = {"recall": right / sum(row["relevant"] for row, _ in clear)}
    share |= {
        k: sum(r[k] == o[k] for r, o in both) / len(both) for k in ("stance", "severity", "kind")
    }
    print(f"{name}: P {precision:.3f} {share}")
    assert precision >= 0.95
    assert {k: v for k, v in share.items() if v < SHARES[name][k]} == {}


def test_nearly_every_urgent_text_is_urgent(
    recognised: Callable[[list[Row]], list[Row]],
) -> None:
    held = [row for name in SHARES for row in rows(name, "texts") if row.get("severity") == 3]
    judged = recognised([news(row) for row in held])

    missed = [row["title"] for row, one in zip(held, judged, strict=True) if one["severity"] < 3]
    # One whose arrest is told in other sentences than the officer, in words no rule should know.
    assert len(missed) <= 1, missed


# ------------------------------------------------------------------ pages


def words(text: str) -> Counter[str]:
    """The words of a text and how often they occur."""
    return Counter(re.findall(r"\w+", text.lower()))


def likeness(one: str, other: str) -> float:
    """F1 over words; 1 for two empty texts."""
    a, b = words(one), words(other)
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


def test_pages(ask: Ask) -> None:
    held, scores = rows("pages/truth.yaml"), []
    for row in held:
        code, out, _ = ask("extract", "--url", row["url"], str(HERE / "pages" / row["file"]))
        page = json.loads(out)
        assert code == 0
        assert (row["file"], page["title"]) == (row["file"], row["title"])
        assert (row["file"], moment(page["published_at"])) == (
            row["file"],
            moment(row["published_at"]),
        )
        assert likeness(page["sapo"], row["sapo"]) >= 0.9, row["file"]
        whole = "\n".join([row["sapo"], *row["body"]])
        scores.append(likeness(f"{page['sapo']}\n{page['body']}", whole))

    print(f"pages: word F1 {sum(scores) / len(scores):.4f}")
    assert sum(scores) / len(scores) >= 0.96


# ------------------------------------------------------------------ feeds

FEEDS = rows("feeds/truth.yaml")


@pytest.mark.parametrize("row", FEEDS, ids=[row["file"] for row in FEEDS])
def test_feeds_are_right_and_what_is_missing_is_flagged(row: Row, ask: Ask) -> None:
    code, out, err = ask("read-feed", "--url", row["url"], str(HERE / "feeds" / row["file"]))

    entries = [json.loads(line) for line in out.splitlines()]
    by_link = {entry["link"]: entry for entry in entries}
    assert code == 0 or (row["lost"] and code in {1, 2})
    if row["lost"] and not row["entries"]:
        assert (code, bool(err)) == (2, True)
    for wanted in row["entries"]:
        entry = by_link.get(wanted["link"])
        if entry is None:
            assert code == 1  # lost, and said so
            continue
        assert entry["title"] == wanted["title"]
        assert moment(entry["published_at"]) == moment(wanted["published_at"])
        assert entry["problems"] or all((entry["title"], entry["published_at"]))
        if "summary" in wanted:
            assert entry["summary"] == wanted["summary"]
    if not row["lost"]:
        assert by_link.keys() == {wanted["link"] for wanted in row["entries"]}
