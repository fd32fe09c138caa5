"""Who may change the register, people and press lists (organisation.md §2, §6)."""

from hoiam.agencies.models import Agency, Official, PressAgency, Publication, Spokesperson
from hoiam.agencies.states import DESK_ROLES, Level, Role
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


def _at_or_above(actor: Actor, agency: Agency, *roles: Role) -> bool:
    """Whether the actor holds one of the roles at the agency, at the one above it, or at the centre."""
    places = {agency.pk, agency.parent_id}
    return any(
        post.role in roles and (post.agency_id in places or post.level == Level.CENTRE)
        for post in actor.posts
    )


@policy(
    Agency,
    "appoint_spokesperson",
    refusal="Chỉ thủ trưởng hoặc quản trị của cơ quan, của cấp trên được ghi việc giao người phát ngôn.",
)
def _appoint(actor: Actor, agency: Agency) -> bool:
    # The appointment gives a post that may sign: no wider than giving posts itself.
    return _at_or_above(actor, agency, Role.HEAD, Role.ADMINISTRATOR)


@policy(
    Spokesperson,
    "end_spokesperson",
    refusal="Chỉ thủ trưởng hoặc quản trị của cơ quan, của cấp trên được kết thúc việc giao người phát ngôn.",
)
def _end(actor: Actor, spokesperson: Spokesperson) -> bool:
    return _appoint(actor, spokesperson.agency)


@policy(
    Spokesperson,
    "list_spokesperson",
    "change_card",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị của cơ quan được sửa thẻ công khai.",
)
def _card(actor: Actor, spokesperson: Spokesperson) -> bool:
    return _at_or_above(actor, spokesperson.agency, *DESK_ROLES, Role.ADMINISTRATOR)


@policy(
    Publication,
    "check_publication",
    "record_publication",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị của cơ quan được kiểm tra việc công khai.",
)
def _publication(actor: Actor, publication: Publication) -> bool:
    return _at_or_above(actor, publication.agency, *DESK_ROLES, Role.ADMINISTRATOR)


@policy(
    Agency,
    "save_account",
    "end_account",
    refusal="Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị của cơ quan được sửa danh sách tài khoản chính thức.",
)
def _accounts(actor: Actor, agency: Agency) -> bool:
    return _at_or_above(actor, agency, *DESK_ROLES, Role.ADMINISTRATOR)
