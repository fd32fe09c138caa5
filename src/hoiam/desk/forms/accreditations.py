"""Forms of the register of accredited reporters."""

from typing import Any

from django import forms

from hoiam.agencies.models import PressAgency
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.press_desk import own_agencies
from hoiam.desk.forms.steps import offer, pick


class AccreditationForm(forms.Form):
    """Một phóng viên được tòa soạn giới thiệu."""

    agency = pick("Đơn vị")
    press_agency = pick("Cơ quan báo chí")
    full_name = forms.CharField(label="Họ và tên phóng viên", max_length=120)
    card_number = forms.CharField(label="Số thẻ nhà báo", max_length=40, required=False)
    area = forms.CharField(
        label="Lĩnh vực, địa bàn theo dõi",
        max_length=250,
        required=False,
        help_text="Chỉ ghi mảng phụ trách. Không ghi nhận xét về người.",
    )
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến ngày", required=False)
    confirmed_on = DayField(label="Tòa soạn xác nhận ngày")
    confirmed_with = forms.CharField(
        label="Xác nhận với ai, bằng cách nào", max_length=250, required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        places = own_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        offer(self.fields["press_agency"], PressAgency.objects.filter(valid_to=None))
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."


class ConfirmForm(forms.Form):
    """Tòa soạn xác nhận lại."""

    confirmed_on = DayField(label="Ngày xác nhận")
    confirmed_with = forms.CharField(label="Hỏi ai, bằng cách nào", max_length=250)
    label_suffix = ""


class EndForm(forms.Form):
    """Phóng viên thôi theo dõi đơn vị."""

    valid_to = DayField(label="Ngày cuối")
    reason = forms.CharField(label="Lý do", max_length=250)
    label_suffix = ""
