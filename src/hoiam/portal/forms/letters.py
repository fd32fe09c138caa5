"""The form by which citizens send a letter or a legal question; it works without JavaScript and never loses what was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hoiam.letters.actions.intake import LONGEST_TEXT, Named, Upload, Written
from hoiam.letters.states import PersonRole

LETTER, QUESTION = "letter", "question"
ABOUT = ((LETTER, "Đơn kiến nghị, phản ánh, khiếu nại, tố cáo"), (QUESTION, "Câu hỏi pháp luật"))
LONGEST_QUESTION = 5000


class ManyFiles(forms.ClearableFileInput):
    """A field of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The chosen files, read whole; what may be kept is the action's to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Every file as an upload."""
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [Upload(file.name, file.read()) for file in chosen]


class SendForm(forms.Form):
    """Who writes, what about, and what."""

    kind = forms.ChoiceField(
        label="Bạn gửi", choices=ABOUT, widget=forms.RadioSelect, initial=LETTER
    )
    title = forms.CharField(label="Về việc", max_length=300, required=False)
    content = forms.CharField(
        label="Nội dung", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Nêu rõ sự việc, ngày, bản án hoặc quyết định, cơ quan, điều bạn đề nghị.",
    )  # fmt: skip
    name = forms.CharField(
        label="Họ và tên", max_length=150, required=False,
        help_text="Đơn không ghi người gửi có thể không đủ điều kiện giải quyết.",
    )  # fmt: skip
    is_denouncer = forms.BooleanField(
        label="Đơn này tố cáo hành vi vi phạm (danh tính của tôi phải được giữ bí mật)",
        required=False,
    )
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    email = forms.EmailField(
        label="Thư điện tử", max_length=200, required=False,
        help_text="Để nhận trả lời qua thư điện tử.",
    )  # fmt: skip
    files = FilesField(
        label="Tệp kèm theo",
        help_text="PDF, ảnh, Word, Excel, ghi âm hoặc video MP4; tối đa 5 tệp, mỗi tệp 10 MB.",
    )  # fmt: skip
    # People leave it alone; programs that fill every field do not.
    website = forms.CharField(label="Để trống ô này", required=False)
    puzzle_token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    puzzle_number = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
            field.error_messages["invalid"] = "Địa chỉ thư chưa đúng. Viết như ten@thu.vn."
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput):
                field.widget.attrs["class"] = "ha-field"
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """Nothing: whoever wrote here by mistake is told, a program is stopped."""
        if self.cleaned_data["website"]:
            raise ValidationError("Xóa chữ ở ô phải để trống rồi gửi lại.")
        return ""

    def clean(self) -> dict[str, Any]:
        """A question is short, and can be answered to somebody."""
        data = super().clean() or {}
        if data.get("kind") == QUESTION:
            if len(data.get("content", "")) > LONGEST_QUESTION:
                self.add_error("content", "Câu hỏi dài quá 5.000 ký tự. Rút gọn lại.")
            if not data.get("phone") and not data.get("email") and "email" not in self.errors:
                self.add_error("email", "Ghi thư điện tử hoặc điện thoại để nhận giải đáp.")
        return data

    def visible(self) -> list[Any]:
        """The fields people fill in, each with what describes it."""
        hidden = ("website", "puzzle_token", "puzzle_number")
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
        return [bound for bound in self if bound.name not in hidden]

    @property
    def is_question(self) -> bool:
        """Whether a legal question is sent, not a letter."""
        return self.cleaned_data["kind"] == QUESTION

    def sender(self) -> Named:
        """Who writes."""
        data = self.cleaned_data
        role = PersonRole.DENOUNCER if data["is_denouncer"] else PersonRole.SENDER
        role = PersonRole.ASKER if self.is_question else role
        return Named(data["name"], role, data["address"], data["phone"], data["email"])

    def written(self) -> Written:
        """The letter as `send_letter` takes it."""
        data = self.cleaned_data
        return Written(data["title"], data["content"], [self.sender()], data["files"])
