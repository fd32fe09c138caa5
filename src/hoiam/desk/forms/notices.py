"""Forms of being told: a person's choice, a unit's rows, a unit's lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField

from hoiam.monitoring.defaults import EscalationFact, RouteFact
from hoiam.monitoring.queries.routing import RoutingRows
from hoiam.monitoring.states import Carrier, Hours, Recipient

SEVERITIES = (3, 2, 1)
TOLD = (
    Recipient.FOCAL_POINT,
    Recipient.REGION_HEAD,
    Recipient.DEPUTY,
    Recipient.CHIEF_OF_OFFICE,
    Recipient.SPOKESPERSON,
    Recipient.HEAD,
    Recipient.SUPERIOR_DESK,
    Recipient.SUPERIOR_HEAD,
)
# The order of the climb is the chain of the System (workflow.md §8); only the minutes are the unit's.
CHAIN = (
    Recipient.DEPUTY,
    Recipient.CHIEF_OF_OFFICE,
    Recipient.HEAD,
    Recipient.SUPERIOR_DESK,
    Recipient.SUPERIOR_HEAD,
    Recipient.MINISTRY,
)
CLIMBING = (3, 2)
ABOVE = frozenset({Recipient.SUPERIOR_DESK, Recipient.SUPERIOR_HEAD})
LONGEST_MINUTES = 10_080


class HourField(forms.TimeField):
    """An hour of the Vietnamese clock, 24 hours: 22:00, 6h30, 22."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": "hh:mm", "inputmode": "numeric"}
        )
        wrong = {"invalid": "Không đọc được giờ này. Viết như 22:00 hoặc 6:30."}
        kwargs = {"required": False, "widget": widget, "error_messages": wrong} | kwargs
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The hour as people write it."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class ChoiceForm(forms.Form):
    """How I want to be told."""

    by_email = forms.BooleanField(label="Thư điện tử", required=False)
    by_push = forms.BooleanField(label="Thông báo trên trình duyệt đã bật", required=False)
    quiet_from = HourField(label="Yên lặng từ")
    quiet_to = HourField(label="Đến")
    may_break_quiet = forms.BooleanField(
        label="Tin nghiêm trọng vẫn báo ngay trong giờ yên lặng", required=False
    )


@dataclass(frozen=True)
class Cell:
    """One field of the table with the severity of its column."""

    severity: int
    field: BoundField


@dataclass(frozen=True)
class TableRow:
    """One recipient with its cells."""

    label: str
    cells: tuple[Cell, ...]


class RoutingForm(forms.Form):
    """Who is told of which severity and when; the minutes of each step up."""

    reason = forms.CharField(label="Lý do sửa", max_length=300, required=False)

    def __init__(self, *args: Any, rows: RoutingRows, is_centre: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = tuple(
            r for r in TOLD if not (is_centre and r in ABOVE | {Recipient.REGION_HEAD})
        )
        self.chain = tuple(r for r in CHAIN if not (is_centre and r in ABOVE))
        kept = {(r.severity, r.recipient): r.hours for r in rows.routes}
        for severity in SEVERITIES:
            for recipient in self.told:
                self.fields[f"r_{severity}_{recipient}"] = _hours_field(
                    recipient, severity, kept.get((severity, recipient), "")
                )
        self._add_steps(rows)
        if is_centre:
            self.fields["ministry_email"] = forms.EmailField(
                label="Hộp thư Văn phòng Bộ nhận tin leo thang",
                required=False,
                initial=rows.ministry_email,
                error_messages={"invalid": "Địa chỉ thư chưa đúng. Hãy kiểm tra lại."},
            )

    def _add_steps(self, rows: RoutingRows) -> None:
        for severity in CLIMBING:
            steps = {step.recipient: step for step in rows.steps_of(severity)}
            for recipient in self.chain:
                step = steps.get(recipient)
                self.fields[f"m_{severity}_{recipient}"] = forms.IntegerField(
                    label=f"{recipient.label}, mức {severity}",
                    required=False,
                    min_value=1,
                    max_value=LONGEST_MINUTES,
                    localize=False,
                    initial=int(step.wait.total_seconds() // 60) if step else None,
                    widget=forms.TextInput(
                        attrs={"class": "ha-field", "inputmode": "numeric", "size": 6}
                        | {"aria-label": f"{recipient.label}, mức {severity}, số phút"}
                    ),
                    error_messages={"invalid": "Ghi số phút bằng chữ số, hoặc để trống."},
                )
            self.fields[f"o_{severity}"] = forms.BooleanField(
                label="Chỉ tính phút trong giờ làm việc",
                required=False,
                initial=any(step.office for step in steps.values()),
            )

    def route_rows(self) -> Iterator[TableRow]:
        """The table of who is told."""
        for recipient in self.told:
            cells = tuple(Cell(s, self[f"r_{s}_{recipient}"]) for s in SEVERITIES)
            yield TableRow(str(recipient.label), cells)

    def step_rows(self) -> Iterator[TableRow]:
        """The table of the climb, in its order."""
        for recipient in self.chain:
            cells = tuple(Cell(s, self[f"m_{s}_{recipient}"]) for s in CLIMBING)
            yield TableRow(str(recipient.label), cells)

    def office_row(self) -> list[Cell]:
        """For each severity whether only working hours count."""
        return [Cell(severity, self[f"o_{severity}"]) for severity in CLIMBING]

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        routes = [
            RouteFact(s, r, data[f"r_{s}_{r}"])
            for s in SEVERITIES
            for r in self.told
            if data[f"r_{s}_{r}"]
        ]
        steps = [
            EscalationFact(s, r, timedelta(minutes=data[f"m_{s}_{r}"]), data[f"o_{s}"])
            for s in CLIMBING
            for r in self.chain
            if data[f"m_{s}_{r}"]
        ]
        return {
            "routes": routes,
            "steps": steps,
            "ministry_email": data.get("ministry_email", ""),
            "reason": data["reason"],
        }


def _hours_field(recipient: Recipient, severity: int, initial: str) -> forms.ChoiceField:
    label = f"{recipient.label}, mức {severity}"
    return forms.ChoiceField(
        label=label,
        widget=forms.Select(attrs={"class": "ha-field", "aria-label": label}),
        choices=[("", "Không báo"), *Hours.choices],
        required=False,
        initial=initial,
    )


class LineForm(forms.Form):
    """A new line of the unit."""

    carrier = forms.ChoiceField(
        label="Loại kênh", widget=forms.RadioSelect, initial=Carrier.WEBHOOK
    )
    label = forms.CharField(
        label="Tên gọi", max_length=100, help_text="Ví dụ: Hệ thống quản lý văn bản của tỉnh"
    )
    address = forms.CharField(
        label="Địa chỉ nhận",
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Webhook: https://… Dịch vụ chat: địa chỉ theo kiểu của thư viện apprise, có chứa khóa nên lưu xong không hiện lại.",
    )
    least_severity = forms.TypedChoiceField(
        label="Gửi từ mức độ",
        coerce=int,
        initial=2,
        choices=[(3, "Nghiêm trọng"), (2, "Cần xác minh trở lên"), (1, "Lưu ý trở lên")],
    )

    def __init__(self, *args: Any, may_chat: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = (Carrier.WEBHOOK, Carrier.CHAT) if may_chat else (Carrier.WEBHOOK,)
        self.fields["carrier"].choices = [(name.value, name.label) for name in names]
