"""The table of every verb a case page offers, and the forms it offers now."""

from collections.abc import Iterable
from typing import Any

from hoiam.core import authority
from hoiam.desk.forms.case_joining import (
    AddItemForm,
    HandOverForm,
    MergeForm,
    SplitForm,
    StoryItemsForm,
    TakeOutForm,
)
from hoiam.desk.forms.case_parts import (
    AnswerDirectiveForm,
    DirectiveForm,
    EvidenceForm,
    ExceptionForm,
    FactForm,
    MomentForm,
    NoteForm,
    ObligationForm,
    PartyForm,
    StatementFormOfCase,
)
from hoiam.desk.forms.case_results import (
    CloseForm,
    CloseObligationForm,
    FinishRemedyForm,
    PlanRemedyForm,
    RemedyForm,
)
from hoiam.desk.forms.case_steps import (
    AssignForm,
    EmptyForm,
    EscalateForm,
    ImpactForm,
    IssueForm,
    PlanForm,
    PublishForm,
    ReopenForm,
    ReportForm,
    ScreenForm,
    WatchForm,
)
from hoiam.desk.forms.clocks import (
    ChooseForm,
    ClockForm,
    ExtendForm,
    FinishForm,
    LawExtendForm,
    PauseForm,
    questions_of,
)
from hoiam.desk.forms.steps import Setting, Step, StepForm
from hoiam.handling import actions
from hoiam.handling.actions.clock_moves import BY_A_STEP, extensions_of
from hoiam.handling.models import Clock
from hoiam.handling.states import TRANSITIONS, CaseState, ClockState, PaperState

OPEN_CLOCKS = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)

STEPS = {
    "screen": Step("Sàng lọc", ScreenForm, actions.screen, "Đã sàng lọc."),
    "determine_impact": Step(
        "Xác định tác động", ImpactForm, actions.determine_impact, "Đã ghi quyết định."
    ),
    "assign": Step("Giao xác minh", AssignForm, actions.assign, "Đã giao xác minh."),
    "complete_verification": Step(
        "Hoàn tất xác minh", EmptyForm, actions.complete_verification, "Đã hoàn tất xác minh."
    ),
    "report_upward": Step(
        "Báo cáo cấp trên", ReportForm, actions.report_upward, "Đã ghi báo cáo cấp trên."
    ),
    "plan_information": Step(
        "Chốt phương án", PlanForm, actions.plan_information, "Đã chốt phương án.", draft=True
    ),
    "issue": Step(
        "Ghi đã trả lời bằng cách khác", IssueForm, actions.issue, "Đã ghi việc trả lời."
    ),
    "publish": Step("Công bố", PublishForm, actions.publish, "Đã ghi nơi công bố."),
    "start_watch": Step("Theo dõi báo", WatchForm, actions.start_watch, "Đã bắt đầu theo dõi báo."),
    "escalate": Step("Leo thang", EscalateForm, actions.escalate, "Đã ghi việc leo thang."),
    "remedy": Step(
        "Chấn chỉnh nội bộ", RemedyForm, actions.remedy, "Đã ghi việc chấn chỉnh.", draft=True
    ),
    "close": Step("Đóng hồ sơ", CloseForm, actions.close, "Đã đóng hồ sơ."),
    "reopen": Step("Mở lại hồ sơ", ReopenForm, actions.reopen, "Đã mở lại hồ sơ."),
    "record_moment": Step(
        "Ghi thời điểm", MomentForm, actions.record_moment, "Đã ghi thời điểm.", "thoi-diem"
    ),
    "record_statement": Step(
        "Ghi phát ngôn", StatementFormOfCase, actions.record_statement, "Đã ghi phát ngôn.",
        "phat-ngon", draft=True,
    ),
    "add_party": Step(
        "Thêm đơn vị, người", PartyForm, actions.add_party, "Đã thêm vào hồ sơ.", "nguoi"
    ),
    "add_note": Step("Ghi ý kiến", NoteForm, actions.add_note, "Đã ghi ý kiến.", "y-kien", draft=True),
    "add_evidence": Step(
        "Thêm chứng cứ", EvidenceForm, actions.add_evidence, "Đã niêm phong tệp vào kho chứng cứ.",
        "chung-cu",
    ),
    "write_fact": Step(
        "Thêm dòng", FactForm, actions.write_fact, "Đã ghi bảng đối chiếu.", "doi-chieu", draft=True
    ),
    "open_obligation": Step(
        "Thêm nghĩa vụ", ObligationForm, actions.open_obligation, "Đã thêm nghĩa vụ.", "nghia-vu"
    ),
    "choose_clocks": Step(
        "Chọn đồng hồ nào áp dụng", ChooseForm, actions.choose_clocks, "Đã chọn. Đồng hồ mở theo câu trả lời.",
        "nghia-vu",
    ),
    "answer_directive": Step(
        "Ghi đã trả lời chỉ đạo", AnswerDirectiveForm, actions.answer_directive, "Đã ghi việc trả lời.",
        "chi-dao",
    ),
    "receive_directive": Step(
        "Thêm văn bản chỉ đạo", DirectiveForm, actions.receive_directive, "Đã ghi văn bản chỉ đạo.",
        "chi-dao", draft=True,
    ),
    "close_obligation": Step(
        "Kết thúc nghĩa vụ", CloseObligationForm, actions.close_obligation, "Đã kết thúc nghĩa vụ.",
        "nghia-vu",
    ),
    "plan_remedy": Step(
        "Thêm việc chấn chỉnh", PlanRemedyForm, actions.plan_remedy, "Đã giao việc chấn chỉnh.",
        "chan-chinh",
    ),
    "finish_remedy": Step(
        "Ghi việc đã xong", FinishRemedyForm, actions.finish_remedy, "Đã ghi kết quả chấn chỉnh.",
        "chan-chinh",
    ),
    "add_item": Step("Thêm bài", AddItemForm, actions.add_item, "Đã thêm bài.", "bai-bao"),
    "add_story_items": Step(
        "Thêm vào hồ sơ", StoryItemsForm, actions.add_story_items, "Đã thêm các bài mới.", "bai-bao"
    ),
    "take_out_item": Step(
        "Đưa bài ra khỏi hồ sơ", TakeOutForm, actions.take_out_item, "Đã đưa bài ra khỏi hồ sơ.",
        "bai-bao",
    ),
    "except_four_eyes": Step(
        "Ghi ngoại lệ tự duyệt", ExceptionForm, actions.except_four_eyes,
        "Đã ghi ngoại lệ. Cấp trên sẽ được báo; mở văn bản để duyệt.", "van-ban",
    ),
    "merge_cases": Step("Nhập với hồ sơ khác", MergeForm, actions.merge_cases, "Đã nhập hồ sơ."),
    "split_case": Step("Tách hồ sơ", SplitForm, actions.split_case, "Đã tách hồ sơ mới."),
    "hand_over": Step("Chuyển đơn vị khác", HandOverForm, actions.hand_over, "Đã chuyển hồ sơ."),
    "extend_clock": Step("Gia hạn", ExtendForm, actions.extend_clock, "Đã gia hạn."),
    "pause_clock": Step("Tạm dừng", PauseForm, actions.pause_clock, "Đã ghi đang chờ."),
    "extend_by_law": Step("Gia hạn theo luật", LawExtendForm, actions.extend_clock, "Đã gia hạn."),
    "resume_clock": Step("Chạy tiếp", ClockForm, actions.resume_clock, "Đã ghi hết chờ."),
    "finish_clock": Step("Ghi đã xong", FinishForm, actions.finish_clock, "Đã ghi đồng hồ đã xong."),
}  # fmt: skip

ON_CLOCKS = frozenset(
    {"extend_clock", "extend_by_law", "pause_clock", "resume_clock", "finish_clock"}
)
# Verbs whose policy has another name.
ASKS_FOR = {"extend_by_law": "extend_clock"}
# What may still be written once a case is closed.
AFTER_CLOSING = frozenset({"reopen", "add_note", "finish_remedy"})
# After these the person goes on where the matter is now.
ELSEWHERE = frozenset({"merge_cases", "split_case", "hand_over"})


def offered(setting: Setting) -> list[str]:
    """The verbs of the case page this person may take now, in the order of the table."""
    case = setting.case
    verbs = [verb for verb in STEPS if verb not in ON_CLOCKS and _fits(verb, case.state)]
    if "choose_clocks" in verbs and not questions_of(case, setting):
        verbs.remove("choose_clocks")
    may = authority.allowed(setting.actor, verbs, case)
    if not _wrote_alone(setting):
        may.discard("except_four_eyes")
    return [verb for verb in verbs if verb in may]


def _wrote_alone(setting: Setting) -> bool:
    """Whether a paper waits that this person drafted: only then an exception is spoken of."""
    mine, waiting = setting.actor.pk, PaperState.SUBMITTED
    papers = setting.case.papers.all()
    return any(
        p.state == waiting and p.drafted_by_id == mine and p.exception_id is None for p in papers
    )


def _fits(verb: str, state: str) -> bool:
    if verb in TRANSITIONS:
        return state in TRANSITIONS[verb].sources
    return state != CaseState.CLOSED or verb in AFTER_CLOSING


def offered_on(clock: Clock, setting: Setting) -> list[str]:
    """What this person may do with the clock now: a rule of law is prolonged only as the rule itself allows."""
    if clock.state not in OPEN_CLOCKS:
        return []
    waits = any(pause.until is None for pause in clock.pauses.all())
    verbs = ["resume_clock" if waits else "pause_clock"]
    if clock.is_default and clock.due_at is not None:
        verbs.append("extend_clock")
    elif extensions_of(clock):
        verbs.append("extend_by_law")
    if clock.rule not in BY_A_STEP:
        verbs.append("finish_clock")
    may = authority.allowed(setting.actor, {ASKS_FOR.get(v, v) for v in verbs}, clock)
    return [verb for verb in verbs if ASKS_FOR.get(verb, verb) in may]


def form_for(verb: str, setting: Setting, *args: Any, **kwargs: Any) -> StepForm:
    """The form of a verb, named so that several stand on one page."""
    step = STEPS[verb]
    form = step.form(*args, setting=setting, auto_id=f"{verb}-%s", **kwargs)
    form.verb, form.label, form.is_late = verb, step.label, False
    form.draft = f"{verb}-{setting.case.pk}" if step.draft else ""
    return form


def forms_for(
    verbs: Iterable[str], setting: Setting, *, wanted: str = "", failed: StepForm | None = None
) -> dict[str, StepForm]:
    """The forms of these verbs; the wanted or the refused one stands open."""
    found: dict[str, StepForm] = {}
    for verb in verbs:
        is_late = STEPS[verb].form.is_late and verb != wanted
        found[verb] = _closed(verb, setting) if is_late else form_for(verb, setting)
        found[verb].is_open = verb == wanted
    if failed is not None:
        found[failed.verb] = failed
        failed.is_open = True
    return found


def _closed(verb: str, setting: Setting) -> StepForm:
    """A form that is only named: the page links to itself with the form open."""
    form = StepForm(setting=setting)
    form.verb, form.label, form.is_late = verb, STEPS[verb].label, True
    return form
