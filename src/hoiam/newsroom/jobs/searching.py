"""The public search index: every standing article, documents apart so that they are found among themselves."""

from collections.abc import Iterator
from datetime import datetime

from hoiam.core import search
from hoiam.core.markup import plain
from hoiam.newsroom.jobs.articles import WHY, hears
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries.searching import DOCUMENT, KIND, SCOPE
from hoiam.newsroom.states import ArticleKind, ArticleState


@hears
def index_article(article: Article, message: str, now: datetime) -> None:
    """Nothing; the article is found as it now stands, or no longer."""
    document = document_of(article)
    for kind in {KIND, DOCUMENT} - {document.kind}:
        search.delete(kind, str(article.pk))
    if article.state == ArticleState.STANDING:
        search.put_many([document])
    else:
        search.delete(document.kind, str(article.pk))


def document_of(article: Article) -> search.Document:
    """What of an article is searched: its texts, people, and what only its kind has."""
    told = [str(value) for value in article.extra.values() if isinstance(value, str)]
    words = [article.lead, plain(article.body), article.byline, article.agency.name]
    return search.Document(
        kind=DOCUMENT if article.kind == ArticleKind.DOCUMENT else KIND,
        key=str(article.pk),
        title=article.title,
        body="\n".join([*words, article.section.name, *told]),
        scope=SCOPE,
        at=article.published_at,
    )


def every_article() -> Iterator[search.Document]:
    """Every standing article, for an index made anew."""
    rows = Article.objects.system(WHY).filter(state=ArticleState.STANDING)
    for article in rows.select_related("agency", "section").iterator(chunk_size=500):
        yield document_of(article)


@search.search_source(KIND)
def _news() -> Iterator[search.Document]:
    return (document for document in every_article() if document.kind == KIND)


@search.search_source(DOCUMENT)
def _documents() -> Iterator[search.Document]:
    return (document for document in every_article() if document.kind == DOCUMENT)
