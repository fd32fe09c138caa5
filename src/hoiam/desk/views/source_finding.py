"""Where sources come from: a site's own address, or the starter list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.agencies.outlets import SCOPES, StarterOutlet, starter_outlets
from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetcher
from hoiam.desk.forms.sources import FindForm, StarterFilter
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.kit.vietnamese import fold, show_number
from hoiam.monitoring.actions.discovery import Candidate, find_places
from hoiam.monitoring.actions.starter import add_from_list, taken_keys
from hoiam.monitoring.models import Source

CONFIDENCE = {"B": "địa chỉ quen thuộc", "C": "địa chỉ có thể đã đổi", "U": "địa chỉ phỏng đoán"}
make_fetcher = Fetcher


@desk
def find(request: HttpRequest) -> HttpResponse:
    """The feeds, sitemaps and listings of a site, found from its address; each can be looked at and saved."""
    if turned_away(request, "save_source", Source):
        return redirect("desk-sources")
    form = FindForm(request.POST or None, initial={"address": request.GET.get("dia_chi", "")})
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            found = find_places(
                form.cleaned_data["address"],
                actor=actor_of(request),
                now=now_of(request),
                make_fetcher=make_fetcher,
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            shown |= {"found": _with_known(found), "was_searched": True}
    return render(request, "desk/source_find.html", shown)


def _with_known(found: list[Candidate]) -> list[tuple[Candidate, int | None]]:
    """Each candidate with the number of the source that already reads it."""
    urls = [one.place.url for one in found]
    known = dict(Source.objects.filter(url__in=urls).values_list("url", "pk"))
    return [(one, known.get(one.place.url)) for one in found]


@desk
def starter(request: HttpRequest) -> HttpResponse:
    """The starter list: found by name, province or group, several ticked and added at once."""
    if turned_away(request, "save_source", Source):
        return redirect("desk-sources")
    if request.method == "POST":
        made = attempt(request, add_from_list, request.POST.getlist("key"))
        if made is not None:
            words = f"Đã thêm {show_number(len(made))} nguồn. Lần đọc đầu tiên sẽ kiểm tra địa chỉ."
            messages.success(request, words if made else "Các báo đã chọn đều có trong danh sách.")
            return redirect("desk-sources")
    form = StarterFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    taken = taken_keys()
    rows = [outlet for outlet in starter_outlets() if _fits(outlet, asked)]
    groups = [
        (
            label,
            [
                (outlet, outlet.key in taken, CONFIDENCE[outlet.confidence])
                for outlet in rows
                if outlet.scope == scope
            ],
        )
        for scope, label in SCOPES.items()
    ]
    shown = {
        "filters": form,
        "groups": [group for group in groups if group[1]],
        "count": len(rows),
        "total": len(starter_outlets()),
        "ticked": set(request.POST.getlist("key")),
    }
    return render(request, "desk/source_starter.html", shown)


def _fits(outlet: StarterOutlet, asked: dict[str, str]) -> bool:
    name = fold(asked.get("ten", "").strip())
    return (
        name in fold(f"{outlet.name} {outlet.key} {outlet.former_province} {outlet.owner}")
        and asked.get("tinh", "") in ("", outlet.province)
        and asked.get("nhom", "") in ("", outlet.scope)
    )
