"""Schemes by hand: written, given out, closed, replaced; plans, campaigns, classes of agencies, mergers."""

import csv
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache

from hoiam.agencies.models import Succession
from hoiam.agencies.queries import TREE_KEY
from hoiam.core import outbox
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.scheme import actions
from hoiam.scheme.actions.plans import CampaignFields
from hoiam.scheme.actions.ready_schemes import ready_schemes
from hoiam.scheme.actions.scheme_values import QuotaFields, SchemeFields, TaskFields
from hoiam.scheme.jobs.successions import pass_on_work
from hoiam.scheme.models import Assignment, Scheme
from hoiam.scheme.queries import assignments_visible_to, schemes_visible_to
from hoiam.scheme.queries.shares import public_schemes
from hoiam.scheme.queries.timing import Timing, in_year, timing_of
from hoiam.scheme.queries.units import Register, agency_classes, parts_meant, then_and_now
from hoiam.scheme.queries.versions import changes_between
from tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "the test reads back"
SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[2] / ".." / "shared"))
EVERYONE = {"role": "lead", "class": "system"}
PROVINCES = {"role": "lead", "class": "provinces"}


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.centre)


def scheme(tree, desk, tasks=None, **fields):
    tasks = tasks or [
        TaskFields(ref="1", title="Mở chuyên mục", units=(EVERYONE,), rhythm="yearly"),
        TaskFields(ref="2", title="Dự giao ban", units=(PROVINCES, {"role": "coordinating", "class": "centre"})),
    ]  # fmt: skip
    head = SchemeFields(**{"title": "Đề án Một", "starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31), **fields})  # fmt: skip
    return actions.create_scheme(tree.centre, actor=desk, now=make.NOW, fields=head, tasks=tasks)


def given(tree, desk, **kwargs):
    return actions.activate_scheme(scheme(tree, desk, **kwargs), actor=desk, now=make.NOW)


def parts(of):
    rows = Assignment.objects.system(WHY).filter(task__scheme=of)
    return {(row.task.ref, row.agency.code): row for row in rows.select_related("task", "agency")}


def test_a_class_means_every_agency_of_it(tree, desk):
    made = given(tree, desk)
    got = parts(made)
    everyone = {"CTHADS", "THADSTG", "THADSLH", "TG-KV1", "TG-KV2"}
    assert {code for ref, code in got if ref == "1"} == everyone
    roles = {code: row.role for (ref, code), row in got.items() if ref == "2"}
    assert roles == {"THADSTG": "lead", "THADSLH": "lead", "CTHADS": "coordinating"}


def test_giving_out_needs_a_task_and_a_unit_and_is_done_once(tree, desk):
    empty = actions.create_scheme(tree.centre, actor=desk, now=make.NOW, fields=SchemeFields(title="Trống"))  # fmt: skip
    with pytest.raises(InvalidInput, match="Chưa có nhiệm vụ"):
        actions.activate_scheme(empty, actor=desk, now=make.NOW)
    outside = scheme(
        tree, desk, tasks=[TaskFields(ref="1", title="Việc", lead="Vụ Ngoài Hệ thống")]
    )
    with pytest.raises(InvalidInput, match="đơn vị trong Hệ thống"):
        actions.activate_scheme(outside, actor=desk, now=make.NOW)
    made = given(tree, desk)
    with pytest.raises(WrongState):
        actions.activate_scheme(made, actor=desk, now=make.NOW)
    with pytest.raises(WrongState):
        actions.save_task(made, actor=desk, now=make.NOW, fields=TaskFields(ref="9", title="Muộn"))


def test_the_units_are_told_once_each(tree, desk):
    given(tree, desk)
    make.focal_point(tree.province)
    assert outbox.deliver_due(make.NOW)
    assert not outbox.dead().exists() and not OutboxMessage.objects.filter(done_at=None).exists()
    letters = OutgoingMail.objects.filter(address="thadstg-focal_point@thads.example")
    assert "chủ trì 2 nhiệm vụ" in letters.get().text


@pytest.mark.parametrize("ref", ["1", " 1 ", "1."])
def test_a_ref_stands_once_in_a_scheme(tree, desk, ref):
    made = scheme(tree, desk)
    with pytest.raises(InvalidInput, match="Đã có nhiệm vụ mục 1"):
        actions.save_task(made, actor=desk, now=make.NOW, fields=TaskFields(ref=ref, title="Trùng"))
    assert made.tasks.count() == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (SchemeFields(title=" "), "title"),
        (SchemeFields(title="A", kind="nothing"), "kind"),
        (SchemeFields(title="A" * 501), "title"),
        (SchemeFields(title="A", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)), "ends_on"),
    ],
)
def test_a_head_that_cannot_be_kept(tree, desk, fields, field):
    with pytest.raises(InvalidInput) as error:
        actions.create_scheme(tree.centre, actor=desk, now=make.NOW, fields=fields)
    assert error.value.field == field
    assert not Scheme.objects.system(WHY).exists()


def test_provinces_write_their_own_and_see_what_is_theirs(tree, desk, clerk):
    focal, elsewhere = make.focal_point(tree.province), make.focal_point(tree.other)
    own = actions.create_scheme(
        tree.province, actor=focal, now=make.NOW, fields=SchemeFields(title="Kế hoạch tỉnh"),
        tasks=[TaskFields(ref="1", title="Việc", units=({"role": "lead", "class": "agencies"},))],
    )  # fmt: skip
    draft = scheme(tree, desk)
    assert set(schemes_visible_to(focal)) == {own}  # the centre's draft is not shown yet
    assert not schemes_visible_to(elsewhere).exists()
    for actor in (elsewhere, clerk, make.actor(tree.region1, "head")):
        with pytest.raises(NotAllowed):
            actions.activate_scheme(own, actor=actor, now=make.NOW)
    actions.activate_scheme(own, actor=focal, now=make.NOW)
    # A province's class is the province and its own offices, never another province.
    assert {code for _, code in parts(own)} == {"THADSTG", "TG-KV1", "TG-KV2"}
    region = make.actor(tree.region1, "head_of_region")
    assert set(schemes_visible_to(region)) == {own}
    assert {row.agency_id for row in assignments_visible_to(region)} == {tree.region1.pk}
    assert not schemes_visible_to(elsewhere).filter(pk=own.pk).exists()
    actions.activate_scheme(draft, actor=desk, now=make.NOW)
    assert draft in set(schemes_visible_to(elsewhere))


def test_a_province_gives_no_work_to_another(tree):
    focal = make.focal_point(tree.province)
    own = actions.create_scheme(tree.province, actor=focal, now=make.NOW, fields=SchemeFields(title="Kế hoạch"))  # fmt: skip
    task = TaskFields(ref="1", title="Việc", units=({"role": "lead", "agency": tree.other.pk},))
    with pytest.raises(InvalidInput, match="không giao việc"):
        actions.save_task(own, actor=focal, now=make.NOW, fields=task)


def test_closing_and_opening_again_need_a_reason(tree, desk):
    made = given(tree, desk)
    with pytest.raises(InvalidInput):
        actions.close_scheme(made, actor=desk, now=make.NOW, reason="")
    assert actions.close_scheme(made, actor=desk, now=make.NOW, reason="Hết hạn").state == "closed"
    with pytest.raises(WrongState):
        actions.close_scheme(made, actor=desk, now=make.NOW, reason="Lại")
    assert actions.reopen_scheme(made, actor=desk, now=make.NOW, reason="Gia hạn").state == "active"
    assert outbox.deliver_due(make.NOW)
    assert not outbox.dead().exists() and not OutboxMessage.objects.filter(done_at=None).exists()


def test_only_a_draft_is_removed(tree, desk):
    made = scheme(tree, desk)
    actions.remove_scheme(made, actor=desk, now=make.NOW)
    assert not Scheme.objects.system(WHY).exists()
    with pytest.raises(WrongState, match="người khác xóa"):
        actions.edit_scheme(made, actor=desk, now=make.NOW, fields=SchemeFields(title="Muộn"))
    with pytest.raises(WrongState):
        actions.remove_scheme(given(tree, desk), actor=desk, now=make.NOW)


def test_a_later_version_carries_parts_on_and_tells_what_changed(tree, desk):
    old = given(tree, desk)
    part = parts(old)["1", "THADSTG"]
    Assignment.objects.system(WHY).filter(pk=part.pk).update(state="doing", percent=40)
    new = actions.replace_scheme(old, actor=desk, now=make.NOW)
    with pytest.raises(Conflict):
        actions.replace_scheme(old, actor=desk, now=make.NOW)
    actions.remove_task(new.tasks.get(ref="2"), actor=desk, now=make.NOW)
    first = new.tasks.get(ref="1")
    actions.save_task(new, actor=desk, now=make.NOW, task=first, fields=TaskFields(ref="1", title="Mở hai chuyên mục", units=(EVERYONE,), rhythm="yearly"))  # fmt: skip
    actions.save_task(new, actor=desk, now=make.NOW, fields=TaskFields(ref="3", title="Mới", units=(PROVINCES,)))  # fmt: skip
    changes = {row.ref: (row.change, row.fields) for row in changes_between(old, new)}
    assert changes == {"1": ("Sửa", ("nội dung",)), "2": ("Bỏ", ()), "3": ("Thêm", ())}
    actions.activate_scheme(new, actor=desk, now=make.NOW)
    now = parts(new)["1", "THADSTG"]
    assert (now.state, now.percent, now.handed_from_id) == ("doing", 40, part.pk)
    assert parts(new)["3", "THADSTG"].handed_from_id is None
    old.refresh_from_db()
    assert old.state == "closed"
    assert len(parts(old)) == 8  # its history stays
    with pytest.raises(WrongState, match="bản thay thế"):
        actions.reopen_scheme(old, actor=desk, now=make.NOW, reason="Nhầm")


def test_a_yearly_plan_takes_what_runs_in_the_year_and_is_ours(tree, desk):
    made = given(tree, desk, tasks=[
        TaskFields(ref="1", title="Hằng năm", units=(EVERYONE,), rhythm="yearly", time="Hàng năm"),
        TaskFields(ref="2", title="Năm 2027", units=(EVERYONE,), rhythm="year", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)),
        TaskFields(ref="3", title="Của Cục", units=({"role": "lead", "class": "centre"},), rhythm="continuous"),
    ])  # fmt: skip
    focal = make.focal_point(tree.province)
    plan = actions.derive_yearly_plan(made, actor=focal, now=make.NOW, owner=tree.province, year=2026)  # fmt: skip
    task = plan.tasks.get()
    assert (task.ref, task.derived_from.ref, task.time) == ("1", "1", "Năm 2026")
    assert (task.starts_on, task.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (plan.parent, plan.owner, plan.kind) == (made, tree.province, "yearly_plan")
    with pytest.raises(Conflict):
        actions.derive_yearly_plan(made, actor=focal, now=make.NOW, owner=tree.province, year=2026)
    with pytest.raises(NotAllowed):
        actions.derive_yearly_plan(made, actor=focal, now=make.NOW, owner=tree.other, year=2026)
    draft = scheme(tree, desk)
    with pytest.raises(WrongState):
        actions.derive_yearly_plan(draft, actor=desk, now=make.NOW, owner=tree.centre, year=2026)
    actions.activate_scheme(plan, actor=focal, now=make.NOW)
    assert {code for _, code in parts(plan)} == {"THADSTG", "TG-KV1", "TG-KV2"}


def test_a_campaign_owes_a_piece_of_every_unit(tree, desk):
    fields = CampaignFields(
        title="Ngày truyền thống 19/7", starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 19),
        units=(EVERYONE,), lead="Các cơ quan trong Hệ thống THADS", channel="Trang", count=1,
    )  # fmt: skip
    made = actions.create_campaign(tree.centre, actor=desk, now=make.NOW, fields=fields)
    quota = made.tasks.get().quotas.get()
    assert str(quota) == "1 bài cả đợt trên Trang"
    assert quota.agency is None
    assert len(parts(actions.activate_scheme(made, actor=desk, now=make.NOW))) == 5
    empty = CampaignFields(**{**vars(fields), "units": ()})
    with pytest.raises(InvalidInput):
        actions.create_campaign(tree.centre, actor=desk, now=make.NOW, fields=empty)


@pytest.mark.parametrize("quota", [QuotaFields(""), QuotaFields("Trang", count=0), QuotaFields("Trang", period="hour")])  # fmt: skip
def test_a_quota_that_cannot_be_kept(tree, desk, quota):
    made = scheme(tree, desk)
    with pytest.raises(InvalidInput):
        actions.add_quota(made.tasks.first(), actor=desk, now=make.NOW, fields=quota)


def test_2862_ships_ready_with_its_seventeen_tasks(tree, desk):
    made = actions.load_ready_scheme(tree.centre, actor=desk, now=make.NOW, key="2862")
    assert made.tasks.count() == 17
    assert made.themes.count() == 5
    assert made.tasks.get(ref="2.1.2.c").products == []
    led = [task for task in made.tasks.all() if {"role": "lead", "class": "centre"} in task.units]
    assert len(led) == 8
    assert [t.ref for t in made.tasks.all() if PROVINCES in t.units] == ["2.3.2"]
    first = made.tasks.get(ref="2.1.1.a")
    assert (first.per_year, first.starts_on, first.ends_on) == (1, date(2020, 1, 1), date(2022, 12, 31))  # fmt: skip
    assert first.lead == "Vụ Phổ biến, giáo dục pháp luật"  # outside the System: words only
    assert first.units == [{"role": "coordinating", "class": "centre"}]
    with pytest.raises(Conflict):
        actions.load_ready_scheme(tree.centre, actor=desk, now=make.NOW, key="2862")
    with pytest.raises(NotAllowed):
        actions.load_ready_scheme(tree.province, actor=make.focal_point(tree.province), now=make.NOW, key="2862")  # fmt: skip
    assert all(row["source"] and row["confidence"] for row in ready_schemes().values())


def merge(tree):
    """The other province goes into the first on 01/7/2026's morrow."""
    tree.other.valid_to = make.TODAY - timedelta(days=1)
    tree.other.save()
    Succession.objects.create(predecessor=tree.other, successor=tree.region1, since=make.TODAY)


def test_a_merged_unit_keeps_its_history_and_its_heir_goes_on(tree, desk):
    made = given(tree, desk)
    rows = Assignment.objects.system(WHY)
    rows.filter(task__ref="2", agency=tree.other).update(state="doing", percent=30)
    merge(tree)
    assert actions.pass_on_assignments(actor=None, now=make.NOW) == 2
    got = parts(made)
    heir, before = got["2", "TG-KV1"], got["2", "THADSLH"]
    assert (heir.role, heir.state, heir.percent, heir.handed_from_id) == ("lead", "doing", 30, before.pk)  # fmt: skip
    assert (before.state, before.percent) == ("exempt", 30)
    assert "Chuyển cho" in before.reason
    # It had a part of its own in task 1: that one stays as it was.
    assert got["1", "TG-KV1"].handed_from_id is None
    assert actions.pass_on_assignments(actor=None, now=make.NOW) == 0
    assert outbox.deliver_due(make.NOW)
    assert not outbox.dead().exists() and not OutboxMessage.objects.filter(done_at=None).exists()


@pytest.mark.parametrize(("heard", "told"), [(timedelta(days=40), timedelta(days=40)), (None, timedelta(0))])  # fmt: skip
def test_work_passed_on_was_last_heard_of_when_its_unit_last_told(tree, desk, heard, told):
    """An heir does not look as if it had just reported; one whose unit never told begins to be waited for now."""
    made = given(tree, desk)
    moved = make.NOW - heard if heard is not None else None
    Assignment.objects.system(WHY).filter(task__ref="2", agency=tree.other).update(
        state="doing", percent=30, moved_at=moved
    )
    merge(tree)
    actions.pass_on_assignments(actor=None, now=make.NOW)
    assert parts(made)["2", "TG-KV1"].moved_at == make.NOW - told


def test_a_unit_nobody_follows_keeps_its_work(tree, desk):
    made = given(tree, desk)
    tree.other.valid_to = make.TODAY - timedelta(days=1)
    tree.other.save()
    assert actions.pass_on_assignments(actor=None, now=make.NOW) == 0
    assert parts(made)["1", "THADSLH"].state == "open"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Năm 2020 - 2022 (01 đợt/năm)", Timing("span", date(2020, 1, 1), date(2022, 12, 31), per_year=1)),
        ("Hàng năm", Timing("yearly")),
        ("Thường xuyên", Timing("continuous")),
        ("Năm 2020", Timing("year", date(2020, 1, 1), date(2020, 12, 31))),
        ("Định kỳ theo thời gian tổ chức họp báo, giao ban báo chí", Timing("event")),
        ("trước ngày 15/10/2023", Timing("dated", due_on=date(2023, 10, 15), due_kind="before")),
        ("chậm nhất ngày 5/4/2026", Timing("dated", due_on=date(2026, 4, 5), due_kind="by")),
        ("Quý IV/2026", Timing("dated", date(2026, 10, 1), date(2026, 12, 31), date(2026, 12, 31), "by")),
        ("Năm 2022 - 2020", Timing("year", date(2022, 1, 1), date(2022, 12, 31))),
        ("ngày 31/02/2026", Timing("continuous")),
        ("", Timing("continuous")),
    ],
)  # fmt: skip
def test_words_of_time(words, expected):
    assert timing_of(words) == expected


def test_a_year_of_a_span():
    span = Timing("span", date(2020, 6, 1), date(2022, 12, 31))
    assert in_year(span, 2020) == Timing("year", date(2020, 6, 1), date(2020, 12, 31))
    assert in_year(span, 2023) is None
    assert in_year(Timing("dated", due_on=date(2026, 4, 5)), 2027) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Cục THADS cấp tỉnh", "THADS các tỉnh, thành phố"),
        ("các cơ quan thi hành án dân sự", "Các cơ quan THADS"),
        ("Tổng cục THADS", "Cơ quan quản lý THADS ở trung ương"),
        ("thads tinhr Thanh Giang", "THADS tỉnh Thanh Giang"),
    ],
)
def test_names_are_matched_with_tolerance(tree, words, title):
    assert Register(None, make.TODAY).meant(words).title == title


def test_what_is_not_certain_is_offered_never_taken(tree):
    register = Register(None, make.TODAY)
    near = register.meant("THADS tỉnh Thanh Giangg")
    assert near.part is None
    assert near.offers[0] == tree.province
    assert register.meant("Báo Sông Thanh").is_outside


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("Thủ trưởng các đơn vị thuộc Tổng cục, Cục trưởng Cục THADS các tỉnh, thành phố", ["provinces"]),
        ("Tổng cục THADS, các cơ quan THADS", ["centre", "agencies"]),
        ("Cục THADS tỉnh, thành phố", ["provinces"]),
        ("Vụ Phổ biến, giáo dục pháp luật", []),
    ],
)  # fmt: skip
def test_classes_listed_between_commas_are_found(tree, words, classes):
    parts_ = parts_meant(Register(None, make.TODAY), words, [])
    assert [part["class"] for part in parts_] == classes


def test_every_class_has_a_source_and_counts_then_and_now(tree):
    assert all(row.source and row.confidence in {"A", "B", "U"} for row in agency_classes().values())  # fmt: skip
    assert then_and_now(agency_classes()["provinces"], None, make.TODAY) == (2, 2)


def test_2862_says_what_the_table_of_the_domain_says():
    table = SHARED / "domain" / "scheme-2862-tasks.csv"
    if not table.exists():
        pytest.skip("bảng nhiệm vụ 2862 của miền không có ở đây; đặt HOIAM_SHARED để so")
    parted = lambda words: [one.strip() for one in words.split(" | ") if one.strip()]  # noqa: E731
    with table.open(encoding="utf-8") as file:
        expected = [
            (row["ref"], row["title"], parted(row["product"]), row["time"], row["lead"], parted(row["coordinating"]))
            for row in csv.DictReader(file)
        ]  # fmt: skip
    names = ("ref", "title", "products", "time", "lead", "coordinating")
    tasks = ready_schemes()["2862"]["tasks"]
    assert [tuple(task[name] for name in names) for task in tasks] == expected


def test_every_morning_work_of_a_unit_that_ended_passes_on(tree, desk):
    made = given(tree, desk)
    merge(tree)
    assert pass_on_work.func(make.NOW, make.NOW.isoformat()) == 2
    assert parts(made)["2", "TG-KV1"].handed_from_id


def test_who_follows_an_ended_province_runs_its_plans(tree):
    focal = make.focal_point(tree.other)
    units = ({"role": "lead", "class": "agencies"},)
    own = actions.create_scheme(
        tree.other, actor=focal, now=make.NOW, fields=SchemeFields(title="Kế hoạch tỉnh"),
        tasks=[TaskFields(ref="1", title="Việc", units=units)],
    )  # fmt: skip
    actions.activate_scheme(own, actor=focal, now=make.NOW)
    with pytest.raises(NotAllowed):
        actions.replace_scheme(own, actor=make.focal_point(tree.province), now=make.NOW)
    tree.other.valid_to = make.TODAY - timedelta(days=1)
    tree.other.save()
    Succession.objects.create(predecessor=tree.other, successor=tree.province, since=make.TODAY)
    cache.delete(TREE_KEY)
    heir = make.actor(tree.province, "focal_point", name="nguoi-ke-tuc")
    new = actions.replace_scheme(own, actor=heir, now=make.NOW)
    assert (new.owner, new.replaces) == (tree.province, own)
    with pytest.raises(NotAllowed):
        actions.close_scheme(
            own, actor=make.actor(tree.region1, "head"), now=make.NOW, reason="Hết"
        )
    assert actions.close_scheme(own, actor=heir, now=make.NOW, reason="Sáp nhập").state == "closed"


def test_an_excerpt_is_published_by_a_leader_and_withheld_again(tree, desk):
    made, head = scheme(tree, desk), make.head(tree.centre)
    with pytest.raises(WrongState, match="còn đang soạn"):
        actions.publish_scheme(made, actor=head, now=make.NOW)
    actions.activate_scheme(made, actor=desk, now=make.NOW)
    for stranger in (desk, make.head(tree.province)):
        with pytest.raises(NotAllowed, match="thủ trưởng hoặc cấp phó"):
            actions.publish_scheme(made, actor=stranger, now=make.NOW)
    actions.publish_scheme(made, actor=head, now=make.NOW)
    assert list(public_schemes()) == [made]
    with pytest.raises(WrongState, match="công khai rồi"):
        actions.publish_scheme(made, actor=head, now=make.NOW)
    actions.withhold_scheme(made, actor=head, now=make.NOW)
    assert not public_schemes().exists()
