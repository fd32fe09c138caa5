"""Loading and importing the register: idempotent, all or nothing, and only by the centre's administrator."""

from datetime import date

import pytest

from hoiam.agencies.actions import import_agencies, load_register, take_import
from hoiam.agencies.models import Agency, ImportRun, Succession
from hoiam.agencies.queries import answering, tree
from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.kit.recognition import AgencyFact
from hoiam.kit.recognition import register as shipped

from .conftest import NOW, TODAY, make_agency

FACTS = (
    AgencyFact("chi-cuc-a", "Chi cục THADS huyện A", "Chi cục Thi hành án dân sự huyện A", "district", "Thanh Giang", date(2009, 7, 1), date(2025, 6, 30)),
    AgencyFact("thads-tg", "THADS tỉnh Thanh Giang", "Thi hành án dân sự tỉnh Thanh Giang", "province", "Thanh Giang", date(2025, 7, 1), None, predecessors=("chi-cuc-a", "khong-co")),
)  # fmt: skip
HEAD = "code,name,level,province,parent,valid_from,valid_to,predecessors,districts"
GOOD = (
    "phong-kv-1-tg,Phòng THADS khu vực 1 - Thanh Giang,region,Thanh Giang,thads-tg,01/07/2025,,chi-cuc-a,A; B",
    "phong-kv-2-tg,Phòng THADS khu vực 2 - Thanh Giang,region,Thanh Giang,thads-tg,01/07/2025,,,C",
)


def file_of(*lines):
    return "\n".join([HEAD, *lines]).encode()


def import_(*lines, actor=None, dry_run=False):
    return import_agencies(
        file_of(*lines), actor=actor, now=NOW, file_name="phong.csv", dry_run=dry_run
    )


@pytest.fixture
def register(db):
    load_register(FACTS)


def test_loading_twice_adds_nothing_and_keeps_what_people_changed(register):
    Agency.objects.filter(code="thads-tg").update(seat="Sông Thanh")
    assert load_register(FACTS) == 0
    assert Agency.objects.get(code="thads-tg").seat == "Sông Thanh"


def test_an_old_district_under_a_whole_province_is_not_sure_of_its_office(register):
    assert [(s.predecessor.code, s.since, s.uncertain) for s in Succession.objects.all()] == [
        ("chi-cuc-a", date(2025, 7, 1), True)
    ]


def test_a_good_file_is_taken_with_parents_successions_and_districts(register):
    tree()  # kept in memory before the import: it must be forgotten
    run = import_(*GOOD)
    office = Agency.objects.get(code="phong-kv-1-tg")
    assert (run.rows, run.taken, run.problems, run.dry_run) == (2, 2, [], False)
    assert (office.full_name, office.parent.code, office.districts) == (
        "Phòng Thi hành án dân sự khu vực 1 - Thanh Giang", "thads-tg", ["A", "B"]
    )  # fmt: skip
    assert answering(Agency.objects.get(code="chi-cuc-a"), TODAY) == office
    assert office.pk in tree().scope({office.parent_id})


def test_a_file_taken_twice_changes_nothing_more(register):
    import_(*GOOD)
    assert import_(*GOOD).taken == 2
    assert Agency.objects.filter(level="region").count() == 2
    assert Succession.objects.count() == 2


def test_one_wrong_row_and_nothing_is_taken(register):
    run = import_(GOOD[0], GOOD[1].replace("01/07/2025", "45839"))
    assert (run.rows, run.taken, Agency.objects.filter(level="region").count()) == (2, 0, 0)
    assert [(p["row"], p["column"], p["said"]) for p in run.problems] == [
        (3, "valid_from", "45839")
    ]


@pytest.mark.parametrize(
    ("why", "old", "new", "expected"),
    [
        ("an unknown parent", "thads-tg", "thads-xx", (2, "parent", "thads-xx", "Chưa có cơ quan mang mã này. Hãy thêm nó vào tệp hoặc sửa mã.")),
        ("an unknown predecessor", ",chi-cuc-a,", ",chi-cuc-z,", (2, "predecessors", "chi-cuc-z", "Chưa có cơ quan mang mã này. Hãy thêm nó vào tệp hoặc sửa mã.")),
        ("a parent that is no province", "thads-tg", "chi-cuc-a", (2, "parent", "chi-cuc-a", "Cơ quan này không phải THADS cấp tỉnh.")),
    ],
)  # fmt: skip
def test_codes_nobody_has_are_named(register, why, old, new, expected):
    run = import_(GOOD[0].replace(old, new), GOOD[1])
    assert [tuple(p.values()) for p in run.problems] == [expected]
    assert run.taken == 0


def test_a_parent_may_stand_later_in_the_same_file(db):
    run = import_(GOOD[1], "thads-tg,THADS tỉnh Thanh Giang,province,Thanh Giang")
    assert (run.taken, Agency.objects.get(code="phong-kv-2-tg").parent.code) == (2, "thads-tg")


def test_a_file_that_cannot_be_read_leaves_nothing(db):
    with pytest.raises(InvalidInput):
        import_agencies(b"PK\x03\x04", actor=None, now=NOW, file_name="phong.csv")
    assert (ImportRun.objects.count(), Agency.objects.count()) == (0, 0)


def test_a_dry_run_writes_the_report_only_and_its_file_is_taken_as_it_was(register, centre, actor):
    admin = actor(centre, Role.ADMINISTRATOR)
    shown = import_(*GOOD, actor=admin, dry_run=True)
    assert (shown.rows, shown.taken, Agency.objects.filter(level="region").count()) == (2, 0, 0)
    taken = take_import(shown, actor=admin, now=NOW)
    assert (taken.taken, taken.dry_run, taken.file_name, taken.by) == (
        2,
        False,
        "phong.csv",
        admin.official,
    )
    assert list(ledger.breaks()) == []


def test_what_was_no_clean_dry_run_is_not_taken(register, centre, actor):
    admin = actor(centre, Role.ADMINISTRATOR)
    for run in (
        import_(*GOOD),
        import_(GOOD[0].replace("thads-tg", "xx"), dry_run=True),
    ):
        with pytest.raises(WrongState) as refusal:
            take_import(run, actor=admin, now=NOW)
    assert (
        str(refusal.value)
        == "Chỉ nhập được sau một lần thử không còn dòng lỗi. Hãy sửa tệp rồi thử lại."
    )


@pytest.mark.parametrize(
    ("where", "role"),
    [("province", Role.ADMINISTRATOR), ("centre", Role.HEAD), ("centre", Role.FOCAL_POINT)],
)
def test_others_may_not_import(request, actor, centre, province, where, role):
    who = actor(request.getfixturevalue(where), role)
    run = import_("a,B,province,C", dry_run=True)
    sentence = (
        "Chỉ quản trị ở trung ương được nhập danh sách cơ quan. Hãy gửi tệp cho Văn phòng Cục."
    )
    for attempt in (
        lambda: import_(*GOOD, actor=who),
        lambda: take_import(run, actor=who, now=NOW),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert str(refusal.value) == sentence
    assert Agency.objects.filter(level="region").count() == 0


def test_the_register_that_ships_loads_whole(db):
    facts = tuple(shipped())
    assert load_register(facts) == len(facts)
    assert Agency.objects.filter(level="province", valid_to=None).count() == 34
    make_agency("them", "Thêm", "province")
    assert load_register(facts) == 0
