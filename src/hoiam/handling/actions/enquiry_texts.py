"""An interview reviewed before it is printed: every text kept with its hash, and what became of the agreed one."""

import hashlib
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.clocks import put_obligation
from hoiam.handling.actions.enquiry import locked_enquiry
from hoiam.handling.actions.moving import locked, past, refuse_closed, web_address
from hoiam.handling.models import Enquiry, InterviewText
from hoiam.handling.queries.enquiry_texts import comparison_of
from hoiam.handling.states import EnquiryKind, TextStage
from hoiam.kit.vietnamese import nfc

LONGEST_TEXT = 100_000


@transaction.atomic
def demand_review(
    enquiry: Enquiry, *, by: str, actor: Actor, now: datetime, at: datetime | None = None
) -> Enquiry:
    """The interview with the demand to see the answer before it is printed; the paper must comply (Luật 126/2025 Đ33).

    Raises:
        WrongState: it is no interview, or the demand stands already.
        InvalidInput: it is not said who demanded it, or the moment lies ahead.
    """
    enquiry = locked_enquiry(enquiry)
    authority.check(actor, "demand_review", enquiry)
    if enquiry.kind != EnquiryKind.INTERVIEW:
        raise WrongState("Chỉ cuộc phỏng vấn mới có quyền yêu cầu xem lại trước khi đăng.")
    if enquiry.review_demanded_at is not None:
        raise WrongState("Yêu cầu xem lại đã được ghi.")
    if not by.strip():
        raise InvalidInput("Ghi người trả lời phỏng vấn đã yêu cầu xem lại.", "by")
    enquiry.review_demanded_at = past(at or now, now, "at", "Thời điểm yêu cầu")
    enquiry.review_demanded_by = by.strip()[:150]
    enquiry.save(update_fields=["review_demanded_at", "review_demanded_by"])
    ledger.write(enquiry, actor=actor, step="demand_review", at=now, reason=by.strip())
    return enquiry


@transaction.atomic
def keep_text(
    enquiry: Enquiry,
    *,
    stage: str,
    text: str,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    url: str = "",
) -> InterviewText:
    """One text of the interview, kept as it is with its SHA-256; nothing is overwritten, a later text stands after it.

    Raises:
        InvalidInput: no stage, no words, too many of them, or a moment that lies ahead.
        WrongState: it is no interview.
    """
    enquiry = locked_enquiry(enquiry)
    authority.check(actor, "keep_text", enquiry)
    if enquiry.kind != EnquiryKind.INTERVIEW:
        raise WrongState("Chỉ cuộc phỏng vấn mới lưu các bản trao đổi với báo.")
    if stage not in TextStage.values:
        raise InvalidInput("Chọn đây là bản nào.", "stage")
    words = nfc(text).replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput("Dán nội dung của bản này.", "text")
    if len(words) > LONGEST_TEXT:
        raise InvalidInput("Bản này quá dài. Chỉ dán phần phỏng vấn.", "text")
    kept = InterviewText.objects.create(
        enquiry=enquiry,
        stage=stage,
        text=words,
        digest=hashlib.sha256(words.encode()).hexdigest(),
        url=web_address(url),
        at=past(at or now, now, "at", "Thời điểm"),
        recorded_by=actor.official,
        recorded_at=now,
    )
    ledger.write(enquiry, actor=actor, step="keep_text", at=now, stage=stage, sha256=kept.digest)
    return kept


@transaction.atomic
def report_misrendering(enquiry: Enquiry, *, reason: str, actor: Actor, now: datetime) -> Enquiry:
    """The enquiry whose case now has an obligation h: what was printed is not what was agreed.

    Raises:
        WrongState: the texts agree or are not both there; the enquiry has no case, or a closed one.
        InvalidInput: no reason.
    """
    enquiry = locked_enquiry(enquiry)
    authority.check(actor, "report_misrendering", enquiry)
    compared = comparison_of(list(enquiry.texts.all()))
    if compared is None or compared.is_exact:
        raise WrongState("Chưa thấy khác biệt giữa bản thống nhất và bản đã đăng.")
    if enquiry.case is None:
        raise WrongState("Gắn đề nghị này vào một hồ sơ trước khi mở nghĩa vụ loại h.")
    if not reason.strip():
        raise InvalidInput("Ghi điểm báo đăng khác bản đã thống nhất.", "reason")
    case = locked(enquiry.case)
    refuse_closed(case)
    if not case.obligations.filter(letter="h").exists():
        put_obligation(
            case, "h", actor=actor, now=now, reason=f"{enquiry.number}: {reason.strip()}"
        )
    ledger.write(
        enquiry, actor=actor, step="report_misrendering", at=now, reason=reason.strip(),
        case=case.number,
    )  # fmt: skip
    return enquiry
