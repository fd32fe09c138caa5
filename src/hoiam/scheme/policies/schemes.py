"""Who brings papers in, writes, gives out and closes schemes and plans: the desk of the agency that runs them."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import DESK_ROLES, Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.scheme.models import Scheme, SourcePaper

# Regional offices carry out; the centre and the provinces give work.
GIVING = frozenset({Level.CENTRE, Level.PROVINCE})


LEADERS = frozenset({Role.HEAD, Role.DEPUTY})


def _places(actor: Actor) -> list[int]:
    return [
        post.agency_id for post in actor.posts if post.role in DESK_ROLES and post.level in GIVING
    ]


def _writes_for(actor: Actor, agency: Agency) -> bool:
    """Whether the actor writes for the agency: at its desk, or at that of the one that followed it after it ended."""
    places = _places(actor)
    ended = agency.valid_to is not None and agency.valid_to < actor.today
    return agency.pk in places or bool(ended and places and agency.pk in actor.agency_ids)


def giving_agency(actor: Actor) -> int | None:
    """The agency for which the actor may write schemes and plans, or None; the first post decides."""
    return next(iter(_places(actor)), None)


@policy(
    Agency,
    "add_source_paper",
    "create_scheme",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của Cục, của THADS tỉnh được lập Đề án, kế hoạch của cơ quan mình.",
)
def _create(actor: Actor, agency: Agency) -> bool:
    return _writes_for(actor, agency)


@policy(
    Agency,
    "load_ready_scheme",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo ở trung ương được nhập Đề án có sẵn.",
)
def _load_ready(actor: Actor, agency: Agency) -> bool:
    return agency.level == Level.CENTRE and _writes_for(actor, agency)


@policy(
    SourcePaper,
    "save_confirmed",
    "confirm_source_paper",
    "drop_source_paper",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của cơ quan đã đưa văn bản vào được xác nhận, bỏ văn bản này.",
)
def _paper(actor: Actor, paper: SourcePaper) -> bool:
    return _writes_for(actor, paper.agency)


@policy(
    Scheme,
    "edit_scheme",
    "remove_scheme",
    "activate_scheme",
    "close_scheme",
    "reopen_scheme",
    "replace_scheme",
    refusal="Chỉ đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của cơ quan lập Đề án, kế hoạch này được sửa, giao, kết thúc.",
)
def _scheme(actor: Actor, scheme: Scheme) -> bool:
    return _writes_for(actor, scheme.owner)


@policy(
    Scheme,
    "publish_scheme",
    "withhold_scheme",
    refusal="Chỉ thủ trưởng hoặc cấp phó của cơ quan lập Đề án, kế hoạch này được công khai bản rút gọn, thôi công khai.",
)
def _publish(actor: Actor, scheme: Scheme) -> bool:
    return _writes_for(actor, scheme.owner) and actor.has_role(*LEADERS)
