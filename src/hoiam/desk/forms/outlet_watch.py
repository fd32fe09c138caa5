"""Forms of the watch on outlets and of the ladder above them."""

from typing import Any

from django import forms

from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import area, offer, pick
from hoiam.handling.models import Case, OutletWatch
from hoiam.handling.states import ReplyKind, RungLevel


class PlainForm(forms.Form):
    """A form whose refusals name the field in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."


class ReplyForm(PlainForm):
    """Ghi, xác nhận kết quả của báo: first filled with what the last look suggests."""

    reply = forms.ChoiceField(label="Kết quả", choices=[("", "Chưa chọn"), *ReplyKind.choices])
    url = forms.URLField(
        label="Địa chỉ đã đăng", required=False, max_length=1000, assume_scheme="https"
    )
    published_at = MomentField(label="Thời điểm đăng, gỡ", required=False)
    note = area("Ghi rõ", required=False, help_text="Bắt buộc khi báo từ chối hoặc đăng thiếu.")
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")

    def __init__(self, *args: Any, watch: OutletWatch, **kwargs: Any) -> None:
        look = watch.proposal_look
        first = {"reply": watch.proposal, "note": watch.proposal_words} if watch.proposal else {}
        if watch.proposal and look is not None and watch.proposal != ReplyKind.REMOVED:
            first["url"] = look.url
        super().__init__(*args, initial=first, auto_id="reply-%s", **kwargs)
        offer(self.fields["evidence"], watch.case.evidence_files.all(), "Không kèm")


class DismissForm(PlainForm):
    """Đề xuất không đúng: why."""

    reason = area("Vì sao không đúng", rows=2)


class SectionForm(PlainForm):
    """Nơi báo đăng cải chính."""

    url = forms.URLField(
        label="Địa chỉ chuyên mục cải chính",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Dùng chung cho mọi theo dõi ở báo này. Để trống thì hệ thống xem trang chủ.",
    )


class BeginForm(PlainForm):
    """Bắt đầu một bậc."""

    level = forms.ChoiceField(choices=RungLevel.choices[1:], widget=forms.HiddenInput)
    addressee = forms.CharField(label="Nơi nhận", required=False, max_length=250)
    reason = area(
        "Lý do", rows=2, required=False, help_text="Bắt buộc khi bậc này còn thiếu điều kiện."
    )


class RecordForm(PlainForm):
    """Ghi việc gửi, trả lời của một bậc."""

    level = forms.ChoiceField(choices=RungLevel.choices[1:], widget=forms.HiddenInput)
    sent_at = MomentField(label="Gửi lúc", required=False)
    sent_how = forms.CharField(label="Gửi bằng cách nào", required=False, max_length=200)
    answered_at = MomentField(label="Trả lời lúc", required=False)
    answer = area("Nội dung trả lời", rows=2, required=False)
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["evidence"], case.evidence_files.all(), "Không kèm")
