"""Forms of the triage list, of clipping, and of opening a case."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_visible_to, assignable_to, case_agency
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Warning
from hoiam.monitoring.queries import warnings_visible_to, with_what_a_row_shows
from hoiam.monitoring.states import DismissalReason, Medium, Stance


class FilterForm(forms.Form):
    """What narrows the list; every field may stay empty."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Đơn vị", required=False, empty_label="Mọi đơn vị"
    )
    severity = forms.TypedChoiceField(
        label="Mức độ",
        choices=[
            ("", "Tất cả"),
            ("3", "Nghiêm trọng"),
            ("2", "Cần xác minh"),
            ("1", "Lưu ý"),
            ("0", "Không phải trả lời"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    stance = forms.ChoiceField(
        label="Sắc thái", choices=[("", "Tất cả"), *Stance.choices], required=False
    )
    hours = forms.TypedChoiceField(
        label="Thời gian",
        choices=[
            ("", "Mọi lúc"),
            ("24", "24 giờ"),
            ("72", "3 ngày"),
            ("168", "7 ngày"),
            ("720", "30 ngày"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only agencies that have rows stand in the list: a centre's officer would scroll through all 400.
        seen = warnings_visible_to(actor).values("agency")
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=seen)

    def narrowing(self, now: datetime) -> dict[str, Any]:
        """The arguments for `triage_list`; nothing that was typed wrong."""
        if not self.is_valid():
            return {}
        data = self.cleaned_data
        return {
            "agency": data["agency"].pk if data["agency"] else None,
            "severity": data["severity"],
            "stance": data["stance"],
            "since": now - timedelta(hours=data["hours"]) if data["hours"] else None,
        }


class DismissForm(forms.Form):
    """Why a row is not relevant."""

    reason = forms.ChoiceField(label="Lý do", choices=DismissalReason.choices)
    note = forms.CharField(label="Ghi rõ", required=False, max_length=300)


class AssignForm(forms.Form):
    """Chuyển: to another unit, to a person, or both."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Đơn vị", required=False, empty_label="Giữ nguyên đơn vị"
    )
    holder = forms.ModelChoiceField(
        Official.objects.none(), label="Người xử lý", required=False, empty_label="Chưa chỉ định"
    )
    note = forms.CharField(label="Lời nhắn", required=False, max_length=300)

    def __init__(self, *args: Any, actor: Actor, warning: Warning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_visible_to(actor)
        place = case_agency(warning.agency) if warning.agency else None
        if place is not None:
            self.fields["holder"].queryset = assignable_to(actor, place)


class DuplicateForm(forms.Form):
    """Trùng: which row tells the same."""

    of = forms.ModelChoiceField(
        Warning.objects.none(), label="Trùng với tin", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, actor: Actor, warning: Warning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = warnings_visible_to(actor).filter(agency=warning.agency).exclude(pk=warning.pk)
        ids = list(near.order_by("-at").values_list("pk", flat=True)[:20])
        self.fields["of"].queryset = with_what_a_row_shows(
            warnings_visible_to(actor).filter(pk__in=ids).order_by("-at")
        )


class SnoozeForm(forms.Form):
    """Hẹn lại: when the row comes back."""

    until = MomentField(label="Hiện lại lúc")

    @staticmethod
    def tomorrow(now: datetime) -> datetime:
        """08:00 of the next day, the usual wish."""
        return datetime.combine(
            now.astimezone(VIETNAM).date() + timedelta(days=1), time(8), tzinfo=VIETNAM
        )


class OpenCaseForm(forms.Form):
    """Opening a case: its title, when the agency received the matter, when the event happened."""

    title = forms.CharField(
        label="Tên vụ việc", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    received_at = MomentField(
        label="Thời điểm tiếp nhận",
        help_text="Lúc cơ quan tiếp nhận và xử lý vụ việc (NĐ 244/2026 Điều 7 khoản 3). Ghi rồi không sửa được.",
    )
    event_on = DayField(
        label="Ngày xảy ra sự việc",
        required=False,
        help_text="Nếu trước 01/7/2026 thì áp dụng quy định cũ.",
    )


class ClipForm(forms.Form):
    """A report seen outside the sources."""

    medium = forms.ChoiceField(label="Loại hình", choices=Medium.choices)
    url = forms.URLField(
        label="Địa chỉ bài", required=False, max_length=1000, assume_scheme="https",
        help_text="Trang web, mạng xã hội: chép địa chỉ trên trình duyệt. Hệ thống sẽ chụp lại trang.",
    )  # fmt: skip
    outlet = forms.CharField(label="Tên báo, đài", required=False, max_length=200)
    title = forms.CharField(
        label="Tiêu đề, nội dung chính", required=False, max_length=500,
        help_text="Bỏ trống được nếu đã có địa chỉ bài: hệ thống đọc tiêu đề từ trang.",
    )  # fmt: skip
    sapo = forms.CharField(
        label="Tóm tắt", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    published_at = MomentField(label="Thời điểm đăng, phát", required=False)
    issue = forms.CharField(label="Số báo", required=False, max_length=60)
    page = forms.CharField(label="Trang", required=False, max_length=30)
    programme = forms.CharField(label="Chương trình", required=False, max_length=150)
    aired_at = MomentField(label="Giờ phát sóng", required=False)
    file = forms.FileField(
        label="Tệp kèm", required=False,
        help_text="PDF, ảnh PNG/JPEG/WebP, âm thanh MP3/M4A/WAV/OGG, video MP4; không quá 50 MB.",
    )  # fmt: skip
    note = forms.CharField(
        label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
