"""The card of watches on a case's page: one query, so that the page itself need not know of them."""

from typing import Any

from django import template

from hoiam.desk.presenters.outlet_watch import watch_row
from hoiam.handling.models import Case
from hoiam.handling.queries.outlet_watch import watches_visible_to
from hoiam.handling.states import PaperState

register = template.Library()


@register.inclusion_tag("desk/case/outlet.html", takes_context=True)
def outlet_card(context: template.Context, case: Case) -> dict[str, Any]:
    """The watches of a case as lines, each a link; nothing when no outlet has a paper of it."""
    now = context["now"]
    # The papers were read with the case: without a delivered one there is nothing to ask for.
    if all(paper.state != PaperState.DELIVERED for paper in case.papers.all()):
        return {"case": case, "rows": []}
    rows = watches_visible_to(context["actor"]).filter(case=case)
    return {"case": case, "rows": [watch_row(watch, now) for watch in rows]}
