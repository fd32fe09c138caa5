"""Forms of agreements with the press: the draft, its signing, clauses, results, reviews, acceptances, contacts."""

from typing import Any

from django import forms

from hoiam.agencies.models import PressAgency
from hoiam.agencies.states import MediaType
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import CountField, FileForm, MoneyField, VerbForm, lines_of
from hoiam.scheme.actions.agreements import AgreementTyped
from hoiam.scheme.clauses import sample_clauses
from hoiam.scheme.models import Agreement
from hoiam.scheme.states.agreements import AgreementKind, ClauseKind


class AgreementForm(TypedForm):
    """What is known of an agreement before it is signed."""

    kind = forms.ChoiceField(label="Loại", choices=AgreementKind.choices, widget=forms.RadioSelect, initial="regulation")  # fmt: skip
    title = forms.CharField(label="Tên", max_length=500)
    press = forms.ChoiceField(label="Cơ quan báo chí", required=False)
    parties = area(
        "Bên khác cùng ký", rows=2, required=False,
        help_text="Mỗi dòng một bên. Tên trùng danh bạ báo chí thì tự nối để đếm tin, bài.",
    )  # fmt: skip
    media_types = forms.MultipleChoiceField(label="Loại hình báo chí", choices=MediaType.choices, required=False, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    is_core = forms.BooleanField(label="Cơ quan báo chí nòng cốt", required=False)
    valid_from = DayField(label="Dự kiến hiệu lực từ ngày", required=False)
    valid_to = DayField(label="Dự kiến đến ngày", required=False)
    value = MoneyField(label="Giá trị hợp đồng, đồng", required=False)
    note = area("Ghi chú", rows=2, required=False)
    sample = forms.BooleanField(label="Bắt đầu bằng bảy nội dung mẫu", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement | None = None, **kwargs: Any) -> None:
        if agreement is not None:
            kwargs["initial"] = _first_values(agreement)
        super().__init__(*args, **kwargs)
        names = [(press.name, press.name) for press in PressAgency.objects.filter(valid_to=None)]
        self.fields["press"].choices = [("", "Không phải cơ quan báo chí"), *names]
        sample = sample_clauses()
        self.fields["sample"].help_text = f"Theo {sample.source}; sửa, bớt được trước khi ký."
        if agreement is not None:
            del self.fields["sample"]

    def clean(self) -> dict[str, Any]:
        """The parties in one list, the press agency first."""
        cleaned: dict[str, Any] = super().clean() or {}
        names = (cleaned.get("press", ""), *lines_of(cleaned.get("parties", "")))
        cleaned["names"] = tuple(name for name in names if name)
        if not cleaned["names"]:
            self.add_error("press", "Chọn cơ quan báo chí hoặc ghi bên khác cùng ký.")
        return cleaned

    def agreement_typed(self) -> AgreementTyped:
        """What the actions take."""
        found = self.cleaned_data
        sample = sample_clauses().clauses if found.get("sample") else ()
        return AgreementTyped(
            kind=found["kind"], title=found["title"], parties=found["names"],
            media_types=tuple(found["media_types"]), is_core=found["is_core"],
            value=found["value"], valid_from=found["valid_from"], valid_to=found["valid_to"],
            note=found["note"], clauses=tuple((each.kind, each.text) for each in sample),
        )  # fmt: skip


def _first_values(agreement: Agreement) -> dict[str, Any]:
    names = ("kind", "title", "media_types", "is_core", "valid_from", "valid_to", "value", "note", "version")  # fmt: skip
    parties = list(agreement.parties.all())
    press = next((party for party in parties if party.press_agency_id), None)
    return {
        **{name: getattr(agreement, name) for name in names},
        "press": press.name if press else "",
        "parties": "\n".join(party.name for party in parties if party != press),
    }


class SignForm(FileForm):
    """The signed text."""

    verb, label, done = "sign_agreement", "Ghi đã ký", "Đã ghi văn bản có hiệu lực."
    number = forms.CharField(label="Số, ký hiệu", max_length=80)
    signed_on = DayField(label="Ngày ký")
    valid_from = DayField(label="Hiệu lực từ ngày")
    valid_to = DayField(label="Đến ngày", required=False, help_text="Văn bản không ghi thì để trống.")  # fmt: skip
    our_signer = forms.CharField(label="Người ký bên ta", max_length=200, required=False)
    their_signers = area("Người ký các bên", rows=2, required=False, help_text="Mỗi dòng một bên, theo thứ tự trên trang.")  # fmt: skip
    field_order = ["number", "signed_on", "valid_from", "valid_to", "our_signer", "their_signers", "file"]  # fmt: skip

    def prepare(self) -> None:
        """The days as they were planned."""
        for name in ("valid_from", "valid_to"):
            self.initial.setdefault(name, getattr(self.subject, name, None))

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return {**super().typed(), "their_signers": lines_of(self.cleaned_data["their_signers"])}


class EndForm(VerbForm):
    """Ending before its time."""

    verb, label, done = "end_agreement", "Chấm dứt trước hạn", "Đã ghi chấm dứt."
    ended_on = DayField(label="Chấm dứt từ ngày")
    reason = area("Lý do", rows=2)


class ClauseForm(VerbForm):
    """One more clause."""

    verb, label, done = "add_clause", "Thêm nội dung phối hợp", "Đã thêm nội dung."
    kind = forms.ChoiceField(label="Về việc", choices=ClauseKind.choices)
    text = area("Nội dung", rows=3)
    per_year = CountField(label="Số lượng mỗi năm", least=1, required=False, help_text="Chỉ ghi khi văn bản nêu con số.")  # fmt: skip


class ReviewForm(FileForm):
    """One review."""

    verb, label, done = "record_review", "Ghi sơ kết, tổng kết", "Đã ghi buổi sơ kết."
    held_on = DayField(label="Ngày")
    place = forms.CharField(label="Địa điểm", max_length=250, required=False)
    conclusions = area("Kết luận", rows=4)
    field_order = ["held_on", "place", "conclusions", "file"]


class AcceptanceForm(FileForm):
    """One acceptance of a contract."""

    verb, label, done = "record_acceptance", "Ghi nghiệm thu", "Đã ghi nghiệm thu."
    accepted_on = DayField(label="Ngày nghiệm thu")
    delivered = area("Sản phẩm đã giao", rows=3)
    count = CountField(label="Số lượng", least=1, initial=1)
    value = MoneyField(label="Giá trị nghiệm thu, đồng")
    accepted_by = forms.CharField(label="Người nghiệm thu", max_length=200)
    paper = forms.CharField(label="Biên bản số", max_length=120, required=False)
    field_order = ["accepted_on", "delivered", "count", "value", "accepted_by", "paper", "file"]


class ContactForm(VerbForm):
    """Whom to call."""

    verb, label, done = "add_contact", "Thêm người liên hệ", "Đã thêm người liên hệ."
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    title = forms.CharField(label="Chức vụ, đơn vị", max_length=200, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=60, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)


class ResultForm(FileForm):
    """One thing done for a clause."""

    verb, label, done = "record_result", "Ghi kết quả", "Đã ghi kết quả."
    happened_on = DayField(label="Ngày")
    title = forms.CharField(label="Kết quả", max_length=500)
    count = CountField(label="Số lượng", least=1, initial=1)
    url = forms.URLField(label="Đường dẫn", max_length=1000, required=False, assume_scheme="https")
    paper = forms.CharField(label="Số, ký hiệu văn bản", max_length=120, required=False)
    field_order = ["happened_on", "title", "count", "url", "paper", "file"]


class DropForm(VerbForm):
    """Why something is no longer counted."""

    verb, label, done = "drop_result", "Bỏ kết quả", "Đã bỏ khỏi số đếm; dòng vẫn xem lại được."
    row = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Lý do bỏ", max_length=300)
