"""Ma trận nhiệm vụ × đơn vị: provinces rolled up, every unit, or a list of tasks; and the same as a spreadsheet."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_ever_visible_to
from hoiam.agencies.states import Level
from hoiam.desk.presenters.matrix import LEGEND, grid, sheet, task_lines
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.typed import number_in
from hoiam.scheme.models import Scheme
from hoiam.scheme.queries import schemes_visible_to
from hoiam.scheme.queries.matrix import LIGHTS, Matrix, Narrowing, groups_of, matrix_of, rolled_up
from hoiam.scheme.states import AssignmentRole, SchemeState

LOOKS = (("tinh", "Theo tỉnh"), ("don-vi", "Từng đơn vị"), ("nhiem-vu", "Theo nhiệm vụ"))


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    look: str
    wish: Narrowing
    opened: int | None
    kept: str

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is on."""
        return self.wish != Narrowing()


def _asked(request: HttpRequest) -> Asked:
    get = request.GET
    usual = "tinh" if actor_of(request).sees_everything else "don-vi"
    look = get.get("xem", usual)
    look = look if look in dict(LOOKS) else usual
    role = get.get("vai", "")
    wish = Narrowing(
        group=get.get("nhom", "")[:500],
        province=number_in(get.get("tinh")),
        role=role if role in AssignmentRole.values else "",
        light=get.get("den", "") if get.get("den", "") in LIGHTS else "",
    )
    kept = {"nhom": wish.group, "tinh": wish.province, "vai": wish.role, "den": wish.light}
    query = urlencode({name: value for name, value in kept.items() if value})
    return Asked(look, wish, number_in(get.get("mo")), query)


@desk
def home(request: HttpRequest) -> HttpResponse:
    """The matrix of the newest scheme that is being carried out; a sentence when there is none."""
    rows = schemes_visible_to(actor_of(request)).exclude(state=SchemeState.DRAFT)
    first = rows.filter(state=SchemeState.ACTIVE).first() or rows.first()
    if first is None:
        return render(request, "desk/doing/no_scheme.html")
    return redirect("desk-matrix-of", pk=first.pk)


@desk
def of(request: HttpRequest, pk: int) -> HttpResponse:
    """The matrix of one scheme."""
    schemes = list(schemes_visible_to(actor_of(request)).exclude(state=SchemeState.DRAFT))
    scheme = _one(request, schemes, pk)
    asked = _asked(request)
    matrix = matrix_of(scheme, actor_of(request), now=now_of(request), wish=asked.wish)
    places = _places(request)
    context = {
        "scheme": scheme,
        "schemes": schemes,
        "asked": asked,
        "looks": [(key, label, _url(asked, xem=key)) for key, label in LOOKS],
        "legend": LEGEND,
        "groups": groups_of(scheme),
        "provinces": [
            p for p in places.values() if p.valid_to is None and p.level == Level.PROVINCE
        ],
        "roles": AssignmentRole.choices,
        "lights": [(key, label) for key, (label, _) in LIGHTS.items()],
    }
    return render(
        request, "desk/doing/matrix.html", context | _drawn(request, matrix, asked, places)
    )


def _one(request: HttpRequest, schemes: list[Scheme], pk: int) -> Scheme:
    found = next((scheme for scheme in schemes if scheme.pk == pk), None)
    return found or get_object_or_404(schemes_visible_to(actor_of(request)), pk=pk)


def _drawn(
    request: HttpRequest, matrix: Matrix, asked: Asked, places: dict[int, Agency]
) -> dict[str, Any]:
    today = actor_of(request).today
    if asked.look == "nhiem-vu":
        return {"lines": task_lines(matrix)}
    if asked.look == "don-vi":
        return {"grid": grid(matrix, matrix.rows, today=today)}
    rows = rolled_up(matrix, places)
    fold = _url(asked, xem="tinh")
    return {"grid": grid(matrix, rows, today=today, opened=asked.opened, fold_url=fold)}


def _url(asked: Asked, **more: str) -> str:
    return f"?{urlencode(more)}{'&' if asked.kept else ''}{asked.kept}"


def _places(request: HttpRequest) -> dict[int, Agency]:
    """The provinces and the centre in sight, by key."""
    rows = agencies_ever_visible_to(actor_of(request)).filter(
        level__in=[Level.PROVINCE, Level.CENTRE]
    )
    return {place.pk: place for place in rows}


@desk
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same cells as a spreadsheet, in words."""
    scheme = get_object_or_404(schemes_visible_to(actor_of(request)), pk=pk)
    asked = _asked(request)
    matrix = matrix_of(scheme, actor_of(request), now=now_of(request), wish=asked.wish)
    return spreadsheet(
        request, sheet(matrix), name=f"ma-tran-{scheme.pk}", title=str(scheme), paper="A3"
    )
