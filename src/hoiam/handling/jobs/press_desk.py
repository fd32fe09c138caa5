"""Letters of the press desk: to the desk when the press asks, to the unit asked for content, to the reporter when done."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.handling.models import ContentRequest, Enquiry
from hoiam.handling.states import EnquiryState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.work_notices import tell

TOLD = {
    EnquiryState.ACKNOWLEDGED: "đã được tiếp nhận; cơ quan đang chuẩn bị trả lời",
    EnquiryState.ANSWERED: "đã được trả lời",
    EnquiryState.REFUSED: "chưa được cung cấp thông tin; căn cứ và lý do ghi ở trang dưới đây",
    EnquiryState.REFERRED: "được hướng dẫn đến cơ quan khác",
}


@handles("enquiry_received")
def tell_the_desk(enquiry_id: int, now: datetime) -> None:
    """Mail the desk of the agency that the press asks."""
    enquiry = _enquiry(enquiry_id)
    today = now.astimezone(VIETNAM).date()
    tell(
        holders(enquiry.agency, {*DESK_ROLES, Role.SPOKESPERSON}, today),
        f"Báo chí đề nghị: {enquiry.number}",
        f"{enquiry.agency} có {enquiry.number} của {enquiry.outlet}. Xác nhận với báo trước, rồi chuẩn bị trả lời.",
        f"enquiry:{enquiry.pk}",
        now,
        page=("desk-enquiry", enquiry.pk),
        before=enquiry.acknowledge_due_at,
    )


@handles("content_asked")
def tell_the_unit(request_id: int, now: datetime) -> None:
    """Mail the unit that must supply content."""
    asked = ContentRequest.objects.select_related("unit", "enquiry").get(pk=request_id)
    today = now.astimezone(VIETNAM).date()
    tell(
        holders(asked.unit, {*DESK_ROLES, Role.HEAD_OF_REGION}, today),
        f"Cần cung cấp nội dung cho {asked.enquiry.number}",
        f"{asked.unit} được đề nghị cung cấp nội dung để trả lời báo chí.",
        f"content:{asked.pk}",
        now,
        page=("desk-content-request", asked.pk),
        before=asked.due_at,
    )


@handles("enquiry_told")
def tell_the_reporter(enquiry_id: int, now: datetime) -> None:
    """Mail the reporter where the enquiry stands, when an address was left; the words stand on the page only."""
    enquiry = _enquiry(enquiry_id)
    address, state = address_in(enquiry.contact), EnquiryState(enquiry.state)
    if not address or state not in TOLD:
        return
    page = f"{settings.HOIAM_ADDRESS.rstrip('/')}/hoi-bao-chi/{enquiry.code}/"
    queue_mail(
        address,
        f"Đề nghị {enquiry.number}: {state.label.lower()}",
        f"Đề nghị {enquiry.number} gửi {enquiry.agency.full_name} {TOLD[state]}.\n\nXem tại: {page}\n\n"
        "Chỉ người có đường dẫn này xem được. Xin đừng chuyển tiếp.",
        key=f"enquiry:{enquiry.pk}:{state}",
        now=now,
    )


def address_in(contact: str) -> str:
    """The first mail address among what was left to reach the reporter by, or nothing."""
    for word in contact.replace(",", " ").replace(";", " ").replace("·", " ").split():
        try:
            validate_email(word)
        except ValidationError:
            continue
        return word
    return ""


def _enquiry(pk: int) -> Enquiry:
    rows = Enquiry.objects.system("tell who must act next").select_related("agency")
    return rows.get(pk=pk)
