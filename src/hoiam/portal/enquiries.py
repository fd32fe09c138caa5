"""Which agencies the press may ask by the public form, and where an enquiry stands in words for its writer."""

from dataclasses import dataclass
from datetime import date, datetime

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_named, agencies_on, case_agency
from hoiam.handling.models import Enquiry
from hoiam.handling.states import EnquiryState
from hoiam.kit.rulebook import NotInForce, refusal_grounds
from hoiam.kit.vietnamese import VIETNAM

MOST_SHOWN = 60


def agencies_asked(day: date, query: str) -> list[Agency]:
    """Agencies that answer the press in their own name, found without marks; an office of a region is its province."""
    found: dict[int, Agency] = {}
    for agency in agencies_named(agencies_on(day), query):
        answers = case_agency(agency)
        found.setdefault(answers.pk, answers)
    return sorted(found.values(), key=lambda agency: agency.sort_key)[:MOST_SHOWN]


def agency_asked(day: date, pk: str) -> Agency | None:
    """The agency chosen, when it answers the press today."""
    if not pk.isdecimal() or len(pk) > 12:
        return None
    found = agencies_on(day).filter(pk=int(pk)).first()
    return found if found is not None and case_agency(found).pk == found.pk else None


@dataclass(frozen=True)
class Stage:
    """One thing that happened to the enquiry, in words for its writer."""

    title: str
    at: datetime | None
    text: str = ""


def stages_of(enquiry: Enquiry) -> list[Stage]:
    """Where the enquiry stands: nothing of what was asked, by whom, or of the agency's own work."""
    told = [Stage("Đã nhận đề nghị", enquiry.received_at)]
    if enquiry.acknowledged_at is not None:
        told.append(Stage("Cơ quan đã xác nhận, đang chuẩn bị trả lời", enquiry.acknowledged_at))
    if enquiry.state == EnquiryState.ANSWERED:
        told.append(Stage("Đã trả lời", enquiry.answered_at, enquiry.get_answer_form_display()))
    elif enquiry.state == EnquiryState.REFUSED:
        words = f"Căn cứ: {ground_of(enquiry)}.\nLý do: {enquiry.refusal_reason}"
        told.append(Stage("Chưa cung cấp được thông tin", enquiry.refused_at, words))
    elif enquiry.state == EnquiryState.REFERRED:
        told.append(Stage("Hướng dẫn hỏi nơi khác", enquiry.referred_at, enquiry.referred_to))
    elif enquiry.state == EnquiryState.DISCARDED:
        told.append(Stage("Không được xử lý như đề nghị của báo chí", None))
    return told


def ground_of(enquiry: Enquiry) -> str:
    """The ground of a refusal in the words of the law of its day."""
    if enquiry.refused_at is None:
        return ""
    try:
        grounds = refusal_grounds(enquiry.refused_at.astimezone(VIETNAM).date())
    except NotInForce:
        return enquiry.refusal_ground
    found = (f"{g.text} ({g.source})" for g in grounds if g.code == enquiry.refusal_ground)
    return next(found, enquiry.refusal_ground)
