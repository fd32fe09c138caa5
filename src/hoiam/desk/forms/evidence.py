"""Forms about evidence: why a file is taken out, pages captured, clips, a dossier handed over."""

from typing import Any

from django import forms

from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.handling.actions.dossier_parts import Wish
from hoiam.handling.actions.evidence import Standing
from hoiam.handling.models import Case
from hoiam.monitoring.models import Item
from hoiam.monitoring.states import Medium, ShotRhythm

WHYS = (
    "Đối chiếu khi xác minh",
    "Làm kèm văn bản gửi báo",
    "Báo cáo cấp trên",
    "Cung cấp cho cơ quan có thẩm quyền",
)
OTHER = "other"


class TakeForm(forms.Form):
    """Lấy tệp ra: vì sao."""

    why = forms.ChoiceField(
        label="Mục đích", choices=[*((w, w) for w in WHYS), (OTHER, "Khác (ghi rõ)")]
    )
    other = forms.CharField(label="Mục đích khác", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def reason(self) -> str:
        """Why, in words; blank when "other" was left empty."""
        chosen = self.cleaned_data["why"]
        return self.cleaned_data["other"].strip() if chosen == OTHER else chosen


class SnapshotForm(forms.Form):
    """Chụp ngay: một bài của hồ sơ hoặc một địa chỉ."""

    item = forms.ChoiceField(label="Bài", required=False)
    url = forms.CharField(
        label="Hoặc địa chỉ khác",
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="chup-%s", **kwargs)
        self.label_suffix = ""
        self.items = items_of(case)
        self.fields["item"].choices = [("", "Không chọn bài"), *_choices(self.items)]
        if self.items:
            self.fields["item"].initial = str(self.items[0].pk)

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        url = self.cleaned_data["url"].strip()
        item = next((i for i in self.items if str(i.pk) == self.cleaned_data["item"]), None)
        return {"url": url} if url or item is None else {"item": item}


class PlanForm(forms.Form):
    """Chụp theo lịch."""

    item = forms.ChoiceField(label="Bài")
    rhythm = forms.ChoiceField(label="Nhịp", choices=ShotRhythm.choices, initial=ShotRhythm.DAY)
    until = DayField(label="Đến hết ngày")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lich-%s", **kwargs)
        self.label_suffix = ""
        self.items = [item for item in items_of(case) if item.url]
        self.fields["item"].choices = _choices(self.items)

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        chosen = next(i for i in self.items if str(i.pk) == self.cleaned_data["item"])
        return {**self.cleaned_data, "item": chosen}


class ClipForm(forms.Form):
    """Bản quét báo in, bản ghi phát thanh, truyền hình."""

    medium = forms.ChoiceField(
        label="Loại hình",
        choices=[(m.value, m.label) for m in (Medium.PRINT, Medium.RADIO, Medium.TELEVISION)],
    )
    outlet = forms.CharField(label="Báo, đài", max_length=200)
    issue = forms.CharField(label="Số báo", max_length=60, required=False)
    page = forms.CharField(label="Trang", max_length=30, required=False)
    programme = forms.CharField(label="Chương trình", max_length=150, required=False)
    aired_at = MomentField(label="Giờ phát sóng", required=False)
    item = forms.ChoiceField(label="Của bài", required=False)
    title = forms.CharField(
        label="Tên chứng cứ", max_length=250, required=False, help_text="Bỏ trống thì lấy tên tệp."
    )
    file = forms.FileField(label="Tệp", help_text="PDF, ảnh, âm thanh, video MP4; không quá 50 MB.")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="cat-%s", **kwargs)
        self.label_suffix = ""
        self.items = items_of(case)
        self.fields["item"].choices = [("", "Không gắn với bài nào"), *_choices(self.items)]

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        file, title = told.pop("file"), told.pop("title")
        told["item"] = next((i for i in self.items if str(i.pk) == told["item"]), None)
        return {
            "title": title, "file_name": file.name, "data": file.read(),
            "standing": Standing(**told),
        }  # fmt: skip


class DossierForm(forms.Form):
    """Xuất hồ sơ chứng cứ."""

    recipient = forms.CharField(label="Cơ quan nhận", max_length=250)
    reason = forms.CharField(
        label="Căn cứ, mục đích", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    names_denouncer = forms.BooleanField(
        label="Kèm cả tệp có tên người tố cáo", required=False,
        help_text="Chỉ chọn khi cơ quan nhận có thẩm quyền giải quyết tố cáo.",
    )  # fmt: skip
    hide = forms.CharField(
        label="Họ tên cần che trong phần chữ của hồ sơ",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một tên. Che trong bảng đối chiếu và danh mục; không che được trong tệp đã niêm phong.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="xuat-%s", **kwargs)
        self.label_suffix = ""

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        return {"wish": Wish(**{**told, "hide": told["hide"].splitlines()})}


def items_of(case: Case) -> list[Item]:
    """The reports of a case, in the order they came."""
    return [each.item for each in case.case_items.select_related("item").order_by("pk")]


def _choices(items: list[Item]) -> list[tuple[str, str]]:
    return [(str(i.pk), f"{i.outlet or 'Báo'}: {i.title[:80]}") for i in items]
