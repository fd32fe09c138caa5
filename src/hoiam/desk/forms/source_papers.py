"""Forms of a paper brought in: its file, and what it asks besides its tasks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.schemes import (
    UNITS_HINT,
    TaskForm,
    UnitsMixin,
    head_initial,
    line,
    lines_of,
    task_initial,
    text,
)
from hoiam.scheme.actions.reading import TO_NOTHING, TO_ROUND, TO_TASK
from hoiam.scheme.models import Scheme
from hoiam.scheme.queries.quota_words import quotas_in
from hoiam.scheme.states import AssignmentRole, TaskDue

BECOMES = (
    (TO_TASK, "một nhiệm vụ"),
    (TO_ROUND, "một đợt báo cáo, mở sau khi xác nhận"),
    (TO_NOTHING, "không theo dõi"),
)


QUOTA_HINT = "Mỗi dòng một chỉ tiêu cho từng đơn vị chủ trì, như “02 bài mỗi tháng trên Trang thông tin điện tử”."


class PaperForm(forms.Form):
    """The file of a paper that gives work."""

    file = forms.FileField(
        label="Tệp văn bản",
        help_text="Word (.docx), PDF có chữ, HTML hoặc văn bản thuần; không quá 50 MB. Tệp máy không đọc được vẫn được giữ để nhập tay.",
    )


def quota_lines() -> forms.CharField:
    """The quotas of a row, one a line."""
    return text("Chỉ tiêu", rows=2, required=False, help_text=QUOTA_HINT)


class QuotaLinesMixin(UnitsMixin):
    """A form whose field `quotas` holds one quota a line."""

    def clean_quotas(self) -> list[str]:
        """Each line as the house keeps it; a line without one count of pieces is refused."""
        made = []
        for words in lines_of(self.cleaned_data["quotas"]):
            found = quotas_in(words)
            if len(found) != 1:
                raise forms.ValidationError(
                    f"Chưa rõ “{words}” là bao nhiêu bài. {QUOTA_HINT}", code="invalid"
                )
            made.append(str(found[0]))
        return made


class PaperTaskForm(QuotaLinesMixin, TaskForm):
    """A task of a paper with what is owed in it."""

    quotas = quota_lines()


def paper_task_initial(
    row: Mapping[str, Any], titles: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """What the form shows of a task of a paper."""
    return task_initial(row, titles) | {"quotas": "\n".join(row.get("quotas", ()))}


class AskedForm(QuotaLinesMixin):
    """What a paper asks of somebody, and what becomes of it."""

    who = text("Ai làm, như văn bản ghi", rows=2, required=False)
    what = text("Làm gì", rows=4)
    due_kind = forms.ChoiceField(
        label="Chữ của hạn", required=False, choices=[("", "không có ngày hạn"), *TaskDue.choices],
        help_text="“Trước ngày X” là hết ngày X−1.",
    )  # fmt: skip
    due = DayField(label="Ngày hạn", required=False)
    send_to = line("Gửi về đâu", 300)
    channel = line("Cách gửi, hình thức", 300)
    sanction = text("Nếu không làm thì sao", rows=2, required=False)
    quotas = quota_lines()
    units = text("Đơn vị trong Hệ thống phải làm", rows=2, required=False, help_text=UNITS_HINT)
    becomes = forms.ChoiceField(
        label="Trở thành", choices=BECOMES, widget=forms.RadioSelect, initial=TO_TASK
    )

    def clean(self) -> dict[str, Any]:
        """Units as lead parts."""
        cleaned = super().clean() or {}
        cleaned["units"] = [
            {"role": AssignmentRole.LEAD.value, **part} for part in self.units_in("units")
        ]
        return cleaned

    def row(self) -> dict[str, Any]:
        """What is asked, as the working copy keeps it."""
        due = self.cleaned_data["due"]
        return {**self.cleaned_data, "due": due.isoformat() if due else ""}


def asked_initial(row: Mapping[str, Any], titles: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the form shows of a row of the working copy."""
    shown = head_initial({name: value for name, value in row.items() if name != "units"})
    shown["quotas"] = "\n".join(row.get("quotas", ()))
    return shown | {"units": "\n".join(titles.get(AssignmentRole.LEAD.value, ()))}


class ConfirmForm(forms.Form):
    """Whether the paper stands alone, amends or replaces what the agency runs."""

    replaces = forms.ModelChoiceField(
        label="Văn bản này thay cho", queryset=None, required=False, empty_label="không thay văn bản nào",
    )  # fmt: skip
    keeps_others = forms.BooleanField(
        label="Chỉ sửa đổi, bổ sung: nhiệm vụ không nhắc đến thì giữ nguyên", required=False
    )

    def __init__(self, *args: Any, running: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = running  # type: ignore[attr-defined]

    def choice(self) -> dict[str, Any]:
        """The arguments of the action."""
        found: Scheme | None = self.cleaned_data["replaces"]
        return {
            "replaces": found,
            "keeps_others": bool(found and self.cleaned_data["keeps_others"]),
        }
