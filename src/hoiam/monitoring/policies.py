"""Who screens warnings, clips reports and keeps the sources (organisation.md §2, §6)."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.monitoring.models import (
    Digest,
    Item,
    LexiconVersion,
    Notice,
    SecondLook,
    SiteRuleHealth,
    Source,
    Story,
    Subscription,
    UnitLine,
    Warning,
)

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
    "undo_merge",
    "undo_split",
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
    Item,
    "read_again",
    "ask_snapshot",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị liên quan được cho đọc lại, chụp trang.",
)
def _read_again(actor: Actor, item: Item) -> bool:
    return item.story is not None and _fold(actor, item.story)


@policy(
    Source,
    "save_source",
    "pause_source",
    "upload_items",
    refusal="Chỉ quản trị hoặc đầu mối truyền thông được thêm, sửa, tạm dừng nguồn tin.",
)
def _source(actor: Actor, subject: object) -> bool:
    return actor.has_role(Role.ADMINISTRATOR, Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE)


@policy(
    SiteRuleHealth,
    "switch_on_rule",
    refusal="Chỉ quản trị hoặc đầu mối truyền thông được bật lại quy tắc trang.",
)
def _site_rule(actor: Actor, subject: object) -> bool:
    return _source(actor, subject)


@policy(
    Digest,
    "make_digest",
    "write_remarks",
    "send_digest",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được lập và gửi điểm tin.",
)
def _digest(actor: Actor, digest: Digest) -> bool:
    return actor.sees(digest.agency_id) and actor.has_role(*SCREENERS)


@policy(
    LexiconVersion,
    "read_lexicon",
    "edit_lexicon",
    "publish_lexicon",
    "restore_lexicon",
    "ask_training",
    refusal="Từ điển nhận diện dùng chung toàn Hệ thống: chỉ cán bộ trung ương và quản trị ở trung ương được xem và sửa.",
)
def _lexicon(actor: Actor, subject: object) -> bool:
    return actor.sees_everything and actor.has_role(*DESK_ROLES, Role.ADMINISTRATOR)


@policy(
    SecondLook,
    "read_second_looks",
    "accept_look",
    "reject_look",
    "reopen_look",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo ở trung ương được xem và quyết các tin này.",
)
def _look(actor: Actor, subject: object) -> bool:
    return actor.sees_everything and actor.has_role(*SCREENERS)


@policy(
    Notice,
    "acknowledge",
    refusal="Chỉ người được báo mới xác nhận “Đã nhận” được. Hãy đăng nhập đúng tài khoản.",
)
def _told(actor: Actor, notice: Notice) -> bool:
    return notice.official_id == actor.pk


@policy(
    Subscription,
    "unsubscribe",
    refusal="Chỉ chính chủ tắt được trình duyệt của mình.",
)
def _browser(actor: Actor, subscription: Subscription) -> bool:
    return subscription.official_id == actor.pk


@policy(
    Agency,
    "save_routing",
    "add_line",
    refusal="Chỉ thủ trưởng hoặc quản trị của đơn vị được đặt ai được báo tin và khi nào leo thang.",
)
def _routing(actor: Actor, agency: Agency) -> bool:
    return _governs(actor, agency.pk, Role.HEAD, Role.ADMINISTRATOR)


def _governs(actor: Actor, agency_id: int, *roles: str) -> bool:
    """Whether the role is held at the very unit, or at the centre; a role elsewhere gives no say here."""
    at_centre = any(post.role in roles and post.level == Level.CENTRE for post in actor.posts)
    return at_centre or actor.has_role(*roles, agency_id=agency_id)


@policy(
    Agency,
    "add_chat",
    refusal="Chỉ quản trị của đơn vị được nối dịch vụ chat bên ngoài.",
)
def _chat(actor: Actor, agency: Agency) -> bool:
    return _governs(actor, agency.pk, Role.ADMINISTRATOR)


@policy(
    UnitLine,
    "pause_line",
    "renew_secret",
    "try_line",
    "replay",
    refusal="Chỉ thủ trưởng hoặc quản trị của đơn vị được thử, tạm dừng, gửi lại trên kênh này.",
)
def _line(actor: Actor, line: UnitLine) -> bool:
    return _governs(actor, line.agency_id, Role.HEAD, Role.ADMINISTRATOR)
