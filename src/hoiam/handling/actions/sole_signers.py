"""Four eyes with a recorded exception: a unit with one signer, let by its superior, told of each use."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import holders, superior
from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling.actions.moving import locked_open, of_case
from hoiam.handling.models import Case, FourEyesException, Paper, SoleSignerPermit
from hoiam.handling.policies import writers_of
from hoiam.handling.queries.sole_signers import is_permitted
from hoiam.handling.states import PaperState
from hoiam.kit.vietnamese import VIETNAM


@transaction.atomic
def allow_sole_signer(
    agency: Agency, *, reason: str, actor: Actor, now: datetime
) -> SoleSignerPermit:
    """The permit of the superior for an agency with one signer; off until it is given.

    Raises:
        Conflict: it has one.
        InvalidInput: no reason.
        NotAllowed: the actor does not decide for the superior.
    """
    authority.check(actor, "allow_sole_signer", agency)
    if not reason.strip():
        raise InvalidInput("Ghi vì sao đơn vị này chỉ có một người ký.", "reason")
    if SoleSignerPermit.objects.filter(agency=agency, ended_at=None).exists():
        raise Conflict("Đơn vị này đã được cho phép. Tải lại trang để xem ai cho phép.")
    permit = SoleSignerPermit.objects.create(
        agency=agency, reason=reason.strip(), allowed_by=actor.official, allowed_at=now
    )
    ledger.write(agency, actor=actor, step="allow_sole_signer", at=now, reason=reason.strip())
    return permit


@transaction.atomic
def end_sole_signer(
    agency: Agency, *, reason: str, actor: Actor, now: datetime
) -> SoleSignerPermit:
    """The permit taken back; what was approved under it stays.

    Raises:
        InvalidInput: no reason.
        WrongState: there is none.
    """
    authority.check(actor, "end_sole_signer", agency)
    permit = (
        SoleSignerPermit.objects.select_for_update().filter(agency=agency, ended_at=None).first()
    )
    if permit is None:
        raise WrongState("Đơn vị này không có phép nào đang hiệu lực.")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao thôi cho phép.", "reason")
    permit.ended_at = now
    permit.save(update_fields=["ended_at"])
    ledger.write(agency, actor=actor, step="end_sole_signer", at=now, reason=reason.strip())
    return permit


@transaction.atomic
def except_four_eyes(
    case: Case, *, paper: Paper, reason: str, actor: Actor, now: datetime
) -> FourEyesException:
    """The exception by which who drafted this paper may approve it; the superior is named and told.

    Raises:
        InvalidInput: no reason, or another case's paper.
        NotAllowed: the agency has no permit, or somebody else there may sign.
        WrongState: the paper does not wait for approval, or has an exception.
    """
    case = locked_open(case, "except_four_eyes", actor)
    of_case(paper, case, "paper")
    paper = case.papers.select_related("agency").get(pk=paper.pk)
    if paper.state != PaperState.SUBMITTED or paper.exception_id is not None:
        raise WrongState("Chỉ ghi ngoại lệ cho văn bản đang chờ duyệt và chưa có ngoại lệ.")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao không có người thứ hai duyệt.", "reason")
    today = now.astimezone(VIETNAM).date()
    above = superior(paper.agency, today)
    if not is_permitted(paper.agency) or above is None:
        raise NotAllowed(
            "Người soạn không tự duyệt. Đơn vị chưa được cấp trên cho phép ngoại lệ; đề nghị cấp trên cho phép trước."
        )
    others = holders(paper.agency, SIGNING_ROLES, today).exclude(pk__in=writers_of(paper))
    if others.exists():
        raise NotAllowed(f"Đơn vị còn người ký khác: {others[0]}. Trình người đó duyệt.")
    made = FourEyesException.objects.create(
        case=case, reason=reason.strip(), superior=above, by=actor.official, at=now
    )
    paper.exception = made
    paper.save(update_fields=["exception"])
    ledger.write(
        case,
        actor=actor,
        step="except_four_eyes",
        at=now,
        reason=reason.strip(),
        paper=paper.pk,
        place=str(above),
    )
    outbox.post("four_eyes_excepted", made.pk, at=now)
    return made
