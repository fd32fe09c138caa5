"""The dossier of a case as a task list: eleven tasks told by its records, never stored twice (workflow.md §2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from hoiam.core.models import LedgerEntry
from hoiam.desk.moments import say_moment
from hoiam.desk.presenters.cases import ClockRow, most_urgent
from hoiam.handling.models import Case, Remedy
from hoiam.handling.queries import Beside, remedy_light
from hoiam.handling.states import ENDED_BY, ORDER, CaseState, PaperState
from hoiam.kit.rulebook import Light

C = CaseState
WORDS = {
    "todo": "chưa làm",
    "doing": "đang làm",
    "done": "xong",
    "skipped": "bỏ qua",
    "none": "không áp dụng",
}
# Rules of the clocks that belong to a task; the outlet's own begin with these letters.
OF_ANSWER = frozenset().union(
    *(ENDED_BY[k] for k in ("record_statement", "answer", "measures_notice", "refusal"))
)
OF_OUTLET = ("PH-", "CC-", "TL-05", "TL-06", "TL-07")
SIGNED = frozenset({PaperState.APPROVED, PaperState.SENT, PaperState.DELIVERED})


@dataclass(frozen=True)
class Task:
    """One row: what, how far, who and when, until when, and where on the page it is done."""

    label: str
    url: str
    state: str
    who: str = ""
    when: str = ""
    note: str = ""
    light: Light | None = None

    @property
    def words(self) -> str:
        """The state in words."""
        return WORDS[self.state]


@dataclass
class _Told:
    """What the records of a case tell, read once for all rows."""

    case: Case
    now: datetime
    clocks: Sequence[ClockRow]
    beside: Beside
    last: dict[str, LedgerEntry] = field(default_factory=dict)
    passed: dict[str, LedgerEntry] = field(default_factory=dict)

    def reached(self, state: CaseState) -> bool:
        return ORDER.index(C(self.case.state)) >= ORDER.index(state)

    @property
    def is_closed(self) -> bool:
        return self.case.state == C.CLOSED


def dossier_of(
    case: Case,
    diary: Iterable[LedgerEntry],
    clocks: Sequence[ClockRow],
    beside: Beside,
    now: datetime,
) -> list[Task]:
    """The eleven tasks in their order."""
    told = _Told(case, now, clocks, beside)
    for entry in diary:
        told.last[entry.step] = entry
        if entry.step == "reopen":
            told.passed.clear()
        for state in entry.data.get("skipped") or ():
            told.passed[state] = entry
    return [
        _received(told),
        _impact(told),
        _step(told, "Giao xử lý", "assign", C.ASSIGNED, "nguoi", {"MD-02"}),
        _verification(told),
        _step(told, "Báo cáo cấp trên", "report_upward", C.REPORTED, "viec", {"MD-05"}),
        _step(told, "Phương án cung cấp thông tin", "plan_information", C.PLANNED, "quyet-dinh"),
        _signing(told),
        _issuing(told),
        _watching(told),
        _remedying(told),
        _step(told, "Kết thúc", "close", C.CLOSED, "quyet-dinh"),
    ]


def _row(told: _Told, label: str, part: str, state: str, entry: Any = None, **more: Any) -> Task:
    return Task(
        label=label,
        url=part if part.startswith("/") else f"#{part}",
        state=state,
        who=entry.actor_name if entry else "",
        when=say_moment(entry.at, told.now) if entry else "",
        **more,
    )


def _received(told: _Told) -> Task:
    entry = told.last.get("open_case") or told.last.get("open_case_by_hand")
    note = str(told.case.get_channel_display()).lower()
    return _row(told, "Tiếp nhận", "thoi-diem", "done", entry, note=note)


def _impact(told: _Told) -> Task:
    label, part = "Xác định loại, mức độ, tác động", "nghia-vu"
    if told.case.state == C.RECEIVED:
        return _row(told, label, _open(told, "screen"), "todo")
    if told.case.state == C.SCREENED:
        return _row(told, label, _open(told, "determine_impact"), "doing", told.last.get("screen"))
    decided = told.last.get("determine_impact")
    if decided is not None:
        return _row(told, label, part, "done", decided)
    return _passed(told, label, part, C.IMPACT_DETERMINED)


def _step(
    told: _Told, label: str, verb: str, state: CaseState, part: str, rules: Iterable[str] = ()
) -> Task:
    """A task that is one verb of the table."""
    if told.reached(state):
        entry = told.last.get(verb)
        if entry is not None and state not in told.passed:
            return _row(told, label, part, "done", entry, light=_light(told, rules))
        return _passed(told, label, part, state)
    return _row(told, label, _open(told, verb), "todo", light=_light(told, rules))


def _passed(told: _Told, label: str, part: str, state: CaseState) -> Task:
    """Passed over: with the reason that was given then; what a closing case never came to does not apply."""
    entry = told.passed.get(state)
    if entry is not None:
        return _row(told, label, part, "skipped", entry, note=entry.reason)
    closing = told.last.get("close") if told.is_closed else None
    if closing is not None and closing.reason:
        return _row(told, label, part, "skipped", closing, note=closing.reason)
    return _row(told, label, part, "none")


def _verification(told: _Told) -> Task:
    label, rules = "Xác minh", {"MD-03", "MD-04"}
    if told.case.state == C.ASSIGNED:
        facts = list(told.case.facts.all())
        full = sum(fact.is_complete for fact in facts)
        note = f"{full} / {len(facts)} dòng đủ" if facts else "chưa có dòng nào"
        return _row(
            told,
            label,
            "doi-chieu",
            "doing",
            told.last.get("assign"),
            note=note,
            light=_light(told, rules),
        )
    return _step(told, label, "complete_verification", C.VERIFIED, "doi-chieu", rules)


def _signing(told: _Told) -> Task:
    label = "Trình duyệt văn bản"
    papers = [p for p in told.case.papers.all() if p.state != PaperState.WITHDRAWN]
    if papers:
        waiting = [p for p in papers if p.state not in SIGNED]
        step = "submit_paper" if waiting else "approve_paper"
        note = f"{len(papers) - len(waiting)} / {len(papers)} văn bản đã duyệt"
        state = "doing" if waiting and not told.is_closed else "done"
        return _row(told, label, "van-ban", state, told.last.get(step), note=note)
    if told.is_closed or told.reached(C.ISSUED):
        return _row(told, label, "van-ban", "none", note="không có văn bản nào soạn ở đây")
    return _row(told, label, "van-ban", "todo")


def _issuing(told: _Told) -> Task:
    label, light = "Phát hành, công bố", _light(told, OF_ANSWER)
    said = told.last.get("publish") or told.last.get("issue") or told.last.get("record_statement")
    if said is not None and (told.reached(C.ISSUED) or said.step == "record_statement"):
        state = "done" if told.reached(C.ISSUED) else "doing"
        return _row(
            told,
            label,
            "van-ban" if said.step != "record_statement" else "phat-ngon",
            state,
            said,
            light=light,
        )
    if told.reached(C.ISSUED):
        return _passed(told, label, "van-ban", C.ISSUED)
    sent = any(p.state == PaperState.APPROVED for p in told.case.papers.all())
    return _row(told, label, "van-ban", "doing" if sent else "todo", light=light)


def _watching(told: _Told) -> Task:
    label = "Theo dõi báo"
    light = _light(
        told, {row.clock.rule for row in told.clocks if row.clock.rule.startswith(OF_OUTLET)}
    )
    began, looked = told.last.get("start_watch"), told.last.get("record_check")
    if told.case.state in {C.WATCHING, C.ESCALATED}:
        return _row(told, label, "van-ban", "doing", looked or began, light=light)
    if began is not None and told.reached(C.WATCHING) and C.WATCHING not in told.passed:
        return _row(told, label, "van-ban", "done", looked or began, light=light)
    if told.reached(C.WATCHING):
        return _passed(told, label, "van-ban", C.WATCHING)
    return _row(told, label, _open(told, "start_watch"), "todo", light=light)


def _remedying(told: _Told) -> Task:
    label, part = "Chấn chỉnh nội bộ", "chan-chinh"
    remedies = told.beside.remedies
    if remedies:
        left = told.beside.open_remedies
        note = f"{len(remedies) - len(left)} / {len(remedies)} việc xong"
        light = _soonest(left, told.now) if left else None
        return _row(
            told,
            label,
            part,
            "doing" if left else "done",
            told.last.get("finish_remedy") or told.last.get("plan_remedy"),
            note=note,
            light=light,
        )
    if told.last.get("remedy") is not None and told.case.remedy:
        return _row(told, label, part, "done", told.last["remedy"])
    right = [fact for fact in told.case.facts.all() if fact.is_claim_right]
    if right and not told.is_closed:
        return _row(told, label, part, "todo", note=f"báo nêu đúng {len(right)} điều")
    judged = told.reached(C.VERIFIED) and not right
    return _row(told, label, part, "none" if judged or told.is_closed else "todo")


def _soonest(remedies: Iterable[Remedy], now: datetime) -> Light:
    first = min(remedies, key=lambda each: (each.due_at is None, each.due_at or each.planned_at))
    return remedy_light(first, now)


def _light(told: _Told, rules: Iterable[str]) -> Light | None:
    wanted = set(rules)
    row = most_urgent(row for row in told.clocks if row.clock.rule in wanted)
    return row.light if row else None


def _open(told: _Told, verb: str) -> str:
    return f"{reverse('desk-case', args=[told.case.pk])}?do={verb}#do-{verb}"
