"""Press enquiries as rows of the list and as a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from hoiam.desk.moments import say_datetime, say_moment
from hoiam.desk.presenters.versions import difference_html
from hoiam.handling.models import Enquiry
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.enquiry import due_of, enquiry_light
from hoiam.handling.queries.enquiry_texts import comparison_of
from hoiam.handling.states import OPEN_ENQUIRIES
from hoiam.kit.rulebook import Light, NotInForce, compute, refusal_grounds, rule
from hoiam.kit.rulebook.press_desk import interview_source
from hoiam.kit.vietnamese import VIETNAM

TITLES = {
    "open": "Đang chờ", "mine": "Tôi giữ", "answered": "Đã trả lời", "refused": "Đã từ chối",
    "other": "Nơi khác, đã loại", "all": "Tất cả",
}  # fmt: skip
EXCERPT = 140


@dataclass(frozen=True)
class EnquiryRow:
    """One line of the list."""

    enquiry: Enquiry
    light: Light
    second: str
    excerpt: str


def rows_of(page: Iterable[Enquiry], now: datetime) -> list[EnquiryRow]:
    """The rows of one page of the list."""
    return [_row(enquiry, now) for enquiry in page]


def _row(enquiry: Enquiry, now: datetime) -> EnquiryRow:
    second = ""
    if enquiry.state in OPEN_ENQUIRIES:
        due, _ = due_of(enquiry)
        what = "xác nhận" if enquiry.acknowledged_at is None else "trả lời"
        second = f"{what} {say_moment(due, now)}" if due else what
    text = " ".join(enquiry.questions.split())
    short = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"
    return EnquiryRow(enquiry, enquiry_light(enquiry, now), second, short)


@dataclass(frozen=True)
class DefaultTime:
    """One time of the product, with how it was counted."""

    title: str
    rule: str
    due: datetime | None
    badge: str
    steps: tuple[str, ...]
    done_at: datetime | None


def times_of(enquiry: Enquiry) -> list[DefaultTime]:
    """Acknowledging and answering: both product defaults, each with its steps."""
    found = []
    for name, done in (("MD-80", enquiry.acknowledged_at), ("MD-81", enquiry.answered_at)):
        counted = compute(name, enquiry.received_at, calendar=calendar_seen())
        steps = tuple(step.text for step in counted.steps)
        found.append(
            DefaultTime(rule(name).title, name, counted.due, counted.badge or "", steps, done)
        )
    return found


def ground_of(enquiry: Enquiry) -> str:
    """The ground of a refusal in the words of the law of that day."""
    if enquiry.refused_at is None:
        return ""
    day = enquiry.refused_at.astimezone(VIETNAM).date()
    found = (g for g in refusal_grounds(day) if g.code == enquiry.refusal_ground)
    return next((f"{g.text} ({g.source})" for g in found), enquiry.refusal_ground)


def interview_of(enquiry: Enquiry) -> dict[str, Any]:
    """The texts of an interview, the law it rests on, and the agreed text beside the printed one."""
    texts = list(enquiry.texts.all())
    compared = comparison_of(texts)
    try:
        law = str(interview_source(enquiry.received_at.astimezone(VIETNAM).date()))
    except NotInForce:
        law = ""
    return {
        "texts": texts,
        "law": law,
        "compared": compared,
        "difference": difference_html(compared.pieces) if compared else "",
    }


def public_url(enquiry: Enquiry) -> str:
    """The page only the writer of the enquiry knows."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}/hoi-bao-chi/{enquiry.code}/"


def words_for_reporter(enquiry: Enquiry) -> str:
    """What may be sent to the reporter: the number, where it stands, where to look; no words of the answer."""
    asked = say_datetime(enquiry.received_at)
    return (
        f"{enquiry.agency.full_name}: đề nghị {enquiry.number} nhận lúc {asked} "
        f"– {enquiry.get_state_display().lower()}. Xem tại {public_url(enquiry)}"
    )
