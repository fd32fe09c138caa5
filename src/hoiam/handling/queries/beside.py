"""What stands beside the steps of one case, in one reading: a page's budget of queries does not grow with its kinds of row."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import JSONObject

from hoiam.agencies.models import Official
from hoiam.handling.models import (
    Case,
    Directive,
    Enquiry,
    FactProof,
    OutletWatch,
    Paper,
    Pause,
    PressConference,
    PressQuestion,
    Remedy,
    WatchCheck,
)
from hoiam.handling.states import PaperState
from hoiam.monitoring.models import Attribution, Item

DIRECTIVE = (
    "issuer", "number", "dated", "content", "due_on", "due_kind", "due_at", "received_at",
    "obligation_id", "answered_at", "answer_note", "answer_paper_id", "is_late",
)  # fmt: skip
REMEDY = (
    "what", "who", "due_on", "due_at", "planned_at", "done_at", "done_note", "evidence_id", "is_late",
)  # fmt: skip

ENQUIRY = (
    "year", "ordinal", "outlet", "kind", "received_at", "answered_at", "refused_at", "state",
)  # fmt: skip
PAUSE = ("clock_id", "since", "until", "reason", "stops")
GONE_OUT = (PaperState.SENT, PaperState.DELIVERED)
PROMISE = ("outlet", "question", "promised_at", "kept_at")
WATCH = (
    "outlet", "is_original", "aim", "rule", "badge", "unit", "where", "started_at", "due_at", "state",
    "proposal", "looked_at", "next_look_at", "failures",
)  # fmt: skip


@dataclass
class Beside:
    """The rows of one case that are few and of many kinds; directives and remedies as unsaved copies to be read."""

    directives: list[Directive] = field(default_factory=list)
    remedies: list[Remedy] = field(default_factory=list)
    # What the press asked, oldest first; unsaved copies too.
    enquiries: list[Enquiry] = field(default_factory=list)
    # Answers promised at conferences of the case, first promised first; and the watches on outlets, the original first.
    promises: list[PressQuestion] = field(default_factory=list)
    watches: list[OutletWatch] = field(default_factory=list)
    # What people recorded of the outlets' reactions to papers that went out.
    replies: list[str] = field(default_factory=list)
    pauses_of: dict[int, list[Pause]] = field(default_factory=lambda: defaultdict(list))
    # By fact: keys of the files and reports that prove it.
    evidence_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    items_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    # Cases merged into this one, or that went out from it: key and number.
    merged: list[tuple[int, str]] = field(default_factory=list)
    went_to: list[tuple[int, str]] = field(default_factory=list)
    attributions: dict[int, list[Attribution]] = field(default_factory=lambda: defaultdict(list))

    @property
    def open_directives(self) -> list[Directive]:
        """Those not answered yet, first due first."""
        rows = [each for each in self.directives if each.answered_at is None]
        return sorted(rows, key=lambda each: (each.due_at is None, each.due_at))

    @property
    def open_remedies(self) -> list[Remedy]:
        """Those planned and not done."""
        return [each for each in self.remedies if each.done_at is None]


def beside(case: Case) -> Beside:
    """All of it in one query; clocks read with the case have their pauses from here too."""
    found = Beside()
    for kind, key, data in _rows(case):
        if kind == "directive":
            found.directives.append(_built(Directive, key, data))
        elif kind == "remedy":
            found.remedies.append(_built(Remedy, key, data))
        elif kind == "enquiry":
            found.enquiries.append(_built(Enquiry, key, data))
        elif kind == "promise":
            found.promises.append(_promise(key, data))
        elif kind == "watch":
            found.watches.append(_watch(case, key, data))
        elif kind == "reply":
            found.replies.append(data["reply"])
        elif kind == "pause":
            found.pauses_of[data["clock_id"]].append(_built(Pause, key, data))
        elif kind == "proof":
            into = found.evidence_of if data["evidence"] else found.items_of
            into[data["fact"]].append(data["evidence"] or data["item"])
        elif kind == "attribution":
            spans = data["spans"]  # SQLite hands a column of JSON on as text
            spans = json.loads(spans) if isinstance(spans, str) else spans
            found.attributions[data["finding"]].append(Attribution(pk=key, spans=spans))
        else:
            getattr(found, kind).append((key, f"HS {data['ordinal']}/{data['year']}"))
    found.enquiries.sort(key=lambda each: (each.received_at, each.pk))
    found.promises.sort(key=lambda each: (each.promised_at, each.pk))
    found.watches.sort(key=lambda each: (not each.is_original, each.pk))
    _give_pauses(case, found)
    return found


def _give_pauses(case: Case, found: Beside) -> None:
    # What a prefetch would fill, out of the query that reads the rest: a light asks each clock for its pauses.
    if "clocks" in getattr(case, "_prefetched_objects_cache", {}):
        for clock in case.clocks.all():
            kept = getattr(clock, "_prefetched_objects_cache", {})
            clock._prefetched_objects_cache = kept | {"pauses": found.pauses_of[clock.pk]}


def _rows(case: Case) -> list[tuple[str, int, dict[str, Any]]]:
    near = Case.objects.system("numbers of the cases this one is joined to")
    numbers = {"ordinal": F("ordinal"), "year": F("year")}
    parts = [
        _part("directive", case.directives.order_by(), **{name: F(name) for name in DIRECTIVE}),
        _part("remedy", case.remedies.order_by(), **{name: F(name) for name in REMEDY}),
        _part("enquiry", case.enquiries.order_by(), **{name: F(name) for name in ENQUIRY}),
        _part(
            "promise",
            PressQuestion.objects.filter(conference__case=case, promised_at__isnull=False),
            conference=F("conference__title"),
            holder=F("holder__full_name"),
            **{name: F(name) for name in PROMISE},
        ),
        _part(
            "watch",
            case.watches.order_by(),
            title=F("item__title"),
            subject=F("paper__subject"),
            **{name: F(name) for name in WATCH},
        ),
        _part(
            "reply",
            WatchCheck.objects.filter(paper__case=case, paper__state__in=GONE_OUT),
            reply=F("reply"),
        ),
        _part(
            "pause",
            Pause.objects.filter(clock__case=case),
            **{name: F(name) for name in PAUSE},
        ),
        _part(
            "proof",
            FactProof.objects.filter(fact__case=case),
            fact=F("fact_id"),
            evidence=F("evidence_id"),
            item=F("item_id"),
        ),
        _part(
            "attribution",
            Attribution.objects.filter(finding__item__case_items__case=case),
            finding=F("finding_id"),
            spans=F("spans"),
        ),
        _part("merged", near.filter(merged_into=case), **numbers),
        _part("went_to", near.filter(came_from=case), **numbers),
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return sorted(((r["part"], r["pk"], r["data"]) for r in rows), key=lambda row: row[1])


def _promise(key: int, data: dict[str, Any]) -> PressQuestion:
    made: PressQuestion = _built(PressQuestion, key, {name: data[name] for name in PROMISE})
    made.conference = PressConference(title=data["conference"])
    made.holder = Official(full_name=data["holder"]) if data["holder"] else None
    return made


def _watch(case: Case, key: int, data: dict[str, Any]) -> OutletWatch:
    made: OutletWatch = _built(OutletWatch, key, {name: data[name] for name in WATCH})
    made.case, made.paper = case, Paper(subject=data["subject"])
    made.item = Item(title=data["title"]) if data["title"] is not None else None
    return made


def _part(part: str, rows: QuerySet, /, **data: F) -> QuerySet:
    found = rows.order_by().annotate(part=Value(part), data=JSONObject(**data))
    return found.values("part", "pk", "data")


def _built(model: type[Model], key: int, data: dict[str, Any]) -> Any:
    made = model(pk=key)
    for name, value in data.items():
        told = model._meta.get_field(name.removesuffix("_id")).to_python(value)
        if isinstance(told, datetime) and told.tzinfo is None:
            told = told.replace(tzinfo=UTC)  # as SQLite keeps it
        setattr(made, name, told)
    return made
