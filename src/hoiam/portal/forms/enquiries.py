"""The form by which the press asks an agency; it works without JavaScript and never loses what was typed."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hoiam.handling.states import EnquiryKind
from hoiam.kit.vietnamese import read_moment, show_datetime

LONGEST_PURPOSE, LONGEST_QUESTIONS = 2000, 10_000


class WishField(forms.CharField):
    """A moment of Viet Nam's clock as people write it: 05/04/2026 14:05."""

    def __init__(self, *, now: datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.now = now

    def clean(self, value: Any) -> datetime | None:
        """The moment, or None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        found = read_moment(text, self.now)
        if found is None or not found.has_time:
            raise ValidationError(
                f"Không đọc được “{text}”. Viết ngày và giờ như 05/04/2026 14:05."
            )
        if found.value <= self.now:
            raise ValidationError(
                f"{show_datetime(found.value)} đã qua. Ghi thời điểm ở phía trước."
            )
        return found.value


class EnquiryForm(forms.Form):
    """Who asks, what for, and what."""

    outlet = forms.CharField(label="Cơ quan báo chí", max_length=200)
    reporter_name = forms.CharField(label="Họ và tên phóng viên", max_length=120)
    card_number = forms.CharField(label="Số thẻ nhà báo", max_length=40, required=False)
    email = forms.EmailField(
        label="Thư điện tử",
        max_length=120,
        required=False,
        help_text="Nhận tin khi đề nghị được tiếp nhận, trả lời. Ghi thư điện tử hoặc điện thoại.",
    )
    phone = forms.CharField(label="Điện thoại", max_length=60, required=False)
    kind = forms.ChoiceField(label="Đề nghị", choices=EnquiryKind.choices, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="Mục đích", max_length=LONGEST_PURPOSE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Viết bài gì, đăng ở đâu. Người phỏng vấn thông báo trước mục đích và câu hỏi (Luật Báo chí 126/2025 Điều 33).",
    )  # fmt: skip
    questions = forms.CharField(
        label="Câu hỏi, nội dung cần cung cấp", max_length=LONGEST_QUESTIONS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Không ghi nguồn tin; cơ quan không hỏi ai cung cấp thông tin cho báo.",
    )  # fmt: skip
    is_reported_matter = forms.BooleanField(label="Đây là sự việc báo chí đã nêu", required=False)
    # People leave it alone; programs that fill every field do not.
    note_box = forms.CharField(label="Để trống ô này", required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.label_suffix = ""
        self.fields["wished_at"] = WishField(
            now=now, label="Mong được trả lời trước", required=False, max_length=40,
            help_text="Ghi cả ngày và giờ, ví dụ 05/04/2026 14:05.",
        )  # fmt: skip
        self.order_fields([*list(self.fields)[:-2], "wished_at", "note_box"])
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
            field.error_messages["invalid"] = "Địa chỉ thư chưa đúng. Viết như ten@toasoan.vn."
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput):
                field.widget.attrs["class"] = "ha-field"
        self.fields["kind"].initial = EnquiryKind.INFORMATION
        self.fields["note_box"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_note_box(self) -> str:
        """Nothing: whoever wrote here by mistake is told, a program is stopped."""
        if self.cleaned_data["note_box"]:
            raise ValidationError("Xóa chữ ở ô phải để trống rồi gửi lại.")
        return ""

    def clean(self) -> dict[str, Any]:
        """One way to reach the reporter is there."""
        data = super().clean() or {}
        if not data.get("email") and not data.get("phone") and "email" not in self.errors:
            self.add_error("email", "Ghi thư điện tử hoặc điện thoại để cơ quan liên hệ lại.")
        return data

    def visible(self) -> list[Any]:
        """The fields people fill in, each with what describes it."""
        for bound in self:
            described = [
                f"{bound.auto_id}-{part}"
                for part, is_there in (("hint", bound.help_text), ("error", bound.errors))
                if is_there
            ]
            if described:
                bound.field.widget.attrs["aria-describedby"] = " ".join(described)
            if bound.errors:
                bound.field.widget.attrs["aria-invalid"] = "true"
        return [bound for bound in self if bound.name != "note_box"]

    def typed(self) -> dict[str, Any]:
        """What `send_enquiry` takes."""
        data = {
            k: v for k, v in self.cleaned_data.items() if k not in ("note_box", "email", "phone")
        }
        reached = (self.cleaned_data["phone"], self.cleaned_data["email"])
        return {**data, "contact": " · ".join(part for part in reached if part)}
