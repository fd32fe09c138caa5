"""An expert asked for a piece: one invitation and one wish, and what is printed of it stands among the expert's works."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.newsroom.actions import Wish, address_of, ask_for_piece
from hoiam.newsroom.models import Article, Commission, Submission
from hoiam.newsroom.states.submissions import CommissionState, SubmissionState
from hoiam.scheme.actions.article_pieces import COUNTED, PLACE
from hoiam.scheme.models import Expert, ExpertInvitation, ExpertWork
from hoiam.scheme.states.people import Consent, InvitationAnswer

WHY = "what became of a piece asked of an expert"
_ANSWERS = {
    CommissionState.TAKEN: InvitationAnswer.ACCEPTED,
    CommissionState.DELIVERED: InvitationAnswer.ACCEPTED,
    CommissionState.REFUSED: InvitationAnswer.DECLINED,
}


@transaction.atomic
def ask_expert_for_piece(
    expert: Expert, agency: Agency, wish: Wish, *, actor: Actor, now: datetime
) -> Commission:
    """The piece asked of somebody on the list: the link goes to the address they agreed to be reached by.

    Raises:
        NotAllowed: the actor edits nothing for this agency, or the expert is offered to others only.
        WrongState: the expert has not agreed, or left no address for mail.
        InvalidInput: no subject, or a due day that is over.
    """
    authority.check(actor, "ask_expert_for_piece", expert)
    expert = Expert.objects.system(WHY).select_for_update(of=("self",)).get(pk=expert.pk)
    if expert.consent != Consent.GIVEN:
        raise WrongState("Chuyên gia chưa đồng ý có tên trong danh sách, chưa mời được.")
    if not expert.email:
        raise WrongState("Chuyên gia chưa cho thư điện tử. Ghi thư điện tử ở trang chuyên gia rồi đặt viết.")  # fmt: skip
    made = ask_for_piece(agency, wish, actor=actor, now=now, name=expert.full_name, email=expert.email)  # fmt: skip
    matter = f"Viết bài “{made.title}”"[:400]
    ExpertInvitation.objects.create(
        expert=expert, matter=matter, asked_on=_day(now), by=actor.official, commission=made
    )
    ledger.write(expert, actor=actor, step="invite_expert", at=now, matter=matter)
    return made


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


@transaction.atomic
def keep_invitation(commission: Commission, *, now: datetime) -> ExpertInvitation | None:
    """The invitation as the wish behind it now stands, and the expert's works with it; None when no expert was asked.

    Told twice, everything is there once.
    """
    rows = ExpertInvitation.objects.select_for_update(of=("self",)).filter(commission=commission)
    invitation = rows.select_related("expert").first()
    if invitation is None:
        return None
    answer = _ANSWERS.get(CommissionState(commission.state))
    if answer is not None and invitation.answer == InvitationAnswer.WAITING:
        invitation.answer, invitation.answered_on = answer, _day(commission.answered_at or now)
        invitation.save(update_fields=["answer", "answered_on"])
        label = str(InvitationAnswer(answer).label).lower()
        ledger.write(invitation.expert, actor=None, step="record_expert_answer", at=now, answer=label)  # fmt: skip
    if commission.state == CommissionState.CANCELLED and not invitation.note:
        invitation.note = "Đơn vị đã thôi đặt bài"
        invitation.save(update_fields=["note"])
    pieces = Submission.objects.system(WHY).filter(commission=commission)
    for piece in pieces.select_related("article", "agency"):
        _keep_work(invitation.expert, commission, piece, now)
    return invitation


def _keep_work(expert: Expert, commission: Commission, piece: Submission, now: datetime) -> None:
    """What was printed is a work of the expert, as long as it stands; withdrawn, it is none."""
    article = piece.article
    if piece.state != SubmissionState.PRINTED or piece.printed_on is None:
        return
    if article is not None and article.state not in COUNTED:
        expert.works.filter(url=address_of(article)).delete()
        return
    title = squash(article.title if article else piece.title)[:500]
    url = address_of(article) if article else piece.printed_url
    printed_in = PLACE if article else piece.printed_in
    known = expert.works.filter(url=url) if url else expert.works.filter(title=title)
    if known.update(title=title):
        return
    _, is_new = ExpertWork.objects.get_or_create(
        expert=expert, title=title, happened_on=piece.printed_on,
        defaults={"printed_in": printed_in, "url": url, "by": commission.asked_by, "at": now},
    )  # fmt: skip
    if is_new:
        ledger.write(expert, actor=None, step="add_work", at=now, title=title)


def keep_works_of(article: Article, *, now: datetime) -> int:
    """How many pieces asked of experts stand behind the article; their works are as the article now is."""
    rows = Submission.objects.system(WHY).filter(article=article).exclude(commission=None)
    found = [piece.commission for piece in rows.select_related("commission__asked_by")]
    return sum(keep_invitation(wish, now=now) is not None for wish in found if wish is not None)
