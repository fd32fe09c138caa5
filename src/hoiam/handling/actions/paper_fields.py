"""What a paper already knows from its case: letterhead, the work of the press it answers, the facts found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import superior
from hoiam.agencies.states import MediaType
from hoiam.handling.actions.wording import wording_of
from hoiam.handling.models import Case, Paper, Rung
from hoiam.kit.papers import kind
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.models import Item

# Our media types in the words of the paper forms.
PAPER_MEDIA = {
    MediaType.ONLINE: "online",
    MediaType.NETWORK_CHANNEL: "channel",
    MediaType.SOCIAL: "channel",
    MediaType.AGGREGATOR: "online",
    MediaType.DAILY_PRINT: "print",
    MediaType.WEEKLY_PRINT: "print",
    MediaType.MAGAZINE: "magazine",
    MediaType.RADIO: "radio",
    MediaType.TELEVISION: "television",
}
# Given when a paper is approved, never typed by who drafts it.
AT_APPROVAL = frozenset(
    {"number", "issued_on", "signer", "signer_title", "signing_form", "signing_for", "draft"}
)


def first_fields(
    case: Case, code: str, item: Item | None, *, now: datetime, drafter: str = ""
) -> dict[str, Any]:
    """The fields a new paper of this kind starts with; what is not known is left out, never guessed."""
    data = {
        **own_fields(case.agency, code, now=now, drafter=drafter),
        **(_work(item) if item else {}),
        **_facts(case),
        **_course(case, code, now),
    }
    data["addressees"] = [data["press_agency"]] if data.get("press_agency") else []
    if code == "superior_report":
        above = superior(case.agency, now.astimezone(VIETNAM).date())
        data["addressees"] = [f"Văn phòng {above.full_name}"] if above else []
    known = {field.name for field in kind(code).fields}
    return {
        name: value for name, value in data.items() if name in known and value not in ("", [], None)
    }


def own_fields(agency: Agency, code: str, *, now: datetime, drafter: str = "") -> dict[str, Any]:
    """What every paper of this kind of the agency says by itself: letterhead of the day, and the agency's own wording."""
    above = superior(agency, now.astimezone(VIETNAM).date())
    letterhead = {
        "agency": agency.full_name,
        "parent_agency": agency.governing or (above.full_name if above else "Bộ Tư pháp"),
        "agency_symbol": agency.symbol,
        "unit_symbol": "VP",
        "place": agency.seat or agency.province,
        "contact": agency.contact,
        "drafter_mark": initials(drafter) if agency.marks_drafter else "",
    }
    return {**letterhead, **_wording(agency, code)}


def initials(name: str) -> str:
    """The drafter's mark: first letters of the name, capitals (NĐ 30/2020/NĐ-CP, Phụ lục I, ô 12)."""
    return "".join(word[0] for word in name.split()).upper()


def _wording(agency: Agency, code: str) -> dict[str, Any]:
    own = wording_of(agency, code)
    if own is None:
        return {}
    found: dict[str, Any] = {
        "opening": own.opening,
        "closing": own.closing,
        "recipients": own.recipients,
        "unit_symbol": own.unit_symbol,
    }
    return {name: value for name, value in found.items() if value}


def _course(case: Case, code: str, now: datetime) -> dict[str, Any]:
    """What was sent to the outlet and when it came, for who is asked to act next."""
    if code not in {"escalation_request", "court_summary", "lawsuit_request"}:
        return {}
    lines = [_sent_line(paper) for paper in case.papers.order_by("sent_at") if paper.sent_at]
    if code == "lawsuit_request":
        lines += [_rung_line(rung) for rung in case.rungs.all() if rung.sent_at]
    return {"sent": lines, "steps": lines, "dossier": [e.title for e in case.evidence_files.all()]}


def _sent_line(paper: Paper) -> str:
    at = paper.delivered_at
    received = f", báo nhận ngày {show_date(at.astimezone(VIETNAM).date())}" if at else ""
    return f"Văn bản số {paper.symbol} ngày {show_date(paper.issued_on)}{received}."


def _rung_line(rung: Rung) -> str:
    assert rung.sent_at is not None  # only those sent are told
    asked = f"Ngày {_day(rung.sent_at)} đề nghị {rung.addressee} xử lý"
    if rung.answered_at is None:
        return f"{asked}, chưa được trả lời."
    return f"{asked}; trả lời ngày {_day(rung.answered_at)}: {_sentence(rung.answer)}"


def _day(at: datetime) -> str:
    return show_date(at.astimezone(VIETNAM).date())


def _work(item: Item) -> dict[str, Any]:
    media = item.channel.media_type if item.channel else MediaType.ONLINE
    press = item.channel.press_agency.name if item.channel else item.outlet
    clip = getattr(item, "clip", None)
    local = item.published_at.astimezone(VIETNAM) if item.published_at else None
    data: dict[str, Any] = {
        "press_agency": press,
        "media_type": PAPER_MEDIA[MediaType(media)],
        "work_title": item.title,
        "section": item.section,
        "link": item.url,
        "published_on": local.date().isoformat() if local else "",
    }
    if clip is not None:
        aired = clip.aired_at.astimezone(VIETNAM) if clip.aired_at else None
        data |= {
            "issue": clip.issue,
            "programme": clip.programme,
            "broadcast_on": aired.date().isoformat() if aired else "",
            "broadcast_time": f"{aired:%H} giờ {aired:%M} phút" if aired else "",
        }
    return data


def _facts(case: Case) -> dict[str, Any]:
    rows = list(case.facts.all())
    wrong = [row for row in rows if row.is_claim_right is False]
    return {
        "reported": " ".join(_sentence(row.claim) for row in (wrong or rows)),
        "wrong": " ".join(_sentence(row.claim) for row in wrong),
        "grounds": [
            f"{_sentence(row.truth)[:-1]} (chứng cứ: {row.evidence})." for row in wrong if row.truth
        ],
        "response": " ".join(_sentence(row.truth) for row in wrong),
        "correct": " ".join(_sentence(row.truth) for row in wrong),
        "facts": [
            {"reported": row.claim, "actual": row.truth, "evidence": row.evidence} for row in rows
        ],
    }


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def data_of(paper: Paper, **more: Any) -> Mapping[str, Any]:
    """The data the Word form is written from: the fields, and the body when people edited it."""
    body = {"body": paper.body} if paper.is_body_edited else {}
    subject = {"subject": paper.subject} if paper.subject else {}
    return {**paper.fields, **subject, **body, **more}


def readable(value: Any) -> Any:
    """The value without NUL, which no text holds and PostgreSQL refuses; lists and rows of a table included."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, Mapping):
        return {name: readable(each) for name, each in value.items()}
    return [readable(each) for each in value] if isinstance(value, list | tuple) else value
