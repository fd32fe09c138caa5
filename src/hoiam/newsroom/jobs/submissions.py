"""Telling writers and editors: a piece came in, what became of it."""

import logging
from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders, superior
from hoiam.core.errors import InvalidInput
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.actions.guest_links import address_of_piece, make_link
from hoiam.newsroom.jobs.hearing import tell_listeners
from hoiam.newsroom.models import Submission
from hoiam.newsroom.policies.submissions import EDITORS
from hoiam.newsroom.states.submissions import SubmissionState

WHY = "tell who must know"
FOOT = "\n\nMở Hồi Âm, mục Viết bài, để xem."
_log = logging.getLogger(__name__)
_SAID = {
    SubmissionState.RETURNED: "Biên tập đề nghị sửa: {reason}",
    SubmissionState.ACCEPTED: "Biên tập đã nhận bài và đang soạn để đăng.",
    SubmissionState.DECLINED: "Biên tập không dùng bài này: {reason}",
    SubmissionState.PRINTED: "Bài đã đăng ở {place}.",
}


def write_to(
    people: Iterable[Official], subject: str, text: str, *, key: str, now: datetime
) -> None:
    """Nothing; a letter to each person is queued once under the key, a wrong address keeps none from the others."""
    for person in {person.pk: person for person in people if person.email}.values():
        try:
            queue_mail(person.email, subject, text + FOOT, key=f"{key}:{person.pk}", now=now)
        except InvalidInput as error:
            _log.warning("no letter to official %s: %s", person.pk, error)


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
    """Mail the editors, except who wrote it."""
    piece = _submission(submission_id)
    tell_listeners(piece.commission, now)
    if piece.state != SubmissionState.SENT:
        return
    people = [each for each in editors_of(piece.agency, now) if each.pk != piece.writer_id]
    text = f"{piece.writer_name} ({piece.agency}) gửi bài “{piece.title}”."
    key = f"submission-sent:{piece.pk}:{piece.version}"
    write_to(people, f"Bài mới gửi: {piece.title[:120]}", text, key=key, now=now)


@handles("submission_decided")
def tell_the_writer(submission_id: int, now: datetime) -> None:
    """Mail the writer what became of the piece: an official here, somebody outside at the address the piece was asked by."""
    piece = _submission(submission_id)
    tell_listeners(piece.commission, now)
    said = _SAID.get(SubmissionState(piece.state))
    if said is None:
        return
    subject = f"{piece.get_state_display()}: {piece.title[:120]}"
    text = said.format(reason=piece.reason, place=piece.printed_in)
    key = f"submission-decided:{piece.pk}:{piece.version}:{piece.state}"
    if piece.writer is not None:
        write_to([piece.writer], subject, text, key=key, now=now)
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
