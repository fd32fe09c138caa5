"""What waits for one person: the next step of each letter and legal question that is theirs to take, first due first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, Value

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import Light, light
from hoiam.letters.policies import CLERKS, DECIDERS, HANDLERS, LAWYERS, PUBLISHERS, WRITERS
from hoiam.letters.queries.letters import letters_visible_to
from hoiam.letters.queries.questions import questions_visible_to
from hoiam.letters.states import (
    ENDED,
    ClockState,
    Competence,
    Condition,
    LetterKind,
    LetterState,
    QuestionState,
)
from hoiam.monitoring.calendars import calendar_in_use

S, K = LetterState, QuestionState
LETTER, QUESTION = "letter", "question"
ANSWER_IN = "MD-131"
# A letter has at most a handful of clocks running at once; of each the first due alone is drawn.
MOST_CLOCKS = 4
FIT = Q(competence=Competence.OURS, condition=Condition.MET) & ~Q(
    kind__in=(LetterKind.QUESTION, LetterKind.MIXED)
)


@dataclass(frozen=True)
class Waiting:
    """One step to take: `stands` is the state, "fit" for a letter that only waits to be accepted; no name stands here."""

    kind: str
    pk: int
    stands: str
    title: str
    number: str
    agency: str
    light: Light
    due_at: datetime | None
    rule: str
    badge: str


def letters_to_do(actor: Actor) -> ScopedQuerySet:
    """Letters whose next step is this person's: sorting, accepting, handing out, drafting, approving, issuing, telling."""
    held, sort = Q(holder=actor.pk), Q(agency__in=_at(actor, *HANDLERS))
    decide, tell = Q(agency__in=_at(actor, *DECIDERS)), Q(agency__in=_at(actor, *CLERKS))
    waits = (
        (Q(state__in=(S.RECEIVED, S.ACCEPTED)) & sort)
        | (Q(state=S.CLASSIFIED) & ((FIT & decide) | (~FIT & sort)))
        | (Q(state=S.ASSIGNED) & held)
        | (Q(state=S.DRAFTED) & decide & ~Q(drafted_by=actor.pk))
        | (Q(state__in=(S.APPROVED, *ENDED)) & (held | tell))
    )
    return letters_visible_to(actor).filter(waits)


def questions_to_do(actor: Actor) -> ScopedQuerySet:
    """Legal questions whose next step is this person's: drafting, checking, publishing, looking again at a changed law."""
    not_own = ~Q(drafted_by=actor.pk)
    check = Q(agency__in=_at(actor, *LAWYERS))
    waits = (
        Q(state=K.ASKED, agency__in=_at(actor, *WRITERS))
        | (Q(state=K.DRAFTED) & check & not_own)
        | (Q(state=K.CHECKED, agency__in=_at(actor, *PUBLISHERS)) & not_own)
        | (Q(state=K.PUBLISHED, published__is_under_review=True) & check)
    )
    return questions_visible_to(actor).filter(waits)


def _at(actor: Actor, *roles: str) -> list[int]:
    return [post.agency_id for post in actor.posts if post.role in roles]


def waiting_for(actor: Actor, *, now: datetime, most: int) -> list[Waiting]:
    """At most so many things that wait for this person, first due first; one query for letters and questions."""
    rows = _letter_rows(actor).union(_question_rows(actor), all=True)
    rows = rows.order_by(F("due").asc(nulls_last=True), "key")[: most * MOST_CLOCKS]
    first: dict[tuple[str, int], dict[str, Any]] = {}
    for row in rows:
        first.setdefault((row["row"], row["key"]), row)
    return [_waiting(row, now) for row in list(first.values())[:most]]


def _letter_rows(actor: Actor) -> Any:
    running = FilteredRelation("clocks", condition=Q(clocks__state=ClockState.RUNNING))
    return letters_to_do(actor).order_by().select_related(None).alias(running=running).values(
        row=Value(LETTER), key=F("pk"), said=F("title"), stands=F("state"), sort=F("kind"),
        whose=F("competence"), fit=F("condition"), first=F("ordinal"), second=F("year"),
        place=F("agency__name"), due=F("running__due_at"), since=F("running__started_at"),
        per=F("running__unit"), by=F("running__rule"), mark=F("running__badge"),
    )  # fmt: skip


def _question_rows(actor: Actor) -> Any:
    return questions_to_do(actor).order_by().select_related(None).values(
        row=Value(QUESTION), key=F("pk"), said=F("asked"), stands=F("state"), sort=Value(""),
        whose=Value(""), fit=Value(""), first=F("ordinal"), second=F("year"),
        place=F("agency__name"), due=F("due_at"), since=F("received_at"),
        per=Value("working_day"), by=Value(ANSWER_IN), mark=Value(ANSWER_IN),
    )  # fmt: skip


def _waiting(row: dict[str, Any], now: datetime) -> Waiting:
    is_letter = row["row"] == LETTER
    due = None if row["stands"] == K.PUBLISHED else row["due"]
    return Waiting(
        kind=row["row"], pk=row["key"], stands="fit" if _is_fit(row) else row["stands"],
        title=" ".join(row["said"].split())[:160],
        number=f"{'ĐT' if is_letter else 'HĐ'} {row['first']}/{row['second']}",
        agency=row["place"], light=_light(row, due, now), due_at=due,
        rule=(row["by"] or "") if due else "", badge=(row["mark"] or "") if due else "",
    )  # fmt: skip


def _is_fit(row: dict[str, Any]) -> bool:
    settled = row["whose"] == Competence.OURS and row["fit"] == Condition.MET
    is_other = row["sort"] in (LetterKind.QUESTION, LetterKind.MIXED)
    return row["stands"] == S.CLASSIFIED and settled and not is_other


def _light(row: dict[str, Any], due: datetime | None, now: datetime) -> Light:
    if row["stands"] == K.PUBLISHED:
        return Light("due", "run", "cần rà soát")
    if due is None:
        return Light("ok", "run", "không còn hạn chạy")
    return light(due, now, "run", unit=row["per"], start=row["since"], calendar=calendar_in_use())
