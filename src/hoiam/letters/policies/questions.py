"""Who drafts, checks and publishes legal answers: three pairs of eyes, the drafter's never the second or third."""

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.letters.models import LegalQuestion
from hoiam.letters.policies.roles import (
    CLERKS,
    LAWYERS,
    PUBLISHERS,
    WRITERS,
    holds,
    may_know_asker,
)


@policy(
    Agency,
    "receive_question",
    refusal="Chỉ văn thư, đầu mối hoặc lãnh đạo của đơn vị được ghi câu hỏi pháp luật.",
)
def _receive(actor: Actor, agency: Agency) -> bool:
    return holds(actor, agency.pk, CLERKS)


@policy(
    LegalQuestion,
    "draft_legal_answer",
    "refer_question",
    "revise_legal_answer",
    refusal="Chỉ thẩm tra viên, đầu mối hoặc lãnh đạo của đơn vị được hỏi được soạn giải đáp.",
)
def _draft(actor: Actor, question: LegalQuestion) -> bool:
    return holds(actor, question.agency_id, WRITERS)


@policy(
    LegalQuestion,
    "check_legal_answer",
    "return_legal_answer",
    "review_legal_answer",
    refusal="Kiểm tra pháp lý do thẩm tra viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị làm.",
)
def _check(actor: Actor, question: LegalQuestion) -> bool:
    return holds(actor, question.agency_id, LAWYERS)


@policy(
    LegalQuestion,
    "publish_legal_answer",
    "answer_asker",
    "withdraw_legal_answer",
    refusal="Đăng, trả lời, rút giải đáp pháp luật do lãnh đạo hoặc Chánh Văn phòng của đơn vị quyết định.",
)
def _publish(actor: Actor, question: LegalQuestion) -> bool:
    return holds(actor, question.agency_id, PUBLISHERS)


@policy(
    LegalQuestion,
    "reveal_asker",
    refusal="Chỉ văn thư, đầu mối hoặc lãnh đạo của đơn vị được hỏi xem được ai hỏi.",
)
def _reveal(actor: Actor, question: LegalQuestion) -> bool:
    return may_know_asker(actor, question)
