"""Watches opened by a delivery: by media type and generation of law, with their clocks; rounds and the ladder above."""

from datetime import datetime, timedelta

import pytest

from hoiam.agencies.states import MediaType, Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import Sealed, Stamp
from hoiam.handling import actions
from hoiam.handling.actions.ladder import begin_rung, record_rung
from hoiam.handling.actions.rounds import draft_next_round, rounds_of
from hoiam.handling.actions.watch_edits import edit_words
from hoiam.handling.actions.watch_places import keep_section
from hoiam.handling.models import CaseSnapshot, Evidence, OutletLook, OutletWatch
from hoiam.handling.queries import work_list
from hoiam.handling.queries.ladder import ladder_of
from hoiam.handling.queries.outlet_watch import next_look, watch_light, watch_list
from hoiam.handling.states import CaseState, PaperState, WatchState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Capture, Snapshot, Version
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
JUNE = datetime(2026, 6, 24, 9, 0, tzinfo=VIETNAM)
FRIDAY_END = datetime(2026, 8, 7, 23, 59, 59, tzinfo=VIETNAM)


def sent(case, media=MediaType.ONLINE, kind="response", period=None, at=NOW, **fields):
    name = fields.pop("name", f"Báo {media} {kind}")
    channel = fields.pop("channel", None) or make.channel(media, name=name, period_days=period)
    return make.paper(
        case, PaperState.SENT, kind=kind, channel=channel, press_agency=channel.press_agency,
        sent_at=at, **{"issued_on": at.date(), **fields},
    )  # fmt: skip


def proof(case):
    return Evidence.objects.create(
        case=case, title="Giấy báo phát", file_name="phat.pdf", content_type="application/pdf",
        blob="0" * 64, size=1, added_by=case.opened_by, added_at=NOW,
    )  # fmt: skip


def delivered(paper, clerk, at=NOW, **more):
    actions.mark_delivered(paper, actor=clerk, now=max(at, NOW), at=at, **more)
    return OutletWatch.objects.system("test").get(paper=paper, is_original=True)


@pytest.mark.parametrize(
    ("media", "period", "kind", "rule", "where", "due"),
    [
        (MediaType.ONLINE, None, "conclusion_notice", "CC-01", "chuyên mục riêng trên trang chủ", None),
        (MediaType.NETWORK_CHANNEL, None, "conclusion_notice", "CC-01", "chính kênh nội dung đã đăng", None),
        (MediaType.SOCIAL, None, "conclusion_notice", "CC-01", "chính kênh nội dung đã đăng", None),
        (MediaType.DAILY_PRINT, None, "conclusion_notice", "CC-02", "trang 2", FRIDAY_END),
        (MediaType.TELEVISION, None, "conclusion_notice", "CC-02", "cùng khung giờ", FRIDAY_END),
        (MediaType.RADIO, None, "response", "PH-01", "cùng khung giờ", FRIDAY_END),
        (MediaType.WEEKLY_PRINT, None, "conclusion_notice", "CC-03", "trang 2", None),
        (MediaType.MAGAZINE, 30, "conclusion_notice", "CC-03", "trang cuối", None),
        (MediaType.MAGAZINE, 90, "conclusion_notice", "CC-04", "trang cuối", FRIDAY_END),
        (MediaType.ONLINE, None, "response", "PH-01", "chuyên mục riêng trên trang chủ", None),
        (MediaType.ONLINE, None, "correction_demand", "PH-01", "chuyên mục riêng trên trang chủ", None),
        (MediaType.AGGREGATOR, None, "conclusion_notice", "", "nơi đã đăng lại", None),
    ],
)  # fmt: skip
def test_what_is_expected_of_an_outlet(tree, clerk, media, period, kind, rule, where, due):
    case = make.case(tree.province, CaseState.WATCHING)
    watch = delivered(sent(case, media, kind, period), clerk)
    assert (watch.rule, watch.where, watch.due_at) == (rule, where, due)
    assert (watch.state, watch.started_at) == (WatchState.WAITING, NOW)


@pytest.mark.parametrize(
    ("media", "kind", "rules"),
    [
        (MediaType.ONLINE, "answer", {"TL-05"}),
        (MediaType.RADIO, "measures_notice", {"TL-05"}),
        (MediaType.WEEKLY_PRINT, "answer", {"TL-06"}),
        (MediaType.MAGAZINE, "answer", set()),
        (MediaType.NETWORK_CHANNEL, "answer", set()),
    ],
)
def test_our_answer_starts_the_outlets_time_to_pass_it_on(tree, clerk, media, kind, rules):
    case = make.case(tree.province, CaseState.WATCHING)
    watch = delivered(sent(case, media, kind), clerk)
    assert set(case.clocks.values_list("rule", flat=True)) == rules
    assert {watch.rule} - {""} == rules


def test_a_question_starts_fifteen_working_days_and_before_july_fifteen_days(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    delivered(sent(case, kind="correction_demand"), clerk, asks_question=True)
    old = make.case(tree.province, CaseState.WATCHING)
    paper = sent(old, kind="correction_demand", name="Báo Đò Mới", at=JUNE)
    delivered(paper, clerk, at=JUNE, asks_question=True)
    # The demand carries the agency's opinion as well (MD-34): its PH-01 runs beside the question's clock.
    [new], [earlier] = (each.clocks.filter(rule__startswith="TL-07") for each in (case, old))
    assert (new.rule, new.due_at.astimezone(VIETNAM).date().isoformat()) == (
        "TL-07",
        "2026-08-25",
    )  # 22/8 is worked for 31/8
    assert (earlier.rule, earlier.due_at.astimezone(VIETNAM).date().isoformat()) == (
        "TL-07h",
        "2026-07-09",
    )
    assert (new.paper.kind, earlier.paper) == ("correction_demand", paper)


def test_every_copy_in_the_story_has_its_own_watch(tree, clerk):
    lead = make.item("Bài gốc")
    copy = make.item("Bài gốc", duplicate_of=lead, outlet="Báo Đò Mới")
    again = make.item("Bài gốc", duplicate_of=copy, outlet="Tạp chí Nắng Hạ")
    gathered = make.item("Gom tin", channel=make.channel(MediaType.AGGREGATOR, "Trang Gom Tin"))
    other = make.item("Bài khác cùng vụ")
    case = make.case(tree.province, CaseState.WATCHING, story=make.story(lead, copy, gathered, other))  # fmt: skip
    delivered(sent(case, kind="conclusion_notice", item=lead), clerk)
    rows = OutletWatch.objects.system("test").order_by("pk")
    assert [(w.item_id, w.is_original) for w in rows] == [
        (lead.pk, True), (copy.pk, False), (again.pk, False), (gathered.pk, False),
    ]  # fmt: skip
    assert {w.source for w in rows if not w.is_original} == {"NĐ 237/2026 Đ19.3.c"}


def test_at_once_shows_hours_and_is_never_late_by_itself(tree, clerk):
    watch = delivered(sent(make.case(tree.province, CaseState.WATCHING), kind="conclusion_notice"), clerk)  # fmt: skip
    light = watch_light(watch, NOW + 50 * HOUR)
    assert (light.time, "50 giờ" in light.words) == ("ok", True)


def test_a_printed_paper_is_late_by_its_number_and_read_by_people(tree, clerk, focal):
    watch = delivered(sent(make.case(tree.province, CaseState.WATCHING), MediaType.DAILY_PRINT), clerk)  # fmt: skip
    assert watch.next_look_at is None
    assert watch_light(watch, FRIDAY_END + HOUR).time == "late"
    assert [w.pk for w in watch_list(focal, now=FRIDAY_END + HOUR, tab="late")] == [watch.pk]
    assert list(watch_list(focal, now=NOW, tab="late")) == []


def test_the_round_after_is_drafted_from_the_one_before(tree, clerk, focal):
    case = make.case(tree.province, CaseState.WATCHING, story=make.story())
    first = sent(
        case, item=case.story.lead_item, fields={"response": "Đã trả tiền."}, symbol="12/THADSTG-VP",
        issued_on=NOW.date(),
    )  # fmt: skip
    watch = delivered(first, clerk, evidence=proof(case))
    with pytest.raises(WrongState, match="đã xác nhận"):
        draft_next_round(watch, actor=focal, now=NOW)
    actions.record_check(first, actor=focal, now=NOW + DAY, reply="refused", note="cho là xúc phạm")
    watch.refresh_from_db()
    paper = draft_next_round(watch, actor=focal, now=NOW + DAY)
    assert paper.fields["response"].startswith(
        "Cơ quan đã gửi văn bản số 12/THADSTG-VP ngày 05/08/2026"
    )
    assert "Báo từ chối đăng: cho là xúc phạm." in paper.fields["response"]
    assert (paper.kind, paper.state, paper.item) == ("response", "draft", first.item)


@pytest.mark.parametrize(("at", "limit", "source"), [(NOW, 2, "NĐ 237/2026 Đ21.1"), (JUNE, 3, "Luật 103/2016 Đ43.2")])  # fmt: skip
def test_the_limit_of_exchanges_is_the_laws(tree, clerk, focal, at, limit, source):
    case = make.case(tree.province, CaseState.WATCHING)
    channel = make.channel()
    papers = [sent(case, channel=channel, at=at) for _ in range(limit)]
    rounds = rounds_of(papers[0], at)
    assert (rounds.sent, rounds.limit, rounds.source, rounds.is_spent) == (limit, limit, source, True)  # fmt: skip
    one_more = make.paper(
        case, PaperState.APPROVED, channel=channel, press_agency=channel.press_agency
    )
    with pytest.raises(InvalidInput, match=f"{limit} / {limit} lượt") as refused:
        actions.mark_sent(one_more, actor=clerk, now=max(at, NOW), at=at, how="bưu điện")
    assert refused.value.field == "reason"
    actions.mark_sent(
        one_more, actor=clerk, now=max(at, NOW), at=at, how="bưu điện", reason="báo vẫn đồng ý đăng"
    )


def test_a_spent_limit_leaves_only_the_ladder(tree, clerk, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    channel = make.channel()
    sent(case, channel=channel)
    paper = sent(case, channel=channel)
    watch = delivered(paper, clerk)
    actions.record_check(paper, actor=focal, now=NOW, reply="incomplete", note="thiếu ngày")
    watch.refresh_from_db()
    with pytest.raises(WrongState, match="leo thang"):
        draft_next_round(watch, actor=focal, now=NOW)


SEALED_AFTER = "bản chụp đã niêm phong, chụp sau khi hết hạn của báo"


def escalated(tree, clerk, focal, media=MediaType.ONLINE, item=None):
    case = make.case(tree.province, CaseState.WATCHING)
    make.fact(case)
    channel = make.channel(media)
    channel.press_agency.owner = "Hội Nhà văn Thanh Giang"
    channel.press_agency.press_authority = "Sở VHTTDL tỉnh Thanh Giang"
    channel.press_agency.owner_address = "Số 2 phố Bến Thóc"
    channel.press_agency.save()
    paper = sent(case, channel=channel, item=item)
    delivered(paper, clerk, evidence=proof(case))
    actions.record_check(paper, actor=focal, now=NOW + DAY, reply="no_reaction")
    return case


def captured(at):
    return Capture.objects.create(at=at, blob="1" * 64, payload_sha256="2" * 64)


def stamp(kind, thing):
    made = Stamp.objects.create(
        authority="local", name="nội bộ", gen_time=NOW, serial=str(thing.pk), listing="3" * 64,
        token="4" * 64, count=1,
    )  # fmt: skip
    Sealed.objects.create(kind=kind, subject_id=thing.pk, sha256=thing.blob, facts={}, stamp=made)


def looked(case, at, *, place="article"):
    watch = OutletWatch.objects.system("test").get(case=case, is_original=True)
    made = captured(at)
    OutletLook.objects.create(watch=watch, at=at, place=place, result="none", capture=made)
    return made


def is_proved(case):
    return SEALED_AFTER not in ladder_of(case)[2].lacking


def test_a_capture_proves_when_it_is_sealed_and_made_after_the_outlets_time(tree, clerk, focal):
    case = escalated(tree, clerk, focal, MediaType.TELEVISION)
    stamp("capture", looked(case, FRIDAY_END - HOUR))  # still in its time
    assert not is_proved(case)
    after = looked(case, FRIDAY_END + HOUR)
    assert not is_proved(case)  # nobody stamped it
    stamp("paper", after)
    assert not is_proved(case)
    stamp("capture", after)
    assert is_proved(case)


def test_what_is_due_at_once_is_due_from_the_moment_the_outlet_had_it(tree, clerk, focal):
    case = escalated(tree, clerk, focal)
    stamp("capture", looked(case, NOW - HOUR))
    assert not is_proved(case)
    stamp("capture", looked(case, NOW + HOUR))
    assert is_proved(case)


def test_a_capture_asked_for_counts_for_the_report_alone_and_a_look_without_one_never(
    tree, clerk, focal
):
    story = make.story()
    case = escalated(tree, clerk, focal, item=story.lead_item)
    watch = OutletWatch.objects.system("test").get(case=case)
    OutletLook.objects.create(watch=watch, at=NOW + HOUR, place="article", result="none")
    other = make.item("Chuyện khác", url="https://songthanh.example/khac")
    for item, expected in ((other, False), (story.lead_item, True)):
        page = captured(NOW + HOUR)
        stamp("capture", page)
        shot = Snapshot.objects.create(
            url=item.url, item=item, asked_at=NOW, state="done", page=page, done_at=NOW
        )
        CaseSnapshot.objects.create(case=case, snapshot=shot)
        assert is_proved(case) is expected


def test_a_clip_of_the_report_stands_for_the_page_in_print(tree, clerk, focal):
    story = make.story()
    case = escalated(tree, clerk, focal, MediaType.DAILY_PRINT, item=story.lead_item)

    def clip(at):
        made = make.evidence(case, item=story.lead_item)
        Evidence.objects.system("test").filter(pk=made.pk).update(added_at=at)
        return made

    stamp("evidence", clip(FRIDAY_END - HOUR))
    assert not is_proved(case)
    stamp("evidence", clip(FRIDAY_END + HOUR))
    assert is_proved(case)


def test_the_courts_rung_begins_with_a_letter_to_who_writes_the_petition(tree, clerk, focal, head):
    case = escalated(tree, clerk, focal)
    begin_rung(case, actor=head, now=NOW + 2 * DAY, level="owner")
    record_rung(case, actor=clerk, now=NOW + 3 * DAY, level="owner", sent_at=NOW + 3 * DAY)
    rung = begin_rung(case, actor=head, now=NOW + 9 * DAY, level="court", reason="bậc trên im lặng")

    assert (rung.addressee, rung.paper.kind) == ("Tòa án có thẩm quyền", "lawsuit_request")
    said = rung.paper.fields
    assert (said["court"], said["addressees"]) == ("Tòa án có thẩm quyền", [])
    assert said["steps"][-1] == (
        "Ngày 08/08/2026 đề nghị Hội Nhà văn Thanh Giang xử lý, chưa được trả lời."
    )
    with pytest.raises(InvalidInput, match="Nơi kính gửi"):
        actions.submit_paper(rung.paper, actor=focal, now=NOW)


def test_the_ladder_says_what_each_rung_needs_and_whom_it_addresses(tree, clerk, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    assert [bool(view.lacking) for view in ladder_of(case)] == [True] * 4
    outlet, owner, authority, court = ladder_of(escalated(tree, clerk, focal))
    assert (outlet.lacking, owner.lacking, owner.addressee, owner.address) == (
        [], [], "Hội Nhà văn Thanh Giang", "Số 2 phố Bến Thóc",
    )  # fmt: skip
    assert (authority.addressee, authority.lacking) == (
        "Sở VHTTDL tỉnh Thanh Giang",
        [SEALED_AFTER],
    )
    assert len(court.lacking) == 2


def test_a_rung_is_begun_sent_and_answered(tree, clerk, focal, head):
    case = escalated(tree, clerk, focal)
    rung = begin_rung(case, actor=head, now=NOW + 2 * DAY, level="owner")
    case.refresh_from_db()
    assert (rung.addressee, case.state) == ("Hội Nhà văn Thanh Giang", CaseState.ESCALATED)
    with pytest.raises(WrongState, match="đã bắt đầu"):
        begin_rung(case, actor=head, now=NOW + 2 * DAY, level="owner")
    with pytest.raises(InvalidInput, match="trước ngày gửi"):
        record_rung(case, actor=clerk, now=NOW + 3 * DAY, level="owner", answered_at=NOW + 3 * DAY, answer="x")  # fmt: skip
    record_rung(case, actor=clerk, now=NOW + 3 * DAY, level="owner", sent_at=NOW + 3 * DAY, sent_how="bưu điện")  # fmt: skip
    with pytest.raises(InvalidInput, match="nội dung trả lời"):
        record_rung(case, actor=clerk, now=NOW + 9 * DAY, level="owner", answered_at=NOW + 9 * DAY)
    done = record_rung(
        case, actor=clerk, now=NOW + 9 * DAY, level="owner", answered_at=NOW + 9 * DAY, answer="Đã nhắc báo"
    )  # fmt: skip
    assert (done.sent_how, done.answer) == ("bưu điện", "Đã nhắc báo")


def test_a_rung_that_lacks_something_wants_a_reason(tree, clerk, focal, head):
    case = escalated(tree, clerk, focal)
    with pytest.raises(InvalidInput, match="bản chụp đã niêm phong") as refused:
        begin_rung(case, actor=head, now=NOW, level="authority")
    assert refused.value.field == "reason"
    begin_rung(case, actor=head, now=NOW, level="authority", reason="báo in, không có trang để chụp")  # fmt: skip


@pytest.mark.parametrize("level", ["outlet", "heaven"])
def test_an_unknown_rung_is_refused(tree, head, level):
    with pytest.raises(InvalidInput):
        begin_rung(make.case(tree.province, CaseState.WATCHING), actor=head, now=NOW, level=level)


def test_a_closed_case_climbs_no_more_and_a_stranger_never(tree, head, focal):
    with pytest.raises(WrongState, match="đã đóng"):
        begin_rung(make.case(tree.province, CaseState.CLOSED), actor=head, now=NOW, level="owner")
    with pytest.raises(NotAllowed):
        begin_rung(make.case(tree.other, CaseState.WATCHING), actor=head, now=NOW, level="owner")
    with pytest.raises(NotAllowed):
        begin_rung(make.case(tree.province, CaseState.WATCHING), actor=focal, now=NOW, level="owner")  # fmt: skip


def test_a_section_is_kept_for_the_channel_and_only_on_its_own_site(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    watch = delivered(sent(case, channel=make.channel(host="songthanh.example")), clerk)
    with pytest.raises(InvalidInput, match="thuộc trang của báo"):
        keep_section(watch, actor=clerk, now=NOW, url="https://khac.example/cai-chinh")
    keep_section(watch, actor=clerk, now=NOW, url="https://www.songthanh.example/cai-chinh")
    watch.channel.refresh_from_db()
    assert watch.channel.correction_url == "https://www.songthanh.example/cai-chinh"


def test_a_suggestion_stands_in_the_work_of_its_own_agency_only(tree, clerk, focal):
    watch = delivered(sent(make.case(tree.province, CaseState.WATCHING)), clerk)
    OutletWatch.objects.system("test").update(proposal="removed", proposed_at=NOW)
    [row] = [row for row in work_list(focal, now=NOW).today if row.kind == "watch"]
    assert (row.pk, row.title.endswith("đã gỡ bài")) == (watch.pk, True)
    theirs = make.actor(tree.other, Role.FOCAL_POINT)
    assert [row for row in work_list(theirs, now=NOW).today if row.kind == "watch"] == []


def test_a_reply_to_a_watch_of_another_paper_is_refused(tree, clerk, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    first, second = sent(case), sent(case, MediaType.RADIO)
    watch = delivered(first, clerk)
    delivered(second, clerk)
    with pytest.raises(InvalidInput, match="không thuộc văn bản này"):
        actions.record_check(second, actor=focal, now=NOW, reply="published", watch=watch)


def test_what_was_edited_is_told_in_pairs():
    before = Version(title="Chiếm đoạt tiền", body="Cán bộ chiếm đoạt 5 tỷ. Dân kêu.")
    after = Version(title="Chậm trả tiền", body="Cán bộ chậm trả 5 tỷ.")
    assert edit_words(before, after) == (
        "Báo đã sửa bài mà không cải chính: “Chiếm đoạt” → “Chậm trả”; “chiếm đoạt” → “chậm trả”; "
        "“Dân kêu.” → (bỏ)."
    )
    assert edit_words(before, before) == edit_words(None, after) == ""


def test_nothing_to_read_is_never_planned(tree, clerk):
    watch = delivered(sent(make.case(tree.province, CaseState.WATCHING), MediaType.RADIO), clerk)
    assert next_look(watch, NOW) is None


def test_a_case_closes_as_silence_only_with_proof_of_receipt(tree, clerk, head):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = sent(case, kind="correction_demand")
    with pytest.raises(InvalidInput, match="bằng chứng báo đã nhận") as refused:
        actions.close(case, actor=head, now=NOW, result="no_reaction", note="đã chờ")
    assert refused.value.field == "evidence"
    delivered(paper, clerk, evidence=proof(case))
    assert actions.close(case, actor=head, now=NOW, result="no_reaction", note="đã chờ").result == "no_reaction"  # fmt: skip


def test_confirming_a_correction_again_leaves_its_keeping_time_running(tree, clerk, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = sent(case, kind="conclusion_notice")
    watch = delivered(paper, clerk)
    for hours in (1, 2):
        actions.record_check(paper, actor=focal, now=NOW + hours * HOUR, reply="corrected", published_at=NOW)  # fmt: skip
    watch.refresh_from_db()
    keep, duty = case.clocks.get(rule="CC-05"), case.clocks.get(rule="CC-01")
    assert (keep.state, duty.state, watch.keep_until) == ("run", "done", keep.due_at)


def test_a_pages_second_reading_is_spent_on_what_may_be_mended(tree, clerk):
    from hoiam.handling.models import OutletLook
    from hoiam.handling.queries.outlet_watch import seen_before

    watch = delivered(sent(make.case(tree.province, CaseState.WATCHING)), clerk)
    for result in ("none", "partial", "failed", "complete"):
        OutletLook.objects.create(
            watch=watch, at=NOW, place="page", url=f"https://a.example/{result}", result=result, words="x"
        )  # fmt: skip
    assert seen_before(watch) == {"https://a.example/none"}
