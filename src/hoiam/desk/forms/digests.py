"""The form that makes a digest."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField
from hoiam.monitoring.states import DigestKind

DAY_LABELS: dict[str, str] = {
    DigestKind.DAY: "Ngày điểm tin",
    DigestKind.WEEK: "Một ngày trong tuần",
    DigestKind.MONTH: "Một ngày trong tháng",
    DigestKind.OUTLOOK: "Một ngày trong tuần cần dự báo",
}
LONGEST_REMARKS = 8000


class DigestForm(forms.Form):
    """Which day, for which of my agencies."""

    day = DayField(label="Ngày điểm tin")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Đơn vị", empty_label=None)

    def __init__(self, *args: Any, actor: Actor, kind: str = DigestKind.DAY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {post.agency_id for post in actor.posts}
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=mine).exclude(
            level=Level.MILITARY
        )
        self.fields["day"].label = DAY_LABELS[kind]
        self.fields["agency"].initial = actor.posts[0].agency_id if actor.posts else None


class RemarksForm(forms.Form):
    """What the desk thinks of a synthesis or an outlook."""

    remarks = forms.CharField(
        label="Nhận xét, đề xuất của đơn vị",
        required=False,
        max_length=LONGEST_REMARKS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Đi theo thư và tệp Word; lập lại số liệu không làm mất phần này.",
    )
