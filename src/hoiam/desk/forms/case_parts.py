"""Forms of what belongs to a case: moments, statements, parties, remarks, evidence, facts, obligations."""

from typing import Any

from django import forms
from django.db.models import Model

from hoiam.agencies.states import Role
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, is_yes, offer, pick
from hoiam.handling.models import Directive
from hoiam.handling.states import DueKind, MomentKind, PaperState, PartyRole, StatementForm
from hoiam.kit.rulebook import media_types, obligation_types


class MomentForm(StepForm):
    """Ghi một thời điểm."""

    kind = forms.ChoiceField(label="Thời điểm", choices=[("", "Chưa chọn"), *MomentKind.choices])
    at = MomentField(label="Ngày giờ")
    media_type = forms.ChoiceField(
        label="Loại hình của báo",
        required=False,
        choices=[("", "Không nêu"), *((code, names[0]) for code, names in media_types().items())],
        help_text="Chọn khi ghi báo nhận trả lời, báo đăng cải chính: hạn theo loại hình.",
    )
    reason = area("Lý do ghi lại", rows=2, required=False, help_text="Ghi khi thời điểm này đã có.")
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["evidence"], setting.case.evidence_files.all(), "Không kèm")


class StatementFormOfCase(StepForm):
    """Ghi một lần phát ngôn."""

    at = MomentField(label="Thời điểm phát ngôn")
    form = forms.ChoiceField(label="Hình thức", choices=[("", "Chưa chọn"), *StatementForm.choices])
    spokesperson = forms.CharField(
        label="Người phát ngôn", max_length=150, help_text="Họ tên người có quyền phát ngôn lúc đó; quyền được kiểm tra khi ghi."
    )  # fmt: skip
    outside_reason = forms.CharField(
        label="Nếu là người của cơ quan khác: vì sao", required=False, max_length=500
    )
    text = area("Nội dung", rows=5)
    url = forms.URLField(
        label="Địa chỉ đăng", required=False, max_length=1000, assume_scheme="https"
    )

    def prepare(self, setting: Setting) -> None:
        if setting.actor.has_role(Role.HEAD, Role.SPOKESPERSON):
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

    names_denouncer = forms.BooleanField(label="Tệp có tên, địa chỉ người tố cáo", required=False)

    def typed(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {
            "title": self.cleaned_data["title"], "file_name": file.name, "data": file.read(),
            "names_denouncer": self.cleaned_data["names_denouncer"],
        }  # fmt: skip


class FactForm(StepForm):
    """Một dòng của bảng đối chiếu; `row` là dòng đang sửa."""

    claim = area("Báo nêu", rows=2)
    truth = area("Thực tế", rows=2, required=False)
    evidence = area("Chứng cứ", rows=2, required=False)
    is_claim_right = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("", "Chưa kết luận"), ("yes", "Báo nêu đúng"), ("no", "Báo nêu sai")],
        coerce=is_yes,
        empty_value=None,
        required=False,
    )
    files = forms.MultipleChoiceField(
        label="Tệp chứng minh", required=False, widget=forms.CheckboxSelectMultiple
    )
    items = forms.MultipleChoiceField(
        label="Bài chứng minh", required=False, widget=forms.CheckboxSelectMultiple
    )
    row = None

    def prepare(self, setting: Setting) -> None:
        self.known = {
            "files": {str(file.pk): file for file in setting.case.evidence_files.all()},
            "items": {str(row.item_id): row.item for row in setting.case.case_items.all()},
        }
        for name, things in self.known.items():
            self.fields[name].choices = [(key, str(thing)) for key, thing in things.items()]
            if not things:
                del self.fields[name]

    def typed(self) -> dict[str, Any]:
        data = {**self.cleaned_data, "row": self.row}
        for name, things in self.known.items():
            data[name] = [things[key] for key in data.get(name, ())]
        return data


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


class DirectiveForm(StepForm):
    """Ghi văn bản chỉ đạo, yêu cầu của cơ quan khác."""

    issuer = forms.CharField(
        label="Cơ quan chỉ đạo, yêu cầu", max_length=250,
        help_text="UBND tỉnh, Ban Chỉ đạo, Cục, Bộ, cơ quan quản lý báo chí.",
    )  # fmt: skip
    number = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    dated = DayField(label="Ngày văn bản", required=False)
    content = area("Yêu cầu gì", rows=2)
    due_on = DayField(label="Hạn ghi trong văn bản", required=False)
    due_kind = forms.ChoiceField(label="Cách tính hạn", choices=DueKind.choices)
    received_at = MomentField(label="Nhận lúc", required=False, help_text="Bỏ trống là bây giờ.")
    is_press_authority = forms.BooleanField(
        label="Của cơ quan chỉ đạo, quản lý báo chí", required=False,
        help_text="Mở nghĩa vụ loại g, tính theo hạn của văn bản này.",
    )  # fmt: skip


class AnswerDirectiveForm(StepForm):
    """Ghi đã trả lời văn bản chỉ đạo."""

    directive = pick("Văn bản chỉ đạo")
    paper = pick("Trả lời bằng văn bản", required=False, empty="Không soạn ở đây")
    how = forms.CharField(
        label="Hoặc đã trả lời bằng cách nào",
        max_length=300,
        required=False,
        help_text="Số văn bản, kênh gửi.",
    )
    at = MomentField(label="Trả lời lúc", required=False, help_text="Bỏ trống là bây giờ.")

    def prepare(self, setting: Setting) -> None:
        waiting = setting.beside.open_directives
        offer(self.fields["directive"], waiting)
        if len(waiting) == 1:
            self.fields["directive"].initial = str(waiting[0].pk)
        offer(self.fields["paper"], setting.case.papers.all(), "Không soạn ở đây")

    def subject(self) -> Model:
        directive: Directive = self.cleaned_data["directive"]
        directive.case_id = self.setting.case.pk
        return directive

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "directive"}


class ExceptionForm(StepForm):
    """Ghi ngoại lệ: người soạn tự duyệt ở đơn vị một người ký."""

    paper = pick("Văn bản chờ duyệt")
    reason = area("Vì sao không có người thứ hai", rows=2, help_text="Cấp trên được báo tin.")

    def prepare(self, setting: Setting) -> None:
        waiting = [p for p in setting.case.papers.all() if p.state == PaperState.SUBMITTED]
        offer(self.fields["paper"], waiting)
