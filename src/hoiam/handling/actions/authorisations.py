"""Authorising one person to speak on one case: drafted by the desk, signed by the head, ended by its last day."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.actions.publications import drop_publication, open_publication
from hoiam.agencies.models import Official, Post
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Role
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked, locked_open
from hoiam.handling.actions.papers import draft_paper
from hoiam.handling.models import Authorisation, Case
from hoiam.handling.queries.speaking import law_of
from hoiam.handling.states import AUTHORISATION_TRANSITIONS, AuthorisationState
from hoiam.kit.rulebook import NotInForce, rule
from hoiam.kit.vietnamese import VIETNAM, show_date, squash

PUBLISH_BEFORE = "PN-03h"
AUTHORISED = "authorised"


@transaction.atomic
def draft_authorisation(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    official: Official,
    title: str,
    matter: str,
    from_on: date,
    to_on: date,
    is_listed: bool = False,
) -> Authorisation:
    """The authorisation drafted with its paper (giấy ủy quyền), to be signed by the head.

    Raises:
        InvalidInput: the person has the right already or may not be authorised by the law of the day; no matter; dates
            the wrong way round or wholly past.
        WrongState: the case is closed.
    """
    case = locked_open(case, "draft_authorisation", actor)
    title, matter = squash(title), squash(matter)
    if not title or not matter:
        field, words = ("title", "chức vụ") if not title else ("matter", "nội dung được ủy quyền")
        raise InvalidInput(f"Ghi {words}: ủy quyền là cho một vụ việc cụ thể.", field)
    if to_on < from_on or to_on < now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày hết hạn phải sau ngày bắt đầu và chưa qua.", "to_on")
    _check_person(case, official, from_on)
    fields = {
        "person": official.full_name,
        "post": title,
        "matter": matter,
        "from_on": from_on.isoformat(),
        "to_on": to_on.isoformat(),
    }
    paper = draft_paper(case, code="authorisation", actor=actor, now=now, fields=fields)
    made = Authorisation.objects.create(
        case=case,
        agency=case.agency,
        official=official,
        title=title,
        matter=matter[:250],
        from_on=from_on,
        to_on=to_on,
        is_listed=is_listed,
        paper=paper,
        drafted_by=actor.official,
        drafted_at=now,
    )
    _write(made, actor, "draft_authorisation", now, official=official.username)
    return made


def _check_person(case: Case, official: Official, day: date) -> None:
    if not official.is_active:
        raise InvalidInput("Tài khoản của người này đã khóa.", "official")
    held = set(
        Post.objects.filter(in_force(day), official=official, agency=case.agency).values_list(
            "role", flat=True
        )
    )
    if Role.HEAD in held:
        raise InvalidInput(
            "Thủ trưởng có quyền phát ngôn sẵn và không tự ủy quyền cho mình.", "official"
        )
    law = law_of(case.agency, day)
    if law is None or AUTHORISED not in law.kinds:
        raise InvalidInput(
            f"{case.agency} không ủy quyền phát ngôn; cơ quan cấp trên phát ngôn thay.", "official"
        )
    if law.authorised_roles and not held & set(law.authorised_roles):
        raise InvalidInput(
            f"Theo {law.source}, ngày {show_date(day)} chỉ được ủy quyền cho cấp phó.", "official"
        )


@transaction.atomic
def sign_authorisation(
    authorisation: Authorisation,
    *,
    actor: Actor,
    now: datetime,
    number: str,
    signed_at: datetime | None = None,
) -> Authorisation:
    """The authorisation signed: from this moment, within its days, its person may speak on the case.

    Under the law before 01/7/2026 the person and the paper are to be published within the hours of PN-03h.

    Raises:
        InvalidInput: no number, or a moment ahead or before the draft.
        NotAllowed: not the head, or the head drafted it or would authorise himself.
        WrongState: it was signed, withdrawn or its last day is over.
    """
    authorisation = _moved(authorisation, "sign_authorisation", actor)
    at = signed_at or now
    if not number.strip():
        raise InvalidInput("Ghi số giấy ủy quyền.", "number")
    if not authorisation.drafted_at <= at <= now:
        raise InvalidInput("Thời điểm ký phải sau lúc soạn và không ở phía trước.", "signed_at")
    if authorisation.to_on < now.astimezone(VIETNAM).date():
        raise WrongState("Thời hạn trong dự thảo đã qua. Soạn giấy ủy quyền mới.")
    authorisation.number, authorisation.signed_at = squash(number)[:80], at
    authorisation.signed_by = actor.official
    authorisation.publication = _to_publish(authorisation, at)
    authorisation.save()
    _write(authorisation, actor, "sign_authorisation", now, number=authorisation.number)
    return authorisation


def _to_publish(authorisation: Authorisation, at: datetime) -> object:
    try:
        rule(PUBLISH_BEFORE).at(at.astimezone(VIETNAM).date())
    except NotInForce:
        return None
    card = {"name": authorisation.official.full_name, "title": authorisation.title}
    return open_publication(authorisation.agency, card=card, rule=PUBLISH_BEFORE, started_at=at)


@transaction.atomic
def withdraw_authorisation(
    authorisation: Authorisation, *, actor: Actor, now: datetime
) -> Authorisation:
    """The draft given up."""
    authorisation = _moved(authorisation, "withdraw_authorisation", actor)
    authorisation.save(update_fields=["state"])
    _write(authorisation, actor, "withdraw_authorisation", now)
    return authorisation


@transaction.atomic
def revoke_authorisation(
    authorisation: Authorisation, *, actor: Actor, now: datetime, reason: str
) -> Authorisation:
    """The right ended before its last day; what was said until now keeps it.

    Raises:
        InvalidInput: no reason.
        WrongState: it is not in force.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do chấm dứt ủy quyền.", "reason")
    authorisation = _moved(authorisation, "revoke_authorisation", actor)
    authorisation.revoked_at, authorisation.revoke_reason = now, reason.strip()
    authorisation.save(update_fields=["state", "revoked_at", "revoke_reason"])
    if authorisation.publication is not None:
        drop_publication(authorisation.publication)
    _write(authorisation, actor, "revoke_authorisation", now, reason=reason.strip())
    return authorisation


def _moved(authorisation: Authorisation, step: str, actor: Actor) -> Authorisation:
    """The authorisation under lock in its next state, not saved; the case's lock comes first, as everywhere."""
    locked(authorisation.case_id)
    rows = Authorisation.objects.system("reload under lock").select_for_update(of=("self",))
    authorisation = rows.select_related("agency", "official", "publication", "case").get(
        pk=authorisation.pk
    )
    authority.check(actor, step, authorisation)
    transition = AUTHORISATION_TRANSITIONS[step]
    if authorisation.state not in transition.sources:
        said = AuthorisationState(authorisation.state).label.lower()
        raise WrongState(
            f"Giấy ủy quyền này {said}, không {transition.label.lower()} được. Tải lại trang."
        )
    authorisation.state = transition.target
    return authorisation


def _write(
    authorisation: Authorisation,
    actor: Actor,
    step: str,
    now: datetime,
    reason: str = "",
    **data: object,
) -> None:
    ledger.write(authorisation, actor=actor, step=step, at=now, reason=reason, **data)
