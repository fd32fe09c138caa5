"""Forms of the list of sources: one for each kind, a search by address, a file with its columns."""

from typing import Any

from django import forms

from hoiam.agencies.models import Channel
from hoiam.agencies.outlets import SCOPES
from hoiam.desk.places import old_provinces
from hoiam.kit.news import ListingRule
from hoiam.kit.recognition import provinces
from hoiam.monitoring.actions.uploads import wanted
from hoiam.monitoring.models import Source
from hoiam.monitoring.states import Health, SourceKind

READ_AS = (SourceKind.FEED, SourceKind.SITEMAP)
LARGEST_FILE = 5 * 1024 * 1024


class NamedSourceForm(forms.ModelForm):
    """What every source has: its name, its paper, its province."""

    field_order = (
        "name", "url", "kind", "item", "link", "title", "time", "variable",
        "channel", "home_province",
    )  # fmt: skip
    channel = forms.ModelChoiceField(
        Channel.objects.select_related("press_agency").order_by("press_agency__sort_key", "name"),
        label="Sản phẩm báo chí",
        required=False,
        empty_label="Tự nhận theo tên miền",
        help_text="Chọn khi tên miền của nguồn khác tên miền của báo.",
    )
    home_province = forms.ChoiceField(
        label="Tỉnh của báo",
        required=False,
        help_text="Chỉ chọn với báo địa phương: giúp nhận ra đơn vị khi bài không ghi tên tỉnh. Báo có từ trước sáp nhập thì chọn tỉnh cũ của báo.",
    )

    class Meta:
        model = Source
        # Not the address: whether it is already a source is the action's to say, at its field.
        fields = ("name", "kind", "channel", "home_province")
        labels = {"name": "Tên nguồn"}
        error_messages = {"name": {"required": "Nhập tên nguồn."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.home_province
        names, before = [province.name for province in provinces()], old_provinces()
        known = {*names, *(old for old, _ in before), ""}
        shown = names if kept in known else [*names, kept]
        self.fields["home_province"].choices = [
            ("", "Báo trung ương, nhiều tỉnh"),
            *((name, name) for name in shown),
            ("Báo của tỉnh đã sáp nhập, đổi tên", before),
        ]

    def rule(self) -> dict[str, Any] | None:
        """How the source is read, as typed; None when this kind has no rule."""
        return None


class SourceForm(NamedSourceForm):
    """A feed or sitemap by its address."""

    url = forms.URLField(
        label="Địa chỉ", max_length=500, error_messages={"required": "Nhập địa chỉ nguồn."}, assume_scheme="https",
        help_text="Địa chỉ RSS, Atom, JSON hoặc sơ đồ trang, ví dụ https://baosongthanh.example/rss/phap-luat.rss",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Loại nguồn",
        choices=[(kind.value, kind.label) for kind in READ_AS],
        widget=forms.RadioSelect,
        initial=SourceKind.FEED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].initial = self.instance.url

    def clean_url(self) -> str:
        """The address, put on the row itself."""
        self.instance.url = self.cleaned_data["url"]
        return self.instance.url


class _FixedKindForm(NamedSourceForm):
    """A form whose kind is its own."""

    class Meta(NamedSourceForm.Meta):
        fields = ("name", "channel", "home_province")


class ListingForm(_FixedKindForm):
    """A page without a feed, and where on it the items stand."""

    url = forms.URLField(
        label="Địa chỉ trang danh mục", max_length=500, error_messages={"required": "Nhập địa chỉ trang danh mục."}, assume_scheme="https",
        help_text="Trang chuyên mục có danh sách bài, ví dụ https://baosongthanh.example/phap-luat",
    )  # fmt: skip
    item = forms.CharField(
        label="Khối tin (bộ chọn CSS)", required=False, max_length=200,
        help_text="Khối lặp lại, mỗi khối một bài. Để trống rồi bấm Đề xuất quy tắc, hệ thống tìm giúp.",
    )  # fmt: skip
    link = forms.CharField(label="Liên kết trong khối", required=False, max_length=200)
    title = forms.CharField(
        label="Tiêu đề trong khối", required=False, max_length=200, help_text="Để trống: lấy chữ của liên kết."
    )  # fmt: skip
    time = forms.CharField(label="Thời điểm trong khối", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].initial = self.instance.url
        for name, selector in ListingRule.of(self.instance.rule).as_json().items():
            self.fields[name].initial = selector

    def clean_url(self) -> str:
        """The address, put on the row itself."""
        self.instance.url = self.cleaned_data["url"]
        return self.instance.url

    def rule(self) -> dict[str, Any]:
        """The selectors as typed."""
        return ListingRule.of(
            {name: self.cleaned_data[name].strip() for name in ListingRule("").as_json()}
        ).as_json()


class MailboxForm(_FixedKindForm):
    """The box alert mails come to; which box and its password stand in the server's environment, never here."""

    variable = forms.CharField(
        label="Biến môi trường của hộp thư",
        max_length=80,
        initial="HOIAM_MAILBOX_CANH_BAO",
        error_messages={"required": "Nhập tên biến môi trường."},
        help_text="Quản trị đặt biến này trên máy chủ, dạng imaps://tên:mật-khẩu@máy-chủ/INBOX. Mật khẩu không nhập ở đây và không lưu trong hệ thống.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.rule.get("variable")
        self.fields["variable"].initial = kept or self.fields["variable"].initial

    def rule(self) -> dict[str, Any]:
        """The variable's name; nothing secret."""
        return {"variable": self.cleaned_data["variable"].strip()}


class UploadedSourceForm(_FixedKindForm):
    """A list that comes as files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].empty_label = "Không thuộc báo nào"
        self.fields["channel"].help_text = ""
        del self.fields["home_province"]


FORMS: dict[str, type[NamedSourceForm]] = {
    SourceKind.FEED: SourceForm,
    SourceKind.SITEMAP: SourceForm,
    SourceKind.LISTING: ListingForm,
    SourceKind.MAILBOX: MailboxForm,
    SourceKind.VENDOR: UploadedSourceForm,
    SourceKind.COMMENTS: UploadedSourceForm,
}


def form_of(source: Source) -> type[NamedSourceForm]:
    """The form of the source's kind; what people fill by hand has a name and a paper only."""
    return FORMS.get(source.kind, UploadedSourceForm)


class PauseForm(forms.Form):
    """Why a source is paused."""

    reason = forms.CharField(label="Lý do tạm dừng", max_length=300, required=False)


class SourceFilter(forms.Form):
    """What narrows the list of sources; every field may stay empty."""

    ten = forms.CharField(label="Tên", required=False, max_length=100)
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Mọi loại"), *SourceKind.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *Health.choices]
    )


class FindForm(forms.Form):
    """The address of a paper, as people know it."""

    address = forms.CharField(
        label="Địa chỉ trang báo", error_messages={"required": "Nhập địa chỉ trang báo."}, max_length=500,
        help_text="Trang chủ hoặc trang chuyên mục, ví dụ baosongthanh.example. Hệ thống tìm nguồn RSS, sơ đồ trang, danh mục.",
    )  # fmt: skip


class StarterFilter(forms.Form):
    """What narrows the starter list."""

    ten = forms.CharField(label="Tên", required=False, max_length=100)
    tinh = forms.ChoiceField(label="Tỉnh", required=False)
    nhom = forms.ChoiceField(
        label="Nhóm", required=False, choices=[("", "Mọi nhóm"), *SCOPES.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(province.name, province.name) for province in provinces()]
        self.fields["tinh"].choices = [("", "Mọi tỉnh"), *names]


class UploadForm(forms.Form):
    """A file, and the headings of its columns where the guess would be wrong."""

    file = forms.FileField(
        label="Tệp CSV hoặc JSON",
        error_messages={
            "required": "Chọn tệp CSV hoặc JSON trên máy.",
            "empty": "Tệp rỗng. Hãy chọn tệp khác.",
        },
        help_text="Không quá 5 MB, 5.000 dòng. Bước này chỉ thử, chưa nhập gì.",
    )

    def __init__(self, *args: Any, source: Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = source.rule.get("columns", {})
        self.names = [one.name for one in wanted(source.kind)]
        for one in wanted(source.kind):
            self.fields[f"column_{one.name}"] = forms.CharField(
                label=f"Cột: {one.words.lower()}",
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"placeholder": kept.get(one.name) or "tự tìm"}),
            )

    def clean_file(self) -> Any:
        """The file, when it is not larger than a list is."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Tệp lớn hơn 5 MB. Hãy chia thành nhiều tệp nhỏ.")
        return file

    def named(self) -> dict[str, str]:
        """The headings as typed."""
        return {name: self.cleaned_data.get(f"column_{name}", "") for name in self.names}
