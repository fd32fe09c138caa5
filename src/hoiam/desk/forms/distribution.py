"""Forms of what is sent to the press: lists, receivers, packages, reprints."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.http import QueryDict

from hoiam.agencies.models import Channel, PressAgency, Reporter
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import VerbForm
from hoiam.kit.recognition.places import read_rows
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.newsroom.actions.lists import ListTyped, ReceiverTyped
from hoiam.newsroom.actions.packages import PackageTyped
from hoiam.newsroom.actions.prints import PrintTyped
from hoiam.newsroom.models import Article, DistributionList, Package, Receiver, Section
from hoiam.newsroom.queries.packages import Looked, articles_to_send, lists_visible_to
from hoiam.newsroom.states.distribution import Beat, Means

OFFERED_ARTICLES = 40


def _provinces() -> list[tuple[str, str]]:
    names = [row["name"] for row in read_rows("provinces.csv")]
    return [("", "Không theo tỉnh"), *((name, name) for name in names)]


class ListForm(TypedForm):
    """One list."""

    name = forms.CharField(label="Tên danh sách", max_length=150)
    beat = forms.ChoiceField(label="Mảng", choices=Beat.choices)
    province = forms.ChoiceField(label="Tỉnh, thành phố", choices=_provinces, required=False)
    about = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return {"typed": ListTyped(**self.cleaned_data)}


class ReceiverForm(TypedForm):
    """One receiver: of the press directory, or by hand."""

    means = forms.ChoiceField(label="Cách nhận", choices=Means.choices, widget=forms.RadioSelect, initial=Means.EMAIL)  # fmt: skip
    reporter = forms.ModelChoiceField(Reporter.objects.select_related("press_agency"), label="Phóng viên trong danh bạ", required=False, empty_label="Không chọn")  # fmt: skip
    press_agency = forms.ModelChoiceField(PressAgency.objects.filter(valid_to=None), label="Cơ quan báo chí trong danh bạ", required=False, empty_label="Không chọn")  # fmt: skip
    channel = forms.ModelChoiceField(
        Channel.objects.none(), required=False, widget=forms.HiddenInput
    )
    name = forms.CharField(label="Tên nơi nhận", max_length=200, required=False, help_text="Để trống thì lấy tên trong danh bạ.")  # fmt: skip
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Để trống thì lấy trong danh bạ.")  # fmt: skip
    phone = forms.CharField(label="Điện thoại", max_length=60, required=False, help_text="Để gọi khi gói tin không được mở.")  # fmt: skip
    url = forms.CharField(label="Địa chỉ nhận qua API", max_length=500, required=False, help_text="Chỉ khi chọn “Đẩy qua API”: nơi nhận JSON có chữ ký HMAC.")  # fmt: skip

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return {"typed": ReceiverTyped(**self.cleaned_data)}


def receiver_values(receiver: Receiver) -> dict[str, Any]:
    """A receiver as its form begins."""
    names = ("means", "reporter", "press_agency", "name", "email", "phone", "url")
    return {name: getattr(receiver, name) for name in names}


class ArticleFindForm(TypedForm):
    """What articles are looked for, beside the form of the package."""

    words = forms.CharField(label="Chữ", max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))  # fmt: skip
    section = forms.ModelChoiceField(Section.objects.all(), label="Chuyên mục", required=False, empty_label="Mọi chuyên mục")  # fmt: skip
    first = DayField(label="Từ ngày", required=False)
    last = DayField(label="Đến ngày", required=False)

    def looked(self) -> Looked:
        """What the query takes; nothing of it when something was typed wrong."""
        return Looked(**self.cleaned_data) if self.is_valid() else Looked()


class ArticleChoices(forms.ModelMultipleChoiceField):
    """Articles by title, day and section."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands beside the box."""
        day = show_date(obj.published_at.astimezone(VIETNAM).date())
        return f"{obj.title} ({obj.section}, {day})"


class PackageForm(TypedForm):
    """One package."""

    title = forms.CharField(label="Tên gói tin", max_length=200, help_text="Là dòng tiêu đề thư.")
    words = area("Lời gửi", rows=4, required=False)
    articles = ArticleChoices(Article.objects.none(), label="Bài gửi", widget=forms.CheckboxSelectMultiple, help_text="Bài đang đăng của đơn vị và cấp dưới: bài đã chọn, rồi bài tìm thấy, mới nhất trước.")  # fmt: skip
    lists = forms.ModelMultipleChoiceField(DistributionList.objects.none(), label="Gửi tới danh sách", widget=forms.CheckboxSelectMultiple, help_text="Chưa có danh sách thì lập ở mục Nơi nhận.")  # fmt: skip
    embargo_until = MomentField(label="Không gửi trước", required=False, help_text="Để trống thì gửi ngay khi được duyệt.")  # fmt: skip
    with_pictures = forms.BooleanField(label="Gửi kèm ảnh (quá nặng thì thành đường dẫn)", required=False, initial=True)  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, actor: Actor, now: Any, agency_id: int, chosen: Collection[int] = (),
        found: Collection[int] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        rows = articles_to_send(actor, now).filter(pk__in={*found, *chosen})
        is_chosen = Case(When(pk__in=list(chosen), then=Value(0)), default=Value(1))
        ordered = rows.select_related("section").order_by(is_chosen, "-published_at", "-pk")
        self.fields["articles"].queryset = ordered  # type: ignore[attr-defined]
        lists = lists_visible_to(actor).filter(agency=agency_id)
        self.fields["lists"].queryset = lists.filter(is_open=True)

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        told = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return {"typed": PackageTyped(**told)}


def as_typed(data: QueryDict) -> dict[str, Any]:
    """A package as it was typed so far, to be shown again without being judged."""
    several = ("articles", "lists")
    one = ("title", "words", "embargo_until", "version")
    return {
        **{name: data.get(name, "") for name in one},
        **{name: data.getlist(name) for name in several},
        "with_pictures": "with_pictures" in data,
    }


def package_values(package: Package) -> dict[str, Any]:
    """A package as its form begins."""
    names = ("title", "words", "embargo_until", "with_pictures", "version")
    return {
        **{name: getattr(package, name) for name in names},
        "articles": [place.article_id for place in package.contents.all()],
        "lists": [each.pk for each in package.lists.system("of a package the reader sees")],
    }


class SubmitForm(VerbForm):
    """Nothing to type."""

    verb, label, done = "submit_package", "Trình duyệt", "Đã trình. Người khác của đơn vị duyệt."


class ApproveForm(VerbForm):
    """Nothing to type."""

    verb, label, done = "approve_package", "Duyệt gửi", "Đã duyệt. Gói tin đi ngay hoặc đúng giờ đã đặt."  # fmt: skip


class ReturnForm(VerbForm):
    """What must be mended."""

    verb, label, done = "return_package", "Trả lại để sửa", "Đã trả lại."
    reason = area("Điều cần sửa", rows=2)


class CancelForm(VerbForm):
    """Why it is not sent."""

    verb, label, done = "cancel_package", "Hủy gói tin", "Đã hủy."
    reason = area("Lý do", rows=2)


class PrintForm(TypedForm):
    """A reprint as somebody saw it."""

    channel = forms.ModelChoiceField(Channel.objects.select_related("press_agency"), label="Báo, kênh trong danh bạ", required=False, empty_label="Không có trong danh bạ, ghi tên dưới đây")  # fmt: skip
    outlet = forms.CharField(label="Tên báo, kênh", max_length=200, required=False)
    title = forms.CharField(label="Tiêu đề trên báo", max_length=300, required=False)
    url = forms.URLField(label="Đường dẫn", max_length=1000, required=False, assume_scheme="https")
    place = forms.CharField(label="Số báo, trang; giờ phát sóng", max_length=150, required=False)
    printed_at = MomentField(label="Đăng, phát lúc", required=False, help_text="Không biết thì để trống.")  # fmt: skip

    def typed(self) -> dict[str, Any]:
        """What the action takes."""
        return {"typed": PrintTyped(**self.cleaned_data)}


class RejectForm(VerbForm):
    """Why it is none."""

    verb, label, done = "reject_print", "Không phải đăng lại", "Đã ghi. Máy không ghép lại cặp này."
    reason = area("Lý do", rows=2, required=False)
