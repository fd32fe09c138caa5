"""What our people publish on the portal stands in the book of pieces by itself, and leaves it when the article does."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Official
from hoiam.core import ledger
from hoiam.kit.vietnamese import VIETNAM, person_sort_key
from hoiam.newsroom.actions import address_of
from hoiam.newsroom.models import Article, ArticleAuthor
from hoiam.newsroom.states import ArticleState
from hoiam.scheme.actions.contributions import address_key
from hoiam.scheme.models import Contribution, Contributor, Theme
from hoiam.scheme.states import SchemeState

WHY = "the portal's own articles count by themselves"
PLACE = "Cổng thông tin của đơn vị"
COUNTED = frozenset({ArticleState.STANDING, ArticleState.EXPIRED})


@transaction.atomic
def count_article(article: Article, *, now: datetime) -> Contribution | None:
    """The article's one line in the book, as the article now is; None when it does not count.

    It counts for the first of its authors who is an official of ours, while it stands or after it came down at its hour;
    withdrawn or taken down it no longer counts. An author who is in no unit's network yet joins it with this piece. A line
    somebody entered by hand for the same address becomes the article's.
    """
    author = _author(article) if article.state in COUNTED else None
    if author is None:
        _uncount(article, now)
        return None
    url = address_of(article)
    rows = Contribution.objects.system(WHY).select_for_update()
    found = rows.filter(article=article).first() or rows.filter(same_key=address_key(url)).first()
    line = found or Contribution(same_key=address_key(url), entered_at=now, url=url)
    before = _told(line)
    _fill(line, article, author)
    if _told(line) != before:
        line.save()
        step = "change_article_piece" if found else "count_article"
        ledger.write(line, actor=None, step=step, at=now, title=line.title)
    return line


def _author(article: Article) -> ArticleAuthor | None:
    rows = article.authors.exclude(official=None).select_related("official", "agency")
    return rows.first()


def _told(line: Contribution) -> tuple[object, ...]:
    return (line.title, line.agency_id, line.contributor_id, line.theme_id, line.article_id)


def _fill(line: Contribution, article: Article, author: ArticleAuthor) -> None:
    agency, official = author.agency or article.agency, author.official
    if line.pk is None:
        line.printed_in = PLACE
        line.happened_on = article.published_at.astimezone(VIETNAM).date()
        line.entered_by = official
    line.title, line.article, line.agency = article.title, article, agency
    line.contributor = _contributor(agency, official, line)
    line.theme = _theme(article.theme)


def _contributor(agency: Agency, official: Official, line: Contribution) -> Contributor:
    """The person in the unit's network on the day of the piece; somebody new joins that day."""
    people = Contributor.objects.system(WHY).filter(agency=agency, official=official)
    found: Contributor | None = people.order_by("-joined_on").first()
    if found is not None:
        return found
    return Contributor.objects.create(
        agency=agency, official=official, full_name=official.full_name,
        sort_key=person_sort_key(official.full_name), joined_on=line.happened_on,
    )  # fmt: skip


def _theme(number: int | None) -> Theme | None:
    """The theme of this number in the newest scheme that runs."""
    if number is None:
        return None
    running = Theme.objects.filter(number=number, scheme__state=SchemeState.ACTIVE)
    return running.order_by("-scheme").first()


def _uncount(article: Article, now: datetime) -> None:
    for line in Contribution.objects.system(WHY).select_for_update().filter(article=article):
        ledger.write(
            line, actor=None, step="withdraw_contribution", at=now,
            reason=f"Bài không còn tính: {str(article.get_state_display()).lower()}.",
            title=line.title, agency=line.agency.code, url=line.url,
        )  # fmt: skip
        line.delete()
