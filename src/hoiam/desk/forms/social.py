"""Forms of official accounts: the composer, verbs on posts, acts, messages and accounts."""

from collections.abc import Iterable
from typing import Any

from django import forms

from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.spokespersons import TypedForm
from hoiam.desk.forms.verb_forms import VerbForm
from hoiam.kit.vietnamese import show_number
from hoiam.newsroom.actions.social_posts import PostTyped
from hoiam.newsroom.models import SocialChannel, SocialPost
from hoiam.newsroom.social_csv import HEADS
from hoiam.newsroom.social_limits import Limits, limits_of
from hoiam.newsroom.states.social import ActKind, ConnectorKind, Turned

SECRET = {"autocomplete": "off", "spellcheck": "false"}


def room_of(limits: Limits) -> str:
    """What a platform takes, in a line."""
    parts = [f"{show_number(limits.characters)} ký tự", f"{limits.pictures} ảnh"]
    parts += [f"tên bài {limits.title} ký tự"] if limits.title else []
    return f"{limits.name} nhận {', '.join(parts)}" + (" (chưa kiểm chứng)" if limits.unverified else "")  # fmt: skip


def _area(most: int, rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-most": most})


class ComposeForm(TypedForm):
    """The common text, the accounts, and an own text for each of them."""

    title = forms.CharField(label="Tên bài", max_length=300)
    text = forms.CharField(label="Nội dung chung", widget=forms.Textarea(attrs={"rows": 8}))
    link = forms.URLField(label="Đường dẫn", max_length=1000, required=False, assume_scheme="https")
    hashtags = forms.CharField(label="Thẻ chủ đề", max_length=300, required=False, help_text="Cách nhau bằng dấu cách, ví dụ: THADS ThanhGiang.")  # fmt: skip
    scheduled_at = MomentField(label="Giờ đăng", required=False, help_text="Bỏ trống để đăng ngay khi được duyệt.")  # fmt: skip
    channels = forms.TypedMultipleChoiceField(label="Đăng lên", coerce=int, widget=forms.CheckboxSelectMultiple)  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, channels: Iterable[SocialChannel], post: SocialPost | None = None, first: PostTyped | None = None, **kwargs: Any) -> None:  # fmt: skip
        self.rows = list(channels)
        if post is not None or first is not None:
            kwargs["initial"] = _initial(post, first)
        super().__init__(*args, **kwargs)
        limits = {row.pk: limits_of(row.account.platform) for row in self.rows}
        self.fields["channels"].choices = [(row.pk, f"{row} ({row.get_kind_display()})") for row in self.rows]  # type: ignore[attr-defined]  # fmt: skip
        if limits:
            most = min(one.characters for one in limits.values())
            self.fields["text"].widget.attrs["data-most"] = most
        for row in self.rows:
            hint = f"Bỏ trống để dùng nội dung chung. {room_of(limits[row.pk])}."
            self.fields[f"text_{row.pk}"] = forms.CharField(
                label=f"Lời riêng cho {row}", required=False, help_text=hint,
                widget=_area(limits[row.pk].characters, 4),
            )  # fmt: skip

    def post_typed(self) -> PostTyped:
        """What the actions take."""
        told = self.cleaned_data
        texts = {pk: told.get(f"text_{pk}", "") for pk in told["channels"]}
        return PostTyped(told["title"], told["text"], told["link"], told["hashtags"], told["scheduled_at"], texts)  # fmt: skip


def _initial(post: SocialPost | None, first: PostTyped | None) -> dict[str, Any]:
    if post is None:
        return {} if first is None else {"title": first.title, "text": first.text, "link": first.link}  # fmt: skip
    names = ("title", "text", "link", "hashtags", "scheduled_at", "version")
    told: dict[str, Any] = {name: getattr(post, name) for name in names}
    rows = list(post.texts.all())
    told["channels"] = [row.channel_id for row in rows]
    return told | {f"text_{row.channel_id}": row.text for row in rows}


class PictureForm(VerbForm):
    """One picture with its words."""

    verb, label, done = "add_picture", "Thêm ảnh", "Đã thêm ảnh."
    file = forms.FileField(label="Ảnh", help_text="JPEG, PNG hoặc WebP.")
    alt = forms.CharField(label="Ảnh cho thấy gì", max_length=300)

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "name": file.name, "alt": self.cleaned_data["alt"]}


class SubmitForm(VerbForm):
    """Handing in needs no words."""

    verb, label, done = "submit_post", "Gửi duyệt", "Đã gửi duyệt."


class ApproveForm(VerbForm):
    """Approving needs no words."""

    verb, label, done = "approve_post", "Duyệt", "Đã duyệt; bài lên trang đúng giờ đã đặt."


class ReturnForm(VerbForm):
    """What to mend."""

    verb, label, done = "return_post", "Trả lại", "Đã trả lại người soạn."
    reason = forms.CharField(label="Cần sửa gì", max_length=500)


class CancelPostForm(VerbForm):
    """Why the post is given up."""

    verb, label, done = "cancel_post", "Bỏ bài này", "Đã bỏ bài."
    reason = forms.CharField(label="Lý do", max_length=500)


class ConfirmForm(VerbForm):
    """Confirming; a proposal of the house may be put right first."""

    verb, label, done = "confirm_act", "Xác nhận", "Đã xác nhận; việc sẽ được làm ngay."
    text = forms.CharField(label="Nội dung mới", required=False, widget=forms.Textarea(attrs={"rows": 6}))  # fmt: skip

    def prepare(self) -> None:
        """Only the house's own proposals of an edit have a text to put right."""
        act = self.subject
        if act.kind != ActKind.EDIT or act.proposed_by_id is not None:
            del self.fields["text"]
        else:
            self.fields["text"].initial = act.text


class CancelActForm(VerbForm):
    """Why the act is given up."""

    verb, label, done = "cancel_act", "Bỏ việc này", "Đã bỏ."
    reason = forms.CharField(label="Lý do", max_length=500)


class RetryForm(VerbForm):
    """Trying again; a person may have looked at the page."""

    verb, label, done = "retry_act", "Thử lại", "Sẽ thử lại ngay."
    not_there = forms.BooleanField(label="Tôi đã xem trên trang: bài chưa lên, gửi lại được", required=False)  # fmt: skip

    def prepare(self) -> None:
        """Asked only where the answer was lost."""
        if not self.subject.is_unknown:
            del self.fields["not_there"]


class HandForm(VerbForm):
    """What a person did on the page."""

    verb, label, done = "record_by_hand", "Ghi đã làm tay", "Đã ghi."
    permalink = forms.URLField(label="Địa chỉ trên trang", max_length=1000, required=False, assume_scheme="https")  # fmt: skip
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class ProposeEditForm(VerbForm):
    """Another text for what was posted."""

    verb, label, done = "propose_edit", "Đề xuất sửa bài", "Đã đề xuất; chờ người khác xác nhận."
    text = forms.CharField(label="Nội dung mới", widget=forms.Textarea(attrs={"rows": 6}))
    reason = forms.CharField(label="Lý do", max_length=500)

    def prepare(self) -> None:
        """Begins with the text as it stands."""
        self.fields["text"].initial = self.subject.text


class ProposeRemovalForm(VerbForm):
    """Why it should come off the page."""

    verb, label, done = "propose_removal", "Đề xuất gỡ bài", "Đã đề xuất; chờ người khác xác nhận."
    reason = forms.CharField(label="Lý do", max_length=500)


class TakeForm(VerbForm):
    """Taking needs no words."""

    verb, label, done = "take_message", "Nhận xử lý", "Đã nhận. Nhận chưa phải là trả lời."


class ReplyForm(VerbForm):
    """An answer, before another confirms it."""

    verb, label, done = "draft_reply", "Soạn trả lời", "Đã soạn; chờ người khác xác nhận."
    text = forms.CharField(label="Câu trả lời", widget=forms.Textarea(attrs={"rows": 5}))


class TurnForm(VerbForm):
    """What the message becomes."""

    verb, label, done = "turn_message", "Chuyển thành việc khác", "Đã chuyển."
    into = forms.ChoiceField(label="Chuyển thành", choices=Turned.choices, widget=forms.RadioSelect)
    to = forms.CharField(label="Số đến, nơi tiếp tục", max_length=300, required=False, help_text="Với đơn, câu hỏi: vào sổ trước rồi ghi số. Tin phản ánh tự lên trang Theo dõi.")  # fmt: skip


class HidingForm(VerbForm):
    """Why a comment should be hidden."""

    verb, label, done = "propose_hiding", "Đề xuất ẩn", "Đã đề xuất; chờ người khác xác nhận."
    reason = forms.CharField(label="Lý do", max_length=500)


class CloseForm(VerbForm):
    """Why no answer is given."""

    verb, label, done = "close_message", "Khép, không trả lời", "Đã khép."
    reason = forms.CharField(label="Lý do", max_length=500)


class BringInForm(TypedForm):
    """A file of comments; the second time what was read travels in the page, and nowhere else."""

    channel = forms.ModelChoiceField(SocialChannel.objects.none(), label="Tài khoản", empty_label=None)  # fmt: skip
    file = forms.FileField(label="Tệp CSV", required=False, help_text=f"Dòng đầu là tên cột: {HEADS}. Không quá 2 MB.")  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, channels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]

    def data_of_file(self) -> bytes:
        """The bytes chosen, or those the preview carried; nothing when neither is there."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["kept"].encode()


class KeyFields(VerbForm):
    """Keys; typed once and never shown again."""

    access = forms.CharField(label="Khóa truy cập, khóa ký", max_length=2000, required=False, widget=forms.PasswordInput(attrs=SECRET))  # fmt: skip
    refresh = forms.CharField(label="Khóa gia hạn (Zalo)", max_length=2000, required=False, widget=forms.PasswordInput(attrs=SECRET))  # fmt: skip
    app_secret = forms.CharField(label="Khóa bí mật của ứng dụng (Zalo)", max_length=500, required=False, widget=forms.PasswordInput(attrs=SECRET))  # fmt: skip
    expires_on = DayField(label="Khóa hết hạn ngày", required=False, help_text="Để được báo trước; bỏ trống nếu khóa không hết hạn.")  # fmt: skip

    @property
    def draft(self) -> str:
        """Keys are never kept by the browser."""
        return ""


class ConnectForm(KeyFields):
    """How an account is reached."""

    verb, label, done = "connect_channel", "Nối tài khoản", "Đã nối. Bấm “Thử khóa” để biết khóa dùng được."  # fmt: skip
    field_order = ("kind", "page_id", "app_id", "address")
    kind = forms.ChoiceField(label="Cách nối", choices=ConnectorKind.choices, widget=forms.RadioSelect, initial="hand")  # fmt: skip
    page_id = forms.CharField(label="Mã trang, mã OA", max_length=64, required=False)
    app_id = forms.CharField(label="Mã ứng dụng (Zalo)", max_length=64, required=False)
    address = forms.URLField(label="Địa chỉ nhận (webhook)", max_length=500, required=False, assume_scheme="https")  # fmt: skip


class KeyForm(KeyFields):
    """New keys."""

    verb, label, done = "change_key", "Thay khóa", "Đã thay khóa; việc đang chờ chạy tiếp."
