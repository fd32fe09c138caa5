"""What every page of the desk shows around itself."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Value
from django.http import HttpRequest
from django.urls import reverse

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Role
from hoiam.core import authority
from hoiam.core.scope import ScopedQuerySet
from hoiam.desk.rim import actor_of, now_of
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.queries.enquiry import enquiries_to_do
from hoiam.handling.states import CaseState
from hoiam.letters.queries import letters_to_do, questions_to_do
from hoiam.monitoring.models import LexiconVersion, SecondLook
from hoiam.monitoring.queries import counts_by_tab, triage_list
from hoiam.monitoring.queries.notices import unread_of
from hoiam.monitoring.queries.second_net import looks_listed
from hoiam.monitoring.states import LookState
from hoiam.newsroom.policies.articles import WRITERS


@dataclass(frozen=True)
class Place:
    """One entry of the rail."""

    url: str
    label: str
    icon: str
    group: str = ""
    count: int = 0
    current: bool = False
    short: str = ""


# name of the address, label, short label on the phone, picture, group
PLACES = (
    ("desk-home", "Việc của tôi", "Việc", "inbox", ""),
    ("desk-watch", "Theo dõi", "", "eye", ""),
    ("desk-cases", "Hồ sơ vụ việc", "Hồ sơ", "folder", ""),
    ("desk-outlet-watches", "Theo dõi báo", "", "mic", ""),
    ("desk-overview", "Tổng quan", "", "grid", ""),
    ("desk-papers", "Văn bản", "", "paper", ""),
    ("desk-enquiries", "Hỏi đáp báo chí", "Hỏi đáp", "mail", ""),
    ("desk-conferences", "Họp báo", "", "calendar", ""),
    ("desk-digests", "Điểm tin", "", "checklist", ""),
    ("desk-second-looks", "Cần xem thêm", "", "search", ""),
    ("desk-writing", "Bài của tôi", "", "pen", "Viết bài"),
    ("desk-pieces", "Bài gửi đến", "", "inbox", "Viết bài"),
    ("desk-letters", "Đơn thư", "", "mail", "Bạn đọc"),
    ("desk-legal-questions", "Hỏi đáp pháp luật", "", "pen", "Bạn đọc"),
    ("desk-schemes", "Đề án, kế hoạch", "Đề án", "checklist", "Đề án"),
    ("desk-task-list", "Nhiệm vụ", "", "folder", "Đề án"),
    ("desk-matrix-home", "Ma trận", "", "grid", "Đề án"),
    ("desk-rounds", "Đợt báo cáo", "Báo cáo", "paper", "Đề án"),
    ("desk-agreements", "Hợp tác, nguồn lực", "", "people", "Đề án"),
    ("desk-lateness", "Ai đang chậm", "", "clock", "Đề án"),
    ("desk-indicators", "Chỉ số báo cáo", "", "chart", "Đề án"),
    ("desk-social", "Mạng xã hội", "", "people", "Lan tỏa"),
    ("desk-packages", "Gửi tin, đăng lại", "", "mail", "Lan tỏa"),
    ("desk-rules", "Quy tắc, hạn", "", "checklist", "Danh bạ"),
    ("desk-agencies", "Cơ quan, người", "", "building", "Danh bạ"),
    ("desk-spokespersons", "Người phát ngôn", "", "people", "Danh bạ"),
    ("desk-press", "Báo chí", "", "mic", "Danh bạ"),
    ("desk-sources", "Nguồn tin", "", "link", "Danh bạ"),
    ("desk-lexicon", "Từ điển", "", "pen", "Danh bạ"),
    ("desk-portal", "Cổng thông tin", "", "eye", "Danh bạ"),
)
# The workbench draws its own frame and has its own table of addresses; writers go there from here.
WORKBENCH = Place("/cms/", "Bàn biên tập", "paper", "Viết bài")
# Rooms without a place of their own on the rail: the place that leads to them stands lit.
ROOMS = {
    "desk-schemes": ("desk-scheme-papers",),
    "desk-lateness": ("desk-explanations",),
    "desk-pieces": ("desk-commissions", "desk-fact-checks", "desk-writers"),
    "desk-agreements": (
        "desk-trainings",
        "desk-contributions",
        "desk-contributors",
        "desk-experts",
        "desk-rewards",
        "desk-budgets",
        "desk-themes",
    ),
}
# Places only some may go: the policy that opens them.
ONLY = {
    "desk-second-looks": ("read_second_looks", SecondLook),
    "desk-lexicon": ("read_lexicon", LexiconVersion),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Who I am, my unit and the places I may go; empty before signing in."""
    # The workbench draws a frame of its own, from the same session.
    if getattr(request, "is_workbench", False):
        return {}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    actor, now = actor_of(request), now_of(request)
    first = actor.posts[0] if actor.posts else None
    return {
        "me": request.user,
        "me_title": first.title if first else "",
        "unit": first.agency_name if first else "",
        "now": now,
        "actor": actor,
        "is_administrator": actor.has_role(Role.ADMINISTRATOR),
        "training": _is_training(request),
        "nav": _places(request),
        "unread": _counts(request).get("desk-notices", 0) if actor.posts else 0,
        "search_url": reverse("desk-search"),
        # Other lists have a search of their own under the same name.
        "search_query": request.GET.get("q", "") if _is_search(request) else "",
    }


def _is_search(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "desk-search"


def _is_training(request: HttpRequest) -> bool:
    """Whether what stands on the screen is demonstration data."""
    if not hasattr(request, "hoiam_training"):
        kept = cache.get("desk.training")
        if kept is None:
            kept = Agency.objects.filter(fictional=True).exists()
            cache.set("desk.training", kept, 60)
        request.hoiam_training = kept  # type: ignore[attr-defined]
    return bool(request.hoiam_training)  # type: ignore[attr-defined]


def tab_counts(request: HttpRequest) -> dict[str, int]:
    """Counts of the triage tabs, read once a request: the rail and the page show the same."""
    if not hasattr(request, "hoiam_tabs"):
        request.hoiam_tabs = counts_by_tab(actor_of(request), now_of(request))  # type: ignore[attr-defined]
    return request.hoiam_tabs  # type: ignore[attr-defined]


def _counts(request: HttpRequest) -> dict[str, int]:
    """The figures of the rail and the bell in one query; the triage page has read its tabs already."""
    if hasattr(request, "hoiam_counts"):
        return request.hoiam_counts  # type: ignore[attr-defined]
    actor, now = actor_of(request), now_of(request)
    rows = _counted("desk-cases", cases_visible_to(actor).exclude(state=CaseState.CLOSED))
    rows = rows.union(_counted("desk-notices", unread_of(actor, now)), all=True)
    rows = rows.union(_counted("desk-enquiries", enquiries_to_do(actor)), all=True)
    rows = rows.union(_counted("desk-letters", letters_to_do(actor)), all=True)
    rows = rows.union(_counted("desk-legal-questions", questions_to_do(actor)), all=True)
    if authority.can(actor, *ONLY["desk-second-looks"]):
        looks = _counted("desk-second-looks", looks_listed(actor, LookState.OPEN))
        rows = rows.union(looks, all=True)
    if not hasattr(request, "hoiam_tabs"):
        rows = rows.union(_counted("desk-watch", triage_list(actor, now=now, tab="new")), all=True)
    counts = {row["place"]: row["n"] for row in rows}
    if hasattr(request, "hoiam_tabs"):
        counts["desk-watch"] = tab_counts(request)["new"]
    request.hoiam_counts = counts  # type: ignore[attr-defined]
    return counts


def _counted(place: str, rows: ScopedQuerySet) -> ScopedQuerySet:
    return rows.order_by().values(place=Value(place)).annotate(n=Count("pk"))


def _places(request: HttpRequest) -> list[Place]:
    if not actor_of(request).posts:
        return []
    counts = _counts(request)
    places = [
        Place(
            url=reverse(name),
            label=label,
            icon=icon,
            group=group,
            count=counts.get(name, 0),
            current=_is_current(request, name),
            short=short,
        )
        for name, label, short, icon, group in PLACES
        if name not in ONLY or authority.can(actor_of(request), *ONLY[name])
    ]
    if actor_of(request).has_role(*WRITERS):
        after = max(row for row, place in enumerate(places) if place.group == WORKBENCH.group)
        places.insert(after + 1, WORKBENCH)
    return places


def _is_current(request: HttpRequest, name: str) -> bool:
    if name == "desk-home":
        return request.path == reverse(name)
    return any(request.path.startswith(reverse(each)) for each in (name, *ROOMS.get(name, ())))
