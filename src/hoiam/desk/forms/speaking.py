"""Forms of speaking: authorisations, periodic duties, plans of supply, breaches."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_visible_to, assignable_to
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.spokespersons import TypedForm, area, sent
from hoiam.handling.actions.supply import Planned
from hoiam.handling.models import Case
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.states import BreachHandling, BreachKind, StatementForm

FREE_ROWS = 3
QUARTERS = [("", "Cả năm"), *((str(n), f"Quý {n}") for n in (1, 2, 3, 4))]


class DraftAuthorisationForm(TypedForm):
    """Who is authorised, for what, until when."""

    official = forms.ModelChoiceField(
        Official.objects.none(), label="Người được ủy quyền", empty_label="Chọn người"
    )
    title = forms.CharField(label="Chức vụ", max_length=120)
    matter = forms.CharField(
        label="Nội dung được ủy quyền", max_length=250, help_text="Một vụ việc cụ thể."
    )
    from_on = DayField(label="Từ ngày")
    to_on = DayField(label="Đến hết ngày", help_text="Hết ngày này quyền tự chấm dứt.")
    is_listed = forms.BooleanField(
        label="Hiện trên danh sách công khai trong thời hạn", required=False
    )

    def __init__(self, *args: Any, actor: Actor, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = assignable_to(actor, case.agency)
        self.fields["matter"].initial = f"vụ việc {case.title}"[:250]


class SignForm(TypedForm):
    """The number and when it was signed."""

    number = forms.CharField(label="Giấy ủy quyền số", max_length=80)
    signed_at = MomentField(label="Ký lúc", required=False, help_text="Bỏ trống: bây giờ.")


class ReasonForm(TypedForm):
    """Why."""

    reason = area("Lý do", rows=2)


class CompareForm(TypedForm):
    """Words about to be said."""

    text = area("Lời sắp nói, sắp đăng", rows=6)


class SettleForm(TypedForm):
    """What was given for a duty."""

    given = area("Đã làm gì", help_text="Số văn bản, tin đã đăng, cuộc họp báo.")
    done_at = MomentField(label="Xong lúc")
    url = forms.URLField(label="Đường dẫn", required=False, max_length=1000, assume_scheme="https")


class PlanForm(TypedForm):
    """Which period a plan is for."""

    year = forms.IntegerField(label="Năm")
    quarter = forms.TypedChoiceField(
        label="Kỳ", choices=QUARTERS, coerce=int, empty_value=None, required=False
    )


class PlanRowForm(TypedForm):
    """One row of a plan."""

    topic = forms.CharField(label="Nội dung", max_length=300)
    form = forms.ChoiceField(label="Hình thức", choices=StatementForm.choices)
    who = forms.CharField(label="Ai", max_length=150)
    by_on = DayField(label="Chậm nhất ngày")
    product = forms.CharField(label="Sản phẩm", max_length=250)

    def planned(self) -> Planned:
        """The row as the action takes it."""
        return Planned(**self.cleaned_data)


PlanRows = forms.formset_factory(PlanRowForm, extra=FREE_ROWS, can_delete=True)


class SuppliedForm(TypedForm):
    """What was given for a row of a plan."""

    done_on = DayField(label="Xong ngày")
    given = forms.CharField(label="Kết quả", max_length=500)


class BreachForm(TypedForm):
    """What happened, found by whom, on what ground; never who told the press."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan", empty_label=None)
    kind = forms.ChoiceField(label="Vi phạm", choices=[("", "Chọn"), *BreachKind.choices])
    happened_on = DayField(label="Xảy ra ngày")
    official = forms.ModelChoiceField(
        Official.objects.none(), label="Người liên quan", required=False, empty_label="Không nêu"
    )
    case = forms.ModelChoiceField(
        Case.objects.none(), label="Hồ sơ", required=False, empty_label="Không gắn hồ sơ"
    )
    text = area("Nội dung vi phạm")
    found_by = forms.CharField(label="Ai phát hiện", max_length=150)
    basis = forms.CharField(label="Căn cứ (điều khoản, quy chế)", max_length=250)
    file = forms.FileField(
        label="Chứng cứ", required=False, help_text="PDF, ảnh hoặc Word; không quá 20 MB."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = agencies_visible_to(actor).filter(level__in=[Level.CENTRE, Level.PROVINCE])
        self.fields["agency"].queryset = seen
        own = {post.agency_id for post in actor.posts}
        home = seen.filter(pk__in=own).first()
        self.fields["agency"].initial = home.pk if home else None
        if home is not None:
            self.fields["official"].queryset = assignable_to(actor, home)
        self.fields["case"].queryset = cases_visible_to(actor)

    def typed(self) -> dict[str, Any]:
        """What the action takes, the file read."""
        return {**self.cleaned_data, "file": sent(self.cleaned_data["file"])}


class HandleForm(TypedForm):
    """How a breach was handled."""

    handling = forms.ChoiceField(
        label="Hình thức xử lý", choices=[("", "Chọn"), *BreachHandling.choices]
    )
    handled_on = DayField(label="Ngày xử lý")
    result = area("Kết quả", help_text="Văn bản số nào, ai ký, đã khắc phục gì.")
