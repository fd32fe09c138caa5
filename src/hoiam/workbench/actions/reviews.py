"""A text on its way to the portal: sent for review, decided by a second person, published at once or at its hour.

Wagtail has a workflow and a publishing of its own. Neither is used: its tasks are given to groups this house does not have,
it publishes by a clock command of its own, and it lets the writer approve. Here one row is one sending, every step is
checked by the authority and stands in the ledger, and the public text is written by the newsroom in the same transaction.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering, case_agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, HoiAmError, InvalidInput, NotAllowed, WrongState
from hoiam.handling.queries.sole_signers import is_permitted
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.newsroom.actions import publish_article, tie_to_article
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries import submission_of_page
from hoiam.workbench.models import Review
from hoiam.workbench.queries import open_review, others_who_decide, writers_of
from hoiam.workbench.snapshots import agency_of, last_day, snapshot_of
from hoiam.workbench.states import SOURCES, ReviewState


@transaction.atomic
def send_for_review(page: Page, *, actor: Actor, now: datetime, note: str = "") -> Review:
    """The text, as last saved, put before a second person.

    Raises:
        NotAllowed: the actor writes for another agency.
        InvalidInput: something needed is still missing; the sentence names all of it.
        WrongState: nothing was saved, it waits already, or its agency has ended.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    agency = agency_of(page)
    authority.check(actor, "send_for_review", agency)
    revision = page.latest_revision
    if revision is None:
        raise WrongState("Bài chưa có bản lưu nào. Hãy lưu nháp rồi gửi duyệt.")
    if open_review(page) is not None:
        raise WrongState("Bài này đang chờ duyệt rồi. Muốn gửi bản mới thì thôi lần gửi trước đã.")
    _check_whole(revision.as_object(), agency, now)
    made = Review.objects.create(
        page=page,
        revision=revision,
        agency=agency,
        state=ReviewState.WAITING,
        note=squash(note)[:500],
        sent_by=actor.official,
        sent_at=now,
    )
    ledger.write(made, actor=actor, step="send_for_review", at=now, reason=made.note, page=page.pk)
    outbox.post("text_sent_for_review", made.pk, at=now)
    return made


def _check_whole(text: Any, agency: Agency, now: datetime) -> None:
    """Raise InvalidInput naming all that is missing, or WrongState when the agency has ended."""
    _check_in_force(agency, now)
    missing = [sentence for field, sentence in text.needed.items() if not getattr(text, field)]
    if not squash(text.title):
        missing.append("Ghi tên bài.")
    if text.section_id is None:
        missing.append("Chọn chuyên mục.")
    if not text.body and not text.lead.strip():
        missing.append("Viết nội dung.")
    if text.names_debtor and text.down_at is None:
        missing.append("Đặt giờ hạ bài vì bài có nêu tên người phải thi hành án.")
    if text.cover_id and not squash(text.cover_alt):
        missing.append("Ghi ảnh đại diện cho thấy gì.")
    if any(b.block_type == "picture" and not squash(b.value["alt"] or "") for b in text.body):
        missing.append("Ghi mỗi ảnh cho thấy gì.")
    if missing:
        raise InvalidInput("Bài chưa đủ để gửi duyệt: " + " ".join(missing))


def _check_in_force(agency: Agency, now: datetime) -> None:
    today = now.astimezone(VIETNAM).date()
    ended = last_day(case_agency(agency), today)
    if ended is None:
        return
    next_one = answering(agency, today)
    where = f"nhánh của {next_one}" if next_one is not None else "nhánh của đơn vị kế thừa"
    raise WrongState(
        f"{agency} đã hết hiệu lực từ {ended:%d/%m/%Y} nên không đăng bài được nữa. Chuyển bài sang {where} rồi gửi duyệt."
    )


@transaction.atomic
def approve_text(
    review: Review,
    *,
    actor: Actor,
    now: datetime,
    answer: str = "",
    publish_at: datetime | None = None,
    exception: str = "",
) -> Review:
    """The text approved: published in the same step, or set to go up at its hour.

    Args:
        review: the sending; reloaded under lock.
        publish_at: when it goes up; at once when it is left out or has passed.
        exception: why the writer decides alone, where nobody else can (only with the superior's permit).

    Raises:
        NotAllowed: the actor may not decide, or wrote the text (four eyes).
        Conflict: the text was changed after it was sent.
        WrongState: it no longer waits.
        InvalidInput: it would come down before it goes up; or a picture cannot be shown.
    """
    review = _locked(review, "approve_text", actor)
    if review.page.latest_revision_id != review.revision_id:
        raise Conflict("Bài đã được sửa sau khi gửi duyệt. Thôi lần gửi này rồi gửi lại bản mới.")
    text = review.revision.as_object()
    _check_whole(text, review.agency, now)
    review.exception = _second_pair_of_eyes(review, actor, exception)
    review.decided_by, review.decided_at = actor.official, now
    review.answer = answer.strip()
    if publish_at is not None and publish_at > now:
        return _scheduled(review, text, actor, now, publish_at)
    return _published(review, text, actor=actor, now=now)


def _second_pair_of_eyes(review: Review, actor: Actor, exception: str) -> str:
    """The reason for which one person alone decides, blank when a second one does."""
    if actor.pk not in writers_of(review):
        return ""
    others = others_who_decide(review, actor)
    if others.exists():
        raise NotAllowed(f"Người viết không tự duyệt. Đơn vị còn người duyệt khác: {others[0]}.")
    if not is_permitted(case_agency(review.agency)):
        raise NotAllowed(
            "Người viết không tự duyệt. Nhờ trung ương duyệt, hoặc đề nghị cấp trên cho phép đơn vị một người ký."
        )
    if not squash(exception):
        raise InvalidInput("Ghi vì sao không có người thứ hai duyệt.", "exception")
    return exception.strip()


def _scheduled(
    review: Review, text: Any, actor: Actor, now: datetime, publish_at: datetime
) -> Review:
    if text.down_at is not None and text.down_at <= publish_at:
        raise InvalidInput(
            "Giờ đăng sau giờ hạ bài. Đặt giờ đăng sớm hơn hoặc sửa giờ hạ.", "publish_at"
        )
    # Whether it may be published is asked now: at its hour nobody is there to be told no.
    authority.check(actor, "publish_article", case_agency(review.agency))
    review.state, review.publish_at = ReviewState.SCHEDULED, publish_at
    review.save()
    moment = f"{publish_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return _told(review, "approve_text", actor, now, review.answer, publish_at=moment)


def _published(review: Review, text: Any, *, actor: Actor | None, now: datetime) -> Review:
    article = publish_article(
        snapshot_of(text, review.agency),
        actor=actor,
        now=now,
        why=review.note,
        approved_by_id=review.decided_by_id,
    )
    piece = submission_of_page(text.page_key)
    if piece is not None:
        tie_to_article(piece, article, now=now)
    review.state, review.published_at = ReviewState.PUBLISHED, now
    review.save()
    _stands(review, text, now)
    step = "approve_text" if actor is not None else "publish_at_its_hour"
    extra = {"exception": review.exception} if review.exception else {}
    return _told(review, step, actor, now, review.answer, article=article.pk, **extra)


def _stands(review: Review, text: Any, now: datetime) -> None:
    """The page marked as standing with this text: what the lists of the workbench show."""
    text.live, text.expired = True, False
    text.live_revision, text.last_published_at = review.revision, now
    text.first_published_at = text.first_published_at or now
    text.has_unpublished_changes = review.page.latest_revision_id != review.revision_id
    text.latest_revision_id = review.page.latest_revision_id
    text.draft_title = review.page.draft_title
    text.save(clean=False)


@transaction.atomic
def publish_at_its_hour(review: Review, *, now: datetime) -> Review | None:
    """The text that was set to go up, published; None when it was not due, or somebody was faster.

    What prevents it is written beside it, for the people to see; it is not tried again by itself.
    """
    rows = Review.objects.system("its hour has come").select_for_update(of=("self",))
    review = rows.select_related("page", "agency", "revision").get(pk=review.pk)
    is_due = review.publish_at is not None and review.publish_at <= now
    if review.state not in SOURCES["publish_at_its_hour"] or not is_due:
        return None
    try:
        with transaction.atomic():
            _check_in_force(review.agency, now)
            return _published(review, review.revision.as_object(), actor=None, now=now)
    except HoiAmError as refusal:
        review.state, review.answer = ReviewState.FAILED, str(refusal)
        review.published_at = None
        review.save()
        return _told(review, "fail_at_its_hour", None, now, str(refusal))


@transaction.atomic
def return_text(review: Review, *, actor: Actor, now: datetime, reason: str) -> Review:
    """The text given back to be mended, with what is to be mended.

    Raises:
        NotAllowed: the actor may not decide.
        InvalidInput: no reason.
        WrongState: it no longer waits.
    """
    review = _locked(review, "return_text", actor)
    if not squash(reason):
        raise InvalidInput("Ghi điều cần sửa.", "answer")
    review.state, review.answer = ReviewState.RETURNED, reason.strip()
    review.decided_by, review.decided_at = actor.official, now
    review.save()
    return _told(review, "return_text", actor, now, reason)


@transaction.atomic
def drop_review(review: Review, *, actor: Actor, now: datetime) -> Review:
    """The sending taken back, also one that waits for its hour.

    Raises:
        NotAllowed: the actor neither sent it nor may decide.
        WrongState: it no longer waits.
    """
    review = _locked(review, "drop_review", actor)
    review.state = ReviewState.DROPPED
    review.save()
    return _told(review, "drop_review", actor, now, "")


def _locked(review: Review, verb: str, actor: Actor) -> Review:
    rows = Review.objects.system("reload under lock").select_for_update(of=("self",))
    review = rows.select_related("page", "agency", "revision").get(pk=review.pk)
    authority.check(actor, verb, review)
    if review.state not in SOURCES[verb]:
        state = str(review.get_state_display()).lower()
        raise WrongState(f"Lần gửi duyệt này {state}. Tải lại trang để xem ai vừa xử lý.")
    return review


def _told(
    review: Review, step: str, actor: Actor | None, now: datetime, reason: str, **data: Any
) -> Review:
    ledger.write(review, actor=actor, step=step, at=now, reason=reason, page=review.page_id, **data)
    outbox.post("review_moved", review.pk, at=now)
    return review


def no_longer_stands(article: Article, *, now: datetime) -> int:
    """How many pages were marked as standing no more, because what was published of them came down."""
    prefix, _, key = article.page_key.partition(":")
    if prefix != "workbench":
        return 0
    return Page.objects.filter(pk=int(key), live=True).update(live=False, expired=True)
