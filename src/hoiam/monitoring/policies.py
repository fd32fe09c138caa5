"""Who screens warnings, clips reports and keeps the sources (organisation.md §2, §6)."""

from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.monitoring.models import Digest, Item, Source, Story, Warning

SCREENERS = DESK_ROLES | {Role.HEAD_OF_REGION, Role.SPOKESPERSON}


@policy(
    Warning,
    "take",
    "mark_read",
    "dismiss",
    "mark_duplicate",
    "enter_case",
    "restore",
    "assign_warning",
    "snooze",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị liên quan được xử lý tin này.",
)
def _screen(actor: Actor, warning: Warning) -> bool:
    return actor.sees(warning.agency_id) and actor.has_role(*SCREENERS)


@policy(
    Story,
    "merge_stories",
    "split_item",
    "add_agency",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị liên quan được gộp, tách vụ việc.",
)
def _fold(actor: Actor, story: Story) -> bool:
    # A story has no agency of its own: it is in sight when one of its warnings is (as in stories_visible_to).
    return actor.has_role(*SCREENERS) and (
        actor.sees_everything or story.warnings.filter(agency__in=actor.agency_ids).exists()
    )


@policy(
    Item,
    "clip",
    refusal="Chỉ đầu mối truyền thông, văn thư hoặc lãnh đạo được ghi nhận tin bằng tay.",
)
def _clip(actor: Actor, subject: object) -> bool:
    return actor.has_role(*SCREENERS, Role.RECORDS_CLERK)


@policy(
    Source,
    "save_source",
    "pause_source",
    refusal="Chỉ quản trị hoặc đầu mối truyền thông được thêm, sửa, tạm dừng nguồn tin.",
)
def _source(actor: Actor, subject: object) -> bool:
    return actor.has_role(Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE)


@policy(
    Digest,
    "make_digest",
    "write_remarks",
    "send_digest",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được lập và gửi điểm tin.",
)
def _digest(actor: Actor, digest: Digest) -> bool:
    return actor.sees(digest.agency_id) and actor.has_role(*SCREENERS)
