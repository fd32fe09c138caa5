"""Forms of rewards: the list and its criteria, reviewing, deciding."""

from django import forms

from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import CountField, VerbForm


class RewardForm(TypedForm):
    """What is looked at."""

    title = forms.CharField(label="Đợt khen thưởng", max_length=300, help_text="Như: thành tích truyền thông năm 2026.")  # fmt: skip
    first = DayField(label="Tính tin, bài từ ngày")
    last = DayField(label="Đến ngày")
    least = CountField(label="Số tin, bài ít nhất", least=1, most=10_000, help_text="Ai đủ số này thì tự có trong danh sách.")  # fmt: skip
    form = forms.CharField(label="Hình thức khen", max_length=200, initial="Giấy khen")
    criteria = area("Tiêu chí khác", rows=3, required=False, help_text="Mỗi dòng một tiêu chí.")


class ReviewForm(VerbForm):
    """What the reviewer says."""

    verb, label, done = "review_rewards", "Ghi đã xét", "Đã ghi kết quả xét."
    note = area("Ý kiến khi xét", rows=2, required=False)


class ReturnForm(VerbForm):
    """Why the list goes back."""

    verb, label, done = "return_rewards", "Trả lại để sửa", "Đã trả lại."
    reason = area("Điều cần sửa", rows=2)


class DecideForm(VerbForm):
    """The decision."""

    verb, label, done = "decide_rewards", "Ghi quyết định khen thưởng", "Đã ghi quyết định."
    decision = forms.CharField(label="Số quyết định", max_length=80)
    decided_on = DayField(label="Ngày quyết định")


class RefuseForm(VerbForm):
    """Why there is no reward."""

    verb, label, done = "refuse_rewards", "Không khen thưởng", "Đã ghi không khen thưởng."
    reason = area("Lý do", rows=2)
