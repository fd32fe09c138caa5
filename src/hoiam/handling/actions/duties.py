"""Periodic duties: raised once a period for every agency they bind, done with what was given, or excused with a reason."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.queries import agencies_on
from hoiam.agencies.states import Level
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import past, web_address
from hoiam.handling.models import Duty
from hoiam.handling.states import DutyState
from hoiam.kit.rulebook import duties_on
from hoiam.kit.vietnamese import VIETNAM

BOUND = (Level.CENTRE, Level.PROVINCE)


@transaction.atomic
def raise_duties(*, actor: Actor | None, now: datetime) -> int:
    """How many duties of today's periods were raised; those already there are left as they stand."""
    day = now.astimezone(VIETNAM).date()
    owed = {level: duties_on(level, day) for level in BOUND}
    firsts = {each.first for rows in owed.values() for each in rows}
    there = set(
        Duty.objects.system("raised once a period")
        .filter(first__in=firsts)
        .values_list("agency", "rule", "first")
    )
    missing = [
        (agency, each)
        for agency in agencies_on(day).filter(level__in=BOUND)
        for each in owed[Level(agency.level)]
        if (agency.pk, each.rule, each.first) not in there
    ]
    for agency, each in missing:
        made, is_new = Duty.objects.system("raised once a period").get_or_create(
            agency=agency,
            rule=each.rule,
            first=each.first,
            defaults={
                "title": each.title,
                "what": each.what,
                "source": each.source,
                "badge": each.badge,
                "last": each.last,
                "due_at": each.due,
                "raised_at": now,
            },
        )
        if is_new:
            ledger.write(made, actor=actor, step="raise_duty", at=now, rule=each.rule)
    return len(missing)


@transaction.atomic
def settle_duty(
    duty: Duty, *, actor: Actor, now: datetime, given: str, done_at: datetime, url: str = ""
) -> Duty:
    """The duty done: what was given (số văn bản, tin đã đăng), when, and where it stands.

    Raises:
        InvalidInput: it is not said what was given, or a moment ahead.
        WrongState: it is settled already.
    """
    duty = _locked(duty, "settle_duty", actor)
    if not given.strip():
        raise InvalidInput("Ghi đã làm gì: số văn bản, tin đã đăng, cuộc họp báo.", "given")
    past(done_at, now, "done_at", "Thời điểm làm xong")
    duty.url, duty.done_at = web_address(url), done_at
    return _settled(duty, DutyState.DONE, actor, now, given)


@transaction.atomic
def excuse_duty(duty: Duty, *, actor: Actor, now: datetime, reason: str) -> Duty:
    """The duty not owed this time, with the reason.

    Raises:
        InvalidInput: no reason.
        WrongState: it is settled already.
    """
    duty = _locked(duty, "excuse_duty", actor)
    if not reason.strip():
        raise InvalidInput("Ghi vì sao kỳ này không phải làm.", "reason")
    return _settled(duty, DutyState.EXCUSED, actor, now, reason)


def _locked(duty: Duty, step: str, actor: Actor) -> Duty:
    rows = Duty.objects.system("reload under lock").select_for_update(of=("self",))
    duty = rows.select_related("agency").get(pk=duty.pk)
    authority.check(actor, step, duty)
    if duty.state != DutyState.OPEN:
        raise WrongState(
            f"Việc này đã có người ghi: {duty.get_state_display().lower()}. Tải lại trang để xem."
        )
    return duty


def _settled(duty: Duty, state: str, actor: Actor, now: datetime, words: str) -> Duty:
    duty.state, duty.given = state, words.strip()
    duty.settled_by, duty.settled_at = actor.official, now
    duty.save()
    ledger.write(
        duty,
        actor=actor,
        step="settle_duty" if state == DutyState.DONE else "excuse_duty",
        at=now,
        reason=duty.given,
        is_late=duty.is_late,
    )
    return duty
