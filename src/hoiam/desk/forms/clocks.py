"""Forms of a clock: more time, waiting, going on, done; and which clocks of a case apply."""

from typing import Any

from django import forms
from django.db.models import Model

from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, offer
from hoiam.handling.actions.clock_moves import extensions_of
from hoiam.handling.models import Case, Clock, Obligation
from hoiam.kit.rulebook import Question, extension_words, obligation_type
from hoiam.kit.vietnamese import VIETNAM


class ClockForm(StepForm):
    """Việc trên một đồng hồ: trường ẩn `clock` nói đồng hồ nào, `seen` nói hạn người gõ đã thấy."""

    clock = forms.TypedChoiceField(widget=forms.HiddenInput, empty_value=None)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["clock"], setting.case.clocks.all())
        self.fields["clock"].error_messages |= {
            "required": "Không rõ đồng hồ nào. Mở lại trang của đồng hồ rồi làm lại.",
            "invalid_choice": "Đồng hồ này không thuộc hồ sơ. Mở lại trang của đồng hồ rồi làm lại.",
        }

    def stand_on(self, clock: Clock) -> None:
        """Names the clock and the due time now on the page, also in a form that was refused."""
        seen = clock.due_at.isoformat() if clock.due_at else ""
        self.fields["clock"].initial, self.fields["seen"].initial = str(clock.pk), seen
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = seen

    def subject(self) -> Model:
        clock: Clock = self.cleaned_data["clock"]
        return clock

    def typed(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "clock"}


class ExtendForm(ClockForm):
    """Gia hạn một hạn mặc định."""

    due_at = MomentField(label="Hạn mới")
    reason = area("Lý do gia hạn", rows=2)
    signed_by = forms.CharField(
        label="Người ký", max_length=150, required=False, help_text="Bỏ trống: chính bạn."
    )
    paper = forms.CharField(
        label="Theo văn bản", max_length=200, required=False, help_text="Số, ký hiệu, ngày, nếu có."
    )


class LawExtendForm(ClockForm):
    """Gia hạn một hạn luật định: chỉ theo các trường hợp của chính quy tắc."""

    ground = forms.ChoiceField(label="Trường hợp luật cho gia hạn")
    number = forms.IntegerField(
        label="Bao nhiêu", required=False, min_value=1, help_text="Bỏ trống: nhiều nhất luật cho."
    )
    reason = area("Lý do gia hạn", rows=2)
    signed_by = forms.CharField(label="Người ký", max_length=150)
    paper = forms.CharField(label="Văn bản gia hạn", max_length=200, help_text="Số, ký hiệu, ngày.")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        self._offer(list(setting.case.clocks.all()))

    def stand_on(self, clock: Clock) -> None:
        super().stand_on(clock)
        self._offer([clock])

    def _offer(self, clocks: list[Clock]) -> None:
        known = {one.when: extension_words(one) for clock in clocks for one in extensions_of(clock)}
        self.fields["ground"].choices = [("", "Chưa chọn"), *known.items()]


class PauseForm(ClockForm):
    """Tạm dừng, hoặc ghi đang chờ."""

    reason = area("Đang chờ ai, chờ gì", rows=2)


class FinishForm(ClockForm):
    """Ghi đã xong."""

    at = MomentField(label="Xong lúc")
    note = area("Văn bản hoặc việc chứng minh", rows=2)


class ChooseForm(StepForm):
    """Đồng hồ nào áp dụng: mỗi câu hỏi của mỗi nghĩa vụ là một ô chọn."""

    reason = area(
        "Lý do đổi", rows=2, required=False, help_text="Ghi khi đổi câu trả lời đã chọn trước."
    )

    def prepare(self, setting: Setting) -> None:
        asked = {}
        for obligation, ask in questions_of(setting.case, setting):
            names = [(code, names[0]) for code, names in ask.choices]
            asked[f"{obligation.letter}_{ask.name}"] = forms.ChoiceField(
                label=f"{obligation.letter}. {ask.title[:1].upper()}{ask.title[1:]}",
                choices=[("", "Chưa chọn"), *names],
                required=False,
                initial=obligation.answers.get(ask.name, ""),
            )
        self.fields = {**asked, "reason": self.fields["reason"]}

    def typed(self) -> dict[str, Any]:
        answers: dict[str, dict[str, str]] = {}
        for field, code in self.cleaned_data.items():
            letter, _, name = field.partition("_")
            if name:
                answers.setdefault(letter, {})[name] = code
        return {"answers": answers, "reason": self.cleaned_data["reason"]}


def questions_of(case: Case, setting: Setting) -> list[tuple[Obligation, Question]]:
    """What the open obligations of the case ask people, by the law of the event's day."""
    day = case.event_on or setting.now.astimezone(VIETNAM).date()
    return [
        (obligation, ask)
        for obligation in case.obligations.all()
        if obligation.ended_at is None
        for ask in obligation_type(obligation.letter).questions_on(day)
    ]
