"""Forms that end things: an obligation or the case with its proved result, a remedy planned and done."""

import re
from typing import Any

from django import forms
from django.db.models import Model

from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, offer, pick
from hoiam.handling.models import Case, Obligation, Remedy
from hoiam.handling.queries.outcomes import Proof
from hoiam.kit.rulebook import RulebookError, obligation_type, refusal_grounds, result_codes

NUMBER = re.compile(r"(?:HS\s*)?(\d{1,6})\s*/\s*(\d{4})", re.IGNORECASE)
PROOF = ("link", "evidence", "place", "ground", "original")


class CaseNumberField(forms.CharField):
    """A case of the same agency by its number: "HS 118/2026" or "118/2026"; `agency` is set by the form."""

    agency: int | None = None

    def clean(self, value: Any) -> Case | None:
        """The case, or None when nothing was typed."""
        typed = super().clean(value).strip()
        if not typed:
            return None
        found = NUMBER.fullmatch(typed)
        rows = Case.objects.system("a case of the same agency, by its number")
        case = (
            rows.filter(agency=self.agency, ordinal=int(found[1]), year=int(found[2])).first()
            if found
            else None
        )
        if case is None:
            raise forms.ValidationError(
                f"Không thấy hồ sơ “{typed}” của cơ quan này. Viết như HS 118/2026."
            )
        return case


def result_choices() -> list[tuple[str, str]]:
    """The result codes with what each needs."""
    codes = (
        (code.code, f"{code.title}: {code.meaning} (cần {code.needs})") for code in result_codes()
    )
    return [("", "Chưa chọn"), *codes]


class ResultForm(StepForm):
    """Kết quả và điều phải ghi kèm."""

    is_late = True
    result = forms.ChoiceField(label="Kết quả")
    note = area(
        "Ghi rõ", rows=2, required=False,
        help_text="Bắt buộc khi còn đồng hồ theo luật hoặc văn bản chỉ đạo chưa xong, hoặc còn bước bị bỏ qua.",
    )  # fmt: skip
    link = forms.URLField(
        label="Địa chỉ bài đã đăng", required=False, max_length=1000, assume_scheme="https"
    )
    evidence = pick("Tệp chứng minh", required=False, empty="Không kèm")
    place = forms.CharField(label="Nơi nhận, nơi đã chuyển", required=False, max_length=250)
    ground = forms.ChoiceField(label="Căn cứ từ chối", required=False)
    original = CaseNumberField(
        label="Hồ sơ gốc (khi trùng)", required=False, max_length=30, help_text="Ví dụ HS 118/2026."
    )
    waiver = area(
        "Vì sao vẫn đóng khi còn thiếu",
        rows=2,
        required=False,
        help_text="Chỉ thủ trưởng; được lưu lại.",
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["result"].choices = result_choices()
        self.fields["original"].agency = setting.case.agency_id
        self.fields["ground"].choices = [("", "Không từ chối"), *_grounds(setting)]
        offer(self.fields["evidence"], setting.case.evidence_files.all(), "Không kèm")

    def typed(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"proof": Proof(**{name: data.pop(name) for name in PROOF}), **data}


def _grounds(setting: Setting) -> list[tuple[str, str]]:
    try:
        return [(ground.code, ground.text) for ground in refusal_grounds(setting.actor.today)]
    except RulebookError:
        return []


class CloseForm(ResultForm):
    """Đóng hồ sơ: mỗi nghĩa vụ còn mở có ô kết quả riêng."""

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        self.still = [o for o in setting.case.obligations.all() if o.ended_at is None]
        for obligation in self.still:
            title = obligation_type(obligation.letter).title
            self.fields[f"result_{obligation.letter}"] = forms.ChoiceField(
                label=f"Kết quả nghĩa vụ {obligation.letter}: {title}",
                required=False,
                choices=[
                    ("", "Như kết quả hồ sơ" if len(self.still) == 1 else "Chưa chọn"),
                    *((code.code, code.title) for code in result_codes()),
                ],
            )
        names = ("result", *(f"result_{o.letter}" for o in self.still), "note", *PROOF, "waiver")
        self.order_fields(names)

    def typed(self) -> dict[str, Any]:
        data = super().typed()
        results = {o.letter: data.pop(f"result_{o.letter}") for o in self.still}
        return {**data, "results": results}


class CloseObligationForm(ResultForm):
    """Kết thúc một nghĩa vụ bằng kết quả riêng."""

    obligation = pick("Nghĩa vụ")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        still = [o for o in setting.case.obligations.all() if o.ended_at is None]
        offer(self.fields["obligation"], still)
        names = [(str(o.pk), f"{o.letter}. {obligation_type(o.letter).title}") for o in still]
        self.fields["obligation"].choices = [("", "Chưa chọn"), *names]
        if len(still) == 1:
            self.fields["obligation"].initial = names[0][0]
        self.order_fields(("obligation", "result", "note", *PROOF, "waiver"))

    def subject(self) -> Model:
        obligation: Obligation = self.cleaned_data["obligation"]
        return obligation

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in super().typed().items() if name != "obligation"}


class RemedyForm(StepForm):
    """Chấn chỉnh nội bộ (bước 12)."""

    text = area("Việc chấn chỉnh", rows=4)
    who = forms.CharField(label="Ai làm", max_length=200, required=False)
    due_on = DayField(
        label="Hạn",
        required=False,
        help_text="Bỏ trống khi đã làm xong; có hạn thì việc nằm trong Việc của tôi.",
    )


class PlanRemedyForm(StepForm):
    """Thêm việc chấn chỉnh có hạn."""

    what = area("Việc chấn chỉnh", rows=2)
    who = forms.CharField(label="Ai làm", max_length=200)
    due_on = DayField(label="Hạn")


class FinishRemedyForm(StepForm):
    """Ghi việc chấn chỉnh đã xong."""

    remedy = pick("Việc chấn chỉnh")
    note = area("Kết quả", rows=2)
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")
    at = MomentField(label="Xong lúc", required=False, help_text="Bỏ trống là bây giờ.")

    def prepare(self, setting: Setting) -> None:
        waiting = setting.beside.open_remedies
        offer(self.fields["remedy"], waiting)
        if len(waiting) == 1:
            self.fields["remedy"].initial = str(waiting[0].pk)
        offer(self.fields["evidence"], setting.case.evidence_files.all(), "Không kèm")

    def subject(self) -> Model:
        remedy: Remedy = self.cleaned_data["remedy"]
        remedy.case_id = self.setting.case.pk
        return remedy

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "remedy"}
