"""Forms of a case: one for each verb, and the table that names them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core import authority
from hoiam.desk.forms.clocks import ClockForm, ExtendForm, PauseForm
from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import Setting, Step, StepForm, area, offer, pick
from hoiam.handling import actions
from hoiam.handling.models import Clock
from hoiam.handling.states import (
    TRANSITIONS,
    CaseState,
    ClockState,
    MomentKind,
    PartyRole,
    StatementForm,
)
from hoiam.kit.rulebook import obligation_types, result_codes
from hoiam.monitoring.states import Severity

OPEN_CLOCKS = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)
SKIP_HINT = "Ghi khi bỏ qua một bước không bắt buộc."
YES_NO = (("yes", "Có"), ("no", "Không"))


def _is_yes(value: str) -> bool:
    return value == "yes"


class ScreenForm(StepForm):
    """Sàng lọc."""

    severity = forms.TypedChoiceField(
        label="Mức độ", choices=Severity.choices, coerce=int, widget=forms.RadioSelect
    )
    letters = forms.MultipleChoiceField(
        label="Loại nghĩa vụ",
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn mọi loại đúng với vụ việc; mỗi loại mở đồng hồ của nó.",
    )
    reason = area("Ghi chú", rows=2, required=False)

    def prepare(self, setting: Setting) -> None:
        self.fields["severity"].initial = str(setting.case.severity)
        self.fields["letters"].choices = [
            (kind.letter, f"{kind.letter}. {kind.title}") for kind in obligation_types()
        ]
        self.fields["letters"].error_messages["required"] = "Chọn ít nhất một loại nghĩa vụ (a–i)."


class ImpactForm(StepForm):
    """Xác định tác động."""

    has_impact = forms.TypedChoiceField(
        label="Vụ việc có tác động hoặc nguy cơ tác động dư luận?",
        choices=YES_NO,
        coerce=_is_yes,
        widget=forms.RadioSelect,
        help_text="Nếu có: mở nghĩa vụ loại f và đồng hồ 24 giờ (NĐ 244/2026 Điều 7 khoản 4).",
    )
    at = MomentField(label="Thời điểm xác định", required=False, help_text="Bỏ trống là bây giờ.")
    reason = area("Căn cứ")


class AssignForm(StepForm):
    """Giao xác minh."""

    is_late = True
    lead = pick("Đơn vị chủ trì")
    official = pick("Người xác minh", required=False, empty="Đơn vị tự phân công")
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["lead"], setting.own_places)
        offer(self.fields["official"], setting.people, "Đơn vị tự phân công")


class EmptyForm(StepForm):
    """Bước không phải ghi gì thêm."""


class ReportForm(StepForm):
    """Báo cáo cấp trên."""

    how = forms.CharField(
        label="Báo cáo bằng cách nào", max_length=300, help_text="Văn bản số nào, hoặc kênh nào."
    )


class PlanForm(StepForm):
    """Chốt phương án cung cấp thông tin."""

    plan = area(
        "Phương án",
        rows=5,
        help_text="Hình thức phát ngôn, người phát ngôn, thông điệp chính; căn cứ nếu từ chối.",
    )
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class IssueForm(StepForm):
    """Ghi đã trả lời ngoài các văn bản soạn ở đây."""

    how = forms.CharField(
        label="Đã trả lời bằng cách nào",
        max_length=300,
        help_text="Văn bản số nào, gửi bằng cách nào. Văn bản soạn ở đây thì ghi ở trang văn bản đó.",
    )
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class PublishForm(StepForm):
    """Công bố."""

    where = forms.CharField(label="Nơi công bố", max_length=500, help_text="Địa chỉ trang, kênh.")


class WatchForm(StepForm):
    """Theo dõi báo."""

    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class EscalateForm(StepForm):
    """Leo thang."""

    to = forms.CharField(
        label="Nơi đề nghị xử lý",
        max_length=250,
        help_text="Cơ quan chủ quản của báo, cơ quan quản lý báo chí, tòa án.",
    )
    reason = area("Lý do")


class RemedyForm(StepForm):
    """Chấn chỉnh nội bộ."""

    text = area("Việc chấn chỉnh", rows=4, help_text="Ai, làm gì, xong khi nào.")


class CloseForm(StepForm):
    """Đóng hồ sơ."""

    result = forms.ChoiceField(label="Kết quả")
    note = area(
        "Ghi rõ",
        required=False,
        help_text="Bắt buộc khi còn đồng hồ theo luật đang chạy hoặc còn bước bị bỏ qua.",
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["result"].choices = [
            ("", "Chưa chọn"),
            *((code.code, f"{code.title}: {code.meaning}") for code in result_codes()),
        ]


class ReopenForm(StepForm):
    """Mở lại hồ sơ."""

    reason = area("Lý do mở lại", rows=2)


class MomentForm(StepForm):
    """Ghi một trong ba thời điểm."""

    kind = forms.ChoiceField(label="Thời điểm", choices=[("", "Chưa chọn"), *MomentKind.choices])
    at = MomentField(label="Ngày giờ")
    reason = area("Lý do ghi lại", rows=2, required=False, help_text="Ghi khi thời điểm này đã có.")
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["evidence"], setting.case.evidence_files.all(), "Không kèm")


class StatementFormOfCase(StepForm):
    """Ghi một lần phát ngôn."""

    at = MomentField(label="Thời điểm phát ngôn")
    form = forms.ChoiceField(label="Hình thức", choices=[("", "Chưa chọn"), *StatementForm.choices])
    spokesperson = forms.CharField(label="Người phát ngôn", max_length=150)
    text = area("Nội dung", rows=5)
    url = forms.URLField(
        label="Địa chỉ đăng", required=False, max_length=1000, assume_scheme="https"
    )

    def prepare(self, setting: Setting) -> None:
        if setting.actor.has_role(*SIGNING_ROLES):
            self.fields["spokesperson"].initial = str(setting.actor)


class PartyForm(StepForm):
    """Thêm đơn vị, người tham gia."""

    is_late = True
    agency = pick("Đơn vị")
    official = pick("Người", required=False, empty="Không nêu người")
    role = forms.ChoiceField(label="Vai", choices=PartyRole.choices, initial=PartyRole.COORDINATING)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["agency"], setting.places)
        offer(self.fields["official"], setting.people, "Không nêu người")


class NoteForm(StepForm):
    """Ghi ý kiến."""

    text = area("Ý kiến")


class EvidenceForm(StepForm):
    """Thêm chứng cứ."""

    title = forms.CharField(
        label="Tên chứng cứ", max_length=250, required=False, help_text="Bỏ trống thì lấy tên tệp."
    )
    file = forms.FileField(
        label="Tệp", help_text="PDF, ảnh, âm thanh, video MP4, Word, Excel; không quá 50 MB."
    )

    def typed(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {
            "title": self.cleaned_data["title"], "file_name": file.name, "data": file.read(),
        }  # fmt: skip


class FactForm(StepForm):
    """Một dòng của bảng đối chiếu; `row` là dòng đang sửa."""

    claim = area("Báo nêu", rows=2)
    truth = area("Thực tế", rows=2, required=False)
    evidence = area("Chứng cứ", rows=2, required=False)
    is_claim_right = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("", "Chưa kết luận"), ("yes", "Báo nêu đúng"), ("no", "Báo nêu sai")],
        coerce=_is_yes,
        empty_value=None,
        required=False,
    )
    row = None

    def typed(self) -> dict[str, Any]:
        return {**self.cleaned_data, "row": self.row}


class ObligationForm(StepForm):
    """Thêm nghĩa vụ."""

    letter = forms.ChoiceField(label="Loại nghĩa vụ")
    reason = area("Vì sao", rows=2, required=False)

    def prepare(self, setting: Setting) -> None:
        has = {obligation.letter for obligation in setting.case.obligations.all()}
        self.fields["letter"].choices = [
            ("", "Chưa chọn"),
            *(
                (k.letter, f"{k.letter}. {k.title}")
                for k in obligation_types()
                if k.letter not in has
            ),
        ]


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
    "extend_clock": Step("Gia hạn", ExtendForm, actions.extend_clock, "Đã gia hạn."),
    "pause_clock": Step("Tạm dừng", PauseForm, actions.pause_clock, "Đã tạm dừng đồng hồ."),
    "resume_clock": Step("Chạy tiếp", ClockForm, actions.resume_clock, "Đồng hồ chạy tiếp."),
}  # fmt: skip

ON_CLOCKS = frozenset({"extend_clock", "pause_clock", "resume_clock"})
# What may still be written once a case is closed.
AFTER_CLOSING = frozenset({"reopen", "add_note"})


def offered(setting: Setting) -> list[str]:
    """The verbs of the case page this person may take now, in the order of the table."""
    case = setting.case
    verbs = [verb for verb in STEPS if verb not in ON_CLOCKS and _fits(verb, case.state)]
    may = authority.allowed(setting.actor, verbs, case)
    return [verb for verb in verbs if verb in may]


def _fits(verb: str, state: str) -> bool:
    if verb in TRANSITIONS:
        return state in TRANSITIONS[verb].sources
    return state != CaseState.CLOSED or verb in AFTER_CLOSING


def offered_on(clock: Clock, setting: Setting) -> list[str]:
    """What this person may do with the clock now: only product defaults move, and only while they run."""
    if clock.state not in OPEN_CLOCKS or not clock.is_default:
        return []
    paused = clock.state == ClockState.PAUSED
    verbs = ["extend_clock", "resume_clock" if paused else "pause_clock"]
    if clock.due_at is None:
        verbs.remove("extend_clock")
    may = authority.allowed(setting.actor, verbs, clock)
    return [verb for verb in verbs if verb in may]


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
