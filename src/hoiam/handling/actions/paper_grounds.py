"""What law wants to be there before a paper of a kind may go (workflow.md §4): each gap with the place where it is mended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hoiam.handling.models import Case, Paper
from hoiam.kit.papers import kind
from hoiam.kit.rulebook import RulebookError, refusal_grounds
from hoiam.kit.vietnamese import show_date


@dataclass(frozen=True)
class Gap:
    """One thing the law wants and the case or the paper does not have; `place` is where it is mended.

    `place` is "facts", "evidence" (parts of the case's page), or the name of a field of the paper.
    """

    sentence: str
    place: str


@dataclass(frozen=True)
class Ground:
    """What a kind of paper obliges the receiver to, and what stands in its way today."""

    obliges: str = ""
    gaps: tuple[Gap, ...] = ()


# What the receiver owes once it has the paper (workflow.md §4): the choice screen says so before anything is written.
OBLIGES: Mapping[str, str] = {
    "response": (
        "Báo phải đăng, phát ý kiến phản hồi kể cả khi không đồng ý, đúng thời hạn cải chính, trên cùng sản phẩm (PH-01); "
        "được dừng sau số lượt luật định (PH-02); từ chối thì phải nêu lý do bằng văn bản."
    ),
    "correction_demand": (
        "Riêng thư này chưa buộc báo cải chính. Báo tự thấy sai thì phải cải chính (CC-01 đến CC-04); "
        "báo trả lời khi cơ quan có câu hỏi (TL-07)."
    ),
    "conclusion_notice": (
        "Báo phải cải chính, xin lỗi đúng vị trí, thời hạn (CC-01 đến CC-04), giữ thông tin cải chính (CC-05) "
        "và báo cho nơi đăng lại."
    ),
    "answer": "Báo đăng, phát trung thực, nêu rõ họ tên người phát ngôn và cơ quan.",
    "measures_notice": "Báo thông báo cho người gửi hoặc đăng, phát trong thời hạn của loại hình (TL-05, TL-06).",
    "refusal": "Báo được đề nghị lại khi lý do từ chối không còn.",
    "escalation_request": "Nơi nhận xem xét theo thẩm quyền; luật không đặt số ngày.",
    "lawsuit_request": (
        "Người được giao lập đơn khởi kiện theo mẫu tố tụng; điều luật của Luật 126/2025/QH15 chưa kiểm chứng, "
        "đối chiếu trước khi viện dẫn."
    ),
}


def ground_of(case: Case, code: str, *, today: date) -> Ground:
    """What a paper of this kind would oblige to, and what the case lacks for it today."""
    return Ground(OBLIGES.get(code, ""), tuple(_case_gaps(case, code)))


def gaps_of(paper: Paper, *, today: date) -> tuple[Gap, ...]:
    """What the law still wants for this paper on this day, beside the fields of its form."""
    check = _OF_PAPER.get(paper.kind)
    return (*_case_gaps(paper.case, paper.kind), *(check(paper, today) if check else ()))


def _case_gaps(case: Case, code: str) -> list[Gap]:
    return _wrong_claims(case) if code in {"response", "correction_demand"} else []


def _wrong_claims(case: Case) -> list[Gap]:
    """NĐ 244/2026/NĐ-CP Đ7.6 speaks of grounds: at least one claim judged wrong, with its evidence."""
    wrong = [fact for fact in case.facts.all() if fact.is_claim_right is False]
    if any(fact.truth.strip() and fact.evidence.strip() for fact in wrong):
        return []
    if wrong:
        return [Gap("Ghi thực tế và chứng cứ cho điều báo nêu sai ở bảng đối chiếu", "facts")]
    return [
        Gap(
            "Bảng đối chiếu chưa có điều nào được xác định là báo nêu sai, kèm chứng cứ "
            "(NĐ 244/2026/NĐ-CP Đ7.6)",
            "facts",
        )
    ]


def _conclusion(paper: Paper, today: date) -> list[Gap]:
    if paper.attached_id is None:
        words = "Gắn tệp văn bản kết luận (tải lên mục Chứng cứ của hồ sơ rồi chọn ở đây)"
        return [Gap(words, "attached")]
    return []


def _refusal(paper: Paper, today: date) -> list[Gap]:
    """PN-08: one of the grounds in force that day."""
    field = kind("refusal").field("ground")
    assert field is not None  # the form has it
    given = field.current(str(paper.fields.get("ground") or ""))
    try:
        open_now = {ground.code for ground in refusal_grounds(today)}
    except RulebookError:
        open_now = set()
    if not given or given in open_now:
        return []
    offered = [c.label for c in field.choices if c.holds(today)]
    return [
        Gap(
            f"Căn cứ từ chối đã chọn không có hiệu lực ngày {show_date(today)}. "
            f"Hãy chọn một trong: {'; '.join(offered)}",
            "ground",
        )
    ]


def _authorisation(paper: Paper, today: date) -> list[Gap]:
    last = str(paper.fields.get("to_on") or "")
    if last and date.fromisoformat(last[:10]) < today:
        return [Gap("Thời hạn ủy quyền đã qua. Hãy ghi lại “Đến ngày”", "to_on")]
    return []


def _escalation(paper: Paper, today: date) -> list[Gap]:
    """Nothing is asked of a superior before the outlet itself was asked."""
    sent = [other for other in paper.case.papers.all() if other.sent_at and other.pk != paper.pk]
    if any(other.kind in {"response", "correction_demand", "conclusion_notice"} for other in sent):
        return []
    words = "Hồ sơ chưa có văn bản phản hồi, yêu cầu cải chính hoặc chuyển kết luận nào đã gửi báo"
    return [Gap(words, "papers")]


_OF_PAPER: Mapping[str, Callable[[Paper, date], list[Gap]]] = {
    "conclusion_notice": _conclusion,
    "settlement_notice": _conclusion,
    "refusal": _refusal,
    "authorisation": _authorisation,
    "escalation_request": _escalation,
    "lawsuit_request": _escalation,
}


def said(gaps: tuple[Gap, ...]) -> dict[str, Any]:
    """The gaps as one sentence, and the field where the first is mended."""
    return {
        "sentence": "; ".join(gap.sentence for gap in gaps),
        "field": gaps[0].place if gaps else None,
    }
