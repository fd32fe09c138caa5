"""Who receives, sorts, settles and answers letters, and who may know who wrote them."""

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.letters.models import LetterBox, ReaderLetter
from hoiam.letters.policies.roles import (
    CLERKS,
    DECIDERS,
    HANDLERS,
    WRITERS,
    holds,
    is_holder,
    may_know_people,
)


@policy(
    Agency,
    "receive_letter",
    refusal="Chỉ văn thư, đầu mối hoặc lãnh đạo của đơn vị được ghi đơn thư vào sổ.",
)
def _receive(actor: Actor, agency: Agency) -> bool:
    return holds(actor, agency.pk, CLERKS)


@policy(
    Agency,
    "save_letter_box",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của đơn vị được đặt hộp thư nhận đơn.",
)
def _box(actor: Actor, agency: Agency) -> bool:
    return holds(actor, agency.pk, HANDLERS)


@policy(
    LetterBox,
    "switch_letter_box",
    refusal="Chỉ lãnh đạo, Chánh Văn phòng hoặc đầu mối của đơn vị được bật, tắt hộp thư nhận đơn.",
)
def _switch(actor: Actor, box: LetterBox) -> bool:
    return holds(actor, box.agency_id, HANDLERS)


@policy(
    ReaderLetter,
    "classify",
    "split",
    "hand_over",
    "file",
    "pass_to_questions",
    "assign",
    "mark_repeat",
    "add_person",
    "reopen",
    refusal="Chỉ đầu mối xử lý đơn, Chánh Văn phòng hoặc lãnh đạo của đơn vị nhận đơn được làm bước này.",
)
def _sort(actor: Actor, letter: ReaderLetter) -> bool:
    return holds(actor, letter.agency_id, HANDLERS)


@policy(
    ReaderLetter,
    "accept",
    "approve_answer",
    "extend_clock",
    "discontinue",
    refusal="Thụ lý, duyệt trả lời, gia hạn, đình chỉ do thủ trưởng hoặc cấp phó của đơn vị quyết định. Hãy trình lãnh đạo.",
)
def _decide(actor: Actor, letter: ReaderLetter) -> bool:
    return holds(actor, letter.agency_id, DECIDERS)


@policy(
    ReaderLetter,
    "return_answer",
    refusal="Chỉ lãnh đạo hoặc người được giao giải quyết đơn này được trả lại dự thảo.",
)
def _return(actor: Actor, letter: ReaderLetter) -> bool:
    return holds(actor, letter.agency_id, DECIDERS) or is_holder(actor, letter)


@policy(
    ReaderLetter,
    "draft_answer",
    refusal="Chỉ người được giao giải quyết hoặc người soạn văn bản của đơn vị được soạn trả lời.",
)
def _draft(actor: Actor, letter: ReaderLetter) -> bool:
    return is_holder(actor, letter) or holds(actor, letter.agency_id, WRITERS)


@policy(
    ReaderLetter,
    "answer",
    "tell_citizen",
    "tell_taken_up",
    "tell_press",
    "close",
    refusal="Chỉ văn thư, đầu mối, lãnh đạo của đơn vị hoặc người được giao giải quyết được ghi việc này.",
)
def _tell(actor: Actor, letter: ReaderLetter) -> bool:
    return is_holder(actor, letter) or holds(actor, letter.agency_id, CLERKS)


@policy(
    ReaderLetter,
    "reveal_people",
    "open_letter_file",
    refusal="Danh tính người gửi chỉ mở cho người được giao giải quyết và lãnh đạo của đơn vị; với đơn tố cáo, "
    "đơn chưa phân loại thì văn thư, đầu mối cũng không xem được.",
)
def _reveal(actor: Actor, letter: ReaderLetter) -> bool:
    return may_know_people(actor, letter)
