"""Schemes whose excerpt was published, task by task, without a person's name."""

from django.http import HttpRequest
from ninja import Path, Query, Router
from ninja.errors import HttpError

from hoiam.api.listing import Paging, listed
from hoiam.api.places import REFUSED, address, named
from hoiam.api.shapes.schemes import SchemeList, SchemeRow, SchemeWhole, TaskRow
from hoiam.newsroom.keeping import now_of
from hoiam.scheme.models import Scheme
from hoiam.scheme.queries.shares import PublicLine, public_lines, public_schemes

router = Router(tags=["Đề án, kế hoạch"])
# not-law: the largest key a database can hold
LARGEST = 2**63 - 1


@router.get("schemes", response={200: SchemeList, **REFUSED}, operation_id="list_schemes",
            summary="Các Đề án, kế hoạch", description="Bản rút gọn do cơ quan chủ trì công khai.")  # fmt: skip
def schemes(request: HttpRequest, asked: Query[Paging]) -> object:
    """Published excerpts, the newest first."""
    return listed(public_schemes(), asked, lambda rows: map(_row, rows))


@router.get("schemes/{int:number}", response={200: SchemeWhole, **REFUSED}, operation_id="get_scheme",
            summary="Một Đề án, kế hoạch", description="Các nhiệm vụ, sản phẩm, thời gian, đơn vị chủ trì, số đơn vị đã xong.")  # fmt: skip
def scheme(request: HttpRequest, number: Path[int]) -> object:
    """One published excerpt."""
    found = public_schemes().filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise HttpError(404, "Đề án, kế hoạch này không có, hoặc không công khai.")
    lines = public_lines(found, now_of(request))
    return _row(found).dict() | {"tasks": [_task(line) for line in lines]}


def _row(found: Scheme) -> SchemeRow:
    return SchemeRow(
        id=found.pk,
        url=address("portal-scheme", found.pk),
        title=found.title,
        number=found.number or None,
        issued_on=found.issued_on,
        issuer=found.issuer or None,
        owner=named(found.owner),
        state=found.state,
    )


def _task(line: PublicLine) -> TaskRow:
    return TaskRow(
        ref=line.task.ref,
        title=line.task.title,
        products=line.task.products,
        time=line.task.time or line.period.words,
        lead=line.task.lead or None,
        asked=line.totals.asked,
        done=line.totals.done,
    )
