"""Forms of training: a session, its list, needs, the plan of a year."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, Official
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import CountField, FileForm, VerbForm
from hoiam.scheme.actions.trainees import Mark
from hoiam.scheme.models import Trainee, Training
from hoiam.scheme.states.training import TraineeResult, TraineeRole


class TrainingForm(TypedForm):
    """One session."""

    title = forms.CharField(label="Tên lớp", max_length=300)
    content = area("Nội dung", rows=3, required=False)
    for_roles = forms.MultipleChoiceField(label="Đối tượng", choices=TraineeRole.choices, required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến ngày", required=False, help_text="Lớp một ngày thì để trống.")
    place = forms.CharField(label="Địa điểm", max_length=250, required=False)
    trainer = forms.CharField(label="Giảng viên, báo cáo viên", max_length=300, required=False)


class HoldForm(VerbForm):
    """What came of it."""

    verb, label, done = "hold_training", "Ghi đã tổ chức", "Đã ghi lớp đã tổ chức."
    outcome = area("Kết quả chung", rows=3, required=False)


class CancelForm(VerbForm):
    """Why it is not held."""

    verb, label, done = "cancel_training", "Không tổ chức", "Đã ghi không tổ chức."
    reason = area("Lý do", rows=2)


class DocumentForm(FileForm):
    """One document."""

    verb, label, done = "add_document", "Thêm tài liệu", "Đã thêm tài liệu."
    title = forms.CharField(label="Tên tài liệu", max_length=250)
    field_order = ["title", "file"]


class TraineeForm(VerbForm):
    """One person: an official, or a name with its unit."""

    verb, label, done = "add_trainee", "Thêm người dự", "Đã thêm vào danh sách."
    role = forms.ChoiceField(label="Tư cách", choices=TraineeRole.choices)
    official = forms.ModelChoiceField(Official.objects.none(), label="Công chức", required=False, empty_label="Người ngoài hệ thống, ghi tên dưới đây")  # fmt: skip
    full_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    title = forms.CharField(label="Chức vụ", max_length=150, required=False)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Đơn vị", required=False, empty_label="Theo chức vụ của công chức")  # fmt: skip

    def offer(self, people: Any, places: Any) -> "TraineeForm":
        """The form with the people and units it may choose from."""
        self.fields["official"].queryset = people
        self.fields["agency"].queryset = places
        return self


class NeedForm(VerbForm):
    """What a unit asks to be trained in."""

    verb, label, done = "raise_training_need", "Nêu nhu cầu tập huấn", "Đã ghi nhu cầu."
    topic = forms.CharField(label="Nội dung cần tập huấn", max_length=300)
    role = forms.ChoiceField(label="Cho ai", choices=TraineeRole.choices)
    people = CountField(label="Số người", least=1, most=30_000)
    why = area("Vì sao", rows=2, required=False)


class PlanForm(VerbForm):
    """The plan of a year."""

    verb, label, done = "make_training_plan", "Lập kế hoạch năm", "Đã lập kế hoạch."
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)


class PurposeForm(VerbForm):
    """What the plan is for."""

    verb, label, done = "write_training_plan", "Sửa mục đích, yêu cầu", "Đã lưu kế hoạch."
    purpose = area("Mục đích, yêu cầu", rows=4, required=False, help_text="Mỗi dòng một ý; để trống thì Word ghi câu chung.")  # fmt: skip

    def prepare(self) -> None:
        """What stands now."""
        self.initial.setdefault("purpose", getattr(self.subject, "purpose", ""))


class PlanReturnForm(VerbForm):
    """Why the plan goes back."""

    verb, label, done = "return_training_plan", "Trả lại để sửa", "Đã trả lại."
    reason = area("Điều cần sửa", rows=2)


def marks_of(posted: Any, trainees: list[Trainee]) -> list[Mark]:
    """What was typed in the table of the list, a line for each person who stood on it."""
    return [
        Mark(
            row.pk,
            posted.get(f"present-{row.pk}") == "1",
            posted.get(f"result-{row.pk}", ""),
            posted.get(f"certificate-{row.pk}", ""),
            was=posted.get(f"was-{row.pk}"),
        )
        for row in trainees
        if f"row-{row.pk}" in posted
    ]


RESULTS = [(value, label) for value, label in TraineeResult.choices if value]


def first_values(training: Training) -> dict[str, Any]:
    """The session as its form begins."""
    names = ("title", "content", "for_roles", "starts_on", "ends_on", "place", "trainer")
    return {name: getattr(training, name) for name in names}


def people_offered(actor: Actor) -> Any:
    """Active officials of the units in sight."""
    rows = Official.objects.filter(is_active=True).order_by("sort_key")
    if actor.sees_everything:
        return rows
    return rows.filter(posts__agency__in=actor.agency_ids).distinct()
