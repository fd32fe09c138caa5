"""Forms of what belongs to a case: moments, statements, parties, remarks, evidence, facts, obligations."""

from typing import Any

from django import forms

from hoiam.agencies.states import SIGNING_ROLES
from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, is_yes, offer, pick
from hoiam.handling.states import MomentKind, PartyRole, StatementForm
from hoiam.kit.rulebook import obligation_types


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
