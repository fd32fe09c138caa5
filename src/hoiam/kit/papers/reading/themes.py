"""What a paper wants told: its list of key contents (chủ đề, nội dung trọng tâm)."""

import itertools
import re
from collections.abc import Iterator, Sequence

from hoiam.kit.papers.reading.labels import labels_in
from hoiam.kit.papers.reading.outline import mark_of
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.values import Found
from hoiam.kit.papers.reading.words import listed, pattern

_STEP = re.compile(r"\((?:\d{1,2}|[ivx]{1,5}|[a-zđ])\)\s")
_MOST = 40


def themes_of(lines: Sequence[Line], start: int) -> tuple[Found[str], ...]:
    """The themes in order; empty when the paper has no such list."""
    for at in range(start, len(lines)):
        if found := list(_counted(lines[at])):
            return tuple(found)
        if _is_heading(lines[at]) and (found := list(_under(lines, at))):
            return tuple(found)
    return ()


def _is_heading(line: Line) -> bool:
    said = line.folded.rstrip(" .:")
    return (
        len(said) < 160
        and bool(pattern("themes", "headings").fullmatch(said))
        and bool(re.search(listed("themes")["needs"], said))
    )


def _under(lines: Sequence[Line], at: int) -> Iterator[Found[str]]:
    """The items below a heading: one level of numbers, letters or bullets."""
    heading = mark_of(lines[at].text)
    level: int | None = None
    for line in lines[at + 1 : at + _MOST]:
        mark = mark_of(line.text)
        if mark is None and level is None:
            continue
        if mark is None:
            break
        if (heading is not None and mark.level <= heading.level) or labels_in(line)[1]:
            break
        level = mark.level if level is None else level
        if mark.level < level:
            break
        if (
            mark.level == level
            and (theme := trimmed(line.text, mark.end, len(line.text), line.start)) is not None
        ):
            yield theme


def _parted(line: Line, start: int) -> Iterator[Found[str]]:
    """ "… bao gồm 08 hoạt động như: A; B; C."."""
    stop = re.search(r"\.(?:\s|$)", line.text[start:])
    end = start + stop.start() if stop else len(line.text)
    edges = [
        start - 1,
        *(start + each.start() for each in re.finditer(";", line.text[start:end])),
        end,
    ]
    if len(edges) < 4:
        return
    for one, two in itertools.pairwise(edges):
        if (theme := trimmed(line.text, one + 1, two, line.start)) is not None:
            yield theme


def _counted(line: Line) -> Iterator[Found[str]]:
    """ "… tập trung vào các vấn đề sau: (1) A, (2) B"."""
    lead = pattern("themes", "counted").search(line.folded)
    if lead is None:
        return
    steps = list(_STEP.finditer(line.text, lead.end()))
    if len(steps) < 2:
        yield from _parted(line, lead.end())
        return
    if steps[0].start() - lead.end() > 5:
        return
    stops = [*(step.start() for step in steps[1:]), len(line.text)]
    for step, stop in zip(steps, stops, strict=True):
        if (theme := trimmed(line.text, step.end(), stop, line.start)) is not None:
            yield theme
