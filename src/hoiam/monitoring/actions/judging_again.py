"""Judging stored items again: a dry run of a draft of the lexicon, and the additions of a published version."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hoiam.agencies.outlets import press_name
from hoiam.core import ledger
from hoiam.kit.recognition import Document, Judgement, Lexicon, Register, recognise
from hoiam.kit.recognition.editing import digest
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.intake import NOTHING, Line, conclude
from hoiam.monitoring.actions.reasons import reasons_json
from hoiam.monitoring.models import Item, LexiconTrial, LexiconVersion
from hoiam.monitoring.queries.lexicon import lexicon_in_use, lexicon_of
from hoiam.monitoring.queries.outlets import OutletBook
from hoiam.monitoring.queries.register import register_in_use
from hoiam.monitoring.states import LookState, TrialState

CHUNK = 200
ROWS_KEPT = 200


def document_of(item: Item, outlets: OutletBook) -> Document:
    """A stored item as recognition reads it; its outlet's home is found as when it came in."""
    moment = item.published_at
    given = item.source.home_province if item.source else ""
    return Document(
        title=item.title,
        sapo=item.sapo,
        text=item.body,
        outlet=press_name(item.url, item.outlet),
        home_province=outlets.home(given, item.url, item.outlet, item.channel_id) or None,
        published_on=moment.astimezone(VIETNAM).date() if moment else None,
    )


@dataclass
class _Outcome:
    """What a dry run found so far."""

    judged: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "dropped": 0, "changed": 0})
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"added": [], "dropped": [], "changed": []}
    )

    def note(self, item: Item, old: Judgement, new: Judgement) -> None:
        """One item judged both ways."""
        self.judged += 1
        kind = _difference(old, new)
        if not kind:
            return
        self.counts[kind] += 1
        if len(self.rows[kind]) < ROWS_KEPT:
            reasons = new.reasons
            if kind == "dropped":
                against = [r for r in new.reasons if r.weight < 0 and r not in old.reasons]
                reasons = (*against, *old.reasons)
            self.rows[kind].append(
                {
                    "item": item.pk,
                    "before": _said(old),
                    "after": _said(new),
                    "reasons": reasons_json(reasons),
                }
            )


def _difference(old: Judgement, new: Judgement) -> str:
    if old.relevant != new.relevant:
        return "added" if new.relevant else "dropped"
    if new.relevant and _said(old) != _said(new):
        return "changed"
    return ""


def _said(judged: Judgement) -> dict[str, Any]:
    return {"severity": judged.severity, "stance": judged.stance or "", "kind": judged.kind}


def run_trial(trial: LexiconTrial, *, now: datetime) -> LexiconTrial:
    """The trial with its outcome: every item of its days judged by both lexicons where one of them lets it in.

    It is compared with the lexicon in force. Progress is written after each chunk, so that the page can show it; run
    again it starts anew.
    """
    draft, current = lexicon_of(0, trial.draft.changes), lexicon_in_use()
    items = _since(now, trial.days)
    # The draft may have been edited since the trial was asked for: what is tried is what is signed.
    trial.digest = digest(draft)
    trial.state, trial.total, trial.done = TrialState.RUNNING, items.count(), 0
    trial.save(update_fields=["digest", "state", "total", "done"])
    register, outlets, outcome = register_in_use(), OutletBook(), _Outcome()
    for chunk in _chunks(items):
        for item in chunk:
            document = document_of(item, outlets)
            if not _is_open(document, draft, current):
                continue
            outcome.note(item, *_both(document, current, draft, register))
        trial.done += len(chunk)
        trial.save(update_fields=["done"])
    trial.counts, trial.rows, trial.judged = outcome.counts, outcome.rows, outcome.judged
    trial.state, trial.ended_at, trial.problem = TrialState.DONE, now, ""
    trial.save()
    return trial


def _both(
    document: Document, current: Lexicon, draft: Lexicon, register: Register
) -> tuple[Judgement, Judgement]:
    old, new = (
        recognise(document, lexicon=one, register=register) if _is_open(document, one) else NOTHING
        for one in (current, draft)
    )
    return old, new


def _is_open(document: Document, *lexicons: Lexicon) -> bool:
    text = f"{document.title}\n{document.sapo}\n{document.text}"
    return any(one.admits(text) for one in lexicons)


def _since(now: datetime, days: int) -> QuerySet[Item]:
    rows = Item.objects.filter(at__gte=now - timedelta(days=days))
    return rows.select_related("source").order_by("at", "pk")


def _chunks(items: QuerySet[Item]) -> Iterator[list[Item]]:
    """The items in pieces, each read by keys: a long cursor would hold a database that others write to."""
    keys = list(items.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        rows = Item.objects.select_related("source").in_bulk(keys[start : start + CHUNK])
        yield [rows[key] for key in keys[start : start + CHUNK] if key in rows]


def rejudge(version: LexiconVersion, *, now: datetime) -> LexiconVersion:
    """The version with what judging the items of its days again added: findings and warnings only.

    An item that is on the desk stays as it is, and one a person called not relevant stays away. Run again it adds
    nothing twice.
    """
    line = Line(now=now)
    line.lexicon = lexicon_of(version.number, version.changes)
    passed = _since(version.at, version.rejudge_days).filter(is_relevant=False)
    passed = passed.exclude(second_look__state=LookState.REJECTED)
    judged = added = 0
    for chunk in _chunks(passed):
        with transaction.atomic():
            for item in chunk:
                document = document_of(item, line.outlets)
                if not _is_open(document, line.lexicon):
                    continue
                judged += 1
                added += _take_up(item, document, line, now)
    version.rejudged_at, version.rejudged, version.rejudge_added = now, judged, added
    version.save(update_fields=["rejudged_at", "rejudged", "rejudge_added"])
    with transaction.atomic():
        ledger.write(version, actor=None, step="rejudge_items", at=now, judged=judged, added=added)
    return version


def _take_up(item: Item, document: Document, line: Line, now: datetime) -> bool:
    found = recognise(document, lexicon=line.lexicon, register=line.register)
    if not found.relevant:
        return False
    item.is_relevant, item.relevance = True, found.relevance
    item.lexicon_version = line.lexicon.version
    item.save(update_fields=["is_relevant", "relevance", "lexicon_version"])
    conclude(item, found, now=now, line=line)
    return True
