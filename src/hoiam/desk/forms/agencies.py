"""Forms of the register: finding an agency, adding a person, ending a post, importing a list."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import assignable_to
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField

LARGEST_LIST = 5 * 1024 * 1024
TODAYS_LEVELS = (Level.CENTRE, Level.PROVINCE, Level.REGION)


class AgencyFilter(forms.Form):
    """What narrows the list of agencies; every field may stay empty."""

    ten = forms.CharField(label="Tên", required=False, max_length=100)
    cap = forms.ChoiceField(
        label="Cấp",
        required=False,
        choices=[("", "Mọi cấp"), *((level.value, level.label) for level in TODAYS_LEVELS)],
    )
    tinh = forms.ChoiceField(label="Tỉnh", required=False)

    def __init__(self, *args: Any, provinces: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in provinces]
        self.fields["tinh"].choices = [("", "Mọi tỉnh"), *names]


class OfficialForm(forms.Form):
    """A post for a person who has an account, or a new account with its first post."""

    official = forms.ModelChoiceField(
        Official.objects.none(),
        label="Người đã có tài khoản",
        required=False,
        empty_label="Chưa có, tạo tài khoản mới",
    )
    full_name = forms.CharField(label="Họ và tên", required=False, max_length=120)
    username = forms.CharField(
        label="Tên đăng nhập", required=False, max_length=60,
        help_text="Viết liền, không dấu, ví dụ nguyenvanthu.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Mật khẩu ban đầu", required=False, strip=False,
        help_text="Ít nhất 10 ký tự. Người dùng đổi lại sau lần đăng nhập đầu.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Nơi nhận cảnh báo và điểm tin."
    )
    phone = forms.CharField(label="Số điện thoại", required=False, max_length=30)
    role = forms.ChoiceField(label="Vai trò", choices=[("", "Chọn vai trò"), *Role.choices])
    title = forms.CharField(
        label="Chức vụ", required=False, max_length=120, help_text="Như ghi trên văn bản, ví dụ Phó Trưởng THADS tỉnh."
    )  # fmt: skip
    valid_to = DayField(label="Đến ngày", required=False)
    matter = forms.CharField(
        label="Vụ việc được ủy quyền phát ngôn", required=False, max_length=250,
        help_text="Bắt buộc, cùng ngày hết hạn, khi vai trò là người được ủy quyền phát ngôn.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].queryset = assignable_to(actor, agency)

    def clean(self) -> dict[str, Any]:
        """A new account has a name, a sign-in name and a first password."""
        data = super().clean() or {}
        if not data.get("official") and "official" not in self.errors:
            needed = {
                "full_name": "Nhập họ và tên, hoặc chọn người đã có tài khoản.",
                "username": "Nhập tên đăng nhập.",
                "password": "Nhập mật khẩu ban đầu.",
            }
            for name, sentence in needed.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data


class PostEndForm(forms.Form):
    """The last day of a post."""

    last_day = DayField(
        label="Ngày cuối giữ chức vụ", help_text="Từ ngày hôm sau người này không còn quyền theo chức vụ."
    )  # fmt: skip


class ImportForm(forms.Form):
    """A list of agencies as a CSV file."""

    file = forms.FileField(
        label="Tệp CSV", help_text="Không quá 5 MB. Bước này chỉ thử, chưa ghi gì vào danh bạ."
    )

    def clean_file(self) -> Any:
        """The file, when it is not larger than any real list."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_LIST:
            raise forms.ValidationError(
                "Tệp lớn hơn 5 MB. Hãy chỉ giữ trang tính danh sách cơ quan."
            )
        return file
