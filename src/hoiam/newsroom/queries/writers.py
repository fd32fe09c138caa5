"""Who wrote what, where it was printed, how often it was read: per person and per unit."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.vietnamese import VIETNAM, sort_key
from hoiam.newsroom.models import Article, ArticleAuthor, Submission
from hoiam.newsroom.states import ArticleState
from hoiam.newsroom.states.submissions import SubmissionState

WHY = "counted for agencies the caller may see"
_COUNTED = (ArticleState.STANDING, ArticleState.EXPIRED)


@dataclass(frozen=True)
class Written:
    """One piece: sent in, on our portal, or both; `reads` counts readers of the portal."""

    writer: str
    unit: str
    title: str
    state: str
    sent_on: date | None
    printed_in: str
    printed_on: date | None
    reads: int
    is_accepted: bool
    submission_id: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Tally:
    """Pieces of one person or unit."""

    name: str
    unit: str
    sent: int
    accepted: int
    printed: int
    reads: int


def written(agency_ids: Collection[int] | None, first: date, last: date) -> list[Written]:
    """What people of these agencies (None: all) sent in or had on the portal in these days, newest first.

    A piece that became an article is one row; an article withdrawn or taken down is not printed any more.
    """
    sent = _sent(agency_ids, first, last)
    articles = _authored(agency_ids, first, last)
    tied = {(row.article_id, row.writer_id) for row in sent if row.article_id}
    rows = [_of_submission(row) for row in sent]
    rows += [_of_author(row) for row in articles if (row.article_id, row.official_id) not in tied]
    return sorted(rows, key=lambda row: (row.printed_on or row.sent_on or first, row.title), reverse=True)  # fmt: skip


def _sent(agency_ids: Collection[int] | None, first: date, last: date) -> ScopedQuerySet:
    rows = Submission.objects.system(WHY).select_related("agency", "article")
    rows = rows.filter(sent_at__date__gte=first, sent_at__date__lte=last)
    rows = rows.exclude(state__in=[SubmissionState.DRAFT, SubmissionState.WITHDRAWN])
    return rows if agency_ids is None else rows.filter(agency__in=agency_ids)


def _authored(agency_ids: Collection[int] | None, first: date, last: date) -> list[ArticleAuthor]:
    standing = Article.objects.system(WHY).filter(
        state__in=_COUNTED, published_at__date__gte=first, published_at__date__lte=last
    )
    rows = ArticleAuthor.objects.filter(article__in=standing).exclude(official=None)
    rows = rows.select_related("article__agency", "agency", "official")
    return list(rows if agency_ids is None else rows.filter(agency__in=agency_ids))


def _of_submission(row: Submission) -> Written:
    article = row.article
    is_up = article is None or article.state in _COUNTED
    printed = row.state == SubmissionState.PRINTED and is_up
    state = row.get_state_display() if is_up else article.get_state_display()
    return Written(
        writer=row.writer_name, unit=row.agency.name, title=row.title, state=str(state),
        sent_on=row.sent_at.astimezone(VIETNAM).date() if row.sent_at else None,
        printed_in=row.printed_in if printed else "", printed_on=row.printed_on if printed else None,
        reads=article.reads if article is not None and is_up else 0,
        is_accepted=row.state in {SubmissionState.ACCEPTED, SubmissionState.PRINTED},
        submission_id=row.pk, address=f"/bai/{article.slug}/" if article and is_up else row.printed_url,
    )  # fmt: skip


def _of_author(row: ArticleAuthor) -> Written:
    article = row.article
    return Written(
        writer=str(row.official or row.name), unit=(row.agency or article.agency).name,
        title=article.title, state=str(SubmissionState.PRINTED.label), sent_on=None,
        printed_in="Cổng thông tin của đơn vị",
        printed_on=article.published_at.astimezone(VIETNAM).date(),
        reads=article.reads, is_accepted=True, address=f"/bai/{article.slug}/",
    )  # fmt: skip


def by_person(rows: Iterable[Written]) -> list[Tally]:
    """People by what was printed, then by what was sent."""
    return _tallied(rows, lambda row: (row.writer, row.unit))


def by_unit(rows: Iterable[Written]) -> list[Tally]:
    """Units by what was printed, then by what was sent."""
    return _tallied(rows, lambda row: (row.unit, ""))


def _tallied(rows: Iterable[Written], key: Callable[[Written], tuple[str, str]]) -> list[Tally]:
    found: dict[tuple[str, str], list[Written]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    counted = [
        Tally(
            name, unit,
            sent=sum(row.submission_id is not None for row in own),
            accepted=sum(row.is_accepted for row in own),
            printed=sum(row.printed_on is not None for row in own),
            reads=sum(row.reads for row in own),
        )
        for (name, unit), own in found.items()
    ]  # fmt: skip
    return sorted(counted, key=lambda row: (-row.printed, -row.sent, sort_key(row.name)))
