"""What the Word papers of the press desk say: notice, invitation and minutes of a conference, plan of supply."""

from datetime import datetime
from typing import Any

from hoiam.handling.actions.paper_fields import own_fields
from hoiam.handling.models import Invitation, PressConference, PressQuestion, SupplyPlan
from hoiam.handling.states import ConferenceState
from hoiam.kit.papers.words import roman
from hoiam.kit.vietnamese import VIETNAM, show_date

NOT_SIGNED = {"draft": True, "signer": "……", "signer_title": "……"}
# The plan's page has no place for these two parts; who signs changes them in the Word file.
PURPOSE = (
    "Cung cấp thông tin cho báo chí chủ động, kịp thời, chính xác, đúng thẩm quyền.",
    "Mỗi nội dung có người thực hiện, thời hạn và sản phẩm cụ thể.",
)
TASKS = (
    "Người thực hiện chuẩn bị nội dung, trình người có thẩm quyền duyệt trước thời hạn.",
    "Các đơn vị cung cấp số liệu đầy đủ, đúng hạn; bàn trực theo dõi, ghi kết quả từng nội dung.",
)


def offered_for(conference: PressConference) -> tuple[str, ...]:
    """The papers a conference has now: minutes once it was held."""
    before = ("conference_notice", "invitation")
    return (*before, "minutes") if conference.state == ConferenceState.HELD else before


def conference_paper(conference: PressConference, code: str, now: datetime) -> dict[str, Any]:
    """The fields of one paper of a conference as the Word form takes them; the number is given elsewhere."""
    common: dict[str, Any] = {
        **own_fields(conference.agency, code, now=now),
        "venue": conference.place or ("Họp trực tuyến" if conference.online else ""),
        "chair": conference.host,
    }
    return {**common, **_OF[code](conference)}


def _invitation(conference: PressConference) -> dict[str, Any]:
    return {
        "event": conference.title,
        "time": _long(conference.starts_at),
        "agenda": conference.content,
        "invitees": [str(guest) for guest in _invited(conference)],
    }


def _notice(conference: PressConference) -> dict[str, Any]:
    return {
        "addressees": [conference.authority],
        "time": _long(conference.starts_at),
        "content": conference.content,
        "proofs": _lines(conference.legality_documents),
        "invited": [str(guest) for guest in _invited(conference)],
    }


def _minutes(conference: PressConference) -> dict[str, Any]:
    """NĐ 30/2020/NĐ-CP, mẫu 1.9. What was not recorded is left for the secretary to fill, never made up."""
    present = [str(guest) for guest in conference.invitations.all() if guest.is_present]
    asked = list(conference.questions.all())
    return {
        "event": conference.title,
        "began": _long(conference.held_at or conference.starts_at),
        "attendees": present or ["(chưa điểm danh)"],
        "content": _lines(conference.minutes) or _lines(conference.content),
        "questions": [_asked(question) for question in asked],
        "promised": [_promised(question) for question in asked if question.promised_at],
        "handouts": [paper.title for paper in conference.handouts.all()],
        "ended": _long(conference.ends_at) or "(chưa ghi)",
        "secretary": str(conference.minutes_by or "(chưa ghi)"),
    }


_OF = {"conference_notice": _notice, "invitation": _invitation, "minutes": _minutes}


def _invited(conference: PressConference) -> list[Invitation]:
    return [guest for guest in conference.invitations.all() if not guest.is_walk_in]


def _asked(question: PressQuestion) -> str:
    who = ", ".join(part for part in (question.outlet, question.reporter_name) if part)
    if not question.answer:
        return f"{who} hỏi: {_flat(question.question)}"
    by = question.answered_by or "Chủ trì"
    return f"{who} hỏi: {_flat(question.question)} {by} trả lời: {_flat(question.answer)}"


def _promised(question: PressQuestion) -> str:
    holder = f" ({question.holder})" if question.holder else ""
    return f"{question.outlet}: {_flat(question.question)} Trả lời trước {_long(question.promised_at)}{holder}."


def plan_paper(plan: SupplyPlan, now: datetime) -> dict[str, Any]:
    """The fields of a plan of information supply (kế hoạch cung cấp thông tin), one row of the table a thing to tell."""
    period = f"quý {roman(plan.quarter)} năm {plan.year}" if plan.quarter else f"năm {plan.year}"
    return {
        **own_fields(plan.agency, "supply_plan", now=now),
        "period": period,
        "purpose": list(PURPOSE),
        "supplies": [
            {
                "matter": f"{row.topic} (sản phẩm: {row.product})",
                "way": row.get_form_display(),
                "when": f"chậm nhất {show_date(row.by_on)}",
                "who": row.who,
            }
            for row in plan.rows.all()
        ],
        "tasks": list(TASKS),
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _long(at: datetime | None) -> str:
    if at is None:
        return ""
    here = at.astimezone(VIETNAM)
    return f"{here:%H} giờ {here:%M}, ngày {here:%d/%m/%Y}"
