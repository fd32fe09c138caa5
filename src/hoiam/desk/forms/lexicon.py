"""Forms of the lexicon page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hoiam.desk.presenters.lexicon import group_choices
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.lexicon import TRIAL_DAYS

TRIAL_CHOICES = ((30, "30 ngày"), (TRIAL_DAYS, f"{TRIAL_DAYS} ngày"), (180, "180 ngày"))
REJUDGE_CHOICES = (
    (0, "Chỉ xét tin mới từ nay"),
    (7, "Xét lại tin của 7 ngày qua"),
    (30, "Xét lại tin của 30 ngày qua"),
    (90, "Xét lại tin của 90 ngày qua"),
)


class WeightField(forms.Field):
    """Points as people write them: 2,5 or −1."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def to_python(self, value: Any) -> float | None:
        """The number, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, float):
            return value or None
        try:
            return float(str(value).strip().replace("−", "-").replace(",", "."))
        except ValueError as error:
            raise ValidationError(
                f"Không đọc được điểm “{value}”. Viết như 2,5 hoặc −1."
            ) from error

    def prepare_value(self, value: Any) -> Any:
        """The number with a decimal comma."""
        return show_number(value).replace("-", "−") if isinstance(value, float) else value


class PhraseForm(forms.Form):
    """Cụm từ thêm vào bản nháp."""

    group = forms.ChoiceField(label="Nhóm")
    phrases = forms.CharField(
        label="Cụm từ",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một cụm, viết có dấu. Dấu … thay cho vài chữ trong cùng câu, ví dụ: thợ săn nợ … nhà máy.",
    )
    weight = WeightField(
        label="Điểm",
        required=False,
        help_text="Để trống thì lấy điểm thường dùng của nhóm: liên quan 2,5; việc khác −1; sắc thái, loại tin 2.",
    )
    why = forms.CharField(
        label="Lý do", max_length=300, help_text="Người đọc lý do của một tin sẽ thấy câu này."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "Chọn nhóm"), *group_choices()]


class WeighForm(forms.Form):
    """Điểm mới của một dòng."""

    weight = WeightField(label="Điểm mới")
    why = forms.CharField(label="Lý do", max_length=300)


class WhyForm(forms.Form):
    """Lý do của một việc."""

    why = forms.CharField(label="Lý do", max_length=300)


class TrialForm(forms.Form):
    """Chạy thử trên tin của bao nhiêu ngày."""

    days = forms.TypedChoiceField(
        label="Trên tin của", choices=TRIAL_CHOICES, coerce=int, initial=TRIAL_DAYS
    )


class PublishForm(forms.Form):
    """Công bố bản nháp."""

    reason = forms.CharField(
        label="Lý do công bố",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Đứng trong lịch sử các bản, ai cũng đọc được.",
    )
    rejudge_days = forms.TypedChoiceField(
        label="Tin đã có",
        choices=REJUDGE_CHOICES,
        coerce=int,
        initial=0,
        help_text="Xét lại chỉ thêm tin và cảnh báo còn thiếu; không bỏ, không đổi tin đã có trên bàn.",
    )
