"""Forms of the desk's page about the portal: a feed of a partner, a planned outage."""

from django import forms

from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.spokespersons import TypedForm


class PartnerFeedForm(TypedForm):
    """One feed of another body."""

    name = forms.CharField(label="Tên đơn vị bạn", max_length=200)
    url = forms.URLField(
        label="Địa chỉ nguồn tin", max_length=1000, assume_scheme="https",
        help_text="Địa chỉ RSS, Atom hoặc JSON Feed. Cổng chỉ lấy tên bài, lời dẫn và liên kết.",
    )  # fmt: skip


class OutageForm(TypedForm):
    """One planned outage."""

    what = forms.CharField(label="Dịch vụ tạm ngừng", max_length=200)
    starts_at = MomentField(label="Tạm ngừng từ")
    ends_at = MomentField(label="Hoạt động lại lúc")
    urgent_reason = forms.CharField(
        label="Lý do báo muộn", max_length=300, required=False,
        help_text="Chỉ ghi khi thông báo muộn hơn hạn của luật.",
    )  # fmt: skip


class PortalFootForm(TypedForm):
    """What the foot of every public page says."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    responsible = forms.CharField(label="Người chịu trách nhiệm nội dung", max_length=150)
    title = forms.CharField(label="Chức vụ", max_length=150)
    address = forms.CharField(label="Địa chỉ", max_length=250)
    phone = forms.CharField(label="Điện thoại", max_length=60)
    email = forms.EmailField(label="Thư điện tử", max_length=250)
