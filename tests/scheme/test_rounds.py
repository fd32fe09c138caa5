"""Rounds and units' reports: every state and verb, four eyes, midnight, files that cannot be read, merges, chases, points."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from hoiam.agencies.models import Succession
from hoiam.agencies.states import Level, Role
from hoiam.core import ledger, outbox
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.kit.papers.report_form import write_excel_form
from hoiam.kit.rulebook import compute, national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme import actions
from hoiam.scheme.actions.round_scores import DUE
from hoiam.scheme.actions.synthesis_making import subject_of
from hoiam.scheme.actions.unit_reports import TwoAtOnce, content_mark, findings_of
from hoiam.scheme.jobs.rounds import remind_before_rounds_end
from hoiam.scheme.models import (
    Assignment,
    ReportChase,
    ReportRound,
    Scheme,
    SourcePaper,
    Synthesis,
    Task,
    UnitReport,
)
from hoiam.scheme.queries.round_forms import due_words, form_of, presets, tasks_of
from hoiam.scheme.queries.round_words import order_words
from hoiam.scheme.queries.rounds import (
    board_of,
    day_off_warning,
    rounds_visible_to,
    signers_of,
    unit_reports_visible_to,
)
from hoiam.scheme.queries.scores import rules_on, scores_of_year
from hoiam.scheme.queries.standing import standing_of
from hoiam.scheme.queries.synthesis import paragraphs_of
from hoiam.scheme.states import (
    ROUND_TRANSITIONS,
    UNIT_REPORT_TRANSITIONS,
    RoundState,
    UnitReportState,
)
from tests import factories as make
from tests import parts
from tests.factories import NOW
from tests.scheme.rounds import (
    FULL,
    LAST_SECOND,
    MIDNIGHT,
    centre_of,
    fill,
    new_round,
    open_round,
    report_of,
    sent,
)

LATER = NOW + timedelta(hours=1)
AFTER = LAST_SECOND + timedelta(days=30)


def standing(round_, tree, agency, now=AFTER):
    lines = board_of(round_, centre_of(tree), now)
    return next(line.standing for line in lines if line.report.agency_id == agency.pk)


def losses(tree, agency, now=AFTER):
    found = scores_of_year(2026, centre_of(tree), now)
    return next([x.loss for x in s.scores[0].lines] for s in found if s.agency.pk == agency.pk)


# Rounds


def test_every_preset_makes_a_form_that_opens(tree):
    for preset in presets():
        round_ = new_round(tree, sections=preset.sections, form=preset.code)
        assert form_of(round_).sections
        assert actions.open_round(round_, actor=centre_of(tree), now=NOW).state == "open"


def test_before_a_day_ends_with_the_day_before_and_a_day_off_is_said(tree):
    round_ = new_round(tree, due_on=date(2023, 10, 15))
    assert round_.last_day == date(2023, 10, 14)
    assert due_words(round_) == "trước ngày 15/10/2023 (hết ngày 14/10/2023)"
    assert "14/10/2023" in day_off_warning(date(2023, 10, 15), "before")
    assert "13/10/2023" in day_off_warning(date(2023, 10, 15), "before")
    assert day_off_warning(date(2023, 10, 13), "by") == ""


VERBS = {
    "edit_round": lambda r, who: actions.edit_round(r, actor=who, now=LATER, title="Tên mới", due_on=r.due_on),
    "open_round": lambda r, who: actions.open_round(r, actor=who, now=LATER),
    "close_round": lambda r, who: actions.close_round(r, actor=who, now=LATER),
    "reopen_round": lambda r, who: actions.reopen_round(r, actor=who, now=LATER, reason="Gia hạn."),
}  # fmt: skip


@pytest.mark.parametrize("verb", ROUND_TRANSITIONS)
@pytest.mark.parametrize("state", RoundState.values)
def test_every_state_and_verb_of_a_round(tree, state, verb):
    round_ = new_round(tree)
    round_.state = state
    round_.save()
    step = ROUND_TRANSITIONS[verb]
    if state in step.sources:
        assert VERBS[verb](round_, centre_of(tree)).state == step.target
        return
    with pytest.raises(WrongState, match=step.label):
        VERBS[verb](round_, centre_of(tree))


def test_a_round_without_units_or_sections_or_past_its_day_is_not_opened(tree):
    centre = centre_of(tree)
    with pytest.raises(InvalidInput, match="đơn vị nào"):
        actions.open_round(new_round(tree, agencies=[]), actor=centre, now=NOW)
    with pytest.raises(InvalidInput, match="mục nào"):
        actions.open_round(new_round(tree, sections=[]), actor=centre, now=NOW)
    with pytest.raises(InvalidInput, match="đã qua"):
        actions.open_round(new_round(tree), actor=centre, now=MIDNIGHT)


def test_only_who_sits_above_orders_and_only_units_below_are_asked(tree, focal):
    region = make.actor(tree.region1, Role.HEAD_OF_REGION)
    with pytest.raises(NotAllowed):
        actions.create_round(
            tree.region1, actor=region, now=NOW, title="X", due_on=NOW.date(), year=2026
        )
    own = actions.create_round(
        tree.province, actor=focal, now=NOW, title="X", due_on=NOW.date(), year=2026
    )
    with pytest.raises(InvalidInput, match="không phải đơn vị cấp dưới"):
        actions.set_addressees(own, actor=focal, now=NOW, agencies=[tree.other])
    with pytest.raises(NotAllowed):
        actions.close_round(open_round(tree), actor=focal, now=NOW)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"key": "a", "title": "A", "kind": "text"}] * 2, "dùng hai lần"),
        ([{"key": "a", "title": " ", "kind": "text"}], "thiếu tên"),
        ([{"key": "a", "title": "A", "kind": "table"}], "chưa có cột"),
        ([{"key": "a", "title": "A", "kind": "figure", "parts": ["b"]}], "không có con số nào"),
    ],
)
def test_a_form_that_cannot_be_is_refused(tree, rows, words):
    with pytest.raises(InvalidInput, match=words):
        new_round(tree, sections=rows)


# Reports


def test_a_unit_sees_its_own_report_and_no_other(tree, focal):
    draft = new_round(tree)
    assert draft not in rounds_visible_to(focal)
    round_ = open_round(tree)
    assert [r.agency_id for r in unit_reports_visible_to(focal)] == [tree.province.pk]
    assert list(rounds_visible_to(focal)) == [round_]
    assert list(rounds_visible_to(make.actor(tree.region1, Role.HEAD_OF_REGION))) == []


STEPS = {
    "fill_unit_report": lambda r, who: actions.fill_unit_report(r, actor=who["focal"], now=LATER, content={"ket-qua": "Khác."}, base={}),
    "submit_unit_report": lambda r, who: actions.submit_unit_report(r, actor=who["focal"], now=LATER),
    "hand_back_unit_report": lambda r, who: actions.hand_back_unit_report(r, actor=who["head"], now=LATER, reason="Sửa."),
    "send_unit_report": lambda r, who: actions.send_unit_report(r, actor=who["head"], now=LATER),
    "return_unit_report": lambda r, who: actions.return_unit_report(r, actor=who["centre"], now=LATER, fault="wrong", reason="Sai."),
    "accept_unit_report": lambda r, who: actions.accept_unit_report(r, actor=who["centre"], now=LATER),
}  # fmt: skip


def people(tree, focal, head):
    return {"focal": focal, "head": head, "centre": centre_of(tree)}


@pytest.mark.parametrize("state", UnitReportState.values)
def test_every_state_and_verb_of_a_report(tree, focal, head, state):
    who = people(tree, focal, head)
    report = sent(report_of(open_round(tree), tree.province))
    for verb, step in UNIT_REPORT_TRANSITIONS.items():
        UnitReport.objects.system("a test").filter(pk=report.pk).update(state=state)
        if state in step.sources:
            assert STEPS[verb](report, who).state == step.target
        else:
            with pytest.raises(WrongState, match=step.label):
                STEPS[verb](report, who)


@pytest.mark.parametrize("verb", [v for v in STEPS if v != "accept_unit_report"])
def test_nothing_is_filled_sent_or_returned_after_the_round_was_closed(tree, focal, head, verb):
    who, round_ = people(tree, focal, head), open_round(tree)
    report = sent(report_of(round_, tree.province))
    actions.close_round(round_, actor=who["centre"], now=LATER)
    source = next(iter(UNIT_REPORT_TRANSITIONS[verb].sources))
    UnitReport.objects.system("a test").filter(pk=report.pk).update(state=source)
    with pytest.raises(WrongState, match="đã đóng"):
        STEPS[verb](report, who)


def test_who_wrote_it_does_not_send_it_and_a_second_sending_is_refused(tree, head):
    report = fill(report_of(open_round(tree), tree.province), who=head)
    report = actions.submit_unit_report(report, actor=head, now=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        actions.send_unit_report(report, actor=head, now=NOW)
    deputy = make.actor(tree.province, Role.DEPUTY)
    actions.send_unit_report(report, actor=deputy, now=NOW)
    with pytest.raises(WrongState, match="Đã gửi"):
        actions.send_unit_report(report, actor=deputy, now=NOW)
    assert report.versions.count() == 1


def test_who_wrote_it_takes_it_back_and_nobody_is_written_to(tree, focal, head):
    report = fill(report_of(open_round(tree), tree.province))
    report = actions.submit_unit_report(report, actor=focal, now=NOW)
    assert [each.pk for each in signers_of(report, NOW.date())] == [head.pk]
    report = actions.hand_back_unit_report(
        report, actor=focal, now=NOW, reason="Thiếu một số liệu."
    )
    assert (report.state, report.handed_back_why) == ("draft", "")
    assert not OutboxMessage.objects.filter(kind="unit_report_handed_back").exists()


def test_a_paper_is_named_by_who_issued_it_and_one_typed_by_hand_by_who_asks(tree):
    round_ = new_round(tree)
    assert order_words(round_).endswith(f"của {round_.owner.full_name}")
    round_.paper = SourcePaper.objects.create(
        agency=tree.centre, blob="0" * 64, file_name="cv.docx", added_by=centre_of(tree).official,
        confirmed={"head": {"issuer": "Bộ Tư pháp"}}, added_at=NOW,
    )  # fmt: skip
    assert order_words(round_).endswith("của Bộ Tư pháp")


def test_an_incomplete_report_is_sent_only_knowingly_and_an_unreadable_figure_never(tree, focal):
    report = fill(
        report_of(open_round(tree), tree.province), FULL | {"kho-khan": "", "tin-bai": "13"}
    )
    assert {f.kind for f in findings_of(report)} == {"incomplete", "wrong"}
    with pytest.raises(InvalidInput, match="còn 2 điều"):
        actions.submit_unit_report(report, actor=focal, now=NOW)
    assert actions.submit_unit_report(report, actor=focal, now=NOW, acknowledged=True)
    other = fill(report_of(report.round, tree.other), FULL | {"tin-bai": "nhiều"})
    with pytest.raises(InvalidInput, match="nhiều"):
        actions.submit_unit_report(
            other, actor=make.focal_point(tree.other), now=NOW, acknowledged=True
        )


def test_two_people_in_different_sections_lose_nothing_and_in_the_same_one_are_told(tree, focal):
    report = fill(report_of(open_round(tree), tree.province))
    base = {key: content_mark(value) for key, value in report.content.items()}
    chief = make.actor(tree.province, Role.CHIEF_OF_OFFICE)
    more = {"actor": chief, "now": LATER, "base": base}
    actions.fill_unit_report(
        report, actor=focal, now=LATER, base=base, content={**FULL, "ket-qua": "A."}
    )
    report = actions.fill_unit_report(report, **more, content={**FULL, "kho-khan": "B."})
    assert (report.content["ket-qua"], report.content["kho-khan"]) == ("A.", "B.")
    with pytest.raises(TwoAtOnce) as clash:
        actions.fill_unit_report(report, **more, content={**FULL, "ket-qua": "C.", "bao": "9"})
    assert clash.value.keys == ("ket-qua",)
    report.refresh_from_db()
    assert report.content["ket-qua"] == "A." and report.content["bao"] == FULL["bao"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "đời cũ"),
        ("a.pdf", b"%PDF-1.4 bao cao", "không phải mẫu Word"),
        ("a.xlsx", b"PK\x03\x04hong", "hỏng"),
        ("a.txt", b"bao cao", "Không nhận tệp"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_kept_and_changes_nothing(tree, focal, name, data, words):
    report = fill(report_of(open_round(tree), tree.province))
    upload = actions.upload_unit_report(
        report, actor=focal, now=LATER, data=data, file_name=name, seen=report.version
    )
    assert not upload.taken and words in upload.notes[0]
    report.refresh_from_db()
    assert report.content == FULL and report.uploads.get().blob


def test_a_file_is_not_laid_over_what_somebody_saved_meanwhile(tree, focal):
    report = fill(report_of(open_round(tree), tree.province))
    data = write_excel_form(form_of(report.round), {"ket-qua": "Từ tệp."})
    more = {"actor": focal, "now": LATER, "data": data, "file_name": "a.xlsx"}
    upload = actions.upload_unit_report(report, **more, seen=0)
    assert not upload.taken and "vừa lưu" in upload.notes[0]
    assert actions.upload_unit_report(report, **more, seen=1).taken
    report.refresh_from_db()
    assert report.content["ket-qua"] == "Từ tệp."


def test_the_tasks_a_unit_leads_have_to_be_told_of_by_ref(tree, focal):
    scheme = Scheme.objects.create(
        kind="scheme", title="Đề án", owner=tree.centre, state="active",
        created_by=centre_of(tree).official, created_at=NOW,
    )  # fmt: skip
    for order, ref in enumerate(("2.1.1.c", "2.3.2")):
        task = Task.objects.create(scheme=scheme, ref=ref, title=f"Nhiệm vụ {ref}", order=order)
        Assignment.objects.create(task=task, agency=tree.province, role="lead")
    preset = next(p for p in presets() if p.code == "closing_2862")
    report = report_of(open_round(tree, sections=preset.sections, scheme=scheme), tree.province)
    assert [task.ref for task in tasks_of(report)] == ["2.1.1.c", "2.3.2"]
    report = fill(report, {"nhiem-vu": [{"ref": "2.1.1.c", "result": "Xong", "count": "2"}]})
    told = [finding.words for finding in findings_of(report) if finding.key == "nhiem-vu"]
    assert told == [
        "Chưa báo cáo nhiệm vụ 2.3.2 “Nhiệm vụ 2.3.2” ở bảng “Kết quả thực hiện từng nhiệm vụ được giao”."
    ]


# Time


def test_the_last_second_is_in_time_and_midnight_is_late(tree):
    round_ = open_round(tree)
    sent(report_of(round_, tree.province), at=LAST_SECOND)
    sent(report_of(round_, tree.other), at=MIDNIGHT)
    assert standing(round_, tree, tree.province).status == "on_time"
    assert standing(round_, tree, tree.other).status == "late"
    assert (losses(tree, tree.province), losses(tree, tree.other)) == ([], ["late"])


def test_nothing_sent_waits_until_midnight_and_then_is_missing(tree):
    round_ = open_round(tree)
    assert standing(round_, tree, tree.province, LAST_SECOND).status == "waiting"
    assert standing(round_, tree, tree.province, MIDNIGHT).status == "missing"
    assert losses(tree, tree.province, LAST_SECOND) == []
    assert losses(tree, tree.province, MIDNIGHT) == ["missing"]


def test_a_fault_mended_before_the_last_day_costs_nothing_and_after_it_does(tree):
    round_, centre = open_round(tree), centre_of(tree)
    for agency, again in ((tree.province, LAST_SECOND), (tree.other, MIDNIGHT)):
        report = sent(report_of(round_, agency))
        report = actions.return_unit_report(
            report, actor=centre, now=LATER, fault="wrong", reason="Sai số."
        )
        assert standing(round_, tree, agency, LATER).is_back
        assert losses(tree, agency, LATER) == []
        sent(report, FULL | {"bao": "9", "tin-bai": "13"}, at=again)
    assert losses(tree, tree.province) == []
    # It came in time and was wrong: timeliness goes by the first receipt.
    assert standing(round_, tree, tree.other).status == "on_time"
    assert losses(tree, tree.other) == ["wrong"]
    versions = report_of(round_, tree.other).versions.all()
    assert [(v.number, v.fault, v.content["bao"]) for v in versions] == [
        (1, "wrong", "8"),
        (2, "", "9"),
    ]


def test_returned_as_incomplete_and_never_sent_again(tree):
    round_ = open_round(tree)
    report = sent(report_of(round_, tree.province))
    actions.return_unit_report(
        report, actor=centre_of(tree), now=LATER, fault="incomplete", reason="Thiếu."
    )
    found = standing(round_, tree, tree.province, MIDNIGHT + timedelta(days=2))
    assert (found.status, found.words) == (
        "unfinished",
        "Bị trả lại, chưa gửi bổ sung, chậm 2 ngày",
    )
    assert losses(tree, tree.province) == ["incomplete"]


# Points


def test_a_rule_holds_from_its_day_on_and_a_waiver_takes_points_away(tree):
    round_, centre = open_round(tree), centre_of(tree)
    report = sent(report_of(round_, tree.province), at=MIDNIGHT)
    sent(report_of(round_, tree.other))

    def total():
        return {s.agency.pk: s.total for s in scores_of_year(2026, centre, AFTER)}[tree.province.pk]

    assert total() == 1 and rules_on(NOW.date())[0].badge
    later = {"actor": centre, "now": AFTER, "why": "Quy chế thi đua"}
    actions.set_score_rule("late", points=Decimal("5"), since=date(2026, 9, 1), **later)
    assert total() == 1
    actions.set_score_rule("late", points=Decimal("0.5"), since=date(2026, 8, 1), **later)
    assert total() == Decimal("0.5")
    waive = {"actor": centre, "now": AFTER, "loss": "late"}
    with pytest.raises(InvalidInput, match="lý do"):
        actions.waive_points(report, **waive, reason=" ")
    with pytest.raises(InvalidInput, match="không bị trừ"):
        actions.waive_points(report, **{**waive, "loss": "wrong"}, reason="Bão.")
    with pytest.raises(NotAllowed):
        actions.waive_points(report, **{**waive, "actor": make.head(tree.province)}, reason="Bão.")
    actions.waive_points(report, **waive, reason="Bão số 5 làm mất điện.")
    assert total() == 0
    with pytest.raises(Conflict):
        actions.waive_points(report, **waive, reason="Lần nữa.")
    actions.withdraw_waiver(report, **waive, reason="Nhầm đơn vị.")
    assert total() == Decimal("0.5")
    assert "waive_points" in [entry.step for entry in ledger.of(report)]


def test_an_explanation_is_due_by_the_days_announced(tree, day_off):
    """A day off edited into the calendar moves the day, as it moves those of answers and of clocks."""
    friday = datetime(2026, 8, 7, 9, 0, tzinfo=VIETNAM)
    round_ = open_round(tree, due_on=date(2026, 8, 6))
    late = sent(report_of(round_, tree.other), at=friday)
    asked = actions.ask_report_explanation(late, actor=centre_of(tree), now=friday, question="Vì sao?")  # fmt: skip
    without = compute(DUE, friday, calendar=national_calendar()).due.astimezone(VIETNAM).date()
    assert asked.due_on == compute(DUE, friday, calendar=calendar_in_use()).due.astimezone(VIETNAM).date()  # fmt: skip
    assert asked.due_on > without


def test_a_unit_explains_once_what_it_was_asked(tree, focal):
    round_, centre = open_round(tree), centre_of(tree)
    report = sent(report_of(round_, tree.province))
    ask = {"actor": centre, "now": AFTER, "question": "Vì sao chậm?"}
    with pytest.raises(InvalidInput, match="không chậm"):
        actions.ask_report_explanation(report, **ask)
    late = sent(report_of(round_, tree.other), at=MIDNIGHT)
    asked = actions.ask_report_explanation(late, **ask)
    assert asked.due_on > AFTER.date()
    with pytest.raises(NotAllowed):
        actions.explain_report(late, actor=focal, now=AFTER, answer="Mất điện.")
    own = make.focal_point(tree.other)
    assert (
        actions.explain_report(late, actor=own, now=AFTER, answer="Mất điện.").answered_by
        == own.official
    )
    with pytest.raises(Conflict):
        actions.explain_report(late, actor=own, now=AFTER, answer="Mất mạng.")


# Chasing


def test_a_silent_unit_is_chased_once_a_day_and_not_once_it_has_sent(tree):
    round_, centre = open_round(tree), centre_of(tree)
    make.focal_point(tree.province)
    report = report_of(round_, tree.province)
    actions.chase_unit(report, actor=centre, now=NOW, text="Gửi sớm.")
    with pytest.raises(Conflict, match="Hôm nay"):
        actions.chase_unit(report, actor=centre, now=LATER)
    actions.chase_unit(report, actor=centre, now=NOW + timedelta(days=1))
    outbox.deliver_due(NOW + timedelta(days=1))
    letter = (
        OutgoingMail.objects.filter(subject__startswith="[Việc của bạn] Đôn đốc")
        .order_by("pk")
        .first()
    )
    assert "Gửi sớm." in letter.text and "chưa gửi" in letter.text
    sent(report, at=NOW + timedelta(days=2))
    with pytest.raises(InvalidInput, match="đã gửi"):
        actions.chase_unit(report, actor=centre, now=NOW + timedelta(days=2))
    assert [
        c.report_id for c in actions.chase_units(round_, actor=centre, now=NOW + timedelta(days=2))
    ] == [report_of(round_, tree.other).pk]
    with pytest.raises(InvalidInput, match="Không còn"):
        actions.chase_units(round_, actor=centre, now=NOW + timedelta(days=2))


def test_the_morning_reminds_three_days_before_and_on_the_last_day_only_who_is_silent(tree):
    round_ = open_round(tree)
    for agency in (tree.province, tree.other):
        make.focal_point(agency)
    sent(report_of(round_, tree.other))
    counts = {}
    for days in range(5):
        morning = (LAST_SECOND - timedelta(days=days)).replace(hour=7, minute=20, second=0)
        counts[days] = remind_before_rounds_end(now=morning, slot=morning.isoformat())
        assert remind_before_rounds_end(now=morning, slot=morning.isoformat()) == 0
    assert counts == {0: 1, 1: 0, 2: 0, 3: 1, 4: 0}
    assert {c.by_id for c in ReportChase.objects.all()} == {None}


# A unit merged away


def test_a_unit_merged_in_the_middle_keeps_its_row_and_its_successor_answers(tree):
    round_, centre = open_round(tree), centre_of(tree)
    report = fill(report_of(round_, tree.province))
    new = make.agency("THADSTGM", "THADS tỉnh Thanh Giang mới", Level.PROVINCE, province="Thanh Giang", valid_from=date(2026, 8, 6))  # fmt: skip
    tree.province.valid_to = date(2026, 8, 5)
    tree.province.save()
    Succession.objects.create(predecessor=tree.province, successor=new, since=date(2026, 8, 6))
    after = NOW + timedelta(days=2)
    today = after.date()
    with pytest.raises(NotAllowed):
        fill(
            report,
            {"ket-qua": "X."},
            at=after,
            who=make.actor(tree.province, Role.FOCAL_POINT, today=today),
        )
    focal = make.actor(new, Role.FOCAL_POINT, today=today)
    head = make.actor(new, Role.HEAD, today=today)
    report = fill(report, {"ket-qua": "Do đơn vị mới hoàn thành."}, at=after, who=focal)
    assert report.content["kho-khan"] == FULL["kho-khan"]
    report = actions.submit_unit_report(report, actor=focal, now=after)
    actions.send_unit_report(report, actor=head, now=after)
    line = board_of(round_, centre, AFTER)
    assert {x.report.agency_id for x in line} == {tree.province.pk, tree.other.pk}
    assert standing(round_, tree, tree.province).status == "on_time"
    steps = [entry.step for entry in ledger.of(report)]
    assert steps.count("fill_unit_report") == 2


# The synthesis


def made(round_, tree, now=AFTER):
    from hoiam.scheme.actions.synthesis_making import make_synthesis

    asked = actions.ask_synthesis(round_, actor=centre_of(tree), now=now)
    return make_synthesis(asked, run=asked.run, now=now)


def test_making_it_again_keeps_what_a_person_wrote_and_offers_what_is_new(tree):
    round_, centre = open_round(tree), centre_of(tree)
    sent(report_of(round_, tree.province))
    synthesis = made(round_, tree)
    assert synthesis.word_fault == ""
    assert synthesis.figures["silent"] == ["THADS tỉnh Lam Hà"]
    part = synthesis.parts.get(key="kho-khan")
    actions.edit_part(part, actor=centre, now=AFTER, text="Người viết.", seen=part.version)
    with pytest.raises(Conflict, match="vừa sửa"):
        actions.edit_part(part, actor=centre, now=AFTER, text="Đè lên.", seen=part.version)
    sent(
        report_of(round_, tree.other),
        FULL | {"kho-khan": "Địa bàn rộng, phương tiện thiếu thốn nhiều."},
    )
    again = made(round_, tree)
    part.refresh_from_db()
    assert (part.text, part.has_news) == ("Người viết.", True)
    assert "Địa bàn rộng" in part.made
    other = again.parts.get(key="ket-qua")
    assert other.text == other.made and "Nhiều đơn vị cùng nêu" in other.text
    kept = actions.take_offered(part, actor=centre, now=AFTER, seen=part.version, keep=True)
    assert (kept.text, kept.has_news) == ("Người viết.", False)
    taken = actions.take_offered(kept, actor=centre, now=AFTER, seen=kept.version)
    assert "Địa bàn rộng" in taken.text and not taken.edited


def test_a_run_that_was_overtaken_changes_nothing_and_two_runs_do_not_cross(tree):
    from hoiam.scheme.actions.synthesis_making import make_synthesis

    round_, centre = open_round(tree), centre_of(tree)
    first = actions.ask_synthesis(round_, actor=centre, now=NOW)
    with pytest.raises(Conflict, match="đang ghép"):
        actions.ask_synthesis(round_, actor=centre, now=LATER - timedelta(minutes=55))
    second = actions.ask_synthesis(round_, actor=centre, now=LATER)
    assert second.run == 2
    make_synthesis(first, run=1, now=LATER)
    assert not Synthesis.objects.system("a test").get().parts.exists()


def test_bullets_and_nothing_are_no_paragraphs():
    assert paragraphs_of("1. Một\n a) Hai\n• Ba\nKhông có.\n") == ["Một", "Hai", "Ba"]


def test_provinces_stand_under_their_own_name_and_no_nought_is_made_up(tree):
    from hoiam.scheme.actions.synthesis_making import Gathered, figure_words, synthesis_parts
    from hoiam.scheme.queries.round_forms import form_of
    from hoiam.scheme.queries.synthesis import figure_sums

    rows = [
        {"key": "mot", "title": "Giải pháp", "kind": "text", "chapter": "Đề xuất"},
        {"key": "hai", "title": "Đề xuất", "kind": "text", "chapter": "Đề xuất"},
        {
            "key": "tien",
            "title": "Kinh phí",
            "kind": "figure",
            "unit": "triệu đồng",
            "required": False,
            "chapter": "Số liệu",
        },
    ]
    round_ = open_round(tree, sections=rows)
    sent(
        report_of(round_, tree.province),
        {"mot": "Lập nhóm viết bài hằng tuần.", "hai": "Có mẫu chung cho cả nước."},
    )
    synthesis = made(round_, tree)
    texts = {part.key: part.text for part in synthesis.parts.all()}
    assert texts["mot"].startswith(f"{tree.province.name}:\n- Lập nhóm")

    gathered = Gathered(round_, AFTER)
    assert figure_words(figure_sums(form_of(round_), gathered.told)) == (
        "- Kinh phí: chưa đơn vị nào có số liệu."
    )
    heads = [
        each["subheading"] for each in synthesis_parts(synthesis, gathered) if "subheading" in each
    ]
    assert heads[:2] == ["Giải pháp", "Đề xuất"]


def test_lateness_stops_when_the_round_is_closed(tree):
    round_ = open_round(tree)
    actions.close_round(round_, actor=centre_of(tree), now=MIDNIGHT + timedelta(days=2))
    round_.refresh_from_db()
    much_later = MIDNIGHT + timedelta(days=200)
    assert standing_of(round_, [], much_later).words == "Quá hạn chưa gửi, chậm 2 ngày"


def test_a_round_closed_before_its_due_time_costs_nobody_points(tree):
    round_ = open_round(tree)
    actions.close_round(round_, actor=centre_of(tree), now=NOW)
    round_.refresh_from_db()
    found = standing(round_, tree, tree.province, MIDNIGHT + timedelta(days=9))
    assert (found.words, found.losses) == ("Chưa gửi, đợt đóng trước hạn", ())


def test_a_round_about_a_draft_scheme_is_not_given_out(tree):
    """Units may not see it yet, and their table of tasks would stay empty."""
    draft = parts.scheme(tree.centre, state="draft")
    with pytest.raises(InvalidInput, match="còn đang soạn"):
        open_round(tree, scheme=draft)


def test_a_spokesperson_does_not_send_the_units_report(tree):
    report = report_of(open_round(tree), tree.province)
    focal = make.focal_point(tree.province)
    actions.fill_unit_report(report, actor=focal, now=NOW, content=FULL, base={})
    actions.submit_unit_report(report, actor=focal, now=NOW)
    with pytest.raises(NotAllowed, match="thủ trưởng, cấp phó"):
        actions.send_unit_report(report, actor=make.actor(tree.province, Role.SPOKESPERSON), now=NOW)  # fmt: skip


def test_the_subject_of_a_review_says_its_kind_once():
    named = ReportRound(
        review="scheme_yearly_review", title="Đánh giá năm 2026 việc thực hiện Đề án"
    )
    assert subject_of(named) == named.title
    plain = ReportRound(review="final_review", title="Đề án truyền thông")
    assert subject_of(plain) == "Tổng kết: Đề án truyền thông"
