"""When a case counts in which term of I3–I6: conditions on a queryset of cases, each said once.

Source: NĐ 244/2026, Phụ lục, as law.md §8 reads it. Khoản 6 counts in I6 and never in I4.
"""

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import CaseMoment, Clock, Enquiry, Obligation, Paper, Statement
from hoiam.handling.states import ENDED_BY, ClockState, MomentKind, PaperState

ANSWERED = ("answered", "published")
GONE = (PaperState.SENT, PaperState.DELIVERED)
I6_PAPERS = ("response", "correction_demand")


def with_received(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The cases with the moment of receiving (tiếp nhận) as it stands, else that of opening, as `received`."""
    moments = CaseMoment.objects.filter(
        case=OuterRef("pk"), kind=MomentKind.RECEIVED, replaced_by=None
    ).order_by("-pk")
    received = Coalesce(
        Subquery(moments.values("at")[:1]), "opened_at", output_field=DateTimeField()
    )
    return rows.annotate(received=received)


def has(letters: str) -> Q:
    """The case has an obligation of one of these types."""
    return Q(Exists(Obligation.objects.filter(case=OuterRef("pk"), letter__in=list(letters))))


def sent(*kinds: str) -> Q:
    """A paper of one of these kinds went out on the case."""
    papers = Paper.objects.filter(case=OuterRef("pk"), kind__in=kinds, state__in=GONE)
    return Q(Exists(papers))


def ended_well(letters: str) -> Q:
    """An obligation of one of these types was closed as answered."""
    rows = Obligation.objects.filter(
        case=OuterRef("pk"), letter__in=list(letters), result__in=ANSWERED
    )
    return Q(Exists(rows))


def asked_again() -> Q:
    """The press asked about what the press had reported before (Đ7.5)."""
    return Q(Exists(Enquiry.objects.filter(case=OuterRef("pk"), is_reported_matter=True)))


def in_register() -> Q:
    """The request of the press stands in the register of enquiries, and is counted there."""
    return Q(Exists(Enquiry.objects.filter(case=OuterRef("pk"))))


SAID = Q(Exists(Statement.objects.filter(case=OuterRef("pk"))))
LATE = Q(
    Exists(
        Clock.objects.filter(case=OuterRef("pk"), rule__in=ENDED_BY["record_statement"])
        .exclude(state=ClockState.CANCELLED)
        .filter(Q(ended_at=None) | Q(ended_at__gt=F("due_at")))
    )
)


def case_terms() -> dict[str, tuple[Q, Q]]:
    """For each indicator that counts cases: which belong to the whole, and which of those to the part."""
    asked = has("ab") & ~in_register()
    unusual = has("efg") | (has("a") & asked_again())
    timed, wrong = has("ef"), has("h")
    return {
        "I3": (asked, sent("answer") | ended_well("ab")),
        "I4": (unusual, SAID | ended_well("ag")),
        "I5": (timed, SAID & ~LATE),
        "I6": (wrong, sent(*I6_PAPERS)),
    }
