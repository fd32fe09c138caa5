"""Tasks written as paragraphs: a numbered line, and under it labels of product, time, lead and coordinating units."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hoiam.kit.papers.reading.assigning import assigned
from hoiam.kit.papers.reading.labels import (
    WORTHY,
    Label,
    labels_in,
    products_of,
    units_of,
    value_of,
)
from hoiam.kit.papers.reading.outline import (
    LETTER,
    NUMBER,
    SECTION,
    Mark,
    Node,
    mark_of,
    outline_of,
)
from hoiam.kit.papers.reading.sheet import Line, Sheet, trimmed
from hoiam.kit.papers.reading.task_parts import task_of
from hoiam.kit.papers.reading.values import Found, Task


@dataclass
class _Group:
    """Labels that belong together, and the lines before them that say what is to be done."""

    content: list[int] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def is_task(self) -> bool:
        kinds = {label.kind for label in self.labels}
        return (bool(kinds & WORTHY) and kinds != {"does"}) or {"does", "time"} <= kinds


@dataclass
class _Header:
    """A numbered line with what stands under it up to the next one."""

    node: Node
    groups: list[_Group]
    section: str = ""  # number of the section (Roman) it stands in
    is_plan: bool = False  # whether that section lists what is to be done


def listed_tasks(sheet: Sheet, start: int) -> list[Task]:
    """The tasks of the paragraphs from line `start` on, in order."""
    headers = _headers(sheet.lines, start)
    _lift_shared(headers)
    return _numbered_apart(
        [(header.section, task) for header in headers for task in _tasks(sheet, header)]
    )


def _headers(lines: Sequence[Line], start: int) -> list[_Header]:
    nodes = outline_of(lines, start)
    by_line = {node.at: node for node in nodes}
    headers: list[_Header] = []
    open_headers: list[_Header] = []
    for at in range(start, len(lines)):
        line, node = lines[at], by_line.get(at)
        first, labels = labels_in(line)
        mark = mark_of(line.text)
        is_label = bool(labels) and first <= (mark.end if mark else 0)
        if node is not None and not (is_label and _is_part(node, labels, open_headers)):
            while open_headers and open_headers[-1].node.level >= node.level:
                open_headers.pop()
            header = _Header(node, [_Group(labels=labels)], *_section(open_headers, lines))
            headers.append(header)
            open_headers.append(header)
            continue
        owner = _owner(open_headers, node.mark if node is not None else None)
        if owner is not None:
            _take(owner, at, line, labels, is_label)
    return headers


_PLANS = re.compile(r"nhiem vu|noi dung|giai phap|hoat dong|cong viec|chuong trinh")
_ORGANISES = re.compile(r"to chuc thuc hien|phan cong|trach nhiem|muc dich|yeu cau|muc tieu")


def _section(open_headers: Sequence[_Header], lines: Sequence[Line]) -> tuple[str, bool]:
    above = [each for each in open_headers if each.node.level == SECTION]
    if not above:
        return "", False
    said = lines[above[-1].node.at].folded
    return above[-1].node.ref, bool(_PLANS.search(said)) and not _ORGANISES.search(said)


def _is_part(node: Node, labels: Sequence[Label], open_headers: Sequence[_Header]) -> bool:
    """ "b) Đơn vị chủ trì: …" under "1. …" is a part of it; "4. Thời gian thực hiện" beside "3. …" is a section."""
    above = _owner(open_headers, node.mark)
    if above is None or above.node.level < NUMBER:
        return False
    return (
        labels[0].kind != "content"
        or any(group.labels for group in above.groups)
        or node.level >= LETTER
    )


def _owner(open_headers: Sequence[_Header], mark: Mark | None) -> _Header | None:
    """The header a line belongs to: the deepest one, or for a numbered label the one above its own level."""
    for header in reversed(open_headers):
        if mark is None or header.node.level < mark.level:
            return header
    return None


def _take(header: _Header, at: int, line: Line, labels: list[Label], is_label: bool) -> None:
    group = header.groups[-1]
    if labels and is_label:
        if {each.kind for each in labels} & {
            each.kind for each in group.labels
        } & WORTHY and group.content:
            group = _Group()
            header.groups.append(group)
        group.labels += labels
        return
    if group.labels and _continues(group.labels[-1], line):
        group.labels[-1].places.append((line.start, line.end))
        return
    if group.labels:
        group = _Group()
        header.groups.append(group)
    group.content.append(at)
    group.labels += labels


def _continues(label: Label, line: Line) -> bool:
    """Whether a line goes on with the value of the label above it."""
    mark = mark_of(line.text)
    start, end = label.places[0]
    is_empty = end - start < 3
    if mark is not None and mark.is_bullet:
        return (
            (is_empty and label.mark != mark.value)
            or (label.mark == "-" and mark.value == "+")
            or (len(label.places) > 1 and label.mark != mark.value)
        )
    return mark is None and ((is_empty and len(label.places) == 1) or line.text[:1].islower())


def _lift_shared(headers: list[_Header]) -> None:
    """Labels under the last of several letters alone speak for all of them: they belong to the number above."""
    families: dict[int | None, list[_Header]] = {}
    above: dict[int | None, _Header] = {}
    last: _Header | None = None
    for header in headers:
        if header.node.level != LETTER:
            last = header if header.node.level < LETTER else last
            continue
        families.setdefault(header.node.parent, []).append(header)
        if last is not None:
            above[header.node.parent] = last
    for parent, letters in families.items():
        if parent in above and _speaks_for_all(letters, above[parent]):
            above[parent].groups = [_Group(labels=letters[-1].groups[0].labels)]
            letters[-1].groups = [_Group()]


def _speaks_for_all(letters: Sequence[_Header], above: _Header) -> bool:
    *before, last = letters
    return (
        len(letters) > 1
        and bool(last.groups[0].labels)
        and not _is_inline(last)
        and not any(group.labels for each in before for group in each.groups)
        and above.node.level >= NUMBER
        and not any(group.labels for group in above.groups)
    )


def _is_inline(header: _Header) -> bool:
    return header.groups[0].labels[0].mark == "" and bool(header.groups[0].content)


def _tasks(sheet: Sheet, header: _Header) -> Iterator[Task]:
    groups = [group for group in header.groups if group.is_task()]
    for group in groups:
        is_own = len(groups) == 1 or group is header.groups[0]
        title = _title(sheet, header, group, is_own and not (len(groups) > 1 and group.content))
        if title is not None:
            yield _task(sheet, header.node.ref, title, group.labels)
    if not groups and header.is_plan and header.node.level > SECTION:
        own = [at for group in header.groups for at in group.content]
        told = assigned([sheet.lines[at] for at in (header.node.at, *own)], header.node)
        if told is not None:
            yield told


def _title(sheet: Sheet, header: _Header, group: _Group, of_header: bool) -> Found[str] | None:
    line = sheet.lines[header.node.at]
    if not of_header and group.content:
        line = sheet.lines[group.content[0]]
        mark = mark_of(line.text)
        return trimmed(
            sheet.text, line.start + (mark.end if mark else 0), line.start + labels_in(line)[0]
        )
    first, labels = labels_in(line)
    title = trimmed(sheet.text, line.start + header.node.mark.end, line.start + first)
    if title is None:
        content = next((label for label in labels if label.kind == "content"), None)
        return value_of(sheet.text, content) if content else None
    return title


def _task(sheet: Sheet, ref: str, title: Found[str], labels: Sequence[Label]) -> Task:
    text = sheet.text
    return task_of(
        ref,
        title,
        products=tuple(
            each for label in labels if label.kind == "product" for each in products_of(text, label)
        ),
        times=[
            value for label in labels if label.kind == "time" and (value := value_of(text, label))
        ],
        leads=[
            value
            for kind in ("lead", "both", "does")
            for label in labels
            if label.kind == kind and (value := value_of(text, label))
        ],
        coordinating=tuple(
            each
            for label in labels
            if label.kind == "coordinating"
            for each in units_of(text, label)
        ),
        ends=[end for label in labels for _, end in label.places],
    )


def _numbered_apart(made: Sequence[tuple[str, Task]]) -> list[Task]:
    """The tasks; numbers that begin anew in each section get the section's own number before them."""
    sections: dict[str, set[str]] = {}
    for section, task in made:
        sections.setdefault(task.ref, set()).add(section)
    begins_anew = any(len(each) > 1 for each in sections.values())
    return [
        replace(task, ref=f"{section}.{task.ref}") if section and begins_anew else task
        for section, task in made
    ]
