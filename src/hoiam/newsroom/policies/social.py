"""Who writes for the official accounts, who lets it out, who keeps the keys."""

from hoiam.agencies.models import Agency, OfficialAccount
from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import SocialAct, SocialChannel, SocialMessage, SocialPost

APPROVERS = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE, Role.SPOKESPERSON)
WRITERS = (*APPROVERS, Role.EDITOR, Role.CONTRIBUTOR, Role.FOCAL_POINT)
KEEPERS = (Role.HEAD, Role.CHIEF_OF_OFFICE, Role.ADMINISTRATOR)
NOT_A_WRITER = "Chỉ biên tập viên, cộng tác viên, đầu mối truyền thông và người duyệt của đơn vị được làm việc này."
NOT_AN_APPROVER = "Chỉ lãnh đạo, Chánh Văn phòng hoặc người phát ngôn của đơn vị được duyệt việc trên tài khoản chính thức."
NOT_A_KEEPER = (
    "Chỉ thủ trưởng, Chánh Văn phòng hoặc quản trị của đơn vị được nối tài khoản và giữ khóa."
)


@policy(Agency, "draft_post", refusal=NOT_A_WRITER)
def _draft(actor: Actor, agency: Agency) -> bool:
    return actor.has_role(*WRITERS, agency_id=agency.pk)


@policy(SocialPost, "edit_post", "submit_post", "cancel_post", refusal=NOT_A_WRITER)
def _write(actor: Actor, post: SocialPost) -> bool:
    return actor.has_role(*WRITERS, agency_id=post.agency_id)


@policy(SocialPost, "return_post", "approve_post", refusal=NOT_AN_APPROVER)
def _approve(actor: Actor, post: SocialPost) -> bool:
    return actor.has_role(*APPROVERS, agency_id=post.agency_id)


@policy(SocialAct, "propose_edit", "propose_removal", "record_by_hand", refusal=NOT_A_WRITER)
def _propose(actor: Actor, act: SocialAct) -> bool:
    return actor.has_role(*WRITERS, agency_id=act.agency_id)


@policy(SocialAct, "confirm_act", "cancel_act", "retry_act", refusal=NOT_AN_APPROVER)
def _confirm(actor: Actor, act: SocialAct) -> bool:
    return actor.has_role(*APPROVERS, agency_id=act.agency_id)


@policy(
    SocialMessage,
    "take_message",
    "turn_message",
    "close_message",
    "draft_reply",
    "propose_hiding",
    refusal=NOT_A_WRITER,
)
def _answer(actor: Actor, message: SocialMessage) -> bool:
    return actor.has_role(*WRITERS, agency_id=message.agency_id)


@policy(SocialChannel, "bring_in_messages", refusal=NOT_A_WRITER)
def _bring_in(actor: Actor, channel: SocialChannel) -> bool:
    return actor.has_role(*WRITERS, agency_id=channel.agency_id)


@policy(OfficialAccount, "connect_channel", refusal=NOT_A_KEEPER)
def _connect(actor: Actor, account: OfficialAccount) -> bool:
    return actor.has_role(*KEEPERS, agency_id=account.agency_id)


@policy(SocialChannel, "change_key", "pause_channel", "try_channel", refusal=NOT_A_KEEPER)
def _keep(actor: Actor, channel: SocialChannel) -> bool:
    return actor.has_role(*KEEPERS, agency_id=channel.agency_id)
