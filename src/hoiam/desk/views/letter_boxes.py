"""The mailboxes letters come to, one an agency."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.steps import offer, pick
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.letters.actions import save_letter_box
from hoiam.letters.queries import box_agencies, letter_boxes_visible_to


class BoxForm(forms.Form):
    """Hộp thư nhận đơn của một đơn vị; địa chỉ và mật khẩu chỉ nằm ở biến môi trường của máy chủ."""

    agency = pick("Đơn vị")
    variable = forms.CharField(
        label="Biến môi trường", max_length=80,
        help_text="Tên bắt đầu bằng HOIAM_MAILBOX_. Quản trị đặt giá trị imaps://tên:mật-khẩu@máy-chủ/INBOX trên máy chủ.",
    )  # fmt: skip
    is_on = forms.BooleanField(label="Đang đọc hộp thư này", required=False, initial=True)

    def __init__(self, *args: Any, places: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        self.fields["agency"].error_messages["required"] = "Chọn đơn vị."
        self.fields["variable"].error_messages["required"] = "Ghi tên biến môi trường."


@desk
def boxes(request: HttpRequest) -> HttpResponse:
    """The boxes of the actor's agencies, and the form that sets one."""
    actor = actor_of(request)
    places = list(agencies_on(actor.today).filter(pk__in=box_agencies(actor)))
    form = BoxForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            save_letter_box(data.pop("agency"), actor=actor, now=now_of(request), **data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu hộp thư nhận đơn.")
            return redirect("desk-letter-boxes")
    shown = {"boxes": letter_boxes_visible_to(actor), "form": form, "may_set": bool(places)}
    return render(request, "desk/letters/boxes.html", shown, status=422 if form.errors else 200)
