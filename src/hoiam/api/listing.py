"""Pages of a list: all lists of the API are asked and answered alike."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import QuerySet
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field

A_CALL, MOST = 50, 100
# not-law: beyond this no list of ours goes, and databases count no further than they can
LAST = 100_000


class Paging(Schema):
    """Trang nào của danh sách."""

    page: int = Field(1, ge=1, le=LAST, description="Trang thứ mấy, từ 1.")
    size: int = Field(A_CALL, ge=1, le=MOST, description=f"Số dòng một trang, nhiều nhất {MOST}.")


class Listing(Schema):
    """Một trang của danh sách."""

    total: int = Field(description="Tổng số dòng của cả danh sách đã lọc.")
    page: int = Field(description="Trang này.")
    pages: int = Field(description="Số trang.")
    size: int = Field(description="Số dòng một trang.")


def listed(
    rows: QuerySet[Any] | Sequence[Any], asked: Paging, draw: Callable[[list[Any]], Iterable[Any]]
) -> dict[str, Any]:
    """The page asked for, its rows drawn together so that they cost few queries; 404 beyond the last."""
    whole = Paginator(rows, asked.size)
    try:
        page = whole.page(asked.page)
    except EmptyPage:
        raise HttpError(404, f"Không có trang {asked.page}: danh sách này có {whole.num_pages} trang.") from None  # fmt: skip
    return {
        "total": whole.count,
        "page": asked.page,
        "pages": whole.num_pages,
        "size": asked.size,
        "items": list(draw(list(page.object_list))),
    }
