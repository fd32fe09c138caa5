"""Who may change the register, people and press lists (organisation.md §2, §6)."""

from hoiam.agencies.models import Agency, Official, PressAgency
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy


@policy(
    Agency,
    "import_agencies",
    refusal="Chỉ quản trị ở trung ương được nhập danh sách cơ quan. Hãy gửi tệp cho Văn phòng Cục.",
)
def _register(actor: Actor, subject: object) -> bool:
    return actor.sees_everything and actor.has_role(Role.ADMINISTRATOR)


@policy(
    Agency,
    "create_official",
    "give_post",
    "end_post",
    refusal="Chỉ quản trị hoặc thủ trưởng của đơn vị được thêm người, giao và kết thúc chức vụ.",
)
def _people(actor: Actor, agency: Agency) -> bool:
    return actor.sees(agency.pk) and actor.has_role(Role.ADMINISTRATOR, Role.HEAD)


@policy(
    Agency,
    "save_letterhead",
    refusal="Chỉ Chánh Văn phòng hoặc quản trị của đơn vị được sửa thể thức văn bản.",
)
def _letterhead(actor: Actor, agency: Agency) -> bool:
    at_home = actor.has_role(Role.CHIEF_OF_OFFICE, Role.ADMINISTRATOR, agency_id=agency.pk)
    return at_home or (actor.sees(agency.pk) and actor.has_role(Role.ADMINISTRATOR))


@policy(
    Official,
    "change_official",
    refusal="Chỉ chính người đó hoặc quản trị được sửa thông tin tài khoản này.",
)
def _self(actor: Actor, official: Official) -> bool:
    return official.pk == actor.pk or actor.has_role(Role.ADMINISTRATOR)


@policy(
    PressAgency,
    "save_press_agency",
    "save_reporter",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị được sửa danh bạ báo chí.",
)
def _press(actor: Actor, subject: object) -> bool:
    return actor.has_role(*DESK_ROLES, Role.ADMINISTRATOR, Role.SPOKESPERSON)
