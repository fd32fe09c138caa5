"""Forms of the press list: a press agency, its channels, a reporter."""

from typing import Any

from django import forms

from hoiam.agencies.models import PressAgency, Reporter
from hoiam.agencies.states import MediaType
from hoiam.desk.forms.fields import DayField

EMPTY_CHANNELS = 2


class PressForm(forms.ModelForm):
    """Tên, chủ quản và địa chỉ liên hệ của một cơ quan báo chí."""

    valid_to = DayField(
        label="Hoạt động đến", required=False, help_text="Chỉ ghi khi báo đã ngừng hoặc sáp nhập."
    )

    class Meta:
        model = PressAgency
        fields = (
            "name", "owner", "owner_address", "press_authority", "press_authority_address",
            "email", "phone", "address", "valid_to",
        )  # fmt: skip
        labels = {
            "name": "Tên cơ quan báo chí",
            "owner": "Cơ quan chủ quản",
            "owner_address": "Địa chỉ cơ quan chủ quản",
            "press_authority": "Cơ quan quản lý nhà nước về báo chí",
            "press_authority_address": "Địa chỉ cơ quan quản lý nhà nước về báo chí",
            "email": "Thư điện tử tòa soạn",
            "phone": "Điện thoại",
            "address": "Địa chỉ",
        }

    def validate_unique(self) -> None:
        """Nothing: whether the name is taken is the action's to say, in its own words."""


class ChannelForm(forms.Form):
    """One channel; an empty line is left aside."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Tên sản phẩm, kênh", required=False, max_length=200)
    media_type = forms.ChoiceField(
        label="Loại hình", choices=[("", "Chọn loại hình"), *MediaType.choices], required=False
    )
    host = forms.CharField(
        label="Tên miền hoặc địa chỉ trang", required=False, max_length=200, help_text="Ví dụ baosongthanh.example"
    )  # fmt: skip
    period_days = forms.IntegerField(
        label="Kỳ xuất bản (ngày)", required=False, min_value=1, max_value=366, help_text="Báo tuần ghi 7."
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A channel that was begun has a name and a media type: the clock of a correction depends on it."""
        data = super().clean() or {}
        if any(data.get(name) for name in ("name", "media_type", "host", "period_days")):
            if not data.get("name"):
                self.add_error("name", "Ghi tên sản phẩm hoặc kênh.")
            if not data.get("media_type"):
                self.add_error("media_type", "Chọn loại hình: hạn cải chính tính theo loại hình.")
        return data

    def clean_host(self) -> str:
        """The host alone, whatever part of an address was pasted."""
        typed = self.cleaned_data["host"].strip().lower()
        return typed.split("://")[-1].split("/")[0] if typed.startswith("http") else typed


ChannelForms = forms.formset_factory(ChannelForm, extra=EMPTY_CHANNELS)


def channel_forms(data: Any, press_agency: PressAgency) -> forms.BaseFormSet:
    """The lines of a press agency's channels, and empty ones for new channels."""
    kept = press_agency.channels.all() if press_agency.pk else ()
    names = ("pk", "name", "media_type", "host", "period_days")
    initial = [{name: getattr(channel, name) for name in names} for channel in kept]
    return ChannelForms(data, initial=initial, prefix="channels")


class ReporterForm(forms.ModelForm):
    """Who may be reached at a press agency; contact data only."""

    class Meta:
        model = Reporter
        fields = ("full_name", "phone", "email", "note")
        labels = {
            "full_name": "Họ và tên",
            "phone": "Số điện thoại",
            "email": "Thư điện tử",
            "note": "Ghi chú",
        }
        help_texts = {
            "note": "Chỉ ghi việc liên hệ, ví dụ mảng phụ trách. Không ghi nhận xét về người."
        }
