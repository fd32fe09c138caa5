"""Who leads and who helps, told in a sentence: "Giao Sở A chủ trì, phối hợp với Sở B …"."""

import re
from collections.abc import Sequence

from hoiam.kit.papers.reading.dates import due_in
from hoiam.kit.papers.reading.outline import Node
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.task_parts import task_of
from hoiam.kit.papers.reading.units import begins_with_unit, first_verb, units_in
from hoiam.kit.papers.reading.values import Found, Task

_LEADS = re.compile(
    r"(?P<giao>giao (?:cho )?)?(?P<lead>[^.;:]{3,160}?),? (?:la (?:co quan|don vi) )?(?:lam )?(?:co trach nhiem )?chu tri\b(?P<help>[,;]? (?:va )?phoi hop (?:voi |cung )?(?:voi )?)?"
)
_SENTENCE = re.compile(r"(?:^|(?<=[.;(])\s*)")


def assigned(lines: Sequence[Line], node: Node) -> Task | None:
    """The task of an item that says what is to be done and then, in a sentence of its own, who does it; else None."""
    head = lines[0]
    for index, line in enumerate(lines):
        begin = node.mark.end if index == 0 else 0
        for start in (found.end() for found in _SENTENCE.finditer(line.folded)):
            if start <= begin and index == 0:
                continue
            found = _LEADS.match(line.folded, start)
            if found is None or not (
                found["giao"] or begins_with_unit(line.text[found.start("lead") :])
            ):
                continue
            title_end = start if index == 0 else len(head.text)
            title = trimmed(head.text, node.mark.end, title_end, head.start, opening=" \t-–(")
            lead = trimmed(line.text, *found.span("lead"), line.start)
            if title is None or lead is None:
                continue
            told = due_in(line.text[start:], line.folded[start:], line.start + start)
            times = [told.due.words] if told else []
            return task_of(
                node.ref,
                title,
                products=(),
                times=times,
                leads=[lead],
                coordinating=helpers(line, found.end()) if found["help"] else (),
            )
    return None


def helpers(line: Line, start: int) -> tuple[Found[str], ...]:
    """The bodies named from `start` on, up to the verb of what they help with."""
    stop = re.search(r"[.;]|,? (?:de|trong|hoan thanh)\b|\)", line.folded[start:])
    end = start + stop.start() if stop else len(line.text)
    verb = first_verb(line.text, line.folded, start)
    if verb is not None:
        end = min(end, verb.start())
    return units_in(line.text[start:end], line.start + start)
