"""Sections, themes and articles that stand now."""

from typing import Annotated

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from hoiam.api.drawing import article_rows, article_whole, section_rows, theme_rows
from hoiam.api.listing import Paging, listed
from hoiam.api.places import REFUSED, AgencyCode, Since, agency_keys
from hoiam.api.shapes.articles import ArticleList, ArticleWhole, SectionList, ThemeList
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.keeping import now_of
from hoiam.newsroom.queries import standing
from hoiam.newsroom.queries.sections import shown_sections
from hoiam.newsroom.states import ArticleKind
from hoiam.newsroom.states.themes import THEMES

router = Router(tags=["Tin, bài"])
SLUG = r"^[-\w]+$"


class ArticleFilters(Paging):
    """Những bài nào."""

    section: Annotated[str | None, Field(None, max_length=80, pattern=SLUG, description="Chuyên mục, theo `slug`.")]  # fmt: skip
    agency: AgencyCode
    theme: Annotated[int | None, Field(None, ge=1, le=len(THEMES), description="Số của chủ đề trọng tâm.")]  # fmt: skip
    kind: Annotated[ArticleKind | None, Field(None, description="Loại bài. Không nêu thì mọi loại trừ `expert` (thẻ chuyên gia).")]  # fmt: skip
    campaign: Annotated[str | None, Field(None, max_length=200, pattern=SLUG, description="Bài của đợt truyền thông này, theo `slug`.")]  # fmt: skip
    since: Annotated[Since | None, Field(None, description="Đăng, sửa hoặc đính chính từ lúc này; không nêu múi giờ thì là giờ Việt Nam.")]  # fmt: skip


@router.get("sections", response={200: SectionList, **REFUSED}, operation_id="list_sections",
            summary="Các chuyên mục", description="Chuyên mục của Cổng, kèm nguồn tin RSS, Atom, JSON Feed.")  # fmt: skip
def sections(request: HttpRequest, asked: Query[Paging]) -> object:
    """Sections readers see."""
    return listed(shown_sections(), asked, section_rows)


@router.get("themes", response={200: ThemeList, **REFUSED}, operation_id="list_themes",
            summary="Năm chủ đề trọng tâm", description="Chủ đề mà bài và đợt truyền thông thuộc về.")  # fmt: skip
def themes(request: HttpRequest, asked: Query[Paging]) -> object:
    """The five core themes."""
    return listed(THEMES, asked, theme_rows)


@router.get("articles", response={200: ArticleList, **REFUSED}, operation_id="list_articles",
            summary="Các bài đang đăng", description="Mới nhất trước; lọc theo chuyên mục, cơ quan, chủ đề, loại, thời gian.")  # fmt: skip
def articles(request: HttpRequest, asked: Query[ArticleFilters]) -> object:
    """What stands now."""
    stands = standing(now_of(request))
    rows = stands.filter(kind=asked.kind) if asked.kind else stands.exclude(kind=ArticleKind.EXPERT)
    if asked.campaign is not None:
        rows = rows.filter(campaign=_campaign(stands, asked.campaign))
    return listed(light(_narrowed(rows, asked)), asked, article_rows)


def light(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The rows without their texts: a list needs none."""
    rows = rows.select_related("agency", "section")
    return rows.defer("body", "ended_reason", "correction")


def _narrowed(rows: ScopedQuerySet, asked: ArticleFilters) -> ScopedQuerySet:
    if asked.section is not None:
        rows = rows.filter(section=_section(asked.section))
    if asked.agency is not None:
        rows = rows.filter(agency__in=agency_keys(asked.agency))
    if asked.theme is not None:
        rows = rows.filter(theme=asked.theme)
    return rows.filter(later(asked.since)) if asked.since else rows


def later(since: Since) -> Q:
    """Published, changed or corrected from this moment on."""
    return Q(published_at__gte=since) | Q(changed_at__gte=since) | Q(corrected_at__gte=since)


def _section(slug: str) -> int:
    found = shown_sections().filter(slug=slug).first()
    if found is None:
        raise HttpError(404, f"Không có chuyên mục “{slug}”.")
    return found.pk


def _campaign(stands: ScopedQuerySet, slug: str) -> int:
    found = stands.filter(kind=ArticleKind.CAMPAIGN, slug=slug).only("pk").first()
    if found is None:
        raise HttpError(404, f"Không có đợt truyền thông “{slug}”.")
    return found.pk


@router.get("articles/{slug:slug}", response={200: ArticleWhole, **REFUSED}, operation_id="get_article",
            summary="Một bài, đủ nội dung", description="404 ngay khi bài được rút, gỡ hoặc đến giờ hạ.")  # fmt: skip
def article(request: HttpRequest, slug: str) -> object:
    """One article that stands now."""
    rows = standing(now_of(request)).select_related("agency", "section", "campaign")
    found = rows.prefetch_related("pictures").filter(slug=slug).first()
    if found is None:
        raise HttpError(404, "Bài này không có, hoặc không còn đăng.")
    return article_whole(found, now_of(request))
