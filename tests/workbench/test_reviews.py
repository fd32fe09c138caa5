"""A text's way to the portal: sent, decided by a second person, published at once or at its hour, come down."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.schedule import run_schedules
from hoiam.core.jobs.worker import run_due
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.handling.actions import allow_sole_signer
from hoiam.monitoring.models import Notice
from hoiam.newsroom.actions import take_down_article
from hoiam.newsroom.jobs.articles import take_down_what_is_due
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries import standing
from hoiam.workbench.actions import (
    approve_text,
    branch_for,
    drop_review,
    publish_at_its_hour,
    return_text,
    send_for_review,
)
from hoiam.workbench.jobs import publish_what_is_due
from hoiam.workbench.models import DocumentPage, Review
from hoiam.workbench.states import SOURCES, ReviewState
from tests import factories as make
from tests.factories import NOW

LATER = NOW + timedelta(hours=3)
VERBS = {
    "approve_text": lambda review, who: approve_text(review, actor=who, now=NOW),
    "return_text": lambda review, who: return_text(review, actor=who, now=NOW, reason="Sửa sa pô"),
    "drop_review": lambda review, who: drop_review(review, actor=who, now=NOW),
}


def sent(world, text=None, **fields):
    """A text of the focal point's that waits."""
    return send_for_review(text or world.text(**fields), actor=world.writer, now=NOW)


def article(review):
    return Article.objects.system("test").filter(page_key=f"workbench:{review.page_id}").first()


def reloaded(review):
    return Review.objects.system("test").get(pk=review.pk)


def test_approved_it_stands_on_the_portal(world):
    review = approve_text(sent(world), actor=world.editor, now=NOW)
    found = article(review)
    assert list(standing(NOW)) == [found]
    assert (found.title, found.approved_by_id) == ("Trao tiền ở Thanh Giang", world.editor.pk)
    assert (found.agency, found.section) == (world.tree.province, world.section)
    page = review.page.specific
    page.refresh_from_db()
    assert (page.live, page.live_revision_id) == (True, review.revision_id)
    assert [e.step for e in ledger.of(review)] == ["send_for_review", "approve_text"]


@pytest.mark.parametrize("state", ReviewState.values)
@pytest.mark.parametrize("verb", VERBS)
def test_verbs_follow_the_table_and_nothing_else(world, state, verb):
    review = sent(world)
    Review.objects.system("test").filter(pk=review.pk).update(state=state)
    if state in SOURCES[verb]:
        assert VERBS[verb](review, world.editor).state != state
        return
    with pytest.raises(WrongState, match="Lần gửi duyệt này"):
        VERBS[verb](review, world.editor)
    assert reloaded(review).state == state


def test_the_writer_does_not_approve(world):
    review = send_for_review(world.text(by=world.editor), actor=world.writer, now=NOW)
    with pytest.raises(NotAllowed, match="Người viết không tự duyệt"):
        approve_text(review, actor=world.editor, now=NOW)
    assert approve_text(review, actor=world.chief, now=NOW).state == ReviewState.PUBLISHED


def test_who_sent_it_does_not_approve_either(world):
    review = send_for_review(world.text(), actor=world.editor, now=NOW)
    with pytest.raises(
        NotAllowed, match=r"Đơn vị còn người duyệt khác: Người thadstg-chief_of_office\."
    ):
        approve_text(review, actor=world.editor, now=NOW, exception="vội")


def test_a_focal_point_writes_and_does_not_decide(world):
    review = send_for_review(world.text(by=world.editor), actor=world.editor, now=NOW)
    with pytest.raises(NotAllowed, match="Chỉ biên tập viên"):
        approve_text(review, actor=world.writer, now=NOW)


def test_another_provinces_editor_decides_nothing(world):
    with pytest.raises(NotAllowed):
        approve_text(sent(world), actor=world.stranger, now=NOW)
    with pytest.raises(NotAllowed):
        send_for_review(world.text(title="b"), actor=world.stranger, now=NOW)


def test_alone_the_writer_decides_only_with_the_superiors_permit_and_a_reason(world):
    world.chief.official.posts.all().delete()
    review = send_for_review(world.text(by=world.editor), actor=world.editor, now=NOW)
    with pytest.raises(NotAllowed, match="Nhờ trung ương duyệt"):
        approve_text(review, actor=world.editor, now=NOW, exception="Chỉ có một người")
    allow_sole_signer(world.tree.province, actor=make.head(world.tree.centre), now=NOW, reason="ít người")  # fmt: skip
    with pytest.raises(InvalidInput, match="vì sao không có người thứ hai"):
        approve_text(review, actor=world.editor, now=NOW)
    done = approve_text(review, actor=world.editor, now=NOW, exception="Chỉ có một người")
    assert done.exception == "Chỉ có một người"
    assert ledger.of(done).last().data["exception"] == "Chỉ có một người"


def test_what_was_changed_after_sending_is_sent_again(world):
    review = sent(world)
    review.page.specific.save_revision(user=world.writer.official)
    with pytest.raises(Conflict, match="đã được sửa sau khi gửi"):
        approve_text(review, actor=world.editor, now=NOW)


def test_a_text_waits_once(world):
    text = world.text()
    sent(world, text)
    with pytest.raises(WrongState, match="đang chờ duyệt rồi"):
        sent(world, text)


def test_all_that_is_missing_is_named_at_once(world):
    text = world.text(cls=DocumentPage, section=None, names_debtor=True)
    with pytest.raises(InvalidInput) as refused:
        sent(world, text)
    for words in ("số, ký hiệu", "ngày ban hành", "người ký", "tệp toàn văn", "chuyên mục", "giờ hạ"):  # fmt: skip
        assert words in str(refused.value)


def test_given_back_with_what_to_mend(world):
    with pytest.raises(InvalidInput, match="Ghi điều cần sửa"):
        return_text(sent(world), actor=world.editor, now=NOW, reason=" ")
    review = return_text(sent(world, title="b"), actor=world.editor, now=NOW, reason="Thiếu nguồn")
    assert (review.state, review.answer) == (ReviewState.RETURNED, "Thiếu nguồn")


def test_a_dissolved_agency_publishes_nothing_and_is_told_where_to_go(world):
    review = sent(world)
    world.tree.province.valid_to = NOW.date() - timedelta(days=1)
    world.tree.province.save()
    with pytest.raises(WrongState, match=r"đã hết hiệu lực từ 04/08/2026.*Chuyển bài sang nhánh"):
        approve_text(review, actor=world.centre, now=NOW)


def test_a_regions_text_goes_up_in_the_provinces_name(world):
    branch = branch_for(world.tree.region1)
    writer = make.actor(world.tree.region1, Role.FOCAL_POINT)
    review = send_for_review(world.text(branch, by=writer), actor=writer, now=NOW)
    approve_text(review, actor=world.editor, now=NOW)
    assert article(review).agency == world.tree.province


# --- hours -------------------------------------------------------------------------------------


def scheduled(world, **fields):
    return approve_text(sent(world, **fields), actor=world.editor, now=NOW, publish_at=LATER)


def test_it_goes_up_at_its_hour_and_once(world):
    review = scheduled(world)
    assert publish_what_is_due(LATER - timedelta(minutes=1)) == 0
    assert article(review) is None
    assert publish_what_is_due(LATER) == 1
    assert publish_what_is_due(LATER + timedelta(minutes=1)) == 0
    assert (article(review).published_at, article(review).version) == (LATER, 1)
    assert article(review).approved_by_id == world.editor.pk


def test_a_clock_that_jumped_ahead_publishes_what_it_passed(world):
    review = scheduled(world)
    assert publish_what_is_due(LATER + timedelta(days=40)) == 1
    assert reloaded(review).state == ReviewState.PUBLISHED


def test_a_clock_that_fell_back_neither_publishes_twice_nor_takes_back(world):
    review = scheduled(world)
    publish_what_is_due(LATER)
    back = NOW - timedelta(days=2)
    assert publish_what_is_due(back) == 0
    assert publish_at_its_hour(reloaded(review), now=back) is None
    assert publish_what_is_due(LATER + timedelta(hours=1)) == 0
    assert article(review).version == 1


def test_killed_in_the_middle_nothing_stands_and_the_next_run_does_all(world, monkeypatch):
    review = scheduled(world)

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("hoiam.workbench.actions.reviews._stands", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_what_is_due(LATER)
    assert article(review) is None
    assert publish_what_is_due(LATER) == 1


def test_the_job_is_planned_each_minute(world):
    review = scheduled(world)
    run_schedules(LATER - timedelta(minutes=2))
    run_schedules(LATER)
    run_due(LATER)
    assert reloaded(review).state == ReviewState.PUBLISHED


def test_what_would_come_down_before_it_goes_up_is_refused_or_said(world):
    with pytest.raises(InvalidInput, match="Giờ đăng sau giờ hạ bài"):
        scheduled(world, down_at=LATER - timedelta(minutes=1))
    review = scheduled(world, title="b", down_at=LATER + timedelta(hours=1))
    assert publish_what_is_due(LATER + timedelta(hours=2)) == 0
    assert reloaded(review).state == ReviewState.FAILED
    assert "Giờ hạ bài đã qua" in reloaded(review).answer


def test_an_agency_dissolved_before_the_hour_stops_it_in_words(world):
    review = scheduled(world)
    world.tree.province.valid_to = NOW.date() - timedelta(days=1)
    world.tree.province.save()
    publish_what_is_due(LATER)
    assert reloaded(review).state == ReviewState.FAILED
    assert "đã hết hiệu lực" in reloaded(review).answer
    assert article(review) is None


def test_taken_back_before_its_hour_it_does_not_go_up(world):
    drop_review(scheduled(world), actor=world.writer, now=NOW)
    assert publish_what_is_due(LATER) == 0


def down(world):
    """A text that names a debtor and comes down in three hours."""
    return approve_text(sent(world, names_debtor=True, down_at=LATER), actor=world.editor, now=NOW)


@pytest.mark.parametrize("passed", [timedelta(0), timedelta(days=30)])
def test_it_comes_down_at_its_hour_whether_the_job_ran_or_not(world, passed):
    review = down(world)
    assert list(standing(LATER + passed)) == []
    take_down_what_is_due(LATER + passed)
    deliver_due(LATER + passed)
    page = review.page
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_come_down_it_stays_down_when_the_clock_falls_back(world):
    review = down(world)
    take_down_what_is_due(LATER)
    assert list(standing(NOW + timedelta(minutes=1))) == []
    assert article(review).state == "expired"


def test_taken_down_the_page_no_longer_counts_as_standing(world):
    review = approve_text(sent(world), actor=world.editor, now=NOW)
    take_down_article(article(review), actor=world.editor, now=NOW, reason="Sai đơn vị")
    assert OutboxMessage.objects.filter(kind="article_taken_down").exists()
    deliver_due(NOW)
    review.page.refresh_from_db()
    assert review.page.live is False


def test_the_next_text_is_the_next_version(world):
    review = approve_text(sent(world), actor=world.editor, now=NOW)
    text = review.page.specific
    text.lead = "Sáng 05/8, đã trao xong."
    text.save_revision(user=world.writer.official)
    again = send_for_review(text, actor=world.writer, now=LATER, note="Thêm kết quả")
    approve_text(again, actor=world.editor, now=LATER)
    assert (article(review).version, article(review).published_at) == (2, NOW)
    assert article(review).versions.last().why == "Thêm kết quả"


def test_who_decides_is_told_and_then_who_wrote(world):
    review = sent(world)
    deliver_due(NOW)
    assert _told("Bài chờ duyệt") == {world.editor.pk, world.chief.pk}
    return_text(review, actor=world.editor, now=NOW, reason="Thiếu nguồn")
    deliver_due(NOW)
    assert _told("Trả lại để sửa") == {world.writer.pk}


def _told(beginning):
    rows = Notice.objects.system("test").filter(title__startswith=beginning)
    return set(rows.values_list("official", flat=True))
