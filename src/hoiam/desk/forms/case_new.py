"""Opening a case by hand."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.steps import offer, pick
from hoiam.handling.actions.opening import Incoming
from hoiam.handling.policies import DESK
from hoiam.handling.states import BY_HAND
from hoiam.monitoring.models import Item
from hoiam.monitoring.states import Severity


class CaseNewForm(forms.Form):
    """Mở hồ sơ không từ tin cảnh báo."""

    agency = pick("Đơn vị")
    title = forms.CharField(
        label="Vụ việc", max_length=500, help_text="Một câu nói đủ việc gì, ở đâu."
    )
    severity = forms.TypedChoiceField(
        label="Mức độ", choices=Severity.choices, coerce=int, initial="1"
    )
    event_on = DayField(
        label="Ngày xảy ra sự việc", required=False, help_text="Chọn đúng luật của ngày đó."
    )
    item = forms.CharField(
        label="Bài báo liên quan",
        required=False,
        max_length=1000,
        help_text="Địa chỉ bài đã có trong hệ thống.",
    )
    channel = forms.ChoiceField(
        label="Đường đến", choices=[("", "Chưa chọn"), *((c.value, c.label) for c in BY_HAND)]
    )
    received_at = MomentField(
        label="Thời điểm tiếp nhận",
        help_text="Lúc cơ quan nhận, không phải lúc nhập máy. Đồng hồ 24 giờ tính từ đây.",
    )
    sender = forms.CharField(
        label="Nơi gửi, người báo",
        required=False,
        max_length=250,
        help_text="Bắt buộc với văn bản và đường dây nóng.",
    )
    incoming_number = forms.CharField(
        label="Số, ký hiệu văn bản đến", required=False, max_length=60
    )
    incoming_on = DayField(label="Ngày văn bản", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.label_suffix = actor, ""
        own = {post.agency_id for post in actor.posts if post.role in DESK}
        self.places = list(Agency.objects.filter(pk__in=own).order_by("sort_key"))
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
        if len(self.places) == 1:
            del self.fields["agency"]
        else:
            offer(self.fields["agency"], self.places)

    def clean_item(self) -> Item | None:
        """The report meant, by its address."""
        typed = self.cleaned_data["item"].strip()
        if not typed:
            return None
        found = Item.objects.filter(url=typed).first()  # the press archive is open to all
        if found is None:
            raise forms.ValidationError(
                "Không thấy bài có địa chỉ này trong hệ thống. Ghi nhận tin trước, hoặc để trống rồi thêm bài sau."
            )
        return found

    def typed(self) -> tuple[Agency, dict[str, Any]]:
        """The agency and what the action takes."""
        data = dict(self.cleaned_data)
        agency = data.pop("agency", None) or self.places[0]
        paper = Incoming(data.pop("incoming_number"), data.pop("incoming_on"), data.pop("sender"))
        return agency, {**data, "incoming": paper}
