"""Documents that stand now, with number, date and signer."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from hoiam.api.drawing import document_rows
from hoiam.api.listing import Paging, listed
from hoiam.api.places import REFUSED, AgencyCode, Since, agency_keys
from hoiam.api.routes.articles import later, light
from hoiam.api.shapes.articles import DocumentList
from hoiam.newsroom.keeping import now_of
from hoiam.newsroom.queries import standing
from hoiam.newsroom.states import ArticleKind

router = Router(tags=["Văn bản"])


class DocumentFilters(Paging):
    """Những văn bản nào."""

    agency: AgencyCode
    since: Annotated[Since | None, Field(None, description="Đăng hoặc sửa từ lúc này.")]


@router.get("documents", response={200: DocumentList, **REFUSED}, operation_id="list_documents",
            summary="Các văn bản", description="Mới đăng trước. Nội dung của một văn bản ở `/articles/{slug}`.")  # fmt: skip
def documents(request: HttpRequest, asked: Query[DocumentFilters]) -> object:
    """Documents that stand now."""
    rows = light(standing(now_of(request)).filter(kind=ArticleKind.DOCUMENT))
    if asked.agency is not None:
        rows = rows.filter(agency__in=agency_keys(asked.agency))
    return listed(rows.filter(later(asked.since)) if asked.since else rows, asked, document_rows)
