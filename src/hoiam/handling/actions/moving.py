"""The one private mover every step of a case shares: lock, authority, state, reasons owed, write, diary."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import Case
from hoiam.handling.states import TRANSITIONS, CaseState, PaperState, skipped

LONGEST_ADDRESS = 1000


def locked(case: Case | int) -> Case:
    """The case (or the one with this key) reloaded under lock, so that a stale copy is safe.

    Every action on a case or on what belongs to it takes this lock first and the diary's after it: two orders would
    make two people wait for each other.
    """
    rows = Case.objects.system("reload under lock")
    # The row alone: joined with its agency, PostgreSQL would not find a case that was handed over while we waited.
    # NO KEY: rows that only point to the case may still be written by others.
    return rows.select_for_update(no_key=True).get(pk=case if isinstance(case, int) else case.pk)


def locked_open(case: Case | int, action: str, actor: Actor) -> Case:
    """The case under lock, when the actor may take the action on it and it is not closed.

    Raises:
        NotAllowed: the actor may not.
        WrongState: the case is closed.
    """
    case = locked(case)
    authority.check(actor, action, case)
    refuse_closed(case)
    return case


def refuse_closed(case: Case) -> None:
    """Nothing, when the case is open.

    Raises:
        WrongState: it is closed.
    """
    if case.state == CaseState.CLOSED:
        raise WrongState("Hồ sơ đã đóng. Muốn ghi thêm hãy mở lại hồ sơ, kèm lý do.")


def locked_two(one: Case, other: Case) -> tuple[Case, Case]:
    """Both cases under lock, as given; locked in the order of their keys, so that two people never wait for each other."""
    held = {pk: locked(pk) for pk in sorted({one.pk, other.pk})}
    return held[one.pk], held[other.pk]


def refuse_before_signer(case: Case) -> None:
    """Nothing, when no paper of the case lies before its signer.

    Raises:
        WrongState: one does; the sentence names it.
    """
    waiting = case.papers.filter(state=PaperState.SUBMITTED).first()
    if waiting is not None:
        raise WrongState(
            f"Văn bản “{waiting}” đang chờ duyệt. Duyệt hoặc trả lại văn bản rồi làm lại bước này."
        )


def of_case(thing: Any, case: Case, field: str) -> None:
    """Nothing, when the thing (or None) belongs to the case.

    Raises:
        InvalidInput: it belongs to another.
    """
    if thing is not None and thing.case_id != case.pk:
        raise InvalidInput("Mục đã chọn không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", field)


def web_address(url: str, field: str = "url") -> str:
    """The address, trimmed; blank stays blank.

    Raises:
        InvalidInput: it is no web address, or too long to keep.
    """
    url = url.strip()
    if url and not (url.startswith(("https://", "http://")) and len(url) <= LONGEST_ADDRESS):
        raise InvalidInput("Địa chỉ phải bắt đầu bằng https:// hoặc http://.", field)
    return url


def move(
    case: Case,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    how: str = "",
    told: Mapping[str, object] | None = None,
    **fields: object,
) -> Case:
    """The case after one transition of the table.

    Args:
        reason: why; owed when optional steps are passed over (workflow.md §2).
        how: by which paper or channel, for the diary.
        told: what else the diary says; blank values are left out.
        fields: other columns the step sets.

    Raises:
        NotAllowed: the actor may not take this step.
        WrongState: the case is not in a state the step starts from.
        InvalidInput: steps are passed over without a reason.
    """
    case = locked(case)
    authority.check(actor, step, case)
    check_state(case, step)
    transition = TRANSITIONS[step]
    passed = passed_over(case, step, reason)
    before = case.state
    case.state = transition.target
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=["state", *fields])
    ledger.write(
        case,
        actor=actor,
        step=step,
        at=now,
        reason=reason.strip(),
        before=before,
        skipped=[str(state) for state in passed],
        **({"how": how.strip()} if how.strip() else {}),
        **{name: value for name, value in (told or {}).items() if value},
    )
    return case


def passed_over(case: Case, step: str, reason: str) -> tuple[CaseState, ...]:
    """The optional steps this one passes over, when it is said why.

    Raises:
        InvalidInput: it is not; the sentence names them.
    """
    passed = () if step == "reopen" else skipped(case.state, TRANSITIONS[step].target)
    if passed and not reason.strip():
        names = ", ".join(f"“{state.label}”" for state in passed)
        field = "note" if step == "close" else "reason"
        raise InvalidInput(f"Ghi lý do bỏ qua bước {names}.", field)
    return passed


def check_state(case: Case, step: str) -> None:
    """Nothing, when the step may start from the case's state.

    Raises:
        WrongState: it may not; the sentence names both.
    """
    transition = TRANSITIONS[step]
    if case.state not in transition.sources:
        raise WrongState(
            f"Hồ sơ đang ở bước “{CaseState(case.state).label}”, chưa làm “{transition.label}” được. "
            "Tải lại trang để xem ai vừa xử lý."
        )


def past(moment: datetime, now: datetime, field: str, what: str) -> datetime:
    """The moment, when it does not lie ahead.

    Raises:
        InvalidInput: it lies in the future.
    """
    if moment > now:
        raise InvalidInput(f"{what} không thể ở phía trước. Kiểm tra lại ngày giờ.", field)
    return moment
