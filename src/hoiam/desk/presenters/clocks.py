"""Tính thế nào: everything a clock's page says beside its steps, in words for people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.desk.forms.clocks import ClockForm
from hoiam.desk.forms.steps import StepForm
from hoiam.handling.actions.clock_moves import extensions_of
from hoiam.handling.models import Case, Clock, Extension
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import (
    UNITS,
    Rule,
    RulebookError,
    RuleVersion,
    default_number,
    extension_words,
    obligation_type,
    rule,
    span_words,
)
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime

# What each grade means, after the table of the domain.
GRADES = {
    "A": "nguyên văn điều luật",
    "B": "nguồn dẫn lại điều luật, cần đối chiếu bản gốc",
    "C": "suy ra, hoặc giá trị của sản phẩm",
    "U": "chưa xác minh",
}
LABELS_BY_LAW = {
    "pause_clock": "Ghi đang chờ (đồng hồ luật vẫn chạy)",
    "resume_clock": "Ghi hết chờ",
}


@dataclass(frozen=True)
class ClockPage:
    """What stands beside the steps of one clock."""

    actor: str
    note: str
    event: str
    sure: str
    in_force: str
    other_law: str
    own_number: str
    waiting: str
    may_extend: tuple[str, ...]
    granted: list[tuple[Extension, str]]


def clock_page(clock: Clock, now: datetime) -> ClockPage:
    """The words of one clock's page; a rule the rulebook no longer has is told by what the clock kept."""
    known, version = _version(clock)
    return ClockPage(
        actor=version.actor if version else "",
        note=version.note if version else "",
        event=version.event if version else "",
        sure=sure_words(clock.confidence),
        in_force=in_force_words(version) if version else "",
        other_law=_other_law(known, version),
        own_number=_own_number(clock),
        waiting=waiting_words(clock, now),
        may_extend=tuple(extension_words(one) for one in extensions_of(clock)),
        granted=[(one, _granted(one)) for one in clock.extensions.all()],
    )


def sure_words(confidence: str) -> str:
    """A grade in words, with its own remark: "A – nguyên văn điều luật (cần kiểm sau Luật 136/2025)"."""
    grade, _, remark = confidence.partition(" ")
    told = GRADES.get(grade, "")
    return " ".join(part for part in (f"{grade} – {told}" if told else grade, remark) if part)


def in_force_words(version: RuleVersion) -> str:
    """From when to when a version binds."""
    last = f" đến {show_date(version.valid_to)}" if version.valid_to else ", đang có hiệu lực"
    return f"từ {show_date(version.valid_from)}{last}"


def number_words(version: RuleVersion, number: int | None) -> str:
    """A number in the rule's unit; what has none says how it runs."""
    if version.yearly_date:
        return f"trước {version.yearly_date}"
    if version.direction == "limit":
        return f"{number} lượt"
    unit = UNITS.get(str(version.unit), "")
    if number is None and version.carried_by:
        return f"{default_number(version.carried_by)} {unit} ({version.carried_by})"
    if number is None:
        return unit or "theo từng trường hợp"
    return f"{number} {unit}"


def waiting_words(clock: Clock, now: datetime) -> str:
    """Who is waited for and since when; "" when nobody. A lawful clock says that it runs on."""
    pauses = list(clock.pauses.all())
    waits = next((pause for pause in pauses if pause.until is None), None)
    if waits is None or clock.state in {ClockState.DONE, ClockState.CANCELLED}:
        return ""
    spent = sum(((one.until or now) - one.since for one in pauses), timedelta())
    told = f"chờ {waits.reason} {span_words(spent)}, từ {show_datetime(waits.since)}"
    return f"đồng hồ luật vẫn chạy; đã {told}" if not waits.stops else f"đang {told}"


def waiting_row(clock: Clock, now: datetime) -> str:
    """The same for a row of the case page, of clocks read by `with_waiting`."""
    since = getattr(clock, "waits_since", None)
    if since is None:
        return ""
    told = f"chờ {getattr(clock, 'waits_for', '')} {span_words(now - since)}, từ {show_datetime(since)}"
    return f"đang {told}" if clock.is_default else f"đồng hồ luật vẫn chạy; đã {told}"


def undecided(case: Case, now: datetime) -> list[str]:
    """Letters of the open obligations where a clock still waits for people's answer."""
    day = case.event_on or now.astimezone(VIETNAM).date()
    return [
        obligation.letter
        for obligation in case.obligations.all()
        if obligation.ended_at is None
        and any(
            clock.needs and clock.is_open(obligation.answers)
            for clock in obligation_type(obligation.letter).clocks_on(day)
        )
    ]


def stand_on(form: StepForm, clock: Clock) -> None:
    """The form on this clock, its label as it is meant for a rule of law."""
    if isinstance(form, ClockForm):
        form.stand_on(clock)
    if not clock.is_default:
        form.label = LABELS_BY_LAW.get(form.verb, form.label)


def _version(clock: Clock) -> tuple[Rule | None, RuleVersion | None]:
    try:
        known = rule(clock.rule)
        return known, known.at(clock.started_at.astimezone(VIETNAM).date())
    except RulebookError:
        return None, None


def _other_law(known: Rule | None, version: RuleVersion | None) -> str:
    """Which rule answered before this one, or answers after it."""
    if known is None or version is None:
        return ""
    if version.valid_to is not None and known.precedes:
        names = " hoặc ".join(known.precedes)
        return f"Sự việc sau {show_date(version.valid_to)} theo {names}."
    if known.follows:
        names = " hoặc ".join(known.follows)
        return f"Sự việc trước {show_date(version.valid_from)} theo {names}."
    return ""


def _own_number(clock: Clock) -> str:
    own = clock.tightening
    if own is None:
        return ""
    told = f"{own.agency} siết còn {own.number} {UNITS.get(clock.unit, '')}, {own.set_by} đặt, áp dụng từ {show_date(own.valid_from)}: {own.reason.rstrip('. ')}."
    law = f" Hạn theo luật: {show_datetime(clock.law_due_at)}." if clock.law_due_at else ""
    return told + law


def _granted(one: Extension) -> str:
    parts = [
        f"người ký: {one.signed_by or one.signer}",
        one.paper,
        one.ground,
        f"thêm {one.number} {UNITS.get(one.unit, '')}" if one.number else "",
        one.reason,
    ]
    return " · ".join(part for part in parts if part)
