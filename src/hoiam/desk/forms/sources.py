"""Forms of the list of sources."""

from typing import Any

from django import forms

from hoiam.agencies.models import Channel
from hoiam.kit.recognition import provinces
from hoiam.monitoring.models import Source
from hoiam.monitoring.states import SourceKind

READ_BY_MACHINE = (SourceKind.FEED, SourceKind.SITEMAP)


class SourceForm(forms.ModelForm):
    """Địa chỉ, báo và tỉnh của một nguồn."""

    field_order = ("name", "url", "kind", "channel", "home_province")
    url = forms.URLField(
        label="Địa chỉ", max_length=500, assume_scheme="https",
        help_text="Địa chỉ RSS, Atom, JSON hoặc sơ đồ trang, ví dụ https://baosongthanh.example/rss/phap-luat.rss",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Loại nguồn",
        choices=[(kind.value, kind.label) for kind in READ_BY_MACHINE],
        widget=forms.RadioSelect,
        initial=SourceKind.FEED,
    )
    channel = forms.ModelChoiceField(
        Channel.objects.select_related("press_agency").order_by("press_agency__sort_key", "name"),
        label="Sản phẩm báo chí",
        required=False,
        empty_label="Tự nhận theo tên miền",
        help_text="Chọn khi tên miền của nguồn khác tên miền của báo.",
    )
    home_province = forms.ChoiceField(
        label="Tỉnh của báo",
        required=False,
        help_text="Chỉ chọn với báo địa phương: giúp nhận ra đơn vị khi bài không ghi tên tỉnh.",
    )

    class Meta:
        model = Source
        # Not the address: whether it is already a source is the action's to say, at its field.
        fields = ("name", "kind", "channel", "home_province")
        labels = {"name": "Tên nguồn"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].initial = self.instance.url
        kept = self.instance.home_province
        names = [province.name for province in provinces()]
        shown = names if kept in names or not kept else [*names, kept]
        self.fields["home_province"].choices = [
            ("", "Báo trung ương, nhiều tỉnh"),
            *((name, name) for name in shown),
        ]

    def clean_url(self) -> str:
        """The address, put on the row itself."""
        self.instance.url = self.cleaned_data["url"]
        return self.instance.url


class PauseForm(forms.Form):
    """Why a source is paused."""

    reason = forms.CharField(label="Lý do tạm dừng", max_length=300, required=False)
