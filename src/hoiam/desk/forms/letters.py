"""The form by which a reader's letter is entered, and what it shares with the verbs of a letter's page."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, PressAgency
from hoiam.agencies.queries import agencies_on
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.steps import area, offer, pick
from hoiam.letters.actions.intake import Named, Upload, Written
from hoiam.letters.policies import CLERKS
from hoiam.letters.states import (
    ComplaintAbout,
    LetterChannel,
    LetterKind,
    PersonRole,
)

AT_HINT = "Bỏ trống là bây giờ."
NOT_CHOSEN = ("", "Chưa chọn")
BY_HAND = [
    NOT_CHOSEN,
    *((v, w) for v, w in LetterChannel.choices if v not in ("form", "email")),
]
KINDS = [NOT_CHOSEN, *((v, w) for v, w in LetterKind.choices if v != "unknown")]
PART_KINDS = [choice for choice in KINDS if choice[0] != "mixed"]
ABOUT = [("", "Không phải khiếu nại"), *ComplaintAbout.choices]
OFFERED_PARTS = 3


class ManyFiles(forms.ClearableFileInput):
    """A field of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The chosen files as uploads of the letters room."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFiles(), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Every file read whole; what may be kept is the action's to say."""
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [Upload(file.name, file.read()) for file in chosen]


def letter_agencies(actor: Actor) -> list[Agency]:
    """Agencies in whose register the person may write."""
    places = [post.agency_id for post in actor.posts if post.role in CLERKS]
    return list(agencies_on(actor.today).filter(pk__in=places))


class NewLetterForm(forms.Form):
    """Ghi một đơn đến bằng bưu điện, nộp trực tiếp, do báo hoặc cơ quan khác chuyển."""

    agency = pick("Đơn vị nhận đơn")
    channel = forms.ChoiceField(label="Đến bằng", choices=BY_HAND)
    received_at = MomentField(label="Nhận lúc", required=False, help_text=AT_HINT)
    press_agency = pick("Cơ quan báo chí chuyển", required=False, empty="Không phải do báo chuyển")
    forwarder = forms.CharField(
        label="Cơ quan chuyển khác", max_length=200, required=False,
        help_text="Ghi khi cơ quan chuyển không có trong danh bạ báo chí.",
    )  # fmt: skip
    forward_number = forms.CharField(
        label="Số, ký hiệu văn bản chuyển", max_length=80, required=False
    )
    forward_on = DayField(label="Ngày văn bản chuyển", required=False)
    title = forms.CharField(
        label="Trích yếu", max_length=300, help_text="Tên người gửi ghi ở ô riêng; máy che tên ở trích yếu và nội dung."
    )  # fmt: skip
    content = area("Nội dung đơn", rows=8)
    name = forms.CharField(
        label="Họ và tên người gửi", max_length=150, required=False,
        help_text="Để trống khi đơn không ghi tên. Danh tính giữ ở bảng riêng, mỗi lần xem phải nêu lý do.",
    )  # fmt: skip
    is_denouncer = forms.BooleanField(label="Người gửi là người tố cáo", required=False)
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=200, required=False)
    representatives = area(
        "Người đại diện", rows=2, required=False,
        help_text="Khi nhiều người cùng ký: mỗi dòng một người đại diện.",
    )  # fmt: skip
    signers = forms.IntegerField(label="Số người ký", min_value=1, initial=1)
    files = FilesField(
        label="Tệp kèm theo", help_text="PDF, ảnh, Word; tối đa 5 tệp, mỗi tệp 10 MB."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        places = letter_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        offer(
            self.fields["press_agency"],
            PressAgency.objects.filter(valid_to=None),
            "Không phải do báo chuyển",
        )
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
            field.error_messages["invalid"] = "Chưa đúng. Viết như ten@thu.vn hoặc một số."

    def typed(self) -> tuple[Agency, Written, dict[str, Any]]:
        """The agency, the letter, and what `receive_letter` takes beside them."""
        data = dict(self.cleaned_data)
        role = PersonRole.DENOUNCER if data.pop("is_denouncer") else PersonRole.SENDER
        sender = Named(role=role, **{k: data.pop(k) for k in ("name", "address", "phone", "email")})
        lines = data.pop("representatives").splitlines()
        people = [sender, *(Named(line, PersonRole.REPRESENTATIVE) for line in lines)]
        letter = Written(
            people=people, **{k: data.pop(k) for k in ("title", "content", "files", "signers")}
        )
        return data.pop("agency"), letter, data
