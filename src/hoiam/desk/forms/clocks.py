"""Forms of a clock: more time, a stop, going on."""

from typing import Any

from django import forms
from django.db.models import Model

from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, offer
from hoiam.handling.models import Clock


class ClockForm(StepForm):
    """Việc trên một đồng hồ: trường ẩn `clock` nói đồng hồ nào."""

    clock = forms.TypedChoiceField(widget=forms.HiddenInput, empty_value=None)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["clock"], setting.case.clocks.all())
        self.fields["clock"].error_messages |= {
            "required": "Không rõ đồng hồ nào. Mở lại trang của đồng hồ rồi làm lại.",
            "invalid_choice": "Đồng hồ này không thuộc hồ sơ. Mở lại trang của đồng hồ rồi làm lại.",
        }

    def subject(self) -> Model:
        clock: Clock = self.cleaned_data["clock"]
        return clock

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "clock"}


class ExtendForm(ClockForm):
    """Gia hạn."""

    due_at = MomentField(label="Hạn mới")
    reason = area("Lý do gia hạn", rows=2)


class PauseForm(ClockForm):
    """Tạm dừng."""

    reason = area("Đang chờ ai, chờ gì", rows=2)
