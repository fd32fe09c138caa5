"""Forms of schemes, their tasks, themes, quotas, plans and campaigns; names of units are matched, never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from hoiam.desk.forms.fields import DayField
from hoiam.desk.typed import number_in
from hoiam.scheme.actions.scheme_values import QuotaFields, SchemeFields
from hoiam.scheme.queries.units import Register
from hoiam.scheme.states import AssignmentRole, QuotaPeriod, Rhythm, SchemeKind, TaskDue

LONGEST = 8000
UNITS_HINT = (
    "Mỗi dòng một đơn vị hoặc một nhóm: Các cơ quan trong Hệ thống THADS · Các cơ quan THADS · "
    "THADS các tỉnh, thành phố · Các Phòng THADS khu vực · Cục Quản lý THADS."
)
ROLES = {f"{role.value}_parts": role for role in AssignmentRole}


def text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    """A longer text."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, widget=area, **more)


def line(label: str, most: int, **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, required=False, **more)


def lines_of(value: str) -> list[str]:
    """What was typed one a line."""
    return [" ".join(one.split()) for one in value.splitlines() if one.strip()]


@dataclass(frozen=True)
class Offer:
    """A line that names no unit for certain, and the units it may mean."""

    field: str
    at: int
    typed: str
    names: tuple[str, ...]


class UnitsMixin(forms.Form):
    """Reads fields that name units one a line; what is not certain becomes an offer to choose from."""

    unit_fields: Sequence[str] = ()

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self.offers: list[Offer] = []

    def units_in(self, field: str) -> list[dict[str, Any]]:
        """The parts a field names; errors and offers are noted on the way."""
        found = []
        for at, words in enumerate(lines_of(self.cleaned_data.get(field, ""))):
            meant = self.register.meant(words)
            if meant.part is not None:
                found.append(meant.part)
            else:
                names = tuple(agency.name for agency in meant.offers)
                self.offers.append(Offer(field, at, words, names))
                self.add_error(field, _why(words, names))
        return found


def _why(words: str, names: Sequence[str]) -> str:
    if names:
        return f"Không rõ “{words}” là đơn vị nào. Có phải {', '.join(names)}? Bấm chọn bên dưới hoặc sửa lại."
    return (
        f"“{words}” không có trong danh bạ cơ quan của Hệ thống. Cơ quan ngoài Hệ thống thì ghi ở ô chữ "
        "chủ trì, phối hợp; bỏ dòng này."
    )


def picked(data: Any) -> Any:
    """The data typed, with the offer that was pressed put in place of its line."""
    field, _, rest = str(data.get("pick", "")).partition("|")
    at, _, name = rest.partition("|")
    place = number_in(at)
    if not field or place is None or not name:
        return data
    changed = data.copy()
    rows = lines_of(changed.get(field, ""))
    if place < len(rows):
        rows[place] = name
    changed[field] = "\n".join(rows)
    return changed


class HeadForm(forms.Form):
    """The head of a scheme or plan."""

    kind = forms.ChoiceField(label="Loại", choices=SchemeKind.choices)
    title = text("Tên", rows=2)
    short = line("Tên gọi tắt", 80, help_text="Hiện ở danh sách, bảng, thư; như “Đề án 2862”.")
    number = line("Số, ký hiệu", 60)
    issued_on = DayField(label="Ngày ban hành", required=False)
    issuer = line("Cơ quan ban hành", 200)
    signer = line("Người ký", 200)
    starts_on = DayField(label="Thực hiện từ ngày", required=False)
    ends_on = DayField(label="Đến ngày", required=False)

    def row(self) -> dict[str, Any]:
        """The head as the working copy keeps it."""
        return {name: _kept(value) for name, value in self.cleaned_data.items()}

    def values(self) -> SchemeFields:
        """The head as the action takes it."""
        return SchemeFields(**self.cleaned_data)


class TaskForm(UnitsMixin):
    """One task: the paper's words, then what the machine counts by."""

    ref = forms.CharField(
        label="Mục", max_length=30, help_text="Như 2.1.1.a; không trùng mục khác."
    )
    group = line("Nhóm nhiệm vụ", 500)
    title = text("Nhiệm vụ", rows=4)
    products = text("Sản phẩm", required=False, help_text="Mỗi dòng một sản phẩm; văn bản không nêu thì để trống.")  # fmt: skip
    time = line("Thời gian, như văn bản ghi", 300)
    lead = text("Đơn vị chủ trì, như văn bản ghi", rows=2, required=False)
    coordinating = text("Đơn vị phối hợp, như văn bản ghi", required=False, help_text="Mỗi dòng một cơ quan, kể cả ngoài Hệ thống.")  # fmt: skip
    informed = text("Để biết, như văn bản ghi", rows=2, required=False)
    lead_parts = text("Giao chủ trì trong Hệ thống", required=False, help_text=UNITS_HINT)
    coordinating_parts = text("Giao phối hợp trong Hệ thống", required=False)
    informed_parts = text("Để biết trong Hệ thống", rows=2, required=False)
    rhythm = forms.ChoiceField(label="Kiểu thời gian", choices=Rhythm.choices)
    starts_on = DayField(label="Từ ngày", required=False)
    ends_on = DayField(label="Đến ngày", required=False)
    due_kind = forms.ChoiceField(
        label="Chữ của hạn", required=False, choices=[("", "không có ngày hạn"), *TaskDue.choices],
        help_text="“Trước ngày X” là hết ngày X−1.",
    )  # fmt: skip
    due_on = DayField(label="Ngày hạn", required=False)
    per_year = forms.IntegerField(
        label="Số lần mỗi năm", required=False, min_value=1, max_value=366
    )
    theme = forms.TypedChoiceField(label="Chủ đề trọng tâm", required=False, coerce=int, empty_value=None)  # fmt: skip

    def __init__(self, *args: Any, themes: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(at), f"{at}. {words[:90]}") for at, words in enumerate(themes, 1)]
        self.fields["theme"].choices = [("", "không theo chủ đề nào"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Units of all three roles, each line a part."""
        cleaned = super().clean() or {}
        cleaned["units"] = [
            {"role": role.value, **part} for field, role in ROLES.items() for part in self.units_in(field)
        ]  # fmt: skip
        return cleaned

    def row(self) -> dict[str, Any]:
        """The task as the working copy keeps it."""
        row = {name: _kept(value) for name, value in self.cleaned_data.items() if name not in ROLES}
        for name in ("products", "coordinating", "informed"):
            row[name] = lines_of(self.cleaned_data[name])
        return row | {
            "theme": self.cleaned_data["theme"],
            "per_year": self.cleaned_data["per_year"],
        }


def task_initial(row: Mapping[str, Any], titles: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the form shows of a task of the working copy; `titles` names its units by role."""
    shown = {name: _shown(value) for name, value in row.items() if name != "units"}
    for name in ("products", "coordinating", "informed"):
        shown[name] = "\n".join(" ".join(one.split()) for one in row.get(name, ()))
    for field, role in ROLES.items():
        shown[field] = "\n".join(titles.get(role.value, ()))
    return shown


class ThemesForm(forms.Form):
    """Core content themes, one a line."""

    themes = text("Chủ đề trọng tâm", rows=8, required=False, help_text="Mỗi dòng một chủ đề; thứ tự là số của chủ đề.")  # fmt: skip

    def row(self) -> list[str]:
        """The themes in order."""
        return lines_of(self.cleaned_data["themes"])


class QuotaForm(UnitsMixin):
    """What is owed in a task: unit × channel × period × count."""

    count = forms.IntegerField(label="Số lượng", min_value=1, max_value=10_000, initial=1)
    unit_word = line("Đơn vị tính", 30, initial="bài")
    channel = forms.CharField(label="Kênh", max_length=200, initial="Trang thông tin điện tử")
    period = forms.ChoiceField(
        label="Tính theo", choices=QuotaPeriod.choices, initial=QuotaPeriod.WHOLE
    )
    units = line("Riêng một đơn vị", 200, help_text="Để trống: mọi đơn vị chủ trì nhiệm vụ.")

    def clean(self) -> dict[str, Any]:
        """One unit at most, by name."""
        cleaned = super().clean() or {}
        parts = self.units_in("units")
        if parts and "agency" not in parts[0]:
            self.add_error("units", "Ghi tên một đơn vị; chỉ tiêu của cả nhóm thì để trống ô này.")
        cleaned["agency"] = parts[0].get("agency") if parts else None
        return cleaned

    def values(self) -> QuotaFields:
        """The quota as the action takes it."""
        return QuotaFields(
            **{name: self.cleaned_data[name] for name in QuotaFields.__dataclass_fields__}
        )


class PlanForm(forms.Form):
    """Which year a plan is for."""

    year = forms.IntegerField(label="Năm", min_value=2009, max_value=2100)


class ReasonForm(forms.Form):
    """Why."""

    reason = text("Lý do", rows=2)


class CampaignForm(UnitsMixin):
    """A campaign with its quota."""

    title = forms.CharField(label="Tên đợt", max_length=200)
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến ngày")
    units = text("Đơn vị tham gia", rows=2, help_text=UNITS_HINT)
    count = forms.IntegerField(label="Số lượng mỗi đơn vị", min_value=1, max_value=10_000)
    unit_word = line("Đơn vị tính", 30, initial="bài")
    channel = forms.CharField(label="Kênh", max_length=200, initial="Trang thông tin điện tử")
    period = forms.ChoiceField(
        label="Tính theo", choices=QuotaPeriod.choices, initial=QuotaPeriod.WHOLE
    )
    theme = line("Chủ đề của đợt", 500)

    def clean(self) -> dict[str, Any]:
        """Days in order, units as lead parts with the words typed."""
        cleaned = super().clean() or {}
        cleaned["lead"] = "; ".join(lines_of(cleaned.get("units", "")))
        cleaned["units"] = tuple(
            {"role": AssignmentRole.LEAD.value, **part} for part in self.units_in("units")
        )
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày kết thúc phải từ ngày bắt đầu trở đi.")
        return cleaned


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def _shown(value: Any) -> Any:
    """A day of the working copy as a date, so that the field writes it as people do."""
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def head_initial(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of the head of the working copy."""
    return {name: _shown(value) for name, value in row.items()}
