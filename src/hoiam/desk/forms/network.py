"""Forms of contributors, their pieces, experts."""

from typing import Any

from django import forms

from hoiam.agencies.models import Official
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.spokespersons import TypedForm, sent
from hoiam.desk.forms.verb_forms import VerbForm
from hoiam.scheme.models import Contributor, Expert, ExpertInvitation, Theme
from hoiam.scheme.states.people import Consent, ExpertKind, InvitationAnswer


class ContributionForm(TypedForm):
    """One piece."""

    title = forms.CharField(label="Tên tin, bài", max_length=500)
    url = forms.URLField(
        label="Đường dẫn", max_length=1000, required=False, assume_scheme="https",
        help_text="Trùng bài hệ thống đã thu thập thì tự nối, không cần tệp.",
    )  # fmt: skip
    printed_in = forms.CharField(label="Nơi đăng", max_length=250, required=False, help_text="Có thể bỏ trống khi đường dẫn là bài hệ thống đã thu thập.")  # fmt: skip
    happened_on = DayField(label="Ngày đăng")
    contributor = forms.ModelChoiceField(Contributor.objects.none(), label="Người viết", required=False, empty_label="Đơn vị viết chung")  # fmt: skip
    theme = forms.ModelChoiceField(Theme.objects.none(), label="Chủ đề trọng tâm", required=False, empty_label="Chưa chọn")  # fmt: skip
    file = forms.FileField(label="Ảnh chụp, bản quét", required=False, help_text="PDF, ảnh hoặc Word; không quá 20 MB. Bắt buộc khi không có đường dẫn.")  # fmt: skip

    def __init__(self, *args: Any, contributors: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributor"].queryset = contributors
        self.fields["theme"].queryset = themes

    def typed(self) -> dict[str, Any]:
        """What the action takes, the file read."""
        return {**self.cleaned_data, "file": sent(self.cleaned_data["file"])}


class WithdrawForm(VerbForm):
    """Why a piece leaves the book."""

    verb, label, done = "withdraw_contribution", "Rút khỏi sổ", "Đã rút tin, bài khỏi sổ."
    reason = forms.CharField(label="Lý do", max_length=300)


class ContributorForm(VerbForm):
    """One contributor."""

    verb, label, done = "add_contributor", "Thêm cộng tác viên", "Đã thêm cộng tác viên."
    official = forms.ModelChoiceField(Official.objects.none(), label="Công chức", required=False, empty_label="Người ngoài, ghi tên dưới đây")  # fmt: skip
    full_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    title = forms.CharField(label="Chức vụ, nơi công tác", max_length=200, required=False)
    pen_names = forms.CharField(label="Bút danh", max_length=200, required=False)
    joined_on = DayField(label="Tham gia từ ngày")


class LeaveForm(VerbForm):
    """The last day."""

    verb, label, done = "end_contributor", "Ghi thôi tham gia", "Đã ghi thôi tham gia."
    left_on = DayField(label="Thôi từ ngày")


class ExpertForm(TypedForm):
    """Somebody for the list."""

    kind = forms.ChoiceField(label="Loại", choices=ExpertKind.choices, widget=forms.RadioSelect, initial="expert")  # fmt: skip
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    title = forms.CharField(label="Học hàm, học vị, chức vụ", max_length=200, required=False)
    workplace = forms.CharField(label="Nơi công tác", max_length=250, required=False)
    fields_ = forms.CharField(label="Lĩnh vực", max_length=400)

    def __init__(self, *args: Any, expert: Expert | None = None, **kwargs: Any) -> None:
        if expert is not None:
            names = ("kind", "full_name", "title", "workplace")
            kwargs["initial"] = {name: getattr(expert, name) for name in names}
            kwargs["initial"]["fields_"] = expert.fields
        super().__init__(*args, **kwargs)

    def typed(self) -> dict[str, Any]:
        """What the action takes; `fields` is a name of the form itself."""
        found = dict(self.cleaned_data)
        found["fields"] = found.pop("fields_")
        return found


class ConsentForm(VerbForm):
    """What the person answered."""

    verb, label, done = "record_consent", "Ghi câu trả lời về việc có tên", "Đã ghi câu trả lời."
    consent = forms.ChoiceField(label="Trả lời", choices=[(v, n) for v, n in Consent.choices if v != "asked"], widget=forms.RadioSelect)  # fmt: skip
    consent_on = DayField(label="Ngày trả lời")
    consent_how = forms.CharField(label="Trả lời bằng cách nào", max_length=250)
    phone = forms.CharField(label="Điện thoại", max_length=60, required=False, help_text="Chỉ giữ khi người đó đồng ý.")  # fmt: skip
    email = forms.EmailField(label="Thư điện tử", required=False)


class WorkForm(VerbForm):
    """What the expert wrote."""

    verb, label, done = "add_work", "Thêm bài đã viết, đã nói", "Đã thêm bài."
    title = forms.CharField(label="Tên bài", max_length=500)
    printed_in = forms.CharField(label="Nơi đăng, phát", max_length=250)
    happened_on = DayField(label="Ngày")
    url = forms.URLField(label="Đường dẫn", max_length=1000, required=False, assume_scheme="https")


class InviteForm(VerbForm):
    """What is asked of the expert."""

    verb, label, done = "invite_expert", "Ghi lời mời", "Đã ghi lời mời."
    matter = forms.CharField(label="Mời làm gì", max_length=400)
    asked_on = DayField(label="Ngày mời")


class AnswerForm(VerbForm):
    """How an invitation was answered."""

    verb, label, done = "record_expert_answer", "Ghi trả lời lời mời", "Đã ghi trả lời."
    invitation = forms.ModelChoiceField(ExpertInvitation.objects.none(), label="Lời mời", empty_label=None)  # fmt: skip
    answer = forms.ChoiceField(label="Trả lời", choices=[(v, n) for v, n in InvitationAnswer.choices if v != "waiting"])  # fmt: skip
    answered_on = DayField(label="Ngày trả lời")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def prepare(self) -> None:
        """Invitations of this expert that wait."""
        rows = ExpertInvitation.objects.filter(expert=self.subject, answer="waiting")
        self.fields["invitation"].queryset = rows
