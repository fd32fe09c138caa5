"""Papers into schemes: read, mended, confirmed once; what cannot be read is kept for a person."""

import io
import zipfile
from datetime import date

import pytest

from hoiam.core import blobs, ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.papers import PaperError
from hoiam.scheme import actions
from hoiam.scheme.actions.reading import heading_of, kind_of
from hoiam.scheme.actions.scheme_values import QuotaFields, SchemeFields, TaskFields
from hoiam.scheme.actions.source_papers import working_copy
from hoiam.scheme.models import Scheme, SourcePaper
from hoiam.scheme.queries import source_papers_visible_to
from tests import factories as make
from tests.scheme.readings import DECISION, Reading, decision

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.centre)


def add(tree, desk, data=b"van ban", name="qd-77.txt", read=decision):
    return actions.add_source_paper(
        tree.centre, actor=desk, now=make.NOW, data=data, file_name=name, read=read
    )


def test_a_paper_is_read_and_nothing_is_created(tree, desk):
    paper = add(tree, desk)
    assert paper.state == "read"
    assert blobs.read(paper.blob) == b"van ban"
    assert not Scheme.objects.system(WHY).exists()
    copy = working_copy(paper)
    assert copy["head"]["number"] == "77/QĐ-BHC"
    assert (copy["head"]["starts_on"], copy["head"]["ends_on"]) == ("2026-01-01", "2028-12-31")
    assert copy["head"]["signer"] == ""  # not in the text: empty, never made up
    first, second = copy["tasks"]
    assert first["units"] == [{"role": "lead", "class": "system"}]
    assert first["coordinating"] == ["Báo Sông Thanh"]
    assert first["group"] == "1. Kênh thông tin"
    assert (second["due_on"], second["due_kind"]) == ("2026-10-15", "before")
    assert second["products"] == []
    assert copy["obligations"][0]["becomes"] == "round"


def test_every_value_has_its_place_in_the_text(tree, desk):
    paper = add(tree, desk)
    spans = paper.reading["spans"]
    for path, value in (("number", "77/QĐ-BHC"), ("tasks.1.group", "Kênh thông tin"), ("tasks.1.lead", "Cục THADS cấp tỉnh"), ("tasks.0.products.0", "Chuyên mục được mở")):  # fmt: skip
        start, end = spans[path]
        assert paper.text[start:end] == value


def test_confirming_makes_the_scheme_with_everything(tree, desk):
    paper = add(tree, desk)
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0)
    assert (made.state, made.number, made.paper_id) == ("draft", "77/QĐ-BHC", paper.pk)
    assert [task.ref for task in made.tasks.all()] == ["1.1", "1.2"]
    second = made.tasks.get(ref="1.2")
    assert (second.due_on, second.due_kind, second.rhythm) == (
        date(2026, 10, 15),
        "before",
        "dated",
    )
    assert DECISION[second.span["start"] : second.span["end"]] == "Họp mặt cộng tác viên"
    assert [theme.number for theme in made.themes.all()] == [1, 2]
    paper.refresh_from_db()
    assert (paper.state, paper.settled_by_id) == ("confirmed", desk.pk)
    assert paper.confirmed["obligations"][0]["due"] == "2026-12-01"


def test_what_a_person_mends_is_kept_and_the_reading_stays(tree, desk):
    paper = add(tree, desk)
    row = working_copy(paper)["tasks"][0] | {"title": "Mở chuyên mục hỏi đáp", "products": []}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="tasks.0", value=row)  # fmt: skip
    assert paper.edition == 1
    assert paper.reading["tasks"][0]["title"] == "Mở chuyên mục trên trang thông tin"
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1)
    assert made.tasks.get(ref="1.1").title == "Mở chuyên mục hỏi đáp"


def test_rows_are_added_and_taken_out(tree, desk):
    paper = add(tree, desk)
    new = working_copy(paper)["tasks"][0] | {"ref": "1.3", "from": ""}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="tasks.2", value=new)  # fmt: skip
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=1, part="tasks.0", value=None)  # fmt: skip
    assert [row["ref"] for row in working_copy(paper)["tasks"]] == ["1.2", "1.3"]
    for part in ("tasks.9", "nothing", "tasks.x"):
        with pytest.raises(InvalidInput):
            actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=2, part=part, value=new)


def test_a_removed_draft_leaves_its_paper_to_be_confirmed_again(tree, desk):
    paper = add(tree, desk)
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0)
    actions.remove_scheme(made, actor=desk, now=make.NOW)
    paper.refresh_from_db()
    assert (paper.state, paper.settled_by_id) == ("read", None)
    assert (
        actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0).tasks.count() == 2
    )


def test_a_paper_amends_what_runs(tree, desk):
    units = ({"role": "lead", "class": "provinces"},)
    old = actions.create_scheme(
        tree.centre, actor=desk, now=make.NOW, fields=SchemeFields(title="Cũ"),
        tasks=[TaskFields(ref="1.1", title="Cũ 1.1", units=units), TaskFields(ref="9", title="Giữ", units=units)],
    )  # fmt: skip
    actions.activate_scheme(old, actor=desk, now=make.NOW)
    paper = add(tree, desk)
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0, replaces=old, keeps_others=True)  # fmt: skip
    titles = {task.ref: task.title for task in made.tasks.all()}
    assert titles == {"1.1": "Mở chuyên mục trên trang thông tin", "9": "Giữ", "1.2": "Họp mặt cộng tác viên"}  # fmt: skip
    assert made.replaces == old
    own = actions.create_scheme(tree.province, actor=make.focal_point(tree.province), now=make.NOW, fields=SchemeFields(title="Tỉnh"))  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.confirm_source_paper(add(tree, desk), actor=desk, now=make.NOW, edition=0, replaces=own)  # fmt: skip


def test_two_people_save_the_second_is_told(tree, desk):
    paper = add(tree, desk)
    actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="themes", value=["Một"])
    other = make.head(tree.centre)
    with pytest.raises(Conflict, match="Người khác vừa sửa"):
        actions.save_confirmed(paper, actor=other, now=make.NOW, edition=0, part="themes", value=["Hai"])  # fmt: skip
    with pytest.raises(Conflict):
        actions.confirm_source_paper(paper, actor=other, now=make.NOW, edition=0)
    assert working_copy(SourcePaper.objects.system(WHY).get())["themes"] == ["Một"]


def test_two_people_confirm_one_scheme_is_made(tree, desk):
    paper = add(tree, desk)
    actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0)
    with pytest.raises(WrongState, match="Đã xác nhận"):
        actions.confirm_source_paper(paper, actor=make.head(tree.centre), now=make.NOW, edition=0)
    assert Scheme.objects.system(WHY).count() == 1


def test_a_ref_that_stands_twice_stops_the_whole(tree, desk):
    paper = add(tree, desk)
    row = working_copy(paper)["tasks"][1] | {"ref": "1.1."}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="tasks.1", value=row)  # fmt: skip
    with pytest.raises(InvalidInput, match=r"cùng mục 1\.1"):
        actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1)
    assert not Scheme.objects.system(WHY).exists()
    assert SourcePaper.objects.system(WHY).get().state == "read"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (201 * 1024 * 1024))
    return file.getvalue()


def macros():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    return file.getvalue()


def locked(data, name):
    raise PaperError("Tệp có mật khẩu nên không đọc được.")


def scan(data, name):
    return Reading(text="  \n ", problems=("Ảnh chụp, máy chưa đọc được chữ.",))


@pytest.mark.parametrize(
    ("data", "read", "said"),
    [
        (bomb, decision, "giải nén ra quá lớn"),
        (macros, decision, "có macro"),
        (lambda: b"%PDF-1.4 khoa", locked, "mật khẩu"),
        (lambda: b"%PDF-1.4 anh", scan, "Ảnh chụp"),
        (lambda: b"PK\x03\x04hong", decision, "bị hỏng"),
    ],
    ids=["bomb", "macros", "password", "scan", "damaged"],
)
def test_what_cannot_be_read_is_kept_and_filled_by_hand(tree, desk, data, read, said):
    paper = add(tree, desk, data=data(), name="tep.docx", read=read)
    assert paper.state == "unreadable"
    assert said in paper.note
    assert blobs.exists(paper.blob)
    head = working_copy(paper)["head"] | {"title": "Nhập tay"}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="head", value=head)  # fmt: skip
    assert actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1).title == "Nhập tay"  # fmt: skip


def test_a_nul_in_a_text_is_taken_out(tree, desk):
    def broken(data, name):
        reading = decision()
        reading.number.value = "77\x00/QĐ-BHC"
        reading.text += "\x00"
        return reading

    paper = add(tree, desk, read=broken)
    assert "\x00" not in paper.text
    assert working_copy(paper)["head"]["number"] == "77 /QĐ-BHC"


@pytest.mark.parametrize("data", [b"", b"x" * (50 * 1024 * 1024 + 1)], ids=["empty", "too large"])
def test_a_file_that_may_not_be_kept_leaves_nothing(tree, desk, data):
    with pytest.raises(InvalidInput):
        add(tree, desk, data=data)
    assert not SourcePaper.objects.system(WHY).exists()


def test_a_dropped_paper_says_why_and_makes_nothing(tree, desk):
    paper = add(tree, desk)
    with pytest.raises(InvalidInput, match="lý do"):
        actions.drop_source_paper(paper, actor=desk, now=make.NOW, reason=" ")
    paper = actions.drop_source_paper(paper, actor=desk, now=make.NOW, reason="Tải nhầm")
    with pytest.raises(WrongState):
        actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=0)
    assert [line.step for line in ledger.of(paper)] == ["add_source_paper", "drop_source_paper"]


def test_who_may_and_who_sees(tree, desk, clerk):
    own = actions.add_source_paper(
        tree.province, actor=make.focal_point(tree.province), now=make.NOW, data=b"x",
        file_name="kh.txt", read=decision,
    )  # fmt: skip
    elsewhere = make.focal_point(tree.other)
    assert not source_papers_visible_to(elsewhere).exists()
    assert source_papers_visible_to(desk).get() == own
    for actor in (elsewhere, clerk, desk, make.actor(tree.region1, "head_of_region")):
        with pytest.raises(NotAllowed):
            actions.confirm_source_paper(own, actor=actor, now=make.NOW, edition=0)
    with pytest.raises(NotAllowed):
        actions.add_source_paper(
            tree.region1, actor=make.actor(tree.region1, "head"), now=make.NOW, data=b"x", file_name="a",
        )  # fmt: skip


def test_an_asked_thing_becomes_a_task_when_chosen(tree, desk):
    paper = add(tree, desk)
    row = working_copy(paper)["obligations"][0] | {"becomes": "task"}
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="obligations.0", value=row)  # fmt: skip
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1)
    asked = made.tasks.get(ref="YC1")
    assert (asked.due_on, asked.due_kind, asked.lead) == (date(2026, 12, 1), "before", "Thủ trưởng đơn vị")  # fmt: skip


def test_kinds_and_headings():
    assert kind_of("Kế hoạch", "về Đề án 2862") == "plan"
    assert kind_of("Quyết định", "Phê duyệt Đề án") == "scheme"
    assert kind_of("Công văn", "thực hiện Kế hoạch") == "dispatch"
    text = "2.1. Xây dựng hệ thống\n2.1.1. Qua PBGDPL\na) Tham mưu"
    assert heading_of(text, "2.1.1.a", len(text)) == "2.1. Xây dựng hệ thống"
    assert heading_of(text, "2.2", len(text)) == ""


def test_an_amended_scheme_keeps_what_the_paper_says_nothing_of(tree, desk):
    units = ({"role": "lead", "class": "provinces"},)
    tasks = [
        TaskFields(ref="1.1", title="Cũ 1.1", group="1. Nhóm", units=units, theme=1),
        TaskFields(ref="9", title="Giữ", units=units, theme=2),
    ]
    old = actions.create_scheme(
        tree.centre, actor=desk, now=make.NOW, fields=SchemeFields(title="Cũ", short="Đề án Một"),
        tasks=tasks, themes=["Một", "Hai"], quotas=[("1.1", QuotaFields("Trang", "month", 2))],
    )  # fmt: skip
    actions.activate_scheme(old, actor=desk, now=make.NOW)
    paper = add(tree, desk)
    paper = actions.save_confirmed(paper, actor=desk, now=make.NOW, edition=0, part="themes", value=[])  # fmt: skip
    made = actions.confirm_source_paper(paper, actor=desk, now=make.NOW, edition=1, replaces=old, keeps_others=True)  # fmt: skip
    assert (made.short, [theme.text for theme in made.themes.all()]) == ("Đề án Một", ["Một", "Hai"])  # fmt: skip
    told = [(task.ref, task.title, task.theme and task.theme.text) for task in made.tasks.all()]
    assert told == [
        ("1.1", "Mở chuyên mục trên trang thông tin", "Một"), ("1.2", "Họp mặt cộng tác viên", None), ("9", "Giữ", "Hai"),
    ]  # fmt: skip
    # The group is the paper's own: it names one.
    assert len({task.group for task in made.tasks.filter(ref__startswith="1")}) == 1
    assert [str(quota) for quota in made.tasks.get(ref="1.1").quotas.all()] == ["2 bài mỗi tháng trên Trang"]  # fmt: skip
