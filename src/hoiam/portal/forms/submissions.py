"""Forms of people who came by a link: a piece with its pictures, or the answer to a question."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hoiam.agencies.actions import SentFile
from hoiam.core.filekinds import LARGEST, MIB
from hoiam.newsroom.actions import GuestPicture, PictureWords, Text
from hoiam.newsroom.actions.submission_texts import typed_of
from hoiam.newsroom.models import Submission, SubmissionPicture
from hoiam.newsroom.states.submissions import Verdict

SLOTS = range(1, 5)
LARGEST_PICTURE = 25 * MIB
LONGEST = 200_000
UNTOLD = "Ghi một câu ảnh cho thấy gì, hoặc chọn bỏ ảnh."


class GuestForm(forms.Form):
    """A form that works without JavaScript, never loses what was typed, and stops programs that fill every box."""

    note_box = forms.CharField(label="Để trống ô này", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", label_suffix="", **kwargs)
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "ha-field"
        self.fields["note_box"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_note_box(self) -> str:
        """Nothing: whoever wrote here by mistake is told, a program is stopped."""
        if self.cleaned_data["note_box"]:
            raise ValidationError("Xóa chữ ở ô phải để trống rồi gửi lại.")
        return ""

    def visible(self) -> list[Any]:
        """The fields people fill in, each with what describes it."""
        for bound in self:
            parts = (("hint", bound.help_text), ("error", bound.errors))
            described = [f"{bound.auto_id}-{name}" for name, is_there in parts if is_there]
            if described:
                bound.field.widget.attrs["aria-describedby"] = " ".join(described)
            if bound.errors:
                bound.field.widget.attrs["aria-invalid"] = "true"
        return [bound for bound in self if bound.name != "note_box"]


class GuestPieceForm(GuestForm):
    """The piece: typed or as a Word file, with up to four pictures and what each shows."""

    title = forms.CharField(label="Tên bài", max_length=300)
    lead = forms.CharField(label="Sa pô", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    body = forms.CharField(
        label="Nội dung", max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 14}), help_text="Mỗi dòng là một đoạn. Hoặc tải tệp Word ở dưới.",
    )  # fmt: skip
    word = forms.FileField(label="Tệp Word", required=False, help_text="Tệp .docx, không quá 50 MB. Ảnh trong tệp chưa có lời tả thì hệ thống gửi thư hỏi từng ảnh.")  # fmt: skip
    note = forms.CharField(label="Lời nhắn cho biên tập", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip

    def __init__(self, *args: Any, piece: Submission | None = None, **kwargs: Any) -> None:
        if piece is not None:
            kwargs["initial"] = {name: getattr(piece, name) for name in ("title", "lead", "note")}
            kwargs["initial"]["body"] = typed_of(piece.body)
        super().__init__(*args, **kwargs)
        for number in SLOTS:
            self.fields[f"picture_{number}"] = forms.FileField(
                label=f"Ảnh {number}", required=False,
                help_text="JPEG, PNG hoặc WebP, không quá 25 MB." if number == 1 else "",
            )  # fmt: skip
            self.fields[f"alt_{number}"] = forms.CharField(
                label=f"Ảnh {number} cho thấy gì", max_length=300, required=False
            )
            for name in (f"picture_{number}", f"alt_{number}"):
                self.fields[name].widget.attrs["class"] = "ha-field"

    def clean(self) -> dict[str, Any]:
        """Files that are small enough, pictures that are told of."""
        data = super().clean() or {}
        self._check_size("word", data.get("word"), LARGEST)
        for number in SLOTS:
            file = data.get(f"picture_{number}")
            self._check_size(f"picture_{number}", file, LARGEST_PICTURE)
            if file and not data.get(f"alt_{number}", "").strip():
                self.add_error(f"alt_{number}", "Ghi một câu ảnh cho thấy gì, để người không nhìn thấy ảnh cũng hiểu.")  # fmt: skip
        return data

    def _check_size(self, name: str, file: Any, most: int) -> None:
        if file and file.size > most:
            self.add_error(name, f"Tệp lớn hơn {most // MIB} MB. Hãy thu nhỏ rồi chọn lại; phần đã gõ vẫn còn.")  # fmt: skip

    def typed(self) -> dict[str, Any]:
        """What `send_by_link` takes."""
        names = ("title", "lead", "body", "note")
        word = self.cleaned_data["word"]
        return {
            "text": Text(**{name: self.cleaned_data[name] for name in names}),
            "word": SentFile(word.name, word.read()) if word else None,
            "pictures": list(self._pictures()),
        }

    def _pictures(self) -> Iterator[GuestPicture]:
        for number in SLOTS:
            if file := self.cleaned_data[f"picture_{number}"]:
                yield GuestPicture(SentFile(file.name, file.read()), self.cleaned_data[f"alt_{number}"])  # fmt: skip


class GuestPicturesForm(GuestForm):
    """What each picture of the Word file shows; a picture may be taken out instead."""

    def __init__(self, *args: Any, pictures: Iterable[SubmissionPicture], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = list(pictures)
        for row in self.pictures:
            fields = {
                f"alt_{row.pk}": forms.CharField(label="Ảnh cho thấy gì", max_length=300, error_messages={"required": UNTOLD}),
                f"caption_{row.pk}": forms.CharField(label="Chú thích dưới ảnh", max_length=500, required=False, initial=row.caption),
                f"credit_{row.pk}": forms.CharField(label="Ảnh của ai", max_length=120, required=False),
            }  # fmt: skip
            for field in fields.values():
                field.widget.attrs["class"] = "ha-field"
            self.fields |= fields
            self.fields[f"drop_{row.pk}"] = forms.BooleanField(label="Bỏ ảnh này", required=False)

    def clean(self) -> dict[str, Any]:
        """Each picture told of or taken out."""
        data = super().clean() or {}
        for row in self.pictures:
            if data.get(f"drop_{row.pk}"):
                self.errors.pop(f"alt_{row.pk}", None)
                data.setdefault(f"alt_{row.pk}", "")
        return data

    def rows(self) -> list[tuple[SubmissionPicture, list[Any], Any]]:
        """Each picture with its boxes, and the box that takes it out."""
        self.visible()
        names = ("alt", "caption", "credit")
        return [
            (row, [self[f"{name}_{row.pk}"] for name in names], self[f"drop_{row.pk}"])
            for row in self.pictures
        ]

    def typed(self) -> dict[str, Any]:
        """What `describe_by_link` takes."""
        data = self.cleaned_data
        words = {
            row.pk: PictureWords(
                alt=data[f"alt_{row.pk}"],
                caption=data[f"caption_{row.pk}"],
                credit=data[f"credit_{row.pk}"],
                is_dropped=data[f"drop_{row.pk}"],
            )
            for row in self.pictures
        }
        return {"words": words}


class GuestAnswerForm(GuestForm):
    """Whether the passage is true, and who says so."""

    name = forms.CharField(label="Họ tên, chức vụ người trả lời", max_length=200)
    kind = forms.ChoiceField(label="Đoạn này", choices=Verdict.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="Điều đúng là", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Bắt buộc khi không đúng hẳn. Không ghi tên, địa chỉ đương sự.",
    )  # fmt: skip

    def typed(self) -> dict[str, Any]:
        """What `answer_by_link` takes."""
        names = ("name", "answer")
        return {name: self.cleaned_data[name] for name in names} | {"verdict": self.cleaned_data["kind"]}  # fmt: skip
