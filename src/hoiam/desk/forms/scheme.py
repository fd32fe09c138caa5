"""Forms of the yearly report, of reminders and explanations."""

from django import forms

from hoiam.desk.forms.fields import DayField

LONGEST = 8000


def _text(label: str, rows: int = 4, **more: object) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ReportForm(forms.Form):
    """What the report says beside its figures (part II of the annex)."""

    difficulties = _text("Khó khăn, vướng mắc", required=False)
    proposals = _text(
        "Đề xuất, kiến nghị", required=False, help_text="Để trống thì báo cáo ghi “không có”."
    )


class ReturnForm(forms.Form):
    """Why the report goes back."""

    reason = _text("Điều cần sửa", rows=3)


class ReminderForm(forms.Form):
    """A word beside the list of late work."""

    text = _text(
        "Lời nhắc",
        rows=2,
        required=False,
        help_text="Thư nhắc tự kê các việc quá hạn. Mỗi người nhắc một đơn vị một lần trong ngày.",
    )


class AskForm(forms.Form):
    """What is to be explained, and by when."""

    question = _text("Nội dung cần giải trình", rows=3)
    due_on = DayField(
        label="Hạn giải trình",
        required=False,
        help_text="Bỏ trống: 3 ngày làm việc (mặc định sản phẩm – cần cơ quan xác nhận).",
    )


class AnswerForm(forms.Form):
    """Why it ran late, and what is done about it."""

    answer = _text("Lý do chậm")
    measures = _text("Biện pháp khắc phục", rows=3, required=False)


class RemarkForm(forms.Form):
    """What the superior says of the explanation."""

    remark = _text("Ý kiến", rows=3, required=False)


FORMS = {
    "answer_explanation": AnswerForm,
    "accept_explanation": RemarkForm,
    "return_explanation": RemarkForm,
    "withdraw_explanation": RemarkForm,
}
