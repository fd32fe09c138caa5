"""Forms of what is decided about a text."""

from typing import Any

from django import forms

from hoiam.newsroom.models import Section


class SendForm(forms.Form):
    """Gửi duyệt."""

    note = forms.CharField(
        label="Điều người duyệt cần biết",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: đã sửa gì so với bản đang đăng. Có thể bỏ trống.",
    )


class DecideForm(forms.Form):
    """Duyệt, hoặc trả lại."""

    answer = forms.CharField(
        label="Lời của người duyệt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Khi trả lại: ghi rõ điều cần sửa.",
    )
    publish_at = forms.DateTimeField(
        label="Đăng lúc",
        required=False,
        widget=forms.DateTimeInput(attrs={"placeholder": "31/12/2026 08:00"}),
        help_text="Ngày/tháng/năm giờ:phút. Bỏ trống thì đăng ngay khi duyệt.",
        error_messages={"invalid": "Không đọc được ngày giờ. Viết như 05/04/2026 08:30."},
    )
    exception = forms.CharField(
        label="Vì sao không có người thứ hai duyệt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ dùng khi đơn vị được cấp trên cho phép một người ký; lý do được lưu và gửi cấp trên.",
    )


class ActForm(forms.Form):
    """Đính chính, rút hoặc gỡ: mỗi việc một lý do."""

    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class SectionForm(forms.ModelForm):
    """Chuyên mục."""

    class Meta:
        model = Section
        fields = ["name", "about", "order", "is_shown"]
