"""The state table of a list of rewards (đề nghị khen thưởng): proposed, reviewed, decided or refused, by different people."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class RewardState(TextChoices):
    """Vòng đời một đợt đề nghị khen thưởng."""

    DRAFT = "draft", "Đang lập"
    PROPOSED = "proposed", "Đã đề nghị, chờ xét"
    REVIEWED = "reviewed", "Đã xét, chờ quyết định"
    DECIDED = "decided", "Đã có quyết định"
    REFUSED = "refused", "Không khen thưởng"


class RewardSubject(TextChoices):
    """Khen ai (QĐ 2862, nhiệm vụ 2.1.2.c)."""

    PERSON = "person", "Cá nhân"
    UNIT = "unit", "Đơn vị"
    PRESS = "press", "Cơ quan báo chí"


R = RewardState
REWARD_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_rewards", "Sửa danh sách", frozenset({R.DRAFT}), R.DRAFT),
        Transition("propose_rewards", "Đề nghị", frozenset({R.DRAFT}), R.PROPOSED),
        Transition("review_rewards", "Ghi đã xét", frozenset({R.PROPOSED}), R.REVIEWED),
        Transition(
            "return_rewards", "Trả lại để sửa", frozenset({R.PROPOSED, R.REVIEWED}), R.DRAFT
        ),
        Transition("decide_rewards", "Ghi quyết định", frozenset({R.REVIEWED}), R.DECIDED),
        Transition(
            "refuse_rewards", "Không khen thưởng", frozenset({R.PROPOSED, R.REVIEWED}), R.REFUSED
        ),
    )
}
