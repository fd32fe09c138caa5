"""Word files of letters by NĐ 30/2020: drafts whose number and date are given where papers get them.

To the press no name ever goes. Who wrote is addressed by name only when the person printing has the right and gives a reason,
and that is logged.
"""

from datetime import datetime
from typing import Any

from hoiam.agencies.models import Agency, Post
from hoiam.agencies.queries import in_force, superior
from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers import write
from hoiam.kit.papers.errors import PaperError
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.letters.actions.revealing import reveal_people
from hoiam.letters.models import ReaderLetter
from hoiam.letters.states import IN_WORK, ClockState, LetterKind, LetterState, PersonRole

BLANK = "……"
# code of the page: kind of paper, its title for people
WORDS = {
    "answer": ("letter_answer", "Trả lời người gửi"),
    "transfer": ("letter_transfer", "Chuyển đơn"),
    "acceptance": ("acceptance_notice", "Báo việc thụ lý cho cơ quan báo chí"),
    "measures": ("measures_notice", "Báo biện pháp giải quyết cho cơ quan báo chí"),
    "result": ("letter_press_result", "Báo kết quả cho cơ quan báo chí"),
    "accepted": ("letter_acceptance", "Thông báo thụ lý, tiếp nhận cho người gửi"),
    "refused": ("letter_refusal", "Thông báo không thụ lý, đình chỉ cho người gửi"),
    "guided": ("letter_guidance", "Thông báo chuyển đơn, hướng dẫn cho người gửi"),
}
# Addressed to who wrote, who may be named on them for a reason.
NAMED_PAPERS = frozenset({"answer", "accepted", "refused", "guided"})
TOLD_WHY = "Lý do được thông báo cho người gửi theo quy định."
S = LetterState
TAKEN_UP = {
    LetterKind.COMPLAINT: "thụ lý giải quyết khiếu nại",
    LetterKind.DENUNCIATION: "thụ lý giải quyết tố cáo",
    LetterKind.PETITION: "tiếp nhận, xử lý kiến nghị, phản ánh",
}


def words_for(letter: ReaderLetter) -> list[str]:
    """Which papers the letter can be printed as now."""
    has_draft = bool(letter.draft) and letter.state in (S.DRAFTED, S.APPROVED, S.ANSWERED, S.CLOSED)
    is_answered = letter.answered_at is not None
    is_petition = letter.kind == LetterKind.PETITION
    is_known = not letter.is_anonymous
    was_accepted = letter.accepted_at is not None and (letter.state in IN_WORK or is_answered)
    was_passed_on = bool(letter.handed_to_id or letter.guided_to)
    was_decided = letter.accepted_at is not None or letter.state == S.FILED
    fits = {
        "answer": has_draft,
        "transfer": letter.state == S.HANDED_OVER and letter.handed_to_id is not None,
        "acceptance": letter.is_by_press and not is_petition and was_decided,
        "measures": letter.is_by_press and is_petition and has_draft,
        "result": letter.is_by_press and not is_petition and is_answered,
        "accepted": is_known and was_accepted,
        "refused": is_known and bool(letter.filing),
        "guided": is_known and was_passed_on,
    }
    return [code for code in WORDS if fits[code]]


def letter_word(
    letter: ReaderLetter, code: str, *, actor: Actor, now: datetime, reason: str = ""
) -> bytes:
    """One paper of the letter as a Word file.

    Args:
        reason: why who wrote must stand on it; without one they are not named.

    Raises:
        NotAllowed: a reason was given, but the actor may not know who wrote.
        InvalidInput: the letter is not so far, or the form refuses what it says.
    """
    if code not in words_for(letter):
        raise InvalidInput("Đơn chưa đến bước có văn bản này.")
    whom = _whom(letter, code, actor, now, reason)
    data = _head(letter.agency, now) | _fields(letter) | _told(letter, code) | {"addressees": whom}
    try:
        return write(WORDS[code][0], {**data, "press_agency": letter.forwarder or BLANK})
    except PaperError as error:
        raise InvalidInput(str(error)) from error


def _whom(letter: ReaderLetter, code: str, actor: Actor, now: datetime, reason: str) -> list[str]:
    if code == "transfer":
        return [letter.handed_to.full_name if letter.handed_to else BLANK]
    if code not in NAMED_PAPERS:
        return [letter.forwarder or BLANK]
    if not reason.strip():
        return [f"Người gửi đơn {letter.number}"]
    told = reveal_people(letter, reason=reason, actor=actor, now=now).people
    people = [person for person in told if person.role != PersonRole.NAMED]
    lines = [", ".join(filter(None, (f"Ông/Bà {p.name}", p.address))) for p in people if p.name]
    return lines or [f"Người gửi đơn {letter.number}"]


def _head(agency: Agency, now: datetime) -> dict[str, Any]:
    today = now.astimezone(VIETNAM).date()
    above = superior(agency, today)
    posts = Post.objects.filter(in_force(today), agency=agency, role=Role.HEAD)
    head = posts.select_related("official").order_by("id").first()
    return {
        "draft": True,
        "agency": agency.full_name,
        "parent_agency": agency.governing or (above.full_name if above else "Bộ Tư pháp"),
        "agency_symbol": agency.symbol or BLANK,
        "unit_symbol": "VP",
        "place": agency.seat or agency.province or "Hà Nội",
        "contact": agency.contact,
        "signer": head.official.full_name if head else BLANK,
        "signer_title": (head.title or head.get_role_display()) if head else BLANK,
    }


def _told(letter: ReaderLetter, code: str) -> dict[str, Any]:
    """What a notice to who wrote says of the step: which act, on what ground, and by when when the law surely says so."""
    act = TAKEN_UP.get(LetterKind(letter.kind), "tiếp nhận, xử lý đơn")
    if code == "accepted":
        accepted = letter.accepted_at or letter.received_at
        day = accepted.astimezone(VIETNAM).date().isoformat()
        return {"act": act, "accepted_on": day, "due": _due(letter)}
    if code == "refused":
        was_taken_up = letter.accepted_at is not None
        stopped = f"đình chỉ {act.removeprefix('thụ lý ')}" if was_taken_up else f"không {act}"
        return {"act": stopped, "guidance": letter.sorting_note}
    if code == "guided":
        sent = letter.handed_to_id is not None or hasattr(letter, "legal_question")
        words = "chuyển đơn theo thẩm quyền" if sent else "hướng dẫn gửi đơn đến nơi có thẩm quyền"
        return {"act": words, "sent_to": _to(letter) if sent else ""}
    return {}


def _to(letter: ReaderLetter) -> str:
    return letter.handed_to.full_name if letter.handed_to else letter.guided_to


def _due(letter: ReaderLetter) -> str:
    # A default of the product is never called law in a paper (law.md §12).
    rows = letter.clocks.filter(state=ClockState.RUNNING, event="accepted", badge="")
    clock = rows.order_by("due_at").first()
    return f"{show_date(clock.due_at.astimezone(VIETNAM).date())} ({clock.source})" if clock else ""


def _sentence(text: str) -> str:
    # The forms end their line with what is told.
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."


def _fields(letter: ReaderLetter) -> dict[str, Any]:
    received = letter.received_at.astimezone(VIETNAM).date().isoformat()
    filed = bool(letter.filing)
    accepted = letter.accepted_at
    return {
        "receipt": letter.number,
        "letter_received_on": received,
        "matter": _sentence(letter.title),
        "findings": letter.draft or BLANK,
        "measures": letter.measures.splitlines(),
        "to": _to(letter),
        "request_number": letter.forward_number,
        "request_on": letter.forward_on.isoformat() if letter.forward_on else received,
        "paper_received_on": received,
        "decision": "refused" if filed else "accepted",
        "basis": _sentence(str(letter.get_filing_display())) if filed else "Đơn đủ điều kiện, thuộc thẩm quyền giải quyết.",
        "decided_on": accepted.astimezone(VIETNAM).date().isoformat() if accepted else received,
        "guidance": letter.sorting_note or TOLD_WHY if filed else "",
        "conclusion_number": letter.answer_number,
        "conclusion_on": letter.answer_on.isoformat() if letter.answer_on else "",
    }  # fmt: skip
