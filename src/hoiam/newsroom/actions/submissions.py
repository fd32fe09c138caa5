"""A piece's way from the writer to the editors: begun, written, sent, returned, accepted, declined, withdrawn, printed."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.core.markup import plain
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.newsroom.actions.delivered import deliver
from hoiam.newsroom.actions.submission_texts import Text, body_of, in_unicode
from hoiam.newsroom.models import Article, Submission
from hoiam.newsroom.states.submissions import (
    SUBMISSION_STEPS,
    ReadingState,
    SubmissionState,
)

CHANGED = "Bài này vừa được lưu từ nơi khác. Phần anh/chị gõ còn ở dưới; mở bài trong trang mới để so, rồi lưu lại."


@transaction.atomic
def begin_submission(
    agency: Agency, text: Text, *, actor: Actor, now: datetime, commission_id: int | None = None
) -> Submission:
    """A new piece of the actor's unit, a draft only its writer sees.

    Raises:
        NotAllowed: the actor writes for no such unit.
    """
    authority.check(actor, "begin_submission", agency)
    made = Submission(
        agency=agency, writer=actor.official, writer_name=str(actor)[:120],
        commission_id=commission_id, begun_at=now, saved_at=now,
    )  # fmt: skip
    fill(made, text)
    made.save()
    ledger.write(made, actor=actor, step="begin_submission", at=now)
    return made


@transaction.atomic
def write_submission(
    submission: Submission, text: Text, *, actor: Actor, now: datetime, version: int | None = None
) -> Submission:
    """The piece with its new text.

    Args:
        version: of the text the writer began from; None: whatever stands.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: it was sent.
        Conflict: another text was saved since.
    """
    submission = held(submission, "write_submission", actor)
    if version is not None and submission.version != version:
        raise Conflict(CHANGED)
    fill(submission, text)
    touch(submission, now)
    submission.save()
    return submission


def fill(submission: Submission, text: Text) -> None:
    """Put what was typed into the row, cleaned."""
    submission.title, submission.lead = squash(nfc(text.title))[:300], nfc(text.lead).strip()
    submission.body = body_of(text.body)
    submission.theme, submission.section = text.theme, text.section
    submission.byline = squash(nfc(text.byline))[:120]
    submission.other_names = squash(nfc(text.other_names))[:300]
    submission.note = nfc(text.note).strip()


def touch(submission: Submission, now: datetime) -> None:
    """One version more; not yet saved."""
    submission.version += 1
    submission.saved_at = now


@transaction.atomic
def convert_font(submission: Submission, *, actor: Actor, now: datetime) -> Submission:
    """The piece with letters of an old font (TCVN3, VNI) put into Unicode.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: it was sent.
    """
    submission = held(submission, "write_submission", actor)
    for name in ("title", "lead", "body"):
        setattr(submission, name, in_unicode(getattr(submission, name)))
    touch(submission, now)
    submission.save()
    ledger.write(submission, actor=actor, step="convert_font", at=now)
    return submission


@transaction.atomic
def send_submission(submission: Submission, *, actor: Actor, now: datetime) -> Submission:
    """The piece before the editors.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: it was sent before.
        InvalidInput: no title, no text, a picture nobody described, or its Word file is still being read.
    """
    submission = held(submission, "send_submission", actor)
    check_whole(submission)
    submission.state, submission.sent_at, submission.reason = SubmissionState.SENT, now, ""
    touch(submission, now)
    submission.save()
    deliver(submission, now=now)
    return told(submission, "send_submission", "submission_sent", actor, now)


def check_whole(submission: Submission, *, asks_later: bool = False) -> None:
    """Nothing when editors can work with the piece.

    Args:
        asks_later: pictures without words are asked about by letter, as somebody outside has no other page for it.

    Raises:
        InvalidInput: what is missing, and where.
    """
    if not submission.title:
        raise InvalidInput("Ghi tên bài rồi gửi.", "title")
    reading = (ReadingState.WAITING, ReadingState.READING)
    if submission.files.filter(state__in=reading).exists():
        raise InvalidInput("Tệp Word đang được đọc. Chờ đọc xong, xem lại rồi gửi.", "body")
    if not plain(submission.body) and not submission.pictures.exists():
        raise InvalidInput("Bài chưa có nội dung. Viết vào ô Nội dung hoặc tải tệp Word.", "body")
    untold = submission.pictures.filter(alt="").count()
    if untold and not asks_later:
        raise InvalidInput(
            f"Còn {untold} ảnh chưa có lời tả. Ghi một câu ảnh cho thấy gì, để người không nhìn thấy ảnh cũng hiểu.",
            "pictures",
        )


@transaction.atomic
def return_submission(
    submission: Submission, *, actor: Actor, now: datetime, reason: str
) -> Submission:
    """The piece back with its writer, who is told what to mend.

    Raises:
        NotAllowed: the actor edits nothing here, or wrote it.
        WrongState: it does not wait for editors.
        InvalidInput: no reason.
    """
    return _decided(submission, "return_submission", actor, now, reason, needs_reason=True)


@transaction.atomic
def accept_submission(submission: Submission, *, actor: Actor, now: datetime) -> Submission:
    """The piece taken in: it is on the editors' list of material until a page is made of it.

    Raises:
        NotAllowed: the actor edits nothing here, or wrote it.
        WrongState: it does not wait for editors.
    """
    return _decided(submission, "accept_submission", actor, now, "")


@transaction.atomic
def decline_submission(
    submission: Submission, *, actor: Actor, now: datetime, reason: str
) -> Submission:
    """The piece not used; its writer is told why.

    Raises:
        NotAllowed: the actor edits nothing here, or wrote it.
        WrongState: it does not wait for editors and was not taken in.
        InvalidInput: no reason.
    """
    return _decided(submission, "decline_submission", actor, now, reason, needs_reason=True)


def _decided(
    submission: Submission, verb: str, actor: Actor, now: datetime, reason: str,
    *, needs_reason: bool = False,
) -> Submission:  # fmt: skip
    submission = held(submission, verb, actor)
    reason = nfc(reason).strip()
    if needs_reason and not reason:
        raise InvalidInput("Ghi lý do để người viết biết.", "reason")
    submission.state = SUBMISSION_STEPS[verb].target
    submission.decided_by, submission.decided_at = actor.official, now
    submission.reason = reason
    touch(submission, now)
    submission.save()
    return told(submission, verb, "submission_decided", actor, now, reason)


@transaction.atomic
def withdraw_submission(submission: Submission, *, actor: Actor, now: datetime) -> Submission:
    """The piece withdrawn by its writer; editors no longer see it.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: editors took it in already.
    """
    submission = held(submission, "withdraw_submission", actor)
    submission.state = SubmissionState.WITHDRAWN
    touch(submission, now)
    submission.save()
    ledger.write(submission, actor=actor, step="withdraw_submission", at=now)
    return submission


@transaction.atomic
def make_page_of(submission: Submission, page_key: str, *, now: datetime) -> Submission:
    """The piece with the page editors work on; asked by the workbench when it has made one.

    Raises:
        WrongState: it was not taken in.
        Conflict: another page was made of it.
    """
    submission = held(submission, "tie_to_article", None)
    if submission.page_key not in {"", page_key}:
        raise Conflict("Bài gửi này đã có người soạn thành bài. Mở bài đó để làm tiếp.")
    submission.page_key = page_key
    submission.save(update_fields=["page_key"])
    ledger.write(submission, actor=None, step="make_page_of", at=now, page=page_key)
    return submission


@transaction.atomic
def tie_to_article(submission: Submission, article: Article, *, now: datetime) -> Submission:
    """The piece as printed on the portal; its writer is told. Tied to the same article again, it stays as it is.

    Raises:
        WrongState: it was not taken in, or stands as another article.
    """
    row = Submission.objects.system("what was published ties itself").select_for_update(
        of=("self",)
    )
    found = row.get(pk=submission.pk)
    if found.article_id == article.pk and found.state == SubmissionState.PRINTED:
        return found
    submission = held(submission, "tie_to_article", None)
    submission.state, submission.article = SubmissionState.PRINTED, article
    submission.page_key = submission.page_key or article.page_key
    submission.printed_in = "Cổng thông tin của đơn vị"
    submission.printed_on = article.published_at.astimezone(VIETNAM).date()
    submission.save()
    return told(submission, "tie_to_article", "submission_decided", None, now)


@transaction.atomic
def print_elsewhere(
    submission: Submission,
    *,
    actor: Actor,
    now: datetime,
    printed_in: str,
    printed_on: date,
    printed_url: str = "",
) -> Submission:
    """The piece as printed by a paper or another portal.

    Raises:
        NotAllowed: the actor edits nothing here.
        WrongState: it was not taken in.
        InvalidInput: no place, or a day to come.
    """
    submission = held(submission, "print_elsewhere", actor)
    if not squash(printed_in):
        raise InvalidInput("Ghi nơi đăng: báo, đài, trang nào.", "printed_in")
    if printed_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày đăng không thể ở phía trước.", "printed_on")
    submission.state = SubmissionState.PRINTED
    submission.printed_in, submission.printed_on = squash(nfc(printed_in))[:250], printed_on
    submission.printed_url = printed_url.strip()
    touch(submission, now)
    submission.save()
    return told(submission, "print_elsewhere", "submission_decided", actor, now)


def held(submission: Submission, verb: str, actor: Actor | None) -> Submission:
    """The piece under lock when the actor may and the state lets the verb begin; None: the system itself.

    Raises:
        NotAllowed: the actor may not.
        WrongState: the verb does not start from where the piece stands.
    """
    rows = Submission.objects.system("reload under lock").select_for_update(of=("self",))
    found: Submission = rows.select_related("agency").get(pk=submission.pk)
    if actor is not None:
        authority.check(actor, verb, found)
    step = SUBMISSION_STEPS[verb]
    if found.state not in step.sources:
        state = str(found.get_state_display()).lower()
        raise WrongState(
            f"Bài này {state}, không làm “{step.label}” được. Tải lại trang để xem ai vừa xử lý."
        )
    return found


def told(
    submission: Submission, step: str, message: str, actor: Actor | None, now: datetime,
    reason: str = "",
) -> Submission:  # fmt: skip
    """The piece, with its line in the diary and a message to who must know."""
    ledger.write(submission, actor=actor, step=step, at=now, reason=reason)
    outbox.post(message, submission.pk, at=now)
    return submission
