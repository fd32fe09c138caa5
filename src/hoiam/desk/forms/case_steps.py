"""Forms of the steps that move a case on."""

from django import forms

from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.steps import Setting, StepForm, area, is_yes, offer, pick
from hoiam.kit.rulebook import obligation_types
from hoiam.monitoring.states import Severity

SKIP_HINT = "Ghi khi bỏ qua một bước không bắt buộc."
YES_NO = (("yes", "Có"), ("no", "Không"))


class ScreenForm(StepForm):
    """Sàng lọc."""

    severity = forms.TypedChoiceField(
        label="Mức độ", choices=Severity.choices, coerce=int, widget=forms.RadioSelect
    )
    letters = forms.MultipleChoiceField(
        label="Loại nghĩa vụ",
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn mọi loại đúng với vụ việc; mỗi loại mở đồng hồ của nó.",
    )
    reason = area("Ghi chú", rows=2, required=False)

    def prepare(self, setting: Setting) -> None:
        self.fields["severity"].initial = str(setting.case.severity)
        self.fields["letters"].choices = [
            (kind.letter, f"{kind.letter}. {kind.title}") for kind in obligation_types()
        ]
        self.fields["letters"].error_messages["required"] = "Chọn ít nhất một loại nghĩa vụ (a–i)."


class ImpactForm(StepForm):
    """Xác định tác động."""

    has_impact = forms.TypedChoiceField(
        label="Vụ việc có tác động hoặc nguy cơ tác động dư luận?",
        choices=YES_NO,
        coerce=is_yes,
        widget=forms.RadioSelect,
        help_text="Nếu có: mở nghĩa vụ loại f và đồng hồ 24 giờ (NĐ 244/2026 Điều 7 khoản 4).",
    )
    at = MomentField(label="Thời điểm xác định", required=False, help_text="Bỏ trống là bây giờ.")
    reason = area("Căn cứ")


class AssignForm(StepForm):
    """Giao xác minh."""

    is_late = True
    lead = pick("Đơn vị chủ trì")
    official = pick("Người xác minh", required=False, empty="Đơn vị tự phân công")
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)

    def prepare(self, setting: Setting) -> None:
        offer(self.fields["lead"], setting.own_places)
        offer(self.fields["official"], setting.people, "Đơn vị tự phân công")


class EmptyForm(StepForm):
    """Bước không phải ghi gì thêm."""


class ReportForm(StepForm):
    """Báo cáo cấp trên."""

    how = forms.CharField(
        label="Báo cáo bằng cách nào", max_length=300, help_text="Văn bản số nào, hoặc kênh nào."
    )


class PlanForm(StepForm):
    """Chốt phương án cung cấp thông tin."""

    plan = area(
        "Phương án",
        rows=5,
        help_text="Hình thức phát ngôn, người phát ngôn, thông điệp chính; căn cứ nếu từ chối.",
    )
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class IssueForm(StepForm):
    """Ghi đã trả lời ngoài các văn bản soạn ở đây."""

    how = forms.CharField(
        label="Đã trả lời bằng cách nào",
        max_length=300,
        help_text="Văn bản số nào, gửi bằng cách nào. Văn bản soạn ở đây thì ghi ở trang văn bản đó.",
    )
    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class PublishForm(StepForm):
    """Công bố."""

    where = forms.CharField(label="Nơi công bố", max_length=500, help_text="Địa chỉ trang, kênh.")


class WatchForm(StepForm):
    """Theo dõi báo."""

    reason = area("Lý do bỏ qua bước", rows=2, required=False, help_text=SKIP_HINT)


class EscalateForm(StepForm):
    """Leo thang."""

    to = forms.CharField(
        label="Nơi đề nghị xử lý",
        max_length=250,
        help_text="Cơ quan chủ quản của báo, cơ quan quản lý báo chí, tòa án.",
    )
    reason = area("Lý do")


class ReopenForm(StepForm):
    """Mở lại hồ sơ."""

    reason = area("Lý do mở lại", rows=2)
