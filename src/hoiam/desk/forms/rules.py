"""Forms of rules and of the calendar: a stricter number, a day announced, a private address."""

from django import forms

from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.steps import area
from hoiam.handling.states import DayKind


class PlainForm(forms.Form):
    """Its missing fields are told in a sentence."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."


class TighteningForm(PlainForm):
    """Siết một quy tắc."""

    number = forms.IntegerField(
        label="Con số của đơn vị", error_messages={"invalid": "Nhập một số nguyên, ví dụ 12."}
    )
    valid_from = DayField(label="Áp dụng từ ngày")
    reason = area("Lý do", rows=2)


class DayForm(PlainForm):
    """Nhập một ngày được thông báo."""

    day = DayField(label="Ngày")
    kind = forms.ChoiceField(label="Loại", choices=[("", "Chưa chọn"), *DayKind.choices])
    name = forms.CharField(
        label="Tên", max_length=120, help_text="Ví dụ: nghỉ hoán đổi dịp Quốc khánh."
    )
    source = forms.CharField(
        label="Văn bản", max_length=250, help_text="Số, ký hiệu, ngày của thông báo."
    )


class LinkForm(PlainForm):
    """Tạo một địa chỉ lịch."""

    whose = forms.ChoiceField(label="Lịch của ai", widget=forms.RadioSelect)
    label = forms.CharField(
        label="Dùng ở đâu", max_length=80, required=False, help_text="Ví dụ: điện thoại."
    )
