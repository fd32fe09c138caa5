"""Telling the units: work was given, a scheme ended or runs again, work passed on after a merger."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from hoiam.agencies.models import Agency, Official, Post
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.successions import tasks_passed_to
from hoiam.scheme.jobs.messages import occasion, write_to
from hoiam.scheme.models import Assignment, Scheme
from hoiam.scheme.states import AssignmentRole, SchemeState

UNIT_ROLES = {*DESK_ROLES, Role.HEAD_OF_REGION}
TASKS = ("desk-task-list",)


def _scheme(pk: int) -> Scheme | None:
    rows = Scheme.objects.system("tell the units").select_related("replaces")
    return rows.filter(pk=pk).first()


def _people(agencies: Iterable[int], now: datetime) -> dict[int, list[Official]]:
    """Who is written to at each agency, in one query however many there are."""
    today = now.astimezone(VIETNAM).date()
    posts = Post.objects.filter(
        in_force(today), agency__in=list(agencies), role__in=UNIT_ROLES, official__is_active=True
    ).select_related("official")
    found: dict[int, list[Official]] = defaultdict(list)
    for post in posts:
        found[post.agency_id].append(post.official)
    return found


@handles("scheme_activated")
def tell_of_work(scheme_id: int, now: datetime) -> None:
    """Every unit that has a part, with how many tasks it leads; and of what a new version took away."""
    scheme = _scheme(scheme_id)
    if scheme is None or scheme.state != SchemeState.ACTIVE:
        return
    lead = Count("pk", filter=Q(role=AssignmentRole.LEAD))
    rows = Assignment.objects.system("tell the units").filter(task__scheme=scheme)
    counted = list(rows.order_by().values("agency").annotate(lead=lead, whole=Count("pk")))
    people = _people((row["agency"] for row in counted), now)
    for row in counted:
        text = (
            f"{scheme} đã được giao thực hiện. Đơn vị chủ trì {row['lead']} nhiệm vụ, "
            f"có tên trong {row['whole']} nhiệm vụ."
        )
        write_to(
            people[row["agency"]], f"Giao việc: {scheme}", text,
            key=f"scheme:{scheme.pk}:{row['agency']}", now=now, page=("desk-scheme", scheme.pk),
        )  # fmt: skip
    _tell_what_fell_away(scheme, {row["agency"] for row in counted}, now)


def _tell_what_fell_away(scheme: Scheme, kept: set[int], now: datetime) -> None:
    if scheme.replaces_id is None:
        return
    rows = Assignment.objects.system("tell the units").filter(task__scheme=scheme.replaces_id)
    gone = set(rows.order_by().values_list("agency", flat=True).distinct()) - kept
    text = f"{scheme.replaces} được thay bằng {scheme}; đơn vị không còn nhiệm vụ trong bản mới."
    for agency, people in _people(gone, now).items():
        key = f"scheme-gone:{scheme.pk}:{agency}"
        write_to(people, f"Thay đổi: {scheme}", text, key=key, now=now, page=TASKS)


@handles("scheme_closed")
def tell_of_the_end(scheme_id: int, now: datetime) -> None:
    """Every unit that has a part: nothing more is asked."""
    words = "đã kết thúc; phần việc của đơn vị giữ nguyên để tra cứu."
    _tell_all(scheme_id, "Kết thúc", words, "close_scheme", now)


@handles("scheme_reopened")
def tell_that_it_runs(scheme_id: int, now: datetime) -> None:
    """Every unit that has a part: it runs again."""
    words = "được mở lại; hãy xem phần việc còn lại của đơn vị."
    _tell_all(scheme_id, "Mở lại", words, "reopen_scheme", now)


def _tell_all(scheme_id: int, what: str, words: str, step: str, now: datetime) -> None:
    scheme = _scheme(scheme_id)
    if scheme is None:
        return
    which = occasion(scheme, step)
    rows = Assignment.objects.system("tell the units").filter(task__scheme=scheme)
    agencies = Agency.objects.filter(pk__in=rows.values("agency")).values_list("pk", flat=True)
    for agency, people in _people(agencies, now).items():
        key = f"scheme-{what}:{scheme.pk}:{agency}:{which}"
        write_to(
            people, f"{what}: {scheme}", f"{scheme} {words}", key=key, now=now,
            page=("desk-scheme", scheme.pk),
        )  # fmt: skip


@handles("assignments_passed_on")
def tell_the_successor(agency_id: int, now: datetime) -> None:
    """The unit that work came to from the one before it."""
    tasks = tasks_passed_to(Agency.objects.get(pk=agency_id))
    lines = [f"• {task.scheme}: mục {task.ref}" for task in tasks]
    text = "Đơn vị nhận tiếp phần việc của đơn vị đã sáp nhập, thời hạn giữ nguyên:\n"
    for agency, people in _people([agency_id], now).items():
        key = f"passed-on:{agency}:{now:%Y%m%d}"
        write_to(people, f"Nhận tiếp {len(tasks)} nhiệm vụ", text + "\n".join(lines), key=key, now=now, page=TASKS)  # fmt: skip
