"""Agencies through time; military offices are not ours."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from hoiam.agencies.models import Agency, Succession
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Level
from hoiam.api.listing import Paging, listed
from hoiam.api.places import CODE, REFUSED, WORDS, Day, address
from hoiam.api.shapes.agencies import AgencyList, AgencyRow

router = Router(tags=["Cơ quan"])


class AgencyFilters(Paging):
    """Những cơ quan nào."""

    level: Annotated[Level | None, Field(None, description="Cấp.")]
    province: Annotated[str | None, Field(None, max_length=60, pattern=WORDS, description="Tỉnh, thành phố, viết như ở trường `province`.")]  # fmt: skip
    parent: Annotated[str | None, Field(None, max_length=80, pattern=CODE, description="Mã cơ quan cấp trên trực tiếp.")]  # fmt: skip
    on: Annotated[Day | None, Field(None, description="Chỉ cơ quan hoạt động vào ngày này. Không nêu thì mọi thời kỳ.")]  # fmt: skip


@router.get("agencies", response={200: AgencyList, **REFUSED}, operation_id="list_agencies",
            summary="Các cơ quan thi hành án dân sự", description="Cây cơ quan: mã, tên, cấp, tỉnh, cơ quan cấp trên, thời gian hoạt động, cơ quan kế thừa.")  # fmt: skip
def agencies(request: HttpRequest, asked: Query[AgencyFilters]) -> object:
    """The register."""
    rows = _ours()
    if asked.level is not None:
        rows = rows.filter(level=asked.level)
    if asked.province is not None:
        rows = rows.filter(province=asked.province)
    if asked.parent is not None:
        rows = rows.filter(parent__code=asked.parent)
    return listed(rows.filter(in_force(asked.on)) if asked.on else rows, asked, _rows)


@router.get("agencies/{code}", response={200: AgencyRow, **REFUSED}, operation_id="get_agency",
            summary="Một cơ quan", description="Theo mã.")  # fmt: skip
def agency(request: HttpRequest, code: str) -> object:
    """One agency."""
    found = _ours().filter(code=code.replace("\0", "")).first()
    if found is None:
        raise HttpError(404, "Không có cơ quan nào mang mã này.")
    return _rows([found])[0]


def _ours() -> QuerySet[Agency]:
    return Agency.objects.exclude(level=Level.MILITARY).select_related("parent")


def _rows(found: list[Agency]) -> list[AgencyRow]:
    later: dict[int, list[str]] = {}
    steps = Succession.objects.filter(predecessor__in=[row.pk for row in found])
    for before, code in steps.order_by("since", "id").values_list("predecessor", "successor__code"):
        later.setdefault(before, []).append(code)
    return [_row(row, later.get(row.pk, [])) for row in found]


def _row(row: Agency, successors: list[str]) -> AgencyRow:
    return AgencyRow(
        code=row.code,
        name=row.name,
        full_name=row.full_name,
        level=row.level,
        province=row.province or None,
        parent=row.parent.code if row.parent else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successors=successors,
        fictional=row.fictional,
        url=address("portal-agency", row.code),
    )
