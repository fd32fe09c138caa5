"""Telling writers and editors: a piece came in, what became of it."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders, superior
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.work_notices import tell
from hoiam.newsroom.actions.guest_links import address_of_piece, make_link
from hoiam.newsroom.jobs.hearing import tell_listeners
from hoiam.newsroom.models import Submission
from hoiam.newsroom.policies.submissions import EDITORS
from hoiam.newsroom.states.submissions import SubmissionState

WHY = "tell who must know"
PIECE = "desk-writing-piece"
_SAID = {
    SubmissionState.RETURNED: "Biên tập đề nghị sửa: {reason}",
    SubmissionState.ACCEPTED: "Biên tập đã nhận bài và đang soạn để đăng.",
    SubmissionState.DECLINED: "Biên tập không dùng bài này: {reason}",
    SubmissionState.PRINTED: "Bài đã đăng ở {place}.",
}


def write_to(
    people: Iterable[Official],
    subject: str,
    text: str,
    *,
    key: str,
    now: datetime,
    page: tuple[str, int],
    needed_by: datetime | None = None,
) -> None:
    """One notice to each of these people for this occasion, by the ways and in the hours each has chosen.

    Args:
        page: what the notice leads to, by its name and key.
        needed_by: when it must be known: quiet hours that end only after it do not hold it back. What is past wakes
            nobody, for haste mends nothing then.
    """
    before = needed_by if needed_by is not None and needed_by > now else None
    tell(people, subject, text, key, now, page=page, before=before)


def editors_of(agency: Agency, now: datetime) -> list[Official]:
    """Who edits what the agency writes: its own editors, or those of the agency above where it has none."""
    today = now.astimezone(VIETNAM).date()
    own = list(holders(agency, EDITORS, today))
    above = superior(agency, today)
    return own or (list(holders(above, EDITORS, today)) if above is not None else [])


def _submission(pk: int) -> Submission:
    rows = Submission.objects.system(WHY).select_related("agency__parent", "writer", "commission")
    found: Submission = rows.get(pk=pk)
    return found


@handles("submission_sent")
def tell_the_editors(submission_id: int, now: datetime) -> None:
    """The editors, except who wrote it."""
    piece = _submission(submission_id)
    tell_listeners(piece.commission, now)
    if piece.state != SubmissionState.SENT:
        return
    people = [each for each in editors_of(piece.agency, now) if each.pk != piece.writer_id]
    text = f"{piece.writer_name} ({piece.agency}) gửi bài “{piece.title}”."
    key = f"submission-sent:{piece.pk}:{piece.version}"
    page = (PIECE, piece.pk)
    write_to(people, f"Bài mới gửi: {piece.title[:120]}", text, key=key, now=now, page=page)


@handles("submission_decided")
def tell_the_writer(submission_id: int, now: datetime) -> None:
    """The writer, what became of the piece: an official by a notice, somebody outside by mail to the address the piece was asked by."""
    piece = _submission(submission_id)
    tell_listeners(piece.commission, now)
    said = _SAID.get(SubmissionState(piece.state))
    if said is None:
        return
    subject = f"{piece.get_state_display()}: {piece.title[:120]}"
    text = said.format(reason=piece.reason, place=piece.printed_in)
    key = f"submission-decided:{piece.pk}:{piece.version}:{piece.state}"
    if piece.writer is not None:
        write_to([piece.writer], subject, text, key=key, now=now, page=(PIECE, piece.pk))
    elif piece.commission is not None and piece.commission.email:
        if piece.state == SubmissionState.RETURNED:
            _, secret = make_link(piece.commission, actor=None, now=now)
            text += f"\n\nSửa và gửi lại bài ở đây: {address_of_piece(secret)}"
        queue_mail(piece.commission.email, subject, text, key=key, now=now)


@handles("word_of_guest_read")
def ask_what_pictures_show(submission_id: int, now: datetime) -> None:
    """Mail somebody outside a link to say what the pictures of the Word file show; nobody when each is told of."""
    piece = _submission(submission_id)
    untold = piece.pictures.filter(alt="").count()
    wish = piece.commission
    if wish is None or not wish.email or piece.page_key or not untold:
        return
    _, secret = make_link(wish, actor=None, now=now)
    text = (
        f"Bài “{piece.title}” của anh/chị có {untold} ảnh chưa có lời tả. Ảnh chỉ đăng được khi có một câu nói ảnh cho "
        f"thấy gì, để người không nhìn thấy ảnh cũng hiểu. Ghi lời tả, chú thích, hoặc bỏ ảnh ở đây: {address_of_piece(secret)}"
        "\nĐường dẫn chỉ dành cho anh/chị và dùng một lần."
    )
    key = f"pictures-untold:{piece.pk}:{now:%Y%m%d%H%M%S}"
    queue_mail(wish.email, f"Cần lời tả cho ảnh: {piece.title[:120]}", text, key=key, now=now)
