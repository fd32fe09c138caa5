"""Raising warnings: a story is put before each agency it concerns, with the reasons and a time to screen it by."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Agency
from hoiam.core import ledger, outbox, search
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.reasons import why_told
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.models import Finding, Story, Warning
from hoiam.monitoring.queries.register import AgencyFinder
from hoiam.monitoring.queries.searched import warning_document
from hoiam.monitoring.states import WarningState

# Screening of a warning: a product default, never law (law.md §12).
SCREENING_RULE = "MD-01"
SETTLED = frozenset({WarningState.DISMISSED, WarningState.DUPLICATE, WarningState.CASED})


def raise_warnings(
    story: Story,
    finding: Finding,
    agencies: Iterable[Agency | None],
    *,
    now: datetime,
    lead: str = "",
) -> list[Warning]:
    """The warnings that are new or were woken: one row for each agency, or one for nobody when none could be named.

    A later report that names nobody speaks of the agencies the story already stands before; the first that names one
    settles the row of nobody. `lead` is what stands before the reasons: "Báo đã sửa bài. ".
    """
    targets = list(dict.fromkeys(agencies)) or [None]
    rows = Warning.objects.system("warnings are raised by the house").filter(story=story)
    standing = {warning.agency_id: warning for warning in rows.select_related("agency")}
    if targets == [None] and any(standing):
        targets = [w.agency for w in standing.values() if w.agency is not None]
    elif None in standing and any(targets):
        _settle_unnamed(standing[None], now)
    raised = [
        _raise_one(story, agency, finding, standing.get(agency and agency.pk), now, lead)
        for agency in targets
    ]
    return [warning for warning in raised if warning is not None]


def _raise_one(
    story: Story,
    agency: Agency | None,
    finding: Finding,
    warning: Warning | None,
    now: datetime,
    lead: str,
) -> Warning | None:
    if warning is None:
        warning = Warning(story=story, agency=agency, why=lead + why_of(finding), at=now)
        warning.severity = finding.severity
        _set_due(warning, now)
        warning.save()
        _tell(warning, now)
        return warning
    if finding.severity <= warning.severity:
        return None
    was = warning.state
    grow(warning, finding.severity, lead + why_of(finding), now=now)
    return warning if was == WarningState.READ else None


def grow(warning: Warning, severity: int, why: str, *, now: datetime) -> None:
    """Nothing; the row is graver now: a read or put-off one is on the list again, and its desk is told anew.

    A person's "not relevant" and a case stand; there only the figure changes.
    """
    warning.severity = severity
    if warning.state in SETTLED:
        warning.save(update_fields=["severity"])
        return
    warning.why, warning.snoozed_until = why, None
    if warning.state == WarningState.READ:
        bring_back(warning, now)
    if warning.due_at is None:
        _set_due(warning, now)
    warning.save()
    _tell(warning, now)


def bring_back(warning: Warning, now: datetime) -> None:
    """Nothing; a read row is new again with a fresh time to screen it by; the caller saves it."""
    warning.state, warning.settled_at, warning.due_at = WarningState.NEW, None, None
    _set_due(warning, now)


def _tell(warning: Warning, now: datetime) -> None:
    ledger.write(warning, actor=None, step="raise_warning", at=now, severity=warning.severity)
    index(warning)
    outbox.post("warning_raised", warning.pk, at=now)


def _settle_unnamed(warning: Warning, now: datetime) -> None:
    if warning.state != WarningState.NEW:
        return
    warning.state, warning.settled_at = WarningState.READ, now
    warning.save(update_fields=["state", "settled_at"])
    words = "đã rõ cơ quan liên quan"
    ledger.write(warning, actor=None, step="mark_read", at=now, reason=words)


def _set_due(warning: Warning, now: datetime) -> None:
    # Nothing has to be answered: the row is read, not screened against a clock.
    if warning.severity == 0:
        return
    deadline = compute(SCREENING_RULE, now, calendar=calendar_in_use())
    warning.due_at, warning.due_rule = deadline.due, SCREENING_RULE
    warning.due_steps = deadline.as_json()["steps"]


def index(warning: Warning) -> None:
    """Nothing; search finds the row by the words of its story's items, in the scope of its agency."""
    search.put_many([warning_document(warning, warning.story)])


def follow_story(story: Story, *, but: Iterable[Warning] = ()) -> None:
    """Nothing; every row of the story is found by the words of all its items, those just raised are already."""
    fresh = {warning.pk for warning in but}
    rows = Warning.objects.system("search follows the story").filter(story=story)
    for warning in rows.exclude(pk__in=fresh).select_related("story"):
        index(warning)


def why_of(finding: Finding) -> str:
    """One sentence that says why the story was picked; a score only where no words can be quoted."""
    score = show_number(round(finding.relevance, 2), places=2)
    return why_told(finding) or f"Điểm liên quan {score}."


def concerned(finding: Finding, finder: AgencyFinder) -> list[Agency | None]:
    """The agencies to warn for one item: those named, as of today; else the only province the matter lies in."""
    rows = finding.attributions.select_related("agency_today")
    named = [row.agency_today for row in rows if row.agency_today]
    if named:
        return list(dict.fromkeys(named))
    places = dict.fromkeys(finder.province(name) for name in finding.provinces)
    return list(places) if len(places) == 1 else [None]
