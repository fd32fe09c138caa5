"""Pages of schemes and of papers that give work: the whole path, refusals that keep what was typed, scope, budgets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.scheme import actions
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.actions.source_papers import working_copy
from hoiam.scheme.models import Assignment, Scheme, SourcePaper
from tests.desk.casework import Province, moment, person
from tests.scheme.readings import decision

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def world(db):
    made = Province()
    made.chief = person("chi", "Trần Thị Chi", made.centre, Role.FOCAL_POINT)
    return made


@pytest.fixture
def centre(world):
    return client_of(world.chief)


@pytest.fixture
def home(world):
    return client_of(world.focal)


def client_of(official):
    client = Client()
    client.force_login(official)
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query, follow=True)
    return answer.status_code, answer.content.decode()


def post(client, name, *args, **data):
    answer = client.post(reverse(name, args=args), data, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def paper(world):
    return actions.add_source_paper(
        world.centre, actor=world.actor(world.chief), now=moment(), data=b"x",
        file_name="qd-77.txt", read=decision,
    )  # fmt: skip


def scheme(world, owner=None, by=None, **fields):
    everyone = ({"role": "lead", "class": "system"},)
    return actions.create_scheme(
        owner or world.centre, actor=world.actor(by or world.chief), now=moment(),
        fields=SchemeFields(**{"title": "Đề án Một", **fields}),
        tasks=[TaskFields(ref="1", title="Mở chuyên mục", units=everyone, rhythm="yearly")],
    )  # fmt: skip


def task_form(**more):
    return {"ref": "2", "title": "Họp mặt cộng tác viên", "rhythm": "continuous", **more}


def test_a_paper_goes_the_whole_way_to_the_units(world, centre, home, paper):
    status, text = page(centre, "desk-scheme-paper", paper.pk)
    assert status == 200
    assert '<mark id="cho-number">77/QĐ-BHC</mark>' in text
    assert "thành đợt báo cáo" in text
    status, text = page(centre, "desk-scheme-paper-part", paper.pk, "tasks", 1)
    assert "Đọc từ" in text and "Suy từ" in text
    assert 'href="#cho-tasks-1-time"' in text
    refused = task_form(ref="1.2", quotas="nhiều bài", edition="0")
    status, text = post(centre, "desk-scheme-paper-part", paper.pk, "tasks", 1, **refused)
    assert status == 422
    assert "Chưa rõ “nhiều bài” là bao nhiêu bài" in text
    form = task_form(ref="1.2", products="Biên bản họp mặt", lead_parts="THADS các tỉnh, thành phố", due_on="15/10/2026", due_kind="before", quotas="2 bài/tháng", edition="0")  # fmt: skip
    post(centre, "desk-scheme-paper-part", paper.pk, "tasks", 1, **form)
    paper.refresh_from_db()
    assert working_copy(paper)["tasks"][1]["products"] == ["Biên bản họp mặt"]
    assert "Chỉ tiêu: 02 bài mỗi tháng" in page(centre, "desk-scheme-paper", paper.pk)[1]
    status, text = post(centre, "desk-scheme-paper", paper.pk, edition="1")
    assert "Đã lập bản soạn" in text
    assert "2 bài mỗi tháng" in text
    made = Scheme.objects.system(WHY).get()
    assert page(home, "desk-scheme", made.pk)[0] == 404  # a draft of the centre
    post(centre, "desk-scheme-do", made.pk, "activate_scheme")
    status, text = page(home, "desk-scheme", made.pk)
    assert status == 200
    assert "Biên bản họp mặt" in text and "trước ngày 15/10/2026" in text
    assert Assignment.objects.system(WHY).filter(agency=world.region).count() == 1


def test_an_unknown_unit_is_asked_about_and_the_answer_is_one_press(world, centre):
    made = scheme(world)
    form = task_form(lead_parts="Các cơ quan THADS\nTHADS tinhr Thanh Giangg")
    status, text = post(centre, "desk-scheme-task-new", made.pk, **form)
    assert status == 422
    assert "Có phải THADS tỉnh Thanh Giang" in text
    assert "Họp mặt cộng tác viên" in text  # what was typed stays
    assert made.tasks.count() == 1
    pick = "lead_parts|1|THADS tỉnh Thanh Giang"
    post(centre, "desk-scheme-task-new", made.pk, **form, pick=pick)
    assert made.tasks.get(ref="2").units == [
        {"role": "lead", "class": "agencies"},
        {"role": "lead", "agency": world.home.pk},
    ]


def test_a_ref_that_stands_already_is_marked_at_its_field(world, centre):
    made = scheme(world)
    status, text = post(centre, "desk-scheme-task-new", made.pk, **task_form(ref="1"))
    assert status == 422
    assert "Mục: Đã có nhiệm vụ mục 1" in text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh-chup.pdf", b"%PDF-1.4 khong chu", ""),
        ("tep.docx", b"PK\x03\x04hong", "bị hỏng hoặc có mật khẩu"),
    ],
)
def test_a_file_the_machine_cannot_read_is_kept_to_be_filled(world, centre, name, content, said):
    status, text = post(centre, "desk-scheme-paper-new", file=SimpleUploadedFile(name, content))
    kept = SourcePaper.objects.system(WHY).get()
    assert (status, kept.state) == (200, "unreadable")
    assert said in text
    assert "Tệp được giữ nguyên" in text
    data = {"kind": "plan", "title": "Nhập tay", "edition": "0"}
    post(centre, "desk-scheme-paper-whole", kept.pk, "head", **data)
    post(centre, "desk-scheme-paper", kept.pk, edition="1")
    assert Scheme.objects.system(WHY).get().title == "Nhập tay"
    taken = centre.get(reverse("desk-scheme-paper-file", args=[kept.pk]))
    assert taken.content == content
    assert taken["Content-Disposition"].startswith("attachment")


def test_an_empty_file_is_refused_and_nothing_is_kept(centre):
    status, _text = post(centre, "desk-scheme-paper-new", file=SimpleUploadedFile("a.txt", b""))
    assert status == 422
    assert not SourcePaper.objects.system(WHY).exists()


def test_who_saves_over_another_is_told_and_keeps_his_words(world, centre, paper):
    actor = world.actor(world.chief)
    actions.save_confirmed(paper, actor=actor, now=moment(), edition=0, part="themes", value=["Một"])  # fmt: skip
    status, text = post(centre, "desk-scheme-paper-whole", paper.pk, "themes", themes="Hai", edition="0")  # fmt: skip
    assert status == 422
    assert "Người khác vừa sửa" in text and "Hai" in text
    assert 'name="edition" value="1"' in text


def test_rows_are_taken_out_and_a_paper_dropped(world, centre, paper):
    post(centre, "desk-scheme-paper-remove", paper.pk, "tasks", 0, edition="0")
    paper.refresh_from_db()
    assert [row["ref"] for row in working_copy(paper)["tasks"]] == ["1.2"]
    assert "Ghi lý do" in post(centre, "desk-scheme-paper-drop", paper.pk, reason="")[1]
    post(centre, "desk-scheme-paper-drop", paper.pk, reason="Tải nhầm")
    paper.refresh_from_db()
    assert paper.state == "dropped"
    assert page(centre, "desk-scheme-paper-part", paper.pk, "nothing", 0)[0] == 404
    assert page(centre, "desk-scheme-paper-part", paper.pk, "tasks", 9)[0] == 404


def test_a_scheme_is_written_changed_given_closed_and_replaced_by_hand(world, centre):
    head = {"kind": "plan", "title": "Kế hoạch tay", "starts_on": "1/1/2026", "ends_on": "31/12/2026"}  # fmt: skip
    post(centre, "desk-scheme-new", **head)
    made = Scheme.objects.system(WHY).get()
    post(centre, "desk-scheme-themes", made.pk, themes="Một\nHai")
    post(centre, "desk-scheme-task-new", made.pk, **task_form(lead_parts="Các cơ quan trong Hệ thống THADS", theme="2"))  # fmt: skip
    task = made.tasks.get()
    assert task.theme.text == "Hai"
    post(centre, "desk-scheme-quota-new", made.pk, task.pk, count="2", unit_word="bài", channel="Trang", period="month", units="")  # fmt: skip
    assert str(task.quotas.get()) == "2 bài mỗi tháng trên Trang"
    backward = {**head, "ends_on": "1/1/2025"}
    assert post(centre, "desk-scheme-head", made.pk, **backward)[0] == 422
    post(centre, "desk-scheme-do", made.pk, "activate_scheme")
    assert post(centre, "desk-scheme-do", made.pk, "close_scheme", reason="")[0] == 422
    post(centre, "desk-scheme-do", made.pk, "replace_scheme")
    new = Scheme.objects.system(WHY).get(replaces=made)
    assert "2 bài mỗi tháng" in page(centre, "desk-scheme", new.pk)[1]
    assert "Không có gì khác" in page(centre, "desk-scheme-changes", new.pk)[1]
    assert page(centre, "desk-scheme-changes", made.pk)[0] == 404
    post(centre, "desk-scheme-task", new.pk, new.tasks.get().pk, **task_form(title="Họp mặt hai lần", lead_parts="THADS các tỉnh, thành phố"))  # fmt: skip
    assert "đơn vị được giao" in page(centre, "desk-scheme-changes", new.pk)[1]
    post(centre, "desk-scheme-do", new.pk, "activate_scheme")
    made.refresh_from_db()
    assert made.state == "closed"
    assert "Được thay bằng" in page(centre, "desk-scheme", made.pk)[1]


def test_a_paper_that_amends_a_running_scheme_has_it_chosen_already(world, centre, paper):
    """A draft that stands alone by oversight could only be thrown away."""
    made = scheme(world, world.centre, world.chief)
    Scheme.objects.system(WHY).filter(pk=made.pk).update(state="active", number="01/QĐ-BHC")
    assert "đã chọn sẵn" not in page(centre, "desk-scheme-paper", paper.pk)[1]
    paper.text += "Căn cứ Quyết định số 01/QĐ-BHC"
    paper.confirmed = working_copy(paper) | {"head": {**working_copy(paper)["head"], "title": "Sửa đổi Đề án"}}  # fmt: skip
    paper.save()
    text = page(centre, "desk-scheme-paper", paper.pk)[1]
    assert f'<option value="{made.pk}" selected' in text and "đã chọn sẵn" in text


def test_the_ready_scheme_a_plan_and_a_campaign(world, centre, home):
    assert "Nhập Đề án 2862 có sẵn" in page(centre, "desk-schemes")[1]
    post(centre, "desk-scheme-ready", "2862")
    made = Scheme.objects.system(WHY).get()
    assert "Nhập Đề án 2862" not in page(centre, "desk-schemes")[1]
    post(centre, "desk-scheme-do", made.pk, "activate_scheme")
    _status, text = post(home, "desk-scheme-plan", made.pk, year="2021")
    plan = Scheme.objects.system(WHY).get(parent=made)
    assert plan.owner == world.home
    assert "2.3.2" in text and "2.2" not in [task.ref for task in plan.tasks.all()]
    assert post(home, "desk-scheme-plan", made.pk, year="2021")[0] == 422
    assert "Ngày truyền thống" in page(home, "desk-scheme-campaign")[1]
    form = {"title": "Đợt 19/7", "starts_on": "01/07/2027", "ends_on": "19/07/2027", "units": "Các cơ quan THADS", "count": "1", "unit_word": "bài", "channel": "Trang", "period": "whole"}  # fmt: skip
    post(home, "desk-scheme-campaign", **form)
    made = Scheme.objects.system(WHY).get(kind="campaign")
    assert (made.owner, made.tasks.get().time) == (world.home, "Từ 01/07/2027 đến 19/07/2027")
    assert post(home, "desk-scheme-campaign", **{**form, "units": "Báo Lạ"})[0] == 422


def test_another_province_meets_404_and_a_clerk_a_sentence(world, home):
    own = scheme(world, world.home, world.focal)
    task = own.tasks.get()
    elsewhere, clerk = client_of(world.elsewhere), client_of(world.clerk)
    for name, args in (("desk-scheme", [own.pk]), ("desk-scheme-head", [own.pk]), ("desk-scheme-task", [own.pk, task.pk])):  # fmt: skip
        assert page(elsewhere, name, *args)[0] == 404
    _status, text = page(clerk, "desk-scheme-task", own.pk, task.pk)
    assert "Chỉ đầu mối truyền thông" in text
    assert "Giao thực hiện" not in page(clerk, "desk-scheme", own.pk)[1]
    post(clerk, "desk-scheme-do", own.pk, "activate_scheme")
    own.refresh_from_db()
    assert own.state == "draft"
    assert "Chỉ Cục và THADS tỉnh" in page(clerk, "desk-scheme-new")[1]


def test_a_text_that_looks_like_a_page_is_shown_as_text(world, centre):
    bad = lambda data, name: evil()  # noqa: E731
    kept = actions.add_source_paper(
        world.centre, actor=world.actor(world.chief), now=moment(), data=b"x", file_name="<b>x.txt", read=bad,
    )  # fmt: skip
    text = page(centre, "desk-scheme-paper", kept.pk)[1]
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    assert "<b>x.txt" not in text


def evil():
    reading = decision()
    reading.text += "<script>alert(1)</script>"
    return reading


@pytest.mark.parametrize("tasks", [1, 40])
def test_the_pages_keep_their_budget(world, centre, paper, tasks, django_assert_max_num_queries):
    made = scheme(world)
    for number in range(2, tasks + 1):
        actions.save_task(
            made, actor=world.actor(world.chief), now=moment(),
            fields=TaskFields(ref=str(number), title="Việc", units=({"role": "lead", "agency": world.home.pk},)),
        )  # fmt: skip
    for name, args, most in (
        ("desk-schemes", [], 8),
        ("desk-scheme-papers", [], 8),
        ("desk-scheme", [made.pk], 15),
        ("desk-scheme-paper", [paper.pk], 15),
        ("desk-scheme-paper-part", [paper.pk, "tasks", 0], 15),
        ("desk-scheme-task", [made.pk, made.tasks.first().pk], 15),
    ):
        page(centre, name, *args)
        with django_assert_max_num_queries(most):
            assert page(centre, name, *args)[0] == 200


def test_a_paper_that_only_orders_reports_leads_to_its_demands(world, centre, paper):
    for at in reversed(range(len(working_copy(paper)["tasks"]))):
        paper.refresh_from_db()
        post(centre, "desk-scheme-paper-remove", paper.pk, "tasks", at, edition=str(paper.edition))
    paper.refresh_from_db()
    kept = working_copy(paper)
    assert not kept["tasks"]
    orders = [one for one in kept["obligations"] if one["becomes"] == "round"]
    actions.save_confirmed(
        paper, actor=world.actor(world.chief), now=moment(), edition=paper.edition,
        part="obligations", value=orders,
    )  # fmt: skip
    paper.refresh_from_db()
    status, text = post(centre, "desk-scheme-paper", paper.pk, edition=str(paper.edition))
    assert status == 200
    assert "yêu cầu báo cáo: mở đợt" in text and "Mở đợt báo cáo" in text
    assert orders[0]["due_kind"] == "before" and " · trước ngày " in text


def addressed_to(paper, *bodies):
    """The paper as read with these in its "Kính gửi", and no demand of it naming a unit."""
    paper.reading["addressees"] = list(bodies)
    for row in paper.reading["copy"]["obligations"]:
        row["units"] = []
    paper.save(update_fields=["reading"])


def test_demands_that_name_no_unit_are_given_to_whom_the_paper_is_addressed(world, centre, paper):
    addressed_to(paper, "THADS các tỉnh, thành phố", "Ủy ban nhân dân tỉnh")
    told = page(centre, "desk-scheme-paper", paper.pk)[1]
    assert "Kính gửi" in told and "chưa rõ đơn vị" in told
    told = post(centre, "desk-scheme-paper-addressed", paper.pk, edition="0")[1]
    assert "chưa rõ đơn vị" not in told
    paper.refresh_from_db()
    assert {str(row["units"]) for row in working_copy(paper)["obligations"]} == {
        str([{"role": "lead", "class": "provinces"}])
    }
    stale = post(centre, "desk-scheme-paper-addressed", paper.pk, edition="0")[1]
    assert "Người khác vừa sửa văn bản này" in stale


def test_addressees_outside_the_system_are_never_guessed(world, centre, paper):
    addressed_to(paper, "Ủy ban nhân dân tỉnh")
    told = post(centre, "desk-scheme-paper-addressed", paper.pk, edition="0")[1]
    assert "Không rõ nơi kính gửi là đơn vị nào" in told
    paper.refresh_from_db()
    assert paper.edition == 0


def test_a_scheme_says_which_reports_its_paper_still_waits_for(world, centre, home, paper):
    post(centre, "desk-scheme-paper", paper.pk, edition="0")
    made = Scheme.objects.system(WHY).get()
    post(centre, "desk-scheme-do", made.pk, "activate_scheme")
    link = f"{reverse('desk-round-new')}?paper={paper.pk}&amp;obligation=0"
    assert link in page(centre, "desk-scheme", made.pk)[1]
    assert link not in page(home, "desk-scheme", made.pk)[1]
    actions.create_round(
        world.centre, actor=world.actor(world.chief), now=moment(), title="Báo cáo", year=2026,
        due_on=moment().date(), due_kind="by", review="round_synthesis", paper=paper,
    )  # fmt: skip
    assert link not in page(centre, "desk-scheme", made.pk)[1]
