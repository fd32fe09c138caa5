"""The state table of a reader's letter: received, sorted, accepted or passed on, answered, told, closed.

Sources: TT 13/2021/TT-BTP Đ5–6, Đ28 (sorting, splitting, answering), NĐ 237/2026 Đ18 (letters a newspaper forwarded).
"""

from django.db.models import TextChoices

from hoiam.letters.states.tables import Transition


class LetterChannel(TextChoices):
    """Đơn đến bằng đường nào."""

    FORM = "form", "Biểu mẫu trên Cổng"
    EMAIL = "email", "Hộp thư điện tử"
    POST = "post", "Bưu điện"
    BY_HAND = "by_hand", "Nộp trực tiếp"
    RECEPTION = "reception", "Tiếp công dân"
    PRESS = "press", "Cơ quan báo chí chuyển"
    FORWARDED = "forwarded", "Cơ quan khác chuyển"
    ACCOUNT = "account", "Tài khoản mạng xã hội chính thức"


class LetterKind(TextChoices):
    """Loại đơn theo nội dung."""

    UNKNOWN = "unknown", "Chưa phân loại"
    COMPLAINT = "complaint", "Khiếu nại"
    DENUNCIATION = "denunciation", "Tố cáo"
    PETITION = "petition", "Kiến nghị, phản ánh"
    QUESTION = "question", "Câu hỏi pháp luật"
    MIXED = "mixed", "Nhiều nội dung (phải tách)"


class ComplaintAbout(TextChoices):
    """Khiếu nại về việc gì: chọn luật tính hạn."""

    ENFORCEMENT = "enforcement", "Về thi hành án dân sự"
    ADMINISTRATIVE = "administrative", "Khiếu nại hành chính"


class Condition(TextChoices):
    """Đơn có đủ điều kiện xử lý không."""

    UNKNOWN = "", "Chưa xem"
    MET = "met", "Đủ điều kiện"
    UNMET = "unmet", "Chưa đủ điều kiện"


class Competence(TextChoices):
    """Thuộc thẩm quyền của ai."""

    UNKNOWN = "", "Chưa xem"
    OURS = "ours", "Của cơ quan này"
    SYSTEM = "system", "Của cơ quan THADS khác"
    OUTSIDE = "outside", "Của cơ quan ngoài Hệ thống"


class FilingReason(TextChoices):
    """Vì sao lưu đơn, không xử lý tiếp."""

    REPEATED = "repeated", "Đơn trùng, đã được trả lời"
    MANY_ADDRESSEES = "many_addressees", "Gửi nhiều nơi, trong đó có cơ quan có thẩm quyền"
    NO_SENDER = "no_sender", "Không rõ người gửi, không có căn cứ để kiểm tra"
    UNMET = "unmet", "Không đủ điều kiện, đã hướng dẫn mà không bổ sung"
    WITHDRAWN = "withdrawn", "Người gửi rút đơn"
    NO_LETTER = "no_letter", "Không phải đơn (quảng cáo, thư rác)"


class LetterState(TextChoices):
    """Vòng đời một đơn thư."""

    RECEIVED = "received", "Mới nhận"
    CLASSIFIED = "classified", "Đã phân loại"
    SPLIT = "split", "Đã tách thành đơn khác"
    HANDED_OVER = "handed_over", "Đã chuyển, hướng dẫn"
    FILED = "filed", "Đã lưu đơn"
    ACCEPTED = "accepted", "Đã thụ lý, tiếp nhận xử lý"
    ASSIGNED = "assigned", "Đã giao giải quyết"
    DRAFTED = "drafted", "Có dự thảo trả lời"
    APPROVED = "approved", "Đã duyệt, chờ phát hành"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã kết thúc"


class PersonRole(TextChoices):
    """Vai của người có tên trong đơn; danh tính chỉ mở khi có quyền và nêu lý do."""

    SENDER = "sender", "Người gửi"
    DENOUNCER = "denouncer", "Người tố cáo"
    REPRESENTATIVE = "representative", "Người đại diện"
    NAMED = "named", "Người được nêu trong đơn"
    ASKER = "asker", "Người hỏi"


class ClockState(TextChoices):
    """Tình trạng một đồng hồ của đơn."""

    RUNNING = "run", "Đang chạy"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Không còn áp dụng"


class TellingWay(TextChoices):
    """Báo kết quả bằng cách nào."""

    EMAIL = "email", "Thư điện tử"
    POST = "post", "Bưu điện"
    BY_HAND = "by_hand", "Trao trực tiếp"
    DOCUMENT = "document", "Trục liên thông văn bản"


S = LetterState
IN_WORK = frozenset({S.ACCEPTED, S.ASSIGNED, S.DRAFTED, S.APPROVED})
OPEN_LETTERS = frozenset({S.RECEIVED, S.CLASSIFIED, *IN_WORK})
ENDED = frozenset({S.HANDED_OVER, S.FILED, S.ANSWERED})
PROTECTED_ROLES = (
    PersonRole.SENDER,
    PersonRole.DENOUNCER,
    PersonRole.REPRESENTATIVE,
    PersonRole.ASKER,
)
LETTER_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("classify", "Phân loại", frozenset({S.RECEIVED, S.CLASSIFIED}), S.CLASSIFIED),
        Transition("split", "Tách đơn", frozenset({S.RECEIVED, S.CLASSIFIED}), S.SPLIT),
        Transition("hand_over", "Chuyển, hướng dẫn", frozenset({S.CLASSIFIED}), S.HANDED_OVER),
        Transition("file", "Lưu đơn", frozenset({S.CLASSIFIED}), S.FILED),
        Transition("accept", "Thụ lý", frozenset({S.CLASSIFIED}), S.ACCEPTED),
        Transition(
            "assign", "Giao giải quyết", frozenset({S.ACCEPTED, S.ASSIGNED, S.DRAFTED}), S.ASSIGNED
        ),
        Transition("draft_answer", "Dự thảo", frozenset({S.ASSIGNED, S.DRAFTED}), S.DRAFTED),
        Transition("approve_answer", "Duyệt", frozenset({S.DRAFTED}), S.APPROVED),
        Transition("return_answer", "Trả lại", frozenset({S.DRAFTED, S.APPROVED}), S.ASSIGNED),
        Transition("answer", "Ghi đã trả lời", frozenset({S.APPROVED}), S.ANSWERED),
        Transition("discontinue", "Đình chỉ, lưu đơn", IN_WORK, S.FILED),
        Transition("tell_taken_up", "Báo người gửi việc thụ lý", IN_WORK, None),
        Transition("tell_citizen", "Báo cho người gửi", ENDED, None),
        Transition("tell_press", "Báo cho cơ quan báo chí", ENDED | IN_WORK, None),
        Transition(
            "pass_to_questions",
            "Chuyển sang hỏi đáp pháp luật",
            frozenset({S.CLASSIFIED}),
            S.HANDED_OVER,
        ),
        Transition("mark_repeat", "Ghi là đơn trùng", OPEN_LETTERS, None),
        Transition("add_person", "Thêm người có tên trong đơn", OPEN_LETTERS, None),
        Transition("extend_clock", "Gia hạn", OPEN_LETTERS, None),
        Transition("close", "Kết thúc", ENDED, S.CLOSED),
        Transition(
            "reopen", "Mở lại", frozenset({S.HANDED_OVER, S.FILED, S.CLOSED}), S.CLASSIFIED
        ),
    )
}  # fmt: skip
