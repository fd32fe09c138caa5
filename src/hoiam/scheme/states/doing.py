"""Closed lists and the state table of what a unit does in a task: products, difficulties, the diary."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class ProductKind(TextChoices):
    """Sản phẩm nộp bằng gì."""

    FILE = "file", "Tệp"
    LINK = "link", "Địa chỉ trang"
    ITEM = "item", "Tin, bài hệ thống đã thấy"
    PROOF = "proof", "Việc đã ghi trong hệ thống"


class DifficultyKind(TextChoices):
    """Đơn vị nêu điều gì lên trên."""

    DIFFICULTY = "difficulty", "Khó khăn, vướng mắc"
    PROPOSAL = "proposal", "Đề xuất, kiến nghị"


class DifficultyState(TextChoices):
    """Vòng đời một khó khăn, đề xuất: nêu, được trả lời, khép lại."""

    RAISED = "raised", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã khép"


D = DifficultyState
DIFFICULTY_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("answer_difficulty", "Trả lời", frozenset({D.RAISED}), D.ANSWERED),
        Transition("ask_again", "Nêu lại", frozenset({D.ANSWERED, D.CLOSED}), D.RAISED),
        Transition("close_difficulty", "Khép lại", frozenset({D.RAISED, D.ANSWERED}), D.CLOSED),
    )
}

# How a line of the diary of progress is called.
DIARY_WORDS = {
    "report_progress": "Báo tiến độ",
    "finish_assignment": "Báo đã xong",
    "reopen_assignment": "Làm tiếp",
    "exempt_assignment": "Được miễn",
    "hand_over": "Bàn giao đi",
    "take_over": "Nhận bàn giao",
    "add_product": "Nộp sản phẩm",
    "remove_product": "Rút sản phẩm",
    "raise_difficulty": "Nêu khó khăn, đề xuất",
    "remind_of_task": "Cấp trên nhắc",
}
