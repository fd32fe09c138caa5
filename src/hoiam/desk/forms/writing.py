"""Forms of pieces: writing one on a phone or a desk, what editors do with it, asking for pieces and for facts."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_on
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import CountField, VerbForm
from hoiam.newsroom.actions import PictureWords, Text, Wish
from hoiam.newsroom.actions.submission_texts import typed_of
from hoiam.newsroom.models import Section, Submission, SubmissionPicture
from hoiam.newsroom.states.submissions import Verdict
from hoiam.newsroom.states.themes import THEMES as CORE_THEMES
from hoiam.scheme.models import Expert

THEMES = [("", "Chưa chọn"), *((str(each.number), f"{each.number}. {each.short}") for each in CORE_THEMES)]  # fmt: skip


class ManyFiles(forms.ClearableFileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class ManyPictures(forms.FileField):
    """Several pictures; what each is, the action finds out."""

    widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, none when nothing was chosen."""
        clean_one = super().clean
        return [clean_one(each) for each in data or [] if each]


def theme_field() -> forms.TypedChoiceField:
    """The five core themes."""
    return forms.TypedChoiceField(label="Chủ đề trọng tâm", choices=THEMES, coerce=int, empty_value=None, required=False)  # fmt: skip


class PieceForm(TypedForm):
    """The piece: typed, pasted, or brought as a Word file; its pictures each with their words."""

    title = forms.CharField(label="Tên bài", max_length=300, required=False)
    lead = area("Sa pô", rows=3, required=False, help_text="Một, hai câu mở đầu nói điều chính.")
    body = area(
        "Nội dung", rows=14, required=False,
        help_text="Mỗi dòng là một đoạn. Dán thẳng từ Word cũng được, kiểu chữ sẽ được làm gọn.",
    )  # fmt: skip
    word = forms.FileField(
        label="Hoặc tải tệp Word", required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text="Tệp .docx, không quá 50 MB; chữ và ảnh trong tệp được thêm vào sau phần đã gõ.",
    )  # fmt: skip
    pictures = ManyPictures(label="Thêm ảnh", required=False, help_text="Ảnh JPEG, PNG hoặc WebP, mỗi ảnh không quá 25 MB.")  # fmt: skip
    theme = theme_field()
    section = forms.ModelChoiceField(Section.objects.all(), label="Chuyên mục mong muốn", required=False, empty_label="Để biên tập chọn")  # fmt: skip
    byline = forms.CharField(label="Tên ghi trên bài", max_length=120, required=False, help_text="Bỏ trống thì ghi họ tên của anh/chị.")  # fmt: skip
    other_names = forms.CharField(label="Viết cùng", max_length=300, required=False, help_text="Họ tên, cách nhau bằng dấu chấm phẩy.")  # fmt: skip
    note = area("Lời nhắn cho biên tập", rows=2, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, piece: Submission | None = None, **kwargs: Any) -> None:
        if piece is not None:
            names = (
                "title",
                "lead",
                "theme",
                "section",
                "byline",
                "other_names",
                "note",
                "version",
            )
            kwargs["initial"] = {name: getattr(piece, name) for name in names}
            kwargs["initial"]["body"] = typed_of(piece.body)
        super().__init__(*args, **kwargs)
        for name in ("title", "body"):
            self.fields[name].is_asked = True  # type: ignore[attr-defined]

    def text(self) -> Text:
        """What the action takes."""
        names = ("title", "lead", "body", "theme", "section", "byline", "other_names", "note")
        return Text(**{name: self.cleaned_data[name] for name in names})


class PictureForm(TypedForm):
    """The words of one picture of the piece."""

    alt = forms.CharField(label="Ảnh cho thấy gì", max_length=300, required=False, help_text="Một câu tả ảnh, bắt buộc khi gửi bài.")  # fmt: skip
    caption = forms.CharField(label="Chú thích dưới ảnh", max_length=500, required=False)
    credit = forms.CharField(label="Ảnh của", max_length=120, required=False)
    is_dropped = forms.BooleanField(label="Bỏ ảnh này", required=False)

    def __init__(self, *args: Any, picture: SubmissionPicture, **kwargs: Any) -> None:
        self.picture = picture
        kwargs["initial"] = {n: getattr(picture, n) for n in ("alt", "caption", "credit")}
        super().__init__(*args, prefix=f"p{picture.pk}", **kwargs)
        self.fields["alt"].is_asked = True  # type: ignore[attr-defined]

    def words(self) -> PictureWords:
        """What the action takes."""
        return PictureWords(**self.cleaned_data)


class WithdrawForm(VerbForm):
    """The writer takes the piece back."""

    verb, label, done = "withdraw_submission", "Rút bài", "Đã rút bài."


class AcceptForm(VerbForm):
    """The piece taken in."""

    verb, label, done = "accept_submission", "Nhận bài", "Đã nhận bài. Bấm “Soạn ở bàn biên tập” để soạn thành bài đăng."  # fmt: skip


class ReturnForm(VerbForm):
    """What the writer is to mend."""

    verb, label, done = "return_submission", "Trả lại để sửa", "Đã trả lại, người viết được báo qua thư."  # fmt: skip
    reason = area("Cần sửa gì")


class DeclineForm(VerbForm):
    """Why the piece is not used."""

    verb, label, done = "decline_submission", "Không dùng", "Đã ghi không dùng, người viết được báo qua thư."  # fmt: skip
    reason = area("Lý do")


class PrintedForm(VerbForm):
    """Where another house printed it."""

    verb, label, done = "print_elsewhere", "Ghi đã đăng ở báo khác", "Đã ghi nơi đăng."
    printed_in = forms.CharField(label="Nơi đăng", max_length=250)
    printed_on = DayField(label="Ngày đăng")
    printed_url = forms.URLField(label="Đường dẫn", max_length=1000, required=False, assume_scheme="https")  # fmt: skip


class AskWordsForm(VerbForm):
    """Somebody outside asked once more what the pictures show."""

    verb, label, done = "ask_for_words", "Hỏi lại lời tả ảnh", "Người viết được gửi đường dẫn mới qua thư."  # fmt: skip


PIECE_VERBS = (AcceptForm, AskWordsForm, ReturnForm, DeclineForm, PrintedForm, WithdrawForm)


class CommissionForm(TypedForm):
    """Asking somebody to write."""

    title = forms.CharField(label="Đề tài", max_length=300)
    brief = area("Yêu cầu", rows=4, required=False)
    official = forms.ModelChoiceField(Official.objects.none(), label="Đặt công chức viết", required=False, empty_label="Không đặt công chức", help_text="Chọn một trong ba: công chức, chuyên gia trong danh sách, hoặc ghi tên người ngoài.")  # fmt: skip
    expert = forms.ModelChoiceField(Expert.objects.none(), label="Hoặc mời chuyên gia", required=False, empty_label="Không mời chuyên gia", help_text="Chuyên gia đã đồng ý và cho thư điện tử; lời mời được ghi ở trang chuyên gia.")  # fmt: skip
    name = forms.CharField(label="Hoặc người ngoài: họ và tên", max_length=120, required=False)
    email = forms.EmailField(label="Người ngoài: thư điện tử", required=False, help_text="Người này nhận một đường dẫn để gửi bài, không cần tài khoản.")  # fmt: skip
    due_on = DayField(label="Hạn gửi bài")
    words = CountField(label="Khoảng bao nhiêu chữ", required=False, least=50, most=50_000)
    theme = theme_field()
    section = forms.ModelChoiceField(Section.objects.all(), label="Chuyên mục", required=False, empty_label="Chưa định")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of them is asked for, so none says of itself that it may stay empty.
        for name in ("official", "expert", "name", "email"):
            self.fields[name].is_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One person is asked, not two."""
        data = super().clean() or {}
        if sum(bool(data.get(name)) for name in ("official", "expert", "name")) > 1:
            self.add_error("official", "Chỉ đặt một người: chọn công chức, chọn chuyên gia, hoặc ghi tên người ngoài.")  # fmt: skip
        return data

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        wish = {n: data.pop(n) for n in ("title", "due_on", "brief", "words", "theme", "section")}
        return {"wish": Wish(**wish), **data}


class TakeForm(VerbForm):
    """Yes."""

    verb, label, done = "take_commission", "Nhận viết", "Đã nhận viết."
    answer = area("Lời nhắn", rows=2, required=False)


class RefuseForm(VerbForm):
    """No."""

    verb, label, done = "refuse_commission", "Từ chối", "Đã từ chối, người đặt được báo qua thư."
    answer = area("Lý do", rows=2)


class MoveForm(VerbForm):
    """Another due day."""

    verb, label, done = "move_commission", "Đổi hạn", "Đã đổi hạn, người viết được báo qua thư."
    due_on = DayField(label="Hạn mới")


class CancelForm(VerbForm):
    """No longer asked for."""

    verb, label, done = "cancel_commission", "Thôi đặt bài", "Đã thôi đặt bài."
    reason = area("Lý do", rows=2, required=False)


class LinkForm(VerbForm):
    """A new link in place of the old one."""

    verb, label, done = "send_link", "Gửi đường dẫn mới", "Đường dẫn mới đang được gửi; đường dẫn cũ hết dùng được."  # fmt: skip


class RevokeForm(VerbForm):
    """The link taken back."""

    verb, label, done = "revoke_links", "Thu hồi đường dẫn", "Đã thu hồi đường dẫn."


COMMISSION_VERBS = (TakeForm, RefuseForm, MoveForm, LinkForm, RevokeForm, CancelForm)


class QuestionForm(TypedForm):
    """A question to the unit concerned."""

    asked = forms.ModelChoiceField(Agency.objects.none(), label="Hỏi đơn vị", empty_label="Chọn đơn vị")  # fmt: skip
    excerpt = area("Đoạn cần kiểm chứng", rows=4, help_text="Chép nguyên đoạn; đơn vị trả lời về đúng những chữ này.")  # fmt: skip
    question = area("Câu hỏi", rows=2)
    due_at = MomentField(label="Hạn trả lời", required=False)
    email = forms.EmailField(label="Gửi thêm đường dẫn tới", required=False, help_text="Cho người của đơn vị không có tài khoản.")  # fmt: skip

    def __init__(self, *args: Any, today: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = agencies_on(today)  # type: ignore[attr-defined]
        self.fields["due_at"].help_text = f"Bỏ trống là {usual} (mặc định sản phẩm MD-140)."


class AnswerForm(VerbForm):
    """Whether it is true."""

    verb, label, done = "answer_fact_check", "Trả lời", "Đã trả lời, người hỏi được báo qua thư."
    verdict = forms.ChoiceField(label="Đoạn này", choices=Verdict.choices, widget=forms.RadioSelect)
    answer = area("Điều đúng là", required=False, help_text="Bắt buộc khi không đúng hẳn. Không ghi tên, địa chỉ đương sự.")  # fmt: skip


class UnaskForm(VerbForm):
    """The question taken back."""

    verb, label, done = "withdraw_fact_check", "Rút câu hỏi", "Đã rút câu hỏi."


CHECK_VERBS = (AnswerForm, UnaskForm)
