"""The reports of a case: those in it, those that came since, those taken out, and a search to put one in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hoiam.core import authority
from hoiam.core import search as index
from hoiam.desk.rim import actor_of, desk
from hoiam.handling.queries import cases_visible_to, fresh_items, version_count
from hoiam.handling.states import CaseState
from hoiam.monitoring.models import Item

LIMIT = 20


@desk
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """What belongs to the case and what may be put in; the press archive is open to all."""
    case = get_object_or_404(cases_visible_to(actor_of(request)).select_related("agency"), pk=pk)
    rows = case.case_items.select_related("item").annotate(version_count=version_count())
    text = request.GET.get("q", "").strip()[:200]
    may = authority.can(actor_of(request), "add_item", case) and case.state != CaseState.CLOSED
    shown = {
        "case": case,
        "rows": rows,
        "fresh": fresh_items(case)[:LIMIT],
        "left_out": case.left_out.select_related("item", "by"),
        "text": text,
        "found": _found(text, {row.item_id for row in rows}) if text else [],
        "may": may,
    }
    return render(request, "desk/case_items.html", shown)


def _found(text: str, known: set[int]) -> list[Item]:
    """Reports by address, or by the words of their titles; none that is in the case already."""
    by_address = list(Item.objects.filter(url=text)) if "://" in text else []
    hits = [] if by_address else index.find(text, kinds=["item"], scope={"press"}, limit=LIMIT)
    rows = Item.objects.in_bulk([int(hit.key) for hit in hits])
    found = by_address or [rows[int(hit.key)] for hit in hits if int(hit.key) in rows]
    return [item for item in found if item.pk not in known]
