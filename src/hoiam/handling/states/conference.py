"""The state table of a press conference (họp báo): notified, then held, called off or forbidden (workflow.md §6)."""

from django.db.models import TextChoices

from hoiam.handling.states.tables import Transition


class ConferenceKind(TextChoices):
    """Họp báo theo vụ việc hay theo định kỳ."""

    CONFERENCE = "conference", "Họp báo"
    PERIODIC = "periodic", "Họp báo định kỳ"


class ConferenceState(TextChoices):
    """Vòng đời một cuộc họp báo."""

    PLANNED = "planned", "Đang chuẩn bị"
    NOTIFIED = "notified", "Đã thông báo"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Đã hủy"
    FORBIDDEN = "forbidden", "Không được tổ chức"


class InvitationReply(TextChoices):
    """Báo trả lời giấy mời thế nào."""

    NONE = "none", "Chưa trả lời"
    ACCEPTED = "accepted", "Nhận lời"
    DECLINED = "declined", "Không dự"


C = ConferenceState
CONFERENCE_TRANSITIONS = {
    step.name: step
    for step in (
        Transition(
            "edit_conference",
            "Sửa",
            frozenset({C.PLANNED, C.NOTIFIED, C.FORBIDDEN}),
            C.PLANNED,
        ),
        Transition("send_notice", "Ghi đã gửi thông báo", frozenset({C.PLANNED}), C.NOTIFIED),
        Transition(
            "record_ban", "Ghi văn bản không cho tổ chức", frozenset({C.NOTIFIED}), C.FORBIDDEN
        ),
        Transition(
            "cancel_conference",
            "Hủy cuộc họp báo",
            frozenset({C.PLANNED, C.NOTIFIED}),
            C.CANCELLED,
        ),
        Transition("hold_conference", "Ghi đã tổ chức", frozenset({C.PLANNED, C.NOTIFIED}), C.HELD),
    )
}
