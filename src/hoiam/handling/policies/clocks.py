"""Who moves a clock, chooses which apply, tightens a rule, announces a day, makes a calendar address."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import CalendarDay, CalendarLink, Case, Clock
from hoiam.handling.policies.roles import DECIDERS, DESK, at_case

CALENDAR_KEEPERS = (
    Role.ADMINISTRATOR,
    Role.FOCAL_POINT,
    Role.CHIEF_OF_OFFICE,
    Role.HEAD,
    Role.DEPUTY,
)


@policy(
    Clock,
    "extend_clock",
    "pause_clock",
    "resume_clock",
    refusal="Gia hạn, tạm dừng đồng hồ do thủ trưởng hoặc người được giao quyết định.",
)
def _clock(actor: Actor, clock: Clock) -> bool:
    return at_case(actor, clock.case, DECIDERS)


@policy(
    Clock,
    "finish_clock",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được ghi đồng hồ đã xong.",
)
def _finish(actor: Actor, clock: Clock) -> bool:
    return at_case(actor, clock.case, DESK)


@policy(
    Case,
    "choose_clocks",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ chọn đồng hồ nào áp dụng.",
)
def _choose(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DESK)


@policy(
    Agency,
    "set_tightening",
    refusal="Chỉ thủ trưởng, cấp phó, Chánh Văn phòng hoặc người phát ngôn của đơn vị được siết hạn của đơn vị.",
)
def _tighten(actor: Actor, agency: Agency) -> bool:
    return actor.has_role(*DECIDERS, agency_id=agency.pk)


@policy(
    Agency,
    "make_unit_calendar",
    refusal="Chỉ đầu mối truyền thông hoặc lãnh đạo của đơn vị được tạo địa chỉ lịch của đơn vị.",
)
def _unit_calendar(actor: Actor, agency: Agency) -> bool:
    return actor.has_role(*DESK, agency_id=agency.pk)


@policy(
    CalendarLink,
    "make_calendar_link",
    refusal="Chỉ người đang giữ chức vụ được tạo địa chỉ lịch của mình.",
)
def _own_calendar(actor: Actor, subject: object) -> bool:
    return bool(actor.posts)


@policy(
    CalendarLink,
    "revoke_calendar_link",
    refusal="Chỉ chủ của địa chỉ lịch, hoặc đầu mối và lãnh đạo của đơn vị có địa chỉ đó, được thu hồi.",
)
def _revoke(actor: Actor, link: CalendarLink) -> bool:
    if link.official_id is not None:
        return link.official_id == actor.pk
    return actor.has_role(*DESK, agency_id=link.agency_id)


@policy(
    CalendarDay,
    "announce_day",
    refusal="Chỉ đầu mối, lãnh đạo hoặc quản trị ở trung ương nhập ngày nghỉ, ngày làm bù. Gửi văn bản cho Văn phòng Cục.",
)
def _announce(actor: Actor, subject: object) -> bool:
    return actor.sees_everything and actor.has_role(*CALENDAR_KEEPERS)
