"""Forms of the register of spokespersons: appointing, ending, the card, publication, official accounts."""

from typing import Any

from django import forms

from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_visible_to, assignable_to
from hoiam.agencies.states import AccountPlatform, Level, SpokespersonKind
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField

LARGEST = 20 * 1024 * 1024


def area(label: str, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def sent(file: Any) -> SentFile | None:
    """The uploaded file as the actions take it."""
    return SentFile(file.name, file.read()) if file else None


class TypedForm(forms.Form):
    """A form that says of a missing field what is missing; `typed` is what the action takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."

    def typed(self) -> dict[str, Any]:
        """What the action takes by name."""
        return dict(self.cleaned_data)


class CardFields(TypedForm):
    """The part of a card that the public sees."""

    title = forms.CharField(label="Chức vụ", max_length=120)
    phone = forms.CharField(label="Số điện thoại", max_length=30)
    email = forms.EmailField(label="Thư điện tử công vụ")


class AppointForm(CardFields):
    """The decision and the card."""

    official = forms.ModelChoiceField(
        Official.objects.none(), label="Người được giao", empty_label="Chọn người"
    )
    kind = forms.ChoiceField(
        label="Loại",
        choices=SpokespersonKind.choices,
        widget=forms.RadioSelect,
        initial="permanent",
    )
    decision = forms.CharField(label="Quyết định số", max_length=80, required=False)
    decided_at = MomentField(
        label="Ký lúc", help_text="Từ giờ này tính 24 giờ để công khai (NĐ 244/2026 Điều 3 khoản 3)."
    )  # fmt: skip
    signer = forms.CharField(label="Người ký quyết định", max_length=120, required=False)
    file = forms.FileField(
        label="Tệp quyết định", required=False, help_text="PDF, ảnh hoặc Word; không quá 20 MB."
    )
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến ngày", required=False)
    is_listed = forms.BooleanField(
        label="Đưa thẻ lên danh sách công khai ngay", required=False, initial=True
    )
    reason = area(
        "Căn cứ giao ở cấp phòng", rows=2, required=False,
        help_text="Chỉ ghi khi Phòng khu vực có người phát ngôn riêng theo quyết định của cấp trên.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = assignable_to(actor, agency)
        if agency.level != Level.REGION:
            del self.fields["reason"]

    def typed(self) -> dict[str, Any]:
        """What the action takes, the file read."""
        return {**self.cleaned_data, "file": sent(self.cleaned_data["file"])}


class EndForm(TypedForm):
    """The last day and why."""

    last_day = DayField(
        label="Ngày cuối được phát ngôn", help_text="Từ 0 giờ hôm sau thẻ rời danh sách công khai."
    )
    reason = area("Lý do, số quyết định", rows=2)


class CheckForm(TypedForm):
    """Which page to look at."""

    url = forms.URLField(
        label="Trang công khai của cơ quan hoặc của Bộ", max_length=1000, assume_scheme="https"
    )


class ByHandForm(TypedForm):
    """A publication as an official saw it."""

    published_at = MomentField(label="Đăng lúc")
    url = forms.URLField(label="Đường dẫn", max_length=1000, assume_scheme="https")
    reason = area("Vì sao xác nhận bằng tay", rows=2)


class AccountForm(TypedForm):
    """An official page or account."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan", empty_label=None)
    platform = forms.ChoiceField(label="Nền tảng", choices=AccountPlatform.choices)
    name = forms.CharField(label="Tên trang, tài khoản", max_length=150)
    url = forms.URLField(label="Địa chỉ", max_length=1000, assume_scheme="https")
    since = DayField(label="Công bố từ ngày")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [post.agency_id for post in actor.posts]
        seen = agencies_visible_to(actor).filter(level__in=[Level.CENTRE, Level.PROVINCE])
        self.fields["agency"].queryset = seen
        self.fields["agency"].initial = next((pk for pk in own if seen.filter(pk=pk)), None)


class LastDayForm(TypedForm):
    """From when an account is not used any more."""

    last_day = DayField(label="Ngày dùng cuối")
