"""Forms of a unit's part in a task: progress, products, difficulties, hand-over, reminders."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.desk.forms.scheme import AskForm
from hoiam.scheme.states import DifficultyKind

LONGEST = 4000


def _text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class _Form(forms.Form):
    """Without colons; `typed` is what the action takes."""

    is_multipart_form = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class ProgressForm(_Form):
    """How far it is, and what was done."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    percent = forms.IntegerField(
        label="Tiến độ, %",
        min_value=0,
        max_value=100,
        error_messages={
            "min_value": "Tiến độ là số từ 0 đến 100.",
            "max_value": "Tiến độ là số từ 0 đến 100.",
            "invalid": "Ghi một số nguyên từ 0 đến 100.",
        },
    )
    words = _text("Đã làm được gì, còn gì")


class FinishForm(_Form):
    """Done, with a word where no product shows it."""

    words = _text(
        "Kết quả, nơi xem", required=False, help_text="Đã nộp sản phẩm thì có thể bỏ trống."
    )


class ReopenForm(_Form):
    """Why it goes on."""

    words = _text("Lý do làm tiếp", rows=2)


class ExemptForm(_Form):
    """Why the unit need not do it."""

    reason = _text("Lý do miễn", rows=2)


class HandOverForm(_Form):
    """Who takes it on, and by what paper."""

    to = forms.ModelChoiceField(
        label="Đơn vị nhận", queryset=Agency.objects.none(), empty_label="Chọn đơn vị"
    )
    reason = _text("Lý do, văn bản bàn giao", rows=2)


class FileForm(_Form):
    """A file as a product."""

    is_multipart_form = True
    file = forms.FileField(label="Tệp", help_text="PDF, Word, Excel, ảnh, âm thanh, video; không quá 50 MB.")  # fmt: skip
    title = forms.CharField(label="Tên sản phẩm", max_length=300, required=False, help_text="Bỏ trống thì lấy tên tệp.")  # fmt: skip
    note = _text("Ghi chú", rows=2, required=False)

    def typed(self) -> dict[str, Any]:
        """The bytes in place of the upload."""
        told = dict(self.cleaned_data)
        file = told.pop("file")
        return told | {"file_name": file.name, "data": file.read()}


class LinkForm(_Form):
    """An address as a product."""

    url = forms.CharField(
        label="Địa chỉ bài, trang",
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text="Bài đã được hệ thống thu thập thì ghi ngay “hệ thống đã thấy”; bài khác chờ đến khi thấy.",
    )
    title = forms.CharField(label="Tên sản phẩm", max_length=300, required=False)
    note = _text("Ghi chú", rows=2, required=False)


class ProofForm(_Form):
    """Something recorded in the house already."""

    proof = forms.ChoiceField(label="Việc đã ghi trong hệ thống")
    note = _text("Ghi chú", rows=2, required=False)


class DifficultyForm(_Form):
    """What is in the way, or what is proposed."""

    kind = forms.ChoiceField(
        label="Loại", choices=DifficultyKind.choices, initial=DifficultyKind.DIFFICULTY
    )
    text = _text("Nội dung", help_text="Gửi ngay cho cấp trên, cơ quan chủ trì và Cục Quản lý THADS.")  # fmt: skip


class RemindForm(_Form):
    """A word beside the reminder."""

    text = _text("Lời nhắc", rows=2, required=False, help_text="Mỗi việc nhắc một lần trong ngày.")


class AskTaskForm(AskForm):
    """As for a clock."""

    is_multipart_form = False

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class RemoveForm(_Form):
    """Why a product is taken back."""

    reason = forms.CharField(label="Lý do rút", max_length=500)


class AnswerForm(_Form):
    """What those above say."""

    answer = _text("Trả lời, hướng dẫn")


class AgainForm(_Form):
    """What is still in the way."""

    text = _text("Điều còn vướng", rows=2)


class CloseForm(_Form):
    """How it ended."""

    reason = _text("Kết quả", rows=2, required=False)


FORMS: Mapping[str, type[Any]] = {
    "report_progress": ProgressForm,
    "finish_assignment": FinishForm,
    "add_link": LinkForm,
    "add_file": FileForm,
    "add_proof": ProofForm,
    "raise_difficulty": DifficultyForm,
    "reopen_assignment": ReopenForm,
    "remind_of_task": RemindForm,
    "ask_about_task": AskTaskForm,
    "exempt_assignment": ExemptForm,
    "hand_over": HandOverForm,
}
DIFFICULTY_FORMS: Mapping[str, type[Any]] = {
    "answer_difficulty": AnswerForm,
    "ask_again": AgainForm,
    "close_difficulty": CloseForm,
}


def choose_proofs(form: Any, proofs: Iterable[Any], labels: Mapping[str, str]) -> None:
    """Put what may be linked into the form."""
    form.fields["proof"].choices = [
        (f"{each.kind}:{each.pk}", f"{each.happened_on:%d/%m/%Y} · {labels[each.kind]}: {each.title[:100]}")
        for each in proofs
    ]  # fmt: skip
