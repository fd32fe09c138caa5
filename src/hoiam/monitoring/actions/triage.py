"""Screening one warning: one verb for each transition of the table in states.py."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.monitoring.actions.acknowledge import know_by_acting
from hoiam.monitoring.actions.decisions import take_back, untie
from hoiam.monitoring.actions.folding import unfold
from hoiam.monitoring.actions.warn import index
from hoiam.monitoring.models import Warning
from hoiam.monitoring.states import TRANSITIONS, DismissalReason, WarningState

OPEN = frozenset({WarningState.NEW, WarningState.TAKEN})


def _locked(warning: Warning) -> Warning:
    return Warning.objects.system("reload under lock").select_for_update().get(pk=warning.pk)


def _move(
    warning: Warning, step: str, *, actor: Actor, now: datetime, reason: str = "", **fields: object
) -> Warning:
    """The warning after one transition: lock, authority, state, write, diary."""
    warning = _locked(warning)
    authority.check(actor, step, warning)
    transition = TRANSITIONS[step]
    if warning.state not in transition.sources:
        raise WrongState(
            f"Tin này đang ở tình trạng “{warning.get_state_display()}”, không làm bước này được. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    before = warning.state
    warning.state = transition.target
    for name, value in fields.items():
        setattr(warning, name, value)
    warning.save(update_fields=["state", *fields])
    ledger.write(warning, actor=actor, step=step, at=now, reason=reason, before=before)
    know_by_acting(warning, actor=actor, now=now)
    return warning


@transaction.atomic
def take(warning: Warning, *, actor: Actor, now: datetime) -> Warning:
    """The warning in the actor's hands (nhận)."""
    return _move(warning, "take", actor=actor, now=now, holder=actor.official, taken_at=now)


@transaction.atomic
def mark_read(warning: Warning, *, actor: Actor, now: datetime) -> Warning:
    """The warning as read: nothing has to be answered."""
    return _move(warning, "mark_read", actor=actor, now=now, settled_at=now)


@transaction.atomic
def dismiss(
    warning: Warning, *, actor: Actor, now: datetime, reason: str, note: str = ""
) -> Warning:
    """The warning as not relevant (không liên quan).

    Raises:
        InvalidInput: no reason from the list; every refusal teaches recognition, so it must say why.
    """
    if reason not in DismissalReason.values:
        raise InvalidInput("Chọn lý do tin không liên quan.", "reason")
    if reason == DismissalReason.OTHER and not note.strip():
        raise InvalidInput("Ghi rõ lý do khác.", "note")
    words = note.strip() or DismissalReason(reason).label
    return _move(
        warning,
        "dismiss",
        actor=actor,
        now=now,
        reason=str(words),
        dismissal=reason,
        note=note.strip()[:300],
        settled_at=now,
    )


@transaction.atomic
def mark_duplicate(warning: Warning, *, actor: Actor, now: datetime, of: Warning) -> Warning:
    """The warning as telling what another already tells (trùng); its story's items join the other's story.

    Raises:
        InvalidInput: the other is the same row, or stands against another agency.
    """
    authority.check(actor, "mark_duplicate", warning)
    if of.pk == warning.pk:
        raise InvalidInput("Chọn một tin khác làm tin gốc.", "of")
    if not actor.sees(of.agency_id) or of.agency_id != warning.agency_id:
        raise InvalidInput("Tin gốc phải là tin của cùng đơn vị. Hãy chọn lại.", "of")
    if of.state == WarningState.DUPLICATE:
        raise InvalidInput("Tin được chọn cũng đã là tin trùng. Hãy chọn tin gốc của nó.", "of")
    moved = _move(warning, "mark_duplicate", actor=actor, now=now, duplicate_of=of, settled_at=now)
    outbox.post("stories_overlap", moved.pk, at=now)
    return moved


@transaction.atomic
def enter_case(warning: Warning, *, actor: Actor, now: datetime) -> Warning:
    """The warning as handed into a case; called by the handling room when the case opens."""
    return _move(warning, "enter_case", actor=actor, now=now, holder=actor.official, settled_at=now)


@transaction.atomic
def restore(warning: Warning, *, actor: Actor, now: datetime) -> Warning:
    """The warning back on the list as new (hoàn tác); reports folded into another story come back to its own."""
    moved = _move(
        warning,
        "restore",
        actor=actor,
        now=now,
        holder=None,
        taken_at=None,
        settled_at=None,
        dismissal="",
        duplicate_of=None,
        note="",
        snoozed_until=None,
    )
    into = moved.story.merged_into
    if into is not None:
        pair = (moved.story.lead_item_id, into.lead_item_id)
        take_back([pair] if pair[0] and pair[1] else [])
    unfold(moved.story, now=now)
    if into is not None:
        untie(moved.story, into)
    return moved


@transaction.atomic
def assign_warning(
    warning: Warning,
    *,
    actor: Actor,
    now: datetime,
    agency: Agency | None = None,
    holder: Official | None = None,
    note: str = "",
) -> Warning:
    """The warning put before another agency or into another person's hands (chuyển).

    Raises:
        InvalidInput: neither is named, that agency already has this story, or the person cannot see it there.
        WrongState: the warning is settled.
    """
    if agency is None and holder is None:
        raise InvalidInput("Chọn đơn vị hoặc người nhận.", "agency")
    warning = _locked(warning)
    authority.check(actor, "assign_warning", warning)
    if warning.state not in OPEN:
        raise WrongState("Chỉ chuyển được tin chưa xử lý xong. Hãy hoàn tác trước.")
    if agency is not None and agency.pk != warning.agency_id:
        others = Warning.objects.system("the story must not stand twice before one agency")
        if others.filter(story=warning.story, agency=agency).exists():
            raise InvalidInput(f"{agency} đã có tin này trên danh sách.", "agency")
        warning.agency = agency
        outbox.post("warning_raised", warning.pk, at=now)
        index(warning)
    if holder is not None and not actor_on(holder, actor.today).sees(warning.agency_id):
        raise InvalidInput(
            "Người này không làm việc ở đơn vị có tin nên không mở được. Hãy chọn người khác.",
            "holder",
        )
    warning.holder = holder
    warning.state = WarningState.TAKEN if holder else WarningState.NEW
    warning.taken_at = now if holder else None
    warning.save(update_fields=["agency", "holder", "state", "taken_at"])
    ledger.write(
        warning,
        actor=actor,
        step="assign_warning",
        at=now,
        reason=note,
        agency=agency.code if agency else None,
        holder=holder.username if holder else None,
    )
    return warning


@transaction.atomic
def snooze(warning: Warning, *, actor: Actor, now: datetime, until: datetime) -> Warning:
    """The warning off the open list until a moment (hẹn lại); its due time does not move.

    Raises:
        InvalidInput: the moment is not in the future.
        WrongState: the warning is settled.
    """
    if until <= now:
        raise InvalidInput("Giờ hẹn phải ở phía trước.", "until")
    warning = _locked(warning)
    authority.check(actor, "snooze", warning)
    if warning.state not in OPEN:
        raise WrongState("Chỉ hẹn lại được tin chưa xử lý xong.")
    warning.snoozed_until = until
    warning.save(update_fields=["snoozed_until"])
    ledger.write(warning, actor=actor, step="snooze", at=now, until=until.isoformat())
    return warning
