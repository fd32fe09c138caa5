"""Who keeps lists, writes and approves packages, decides about reprints; who wrote a package does not approve it."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import DistributionList, Package, PartnerPrint
from hoiam.newsroom.models.article import Article

WRITERS = (*DESK_ROLES, Role.EDITOR)
APPROVERS = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE, Role.EDITOR)


def _holds(actor: Actor, agency_id: int, roles: tuple[Role, ...]) -> bool:
    return any(actor.has_role(role, agency_id=agency_id) for role in roles)


@policy(
    Agency,
    "make_list",
    "compose_package",
    refusal="Chỉ đầu mối truyền thông, biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị được gửi tin cho báo.",
)
def _own_desk(actor: Actor, agency: Agency) -> bool:
    return _holds(actor, agency.pk, WRITERS)


@policy(
    DistributionList,
    "edit_list",
    "open_list",
    "add_receiver",
    "edit_receiver",
    "remove_receiver",
    "renew_keys",
    refusal="Chỉ đầu mối, biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị lập danh sách được sửa.",
)
def _list(actor: Actor, press_list: DistributionList) -> bool:
    return _holds(actor, press_list.agency_id, WRITERS)


@policy(
    Package,
    "edit_package",
    "submit_package",
    "cancel_package",
    "send_again",
    refusal="Chỉ đầu mối, biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị soạn được làm việc này.",
)
def _package(actor: Actor, package: Package) -> bool:
    return _holds(actor, package.agency_id, WRITERS)


@policy(
    Package,
    "approve_package",
    "return_package",
    refusal="Người soạn không tự duyệt. Gói tin do lãnh đạo, Chánh Văn phòng hoặc biên tập viên khác của đơn vị duyệt.",
)
def _approve(actor: Actor, package: Package) -> bool:
    wrote = actor.pk in {package.drafted_by_id, package.edited_by_id}
    return _holds(actor, package.agency_id, APPROVERS) and not wrote


@policy(
    Article,
    "enter_print",
    refusal="Chỉ đầu mối, biên tập viên, lãnh đạo của đơn vị có bài hoặc của trung ương được ghi báo đăng lại.",
)
def _enter(actor: Actor, article: Article) -> bool:
    return _counts_for(actor, article.agency_id)


@policy(
    PartnerPrint,
    "confirm_print",
    "reject_print",
    "restore_print",
    refusal="Chỉ đầu mối, biên tập viên, lãnh đạo của đơn vị có bài hoặc của trung ương được xác nhận.",
)
def _print(actor: Actor, found: PartnerPrint) -> bool:
    return _counts_for(actor, found.article.agency_id)


def _counts_for(actor: Actor, agency_id: int) -> bool:
    at_centre = any(p.level == Level.CENTRE and p.role in WRITERS for p in actor.posts)
    return at_centre or _holds(actor, agency_id, WRITERS)
