"""What the rooms know was done, as proof for tasks: each source names things with the day they happened and where they are read.

A product of a task "counts by itself" when a row of these is linked to it. A source gives only what truly stands in the
records: signed, held, decided, answered – never what is planned.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Case, Enquiry, PressConference, Statement
from hoiam.handling.states import ConferenceState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.models import PublishedAnswer, ReaderLetter
from hoiam.monitoring.queries.periods import Period
from hoiam.newsroom.models import Article, SocialAct
from hoiam.newsroom.queries.prints import confirmed_prints
from hoiam.newsroom.states import ArticleKind, ArticleState
from hoiam.newsroom.states.social import ActKind, ActState
from hoiam.scheme.models import (
    Agreement,
    Contribution,
    Expert,
    ExpertWork,
    RewardList,
    Training,
)
from hoiam.scheme.states.agreements import AgreementState
from hoiam.scheme.states.rewards import RewardState
from hoiam.scheme.states.training import TrainingState

WHY = "proof of an agency's work, asked for by agencies the caller may see"


@dataclass(frozen=True)
class Proof:
    """One thing done: `kind` and `pk` together name it for ever, `address` is its page, `where` the account or outlet."""

    kind: str
    pk: int
    agency_id: int
    title: str
    happened_on: date
    address: str
    where: str = ""


Finder = Callable[[Collection[int] | None, Period], Iterable[Proof]]


@dataclass(frozen=True)
class ProofSource:
    """One kind of proof: its word on the page and who finds its rows."""

    kind: str
    label: str
    find: Finder


_sources: dict[str, ProofSource] = {}


def proof_source(kind: str, label: str) -> Callable[[Finder], Finder]:
    """A decorator that makes `function(agency_ids, period)` the source of this kind; None stands for the whole System.

    Raises:
        LookupError: the kind has a source already.
    """

    def register(find: Finder) -> Finder:
        if kind in _sources:
            raise LookupError(f"{kind} already has a source of proofs")
        _sources[kind] = ProofSource(kind, label, find)
        return find

    return register


def proof_sources() -> tuple[ProofSource, ...]:
    """Every source, in the order they were registered."""
    return tuple(_sources.values())


def proofs(
    agency_ids: Collection[int] | None, period: Period, kinds: Collection[str] | None = None
) -> list[Proof]:
    """What these agencies (None: all) did in the period, newest first; only of these kinds when given.

    The caller narrows: it asks for agencies its actor may see.

    Raises:
        LookupError: a kind has no source.
    """
    wanted = _sources.values() if kinds is None else [_sources[kind] for kind in kinds]
    found = [row for source in wanted for row in source.find(agency_ids, period)]
    return sorted(found, key=lambda row: (row.happened_on, row.kind, row.pk), reverse=True)


def of_agencies(
    rows: ScopedQuerySet, agency_ids: Collection[int] | None, field: str = "agency"
) -> ScopedQuerySet:
    """The rows opened for counting, of these agencies only unless None."""
    found = rows.system(WHY)
    return found if agency_ids is None else found.filter(**{f"{field}__in": agency_ids})


def day_of(moment: datetime) -> date:
    """The Vietnamese civil day of a moment."""
    return moment.astimezone(VIETNAM).date()


@proof_source("statement", "Phát ngôn")
def _statements(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    cases = of_agencies(Case.objects.all(), agency_ids)
    rows = Statement.objects.filter(case__in=cases, at__gte=period.start, at__lt=period.end)
    for row in rows.select_related("case"):
        title = f"{row.spokesperson}: {row.case.title}"
        address = reverse("desk-case", args=[row.case_id])
        yield Proof("statement", row.pk, row.case.agency_id, title, day_of(row.at), address)


@proof_source("answer", "Trả lời báo chí")
def _answers(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(Enquiry.objects.all(), agency_ids)
    for row in rows.filter(answered_at__gte=period.start, answered_at__lt=period.end):
        address = reverse("desk-enquiry", args=[row.pk])
        day = day_of(row.answered_at)
        yield Proof("answer", row.pk, row.agency_id, f"Trả lời {row.outlet}", day, address)


@proof_source("conference", "Họp báo")
def _conferences(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(PressConference.objects.all(), agency_ids)
    held = rows.filter(state=ConferenceState.HELD)
    for row in held.filter(held_at__gte=period.start, held_at__lt=period.end):
        address = reverse("desk-conference", args=[row.pk])
        yield Proof("conference", row.pk, row.agency_id, row.title, day_of(row.held_at), address)


@proof_source("agreement", "Quy chế, chương trình, hợp đồng đã ký")
def _agreements(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(Agreement.objects.all(), agency_ids).exclude(state=AgreementState.DRAFT)
    for row in rows.filter(signed_on__gte=period.first, signed_on__lte=period.last):
        address = reverse("desk-agreement", args=[row.pk])
        yield Proof("agreement", row.pk, row.agency_id, str(row), row.signed_on, address)


@proof_source("expert_work", "Bài của chuyên gia, nhà khoa học")
def _expert_works(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    people = of_agencies(Expert.objects.all(), agency_ids)
    rows = ExpertWork.objects.filter(expert__in=people, happened_on__gte=period.first)
    for row in rows.filter(happened_on__lte=period.last).select_related("expert"):
        address = reverse("desk-expert", args=[row.expert_id])
        title = f"{row.expert}: {row.title}"
        yield Proof("expert_work", row.pk, row.expert.agency_id, title, row.happened_on, address)


@proof_source("training", "Lớp tập huấn đã tổ chức")
def _trainings(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(Training.objects.all(), agency_ids).filter(state=TrainingState.HELD)
    for row in rows.filter(starts_on__gte=period.first, starts_on__lte=period.last):
        address = reverse("desk-training", args=[row.pk])
        yield Proof("training", row.pk, row.agency_id, row.title, row.starts_on, address)


@proof_source("article", "Tin, bài trên cổng của đơn vị")
def _articles(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(Article.objects.all(), agency_ids).exclude(kind=ArticleKind.PARTNER)
    stood = rows.filter(state__in=[ArticleState.STANDING, ArticleState.EXPIRED])
    for row in stood.filter(published_at__gte=period.start, published_at__lt=period.end):
        day = day_of(row.published_at)
        yield Proof("article", row.pk, row.agency_id, row.title, day, f"/bai/{row.slug}/")


@proof_source("contribution", "Tin, bài của đơn vị")
def _contributions(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    # Those on our own portal are told as articles.
    rows = of_agencies(Contribution.objects.all(), agency_ids).filter(article=None)
    for row in rows.filter(happened_on__gte=period.first, happened_on__lte=period.last):
        address = reverse("desk-contribution", args=[row.pk])
        title = f"{row.title} ({row.printed_in})"
        yield Proof("contribution", row.pk, row.agency_id, title, row.happened_on, address)


@proof_source("reward", "Quyết định khen thưởng")
def _rewards(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(RewardList.objects.all(), agency_ids).filter(state=RewardState.DECIDED)
    for row in rows.filter(decided_on__gte=period.first, decided_on__lte=period.last):
        address = reverse("desk-reward", args=[row.pk])
        title = f"Quyết định {row.decision}: {row.title}"
        yield Proof("reward", row.pk, row.agency_id, title, row.decided_on, address)


@proof_source("social_post", "Bài đã đăng trên tài khoản chính thức")
def _social_posts(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    posted = of_agencies(SocialAct.objects.all(), agency_ids)
    rows = posted.filter(kind=ActKind.POST, state=ActState.DONE)
    rows = rows.filter(done_at__gte=period.start, done_at__lt=period.end)
    for row in rows.select_related("post", "channel__account"):
        address = reverse("desk-social-act", args=[row.pk])
        title = f"{row.post.title} ({row.channel})"
        day = day_of(row.done_at)
        yield Proof("social_post", row.pk, row.agency_id, title, day, address, str(row.channel))


@proof_source("print", "Báo đăng lại bài của đơn vị")
def _prints(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    for row in confirmed_prints(agency_ids, period.start, period.end):
        address = reverse("desk-print", args=[row.pk])
        title = f"{row.outlet}: {row.article.title}"
        day = day_of(row.printed_at or row.seen_at)
        yield Proof("print", row.pk, row.article.agency_id, title, day, address)


@proof_source("letter", "Đơn thư bạn đọc đã trả lời")
def _letters(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(ReaderLetter.objects.all(), agency_ids)
    for row in rows.filter(answered_at__gte=period.start, answered_at__lt=period.end):
        address = reverse("desk-letter", args=[row.pk])
        title = f"Trả lời đơn {row.number}"
        yield Proof("letter", row.pk, row.agency_id, title, day_of(row.answered_at), address)


@proof_source("legal_answer", "Giải đáp pháp luật đã đăng")
def _legal_answers(agency_ids: Collection[int] | None, period: Period) -> Iterator[Proof]:
    rows = of_agencies(PublishedAnswer.objects.all(), agency_ids).filter(withdrawn_at=None)
    rows = rows.filter(published_at__gte=period.start, published_at__lt=period.end)
    for row in rows.select_related("source"):
        address = reverse("desk-legal-question", args=[row.source.pk])
        day = day_of(row.published_at)
        yield Proof("legal_answer", row.pk, row.agency_id, row.question, day, address)
