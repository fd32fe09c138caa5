"""Tập huấn as people use it: a session from plan to result, the plan of a year, needs, lists as files; strangers get 404."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import Training, TrainingNeed, TrainingPlan
from tests.desk.small_world import SmallWorld, page, queries_of, sheet

pytestmark = pytest.mark.django_db
WHY = "the test reads back"
DAY = timedelta(days=1)


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def desk(world):
    return world.client(world.province, "focal_point")


def planned(world, desk, **fields):
    first = {
        "title": "Kỹ năng trả lời báo chí", "starts_on": show_date(world.today),
        "place": "Hội trường", "trainer": "Trần Thị Mẫu", "for_roles": ["spokesperson"],
    }  # fmt: skip
    answer = desk.post(reverse("desk-training-new"), {**first, **fields})
    return answer, Training.objects.system(WHY).order_by("-pk").first()


def act(client, session, verb, **typed):
    return client.post(reverse("desk-training-act", args=[session.pk, verb]), typed)


def with_people(world, desk):
    _, session = planned(world, desk)
    act(
        desk,
        session,
        "add_trainee",
        role="press_officer",
        official=world.official_of(world.province).pk,
    )
    act(
        desk,
        session,
        "add_trainee",
        role="contributor",
        full_name="=Lý Văn Bút",
        agency=world.province.pk,
    )
    return session


def test_a_session_goes_from_plan_to_result(world, desk):
    session = with_people(world, desk)
    first, second = session.trainees.order_by("pk")
    act(desk, session, "mark_trainees", **{
        f"row-{first.pk}": "1", f"present-{first.pk}": "1", f"result-{first.pk}": "passed",
        f"certificate-{first.pk}": "12/CN", f"row-{second.pk}": "1",
    })  # fmt: skip
    act(desk, session, "hold_training", outcome="Học viên tự trả lời thử.")
    session.refresh_from_db()
    assert session.state == "held"
    text = page(desk, reverse("desk-training", args=[session.pk]))
    assert "1 người có mặt" in text and "12/CN" in text
    assert session.title in page(desk, reverse("desk-trainings") + "?tab=held")
    units = page(desk, reverse("desk-trainings") + "?tab=units")
    assert "THADS tỉnh Thanh Giang" in units


def test_a_refusal_keeps_what_was_typed(world, desk):
    answer, made = planned(world, desk, starts_on="ngày kia nhé", title="Lớp của tôi")
    assert (answer.status_code, made) == (422, None)
    assert "Lớp của tôi" in answer.content.decode()
    _, session = planned(world, desk)
    answer = act(desk, session, "add_trainee", role="contributor", full_name="Lý Văn Bút")
    assert answer.status_code == 422
    assert "Chọn đơn vị của người dự" in answer.content.decode()
    assert "Lý Văn Bút" in answer.content.decode()


def test_who_comes_second_is_told_though_the_form_is_gone(world, desk):
    _, session = planned(world, desk)
    act(desk, session, "cancel_training", reason="Trùng lịch họp giao ban")
    late = act(desk, session, "cancel_training", reason="Giảng viên ốm")
    assert late.status_code == 422
    shown = late.content.decode()
    assert 'id="do-cancel_training"' not in shown
    assert shown.count('role="alert"') == 1 and '<p class="ha-msg is-error"' in shown
    # A form still on its page says it itself, once.
    _, other = planned(world, desk)
    kept = act(desk, other, "cancel_training").content.decode()
    assert 'id="do-cancel_training" open' in kept and kept.count('role="alert"') == 1


def test_lists_come_as_word_and_as_a_file_that_runs_nothing(world, desk):
    session = with_people(world, desk)
    word = desk.get(reverse("desk-training-word", args=[session.pk]))
    assert word.content[:2] == b"PK"
    text = desk.get(reverse("desk-training-csv", args=[session.pk])).content.decode("utf-8")
    assert text.startswith("\ufeffHọ và tên,")
    assert "'=Lý Văn Bút" in text
    never = desk.get(reverse("desk-never-trained-csv")).content.decode("utf-8")
    assert "Nguyễn Văn Thử" in never
    whole = sheet(desk.get(reverse("desk-training-csv", args=[session.pk]), {"tep": "excel"}))
    assert whole[0][0] == "Họ và tên" and any("Lý Văn Bút" in row[0] for row in whole)
    listed = sheet(desk.get(reverse("desk-never-trained-csv"), {"tep": "excel"}))
    assert any(row[0] == "Nguyễn Văn Thử" for row in listed)


def test_an_empty_list_gives_no_word_file_but_a_sentence(world, desk):
    _, session = planned(world, desk)
    answer = desk.get(reverse("desk-training-word", args=[session.pk]), follow=True)
    assert "Danh sách chưa có ai" in answer.content.decode()


def test_a_plan_of_the_year_is_approved_by_somebody_else(world, desk):
    planned(world, desk)
    head = world.client(world.province, "head")
    desk.post(reverse("desk-training-plans"), {"year": world.today.year})
    made = TrainingPlan.objects.system(WHY).get()
    do = lambda verb: reverse("desk-training-plan-act", args=[made.pk, verb])  # noqa: E731
    desk.post(do("submit_training_plan"))
    desk.post(do("approve_training_plan"))
    made.refresh_from_db()
    assert made.state == "submitted"
    assert head.post(do("return_training_plan"), {"reason": ""}).status_code == 422
    head.post(do("approve_training_plan"))
    made.refresh_from_db()
    assert made.state == "approved"
    assert desk.get(reverse("desk-training-plan-word", args=[made.pk])).content[:2] == b"PK"
    again = desk.post(reverse("desk-training-plans"), {"year": world.today.year})
    assert again.status_code == 422


def test_a_need_is_raised_and_taken_into_a_session(world, desk):
    _, session = planned(world, desk)
    url = reverse("desk-training-needs")
    assert (
        desk.post(url, {"topic": "Ảnh", "role": "contributor", "people": "nhiều"}).status_code
        == 422
    )
    desk.post(url, {"topic": "Chụp ảnh hiện trường", "role": "contributor", "people": "3"})
    need = TrainingNeed.objects.system(WHY).get()
    begin = f"{reverse('desk-training-new')}?need={need.pk}"
    assert f'href="{begin}"' in page(desk, url)
    assert 'value="Chụp ảnh hiện trường"' in page(desk, begin)
    meet = reverse("desk-training-need-act", args=[need.pk, "meet_need"])
    assert desk.post(meet, {"training": "999"}).status_code == 404
    desk.post(meet, {"training": session.pk})
    assert "Chụp ảnh hiện trường" in page(desk, reverse("desk-training", args=[session.pk]))


def test_another_province_gets_404(world, desk):
    session = with_people(world, desk)
    desk.post(reverse("desk-training-plans"), {"year": world.today.year})
    made = TrainingPlan.objects.system(WHY).get()
    desk.post(reverse("desk-training-needs"), {"topic": "Ảnh", "role": "other", "people": "1"})
    need = TrainingNeed.objects.system(WHY).get()
    stranger = world.client(world.other, "focal_point")
    for name, args in (
        ("desk-training", [session.pk]),
        ("desk-training-edit", [session.pk]),
        ("desk-training-word", [session.pk]),
        ("desk-training-csv", [session.pk]),
        ("desk-training-plan", [made.pk]),
        ("desk-training-plan-word", [made.pk]),
    ):
        assert stranger.get(reverse(name, args=args)).status_code == 404, name
    assert act(stranger, session, "cancel_training", reason="x").status_code == 404
    withdraw = reverse("desk-training-need-act", args=[need.pk, "withdraw_need"])
    assert stranger.post(withdraw).status_code == 404
    for tab in ("planned", "never", "units"):
        assert "Thanh Giang" not in page(stranger, f"{reverse('desk-trainings')}?tab={tab}")


def test_pages_stay_within_their_queries(world, desk):
    session = with_people(world, desk)
    base = reverse("desk-trainings")
    assert queries_of(desk, base) <= 8
    assert queries_of(desk, f"{base}?tab=never") <= 10
    assert queries_of(desk, reverse("desk-training-needs")) <= 10
    one = queries_of(desk, reverse("desk-training", args=[session.pk]))
    for number in range(4):
        act(
            desk,
            session,
            "add_trainee",
            role="other",
            full_name=f"Người {number}",
            agency=world.province.pk,
        )
    assert queries_of(desk, reverse("desk-training", args=[session.pk])) == one <= 15


def test_forms_of_a_new_session_open_in_a_house_of_training_data_too(world, desk):
    world.province.fictional = True
    world.province.save()
    assert "Lập lớp tập huấn" in page(desk, reverse("desk-training-new"))
