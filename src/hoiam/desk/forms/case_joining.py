"""Forms that join and part cases, hand them over, and put reports in and out."""

from typing import Any

from django import forms

from hoiam.desk.forms.case_results import CaseNumberField
from hoiam.desk.forms.steps import Setting, StepForm, area, offer, pick
from hoiam.kit.rulebook import obligation_type
from hoiam.monitoring.models import Item


class MergeForm(StepForm):
    """Nhập hai hồ sơ làm một."""

    other = CaseNumberField(
        label="Nhập với hồ sơ", max_length=30,
        help_text="Số hồ sơ cùng cơ quan, ví dụ HS 118/2026. Hồ sơ mở sau được nhập vào hồ sơ mở trước.",
    )  # fmt: skip
    reason = area("Vì sao là một vụ việc", rows=2)

    def prepare(self, setting: Setting) -> None:
        self.fields["other"].agency = setting.case.agency_id


class SplitForm(StepForm):
    """Tách một phần thành hồ sơ mới."""

    is_late = True
    title = forms.CharField(label="Vụ việc của hồ sơ mới", max_length=500)
    items = forms.TypedMultipleChoiceField(
        label="Bài chuyển sang hồ sơ mới", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    letters = forms.MultipleChoiceField(
        label="Nghĩa vụ chuyển theo", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Đồng hồ và văn bản chỉ đạo của nghĩa vụ đi theo.",
    )  # fmt: skip
    reason = area("Vì sao tách", rows=2)

    def prepare(self, setting: Setting) -> None:
        case = setting.case
        rows = ((row.item_id, _told(row.item)) for row in case.case_items.all())
        self.fields["items"].choices = list(rows)
        self.fields["items"].error_messages["required"] = "Chọn ít nhất một bài."
        duties = (o for o in case.obligations.all() if o.ended_at is None)
        self.fields["letters"].choices = [
            (o.letter, f"{o.letter}. {obligation_type(o.letter).title}") for o in duties
        ]
        if not self.fields["letters"].choices:
            del self.fields["letters"]


def _told(item: Item) -> str:
    return f"{item.title} ({item.outlet})" if item.outlet else item.title


class HandOverForm(StepForm):
    """Chuyển hồ sơ cho đơn vị khác."""

    is_late = True
    to = pick(
        "Chuyển cho",
        help_text="Đơn vị trực thuộc: đổi chủ trì. Cấp trên, cấp dưới: hồ sơ đi theo. Cơ quan khác: mở hồ sơ mới ở đó, hồ sơ này đóng.",
    )
    reason = area("Vì sao chuyển", rows=2)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["to"], setting.places)


class AddItemForm(StepForm):
    """Thêm một bài đã có trong hệ thống."""

    item = forms.CharField(
        label="Địa chỉ bài",
        max_length=1000,
        help_text="Dán địa chỉ, hoặc tìm theo tiêu đề ở trang Các bài.",
    )

    def clean_item(self) -> Item:
        """The report with this address or key."""
        typed = self.cleaned_data["item"].strip()
        # The press archive is open to all: a report is public text.
        by = (
            {"pk": int(typed)}
            if typed.isascii() and typed.isdigit() and len(typed) < 10
            else {"url": typed}
        )
        found = Item.objects.filter(**by).first()
        if found is None:
            raise forms.ValidationError(
                "Không thấy bài có địa chỉ này trong hệ thống. Ghi nhận tin trước rồi thêm lại."
            )
        return found


class TakeOutForm(StepForm):
    """Đưa một bài ra khỏi hồ sơ."""

    item = pick("Bài")
    reason = area("Vì sao", rows=2)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["item"], [row.item for row in setting.case.case_items.all()])


class StoryItemsForm(StepForm):
    """Thêm một lần mọi bài mới cùng vụ việc."""

    def typed(self) -> dict[str, Any]:
        return {}
