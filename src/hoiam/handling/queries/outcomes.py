"""What a result code needs beside it, and what of that the records of a case lack (workflow.md §9; results.yaml)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hoiam.core import ledger
from hoiam.handling.models import Case, Evidence, Paper, WatchCheck
from hoiam.handling.states import PaperState, ReplyKind
from hoiam.kit.rulebook import RulebookError, refusal_grounds, result_codes

SENT = (PaperState.SENT, PaperState.DELIVERED)
# Results of the whole matter: every obligation still open shares them.
OF_THE_MATTER = frozenset({"no_duty", "not_ours", "duplicate", "press_right"})


@dataclass(frozen=True)
class Proof:
    """What was named beside a result: a link, a file, where to, on which ground, which case."""

    link: str = ""
    evidence: Evidence | None = None
    place: str = ""
    ground: str = ""
    original: Case | None = None


@dataclass(frozen=True)
class Lack:
    """One thing a result still needs, as a sentence says it, and the field where it can be given."""

    what: str
    field: str


NO_PROOF = Proof()


def lacking(case: Case, result: str, proof: Proof, *, note: str, day: date) -> list[Lack]:
    """What the result needs that neither the records of the case nor the proof show; empty when all is there."""
    needs = NEEDS.get(result)
    return needs(case, proof, note, day) if needs else []


def title_of(result: str) -> str:
    """The name of a result code; blank for none."""
    return next((code.title for code in result_codes() if code.code == result), "")


def _checks(case: Case, reply: str) -> bool:
    return WatchCheck.objects.filter(paper__case=case, reply=reply).exists()


def _sent(case: Case, *kinds: str) -> bool:
    rows: list[Paper] = list(case.papers.filter(state__in=SENT))
    return any(not kinds or paper.kind in kinds for paper in rows)


def _published(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    found = WatchCheck.objects.filter(paper__case=case, reply=ReplyKind.PUBLISHED)
    shown = found.exclude(url="", evidence=None).exists()
    if proof.link or proof.evidence or shown:
        return []
    return [Lack("địa chỉ bài đã đăng hoặc bản chụp", "link")]


def _corrected(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    if _checks(case, ReplyKind.CORRECTED):
        return []
    return [
        Lack("một lần kiểm tra báo thấy lời cải chính, xin lỗi (ghi ở trang văn bản)", "result")
    ]


def _removed(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    if proof.evidence or _checks(case, ReplyKind.REMOVED):
        return []
    return [Lack("bản chụp hoặc một lần kiểm tra báo thấy bài đã gỡ", "evidence")]


def _refused(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    if proof.evidence or _checks(case, ReplyKind.REFUSED):
        return []
    return [Lack("văn bản từ chối của báo", "evidence")]


def _no_reaction(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    if proof.evidence or case.papers.filter(state=PaperState.DELIVERED).exists():
        return []
    return [Lack("bằng chứng báo đã nhận văn bản", "evidence")]


def _stopped(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    if case.papers.filter(state__in=SENT, round__gt=1).exists() or note.strip():
        return []
    return [Lack("các lượt phản hồi đã đăng", "note")]


def _escalated(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    lacks = []
    if not (proof.place or ledger.of(case).filter(step="escalate").exists()):
        lacks.append(Lack("nơi nhận đề nghị xử lý", "place"))
    if not (proof.evidence or case.evidence_files.exists()):
        lacks.append(Lack("hồ sơ chứng cứ (ít nhất một tệp)", "evidence"))
    return lacks


def _answered(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    said = case.statements.exists() or ledger.of(case).filter(step="issue").exists()
    if note.strip() or said or _sent(case):
        return []
    return [Lack("văn bản hoặc thời điểm trả lời", "note")]


def _declined(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    try:
        known = {ground.code for ground in refusal_grounds(day)}
    except RulebookError:
        known = set()
    if proof.ground in known or _sent(case, "refusal"):
        return []
    return [Lack("căn cứ từ chối theo luật", "ground")]


def _press_right(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    for remedy in case.remedies.all():
        if remedy.done_at is not None or remedy.due_on is not None:
            return []
    return [Lack("việc chấn chỉnh nội bộ đã làm xong, hoặc đã giao kèm hạn", "result")]


def _no_duty(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    return [] if note.strip() else [Lack("lý do", "note")]


def _not_ours(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    return [] if proof.place else [Lack("nơi đã chuyển", "place")]


def _duplicate(case: Case, proof: Proof, note: str, day: date) -> list[Lack]:
    original = proof.original
    if original is not None and original.pk != case.pk and original.agency_id == case.agency_id:
        return []
    return [Lack("hồ sơ gốc của cùng đơn vị", "original")]


NEEDS: dict[str, Callable[[Case, Proof, str, date], list[Lack]]] = {
    "published": _published,
    "corrected": _corrected,
    "removed": _removed,
    "refused_with_reason": _refused,
    "no_reaction": _no_reaction,
    "stopped_after_rounds": _stopped,
    "escalated": _escalated,
    "answered": _answered,
    "declined": _declined,
    "press_right": _press_right,
    "no_duty": _no_duty,
    "not_ours": _not_ours,
    "duplicate": _duplicate,
}
