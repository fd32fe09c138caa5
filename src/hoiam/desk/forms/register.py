"""Forms of the register of outgoing papers, of an agency's wording and of its letterhead."""

from typing import Any

from django import forms

from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.steps import area
from hoiam.kit.papers import PaperKind


class OutsideNumberForm(forms.Form):
    """A number used for a paper made outside the house."""

    number = forms.IntegerField(label="Số", min_value=1, max_value=99999, localize=False)
    symbol = forms.CharField(
        label="Ký hiệu", max_length=50, help_text="Phần sau số, ví dụ QĐ-THADSTG."
    )
    issued_on = DayField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=500)
    addressee = forms.CharField(label="Nơi nhận", max_length=250, required=False)
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    reason = area("Vì sao cấp ngoài hệ thống", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class CancelForm(forms.Form):
    """Hủy số: why."""

    reason = area("Lý do hủy số", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class SignedFileForm(forms.Form):
    """Bản PDF đã ký số."""

    file = forms.FileField(
        label="Bản PDF đã ký số",
        help_text="Tệp do phần mềm ký xuất ra, chưa in lại hay sửa thêm. Tối đa 50 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="signed-%s", **kwargs)
        self.fields["file"].error_messages["required"] = "Chọn tệp PDF đã ký số."


class WordingForm(forms.Form):
    """The agency's own sentences for one kind of paper."""

    opening = area("Câu mở đầu", rows=3, required=False, max_length=4000)
    closing = area("Câu kết", rows=3, required=False, max_length=4000)
    sentences = area(
        "Câu mẫu để chép khi soạn",
        rows=4,
        required=False,
        max_length=20000,
        help_text="Mỗi dòng một câu.",
    )
    recipients = area(
        "Nơi nhận", rows=4, required=False, max_length=4000, help_text="Mỗi dòng một nơi."
    )
    unit_symbol = forms.CharField(label="Ký hiệu đơn vị soạn thảo", max_length=40, required=False)
    reason = area("Lý do sửa", rows=2, required=False)

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["opening"].help_text = "Đứng trước nội dung mẫu. Để trống thì không có."
        self.fields[
            "closing"
        ].help_text = "Thay câu kết của mẫu chung. Để trống thì dùng mẫu chung."
        if not kind.signed:
            del self.fields["recipients"]

    def typed(self) -> dict[str, Any]:
        """What `save_wording` takes."""
        data = {**self.cleaned_data}
        for name in ("sentences", "recipients"):
            data[name] = [line for line in data.get(name, "").splitlines() if line.strip()]
        return data


class LetterheadForm(forms.Form):
    """Thể thức văn bản của một cơ quan."""

    symbol = forms.CharField(
        label="Ký hiệu cơ quan trong số văn bản",
        max_length=40,
        help_text="Viết hoa, không dấu cách, ví dụ THADSTG.",
    )
    seat = forms.CharField(
        label="Địa danh", max_length=80, help_text="Đứng trước ngày tháng, ví dụ Thanh Giang."
    )
    governing = forms.CharField(
        label="Dòng cơ quan chủ quản",
        max_length=250,
        required=False,
        help_text="Để trống thì dùng cơ quan cấp trên trong danh bạ.",
    )
    contact = forms.CharField(
        label="Địa chỉ ở chân trang đầu",
        max_length=250,
        required=False,
        help_text="Số nhà, điện thoại, thư điện tử, trang thông tin. Để trống thì không ghi.",
    )
    marks_drafter = forms.BooleanField(
        label="Ghi ký hiệu người soạn thảo dưới Nơi nhận",
        required=False,
        help_text="Chữ cái đầu của họ tên; người soạn thêm số bản phát hành, ví dụ PL.(300).",
    )
    reason = area("Lý do sửa", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
