"""Forms of report rounds: the order, its addressees and sections, what is said when a report is sent back or waived."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from textwrap import shorten
from typing import Any

from django import forms
from django.utils.text import capfirst

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.scheme import _text
from hoiam.kit.vietnamese import fold, read_number
from hoiam.scheme.models import ReportRound, Scheme, SourcePaper
from hoiam.scheme.queries import schemes_visible_to, source_papers_visible_to
from hoiam.scheme.queries.round_forms import preset, presets
from hoiam.scheme.queries.rounds import CLASSES
from hoiam.scheme.queries.schemes import titled
from hoiam.scheme.states import Fault, Loss, ReviewKind, SectionKind, SourcePaperState, TaskDue

COLUMN_KINDS = {"chu": "text", "so": "number", "ngay": "date"}
LONGEST_TITLE = 300
# Words of a paper that tell which form its round begins with, the narrower first.
PRESET_WORDS = (
    (("tong ket", "2862"), "closing_2862"), (("tong ket",), "final"), (("so ket",), "interim"), (("quy",), "monthly"), (("thang",), "monthly"),
)  # fmt: skip
COLUMN_WORDS = {"text": "chữ", "number": "số", "date": "ngày"}


class RoundForm(forms.Form):
    """What the order says."""

    form = forms.ChoiceField(label="Bắt đầu từ mẫu", required=False)
    title = forms.CharField(label="Tên đợt báo cáo", max_length=300)
    paper_number = forms.CharField(
        label="Số, ký hiệu văn bản giao báo cáo", max_length=80, required=False
    )
    paper_on = DayField(label="Ngày văn bản", required=False)
    paper = forms.ModelChoiceField(
        None, label="Văn bản đã đưa vào hệ thống", required=False, empty_label="(chưa có)"
    )
    scheme = forms.ModelChoiceField(
        None, label="Đề án, kế hoạch", required=False, empty_label="(không gắn Đề án)"
    )
    due_kind = forms.ChoiceField(label="Chữ của hạn", choices=TaskDue.choices, initial="before")
    due_on = DayField(
        label="Ngày hạn ghi trong văn bản",
        help_text="“trước ngày 15/10/2023” thì hết ngày 14/10/2023 là hết hạn.",
    )
    review = forms.ChoiceField(label="Bản tổng hợp là", choices=ReviewKind.choices)
    year = forms.IntegerField(label="Năm tính thi đua", min_value=2016, max_value=2100)
    period_from = DayField(label="Số liệu từ ngày", required=False)
    period_to = DayField(label="Số liệu đến ngày", required=False)
    channel = forms.CharField(label="Hình thức, nơi gửi", max_length=300, required=False)
    guidance = _text("Hướng dẫn thêm cho đơn vị", rows=3, required=False)

    def __init__(self, actor: Actor, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes_visible_to(actor)
        papers = source_papers_visible_to(actor).filter(state=SourcePaperState.CONFIRMED)
        self.fields["paper"].queryset = titled(papers)
        self.fields["paper"].label_from_instance = _paper_name
        if not is_new:
            del self.fields["form"]
        else:
            choices = [(p.code, f"{p.title} – {p.source}") for p in presets()]
            self.fields["form"].choices = [*choices, ("", "Mẫu trống, tự đặt mục")]
            self.fields["review"].choices = [("", "như mẫu đã chọn"), *ReviewKind.choices]
            self.fields["review"].required = False


def _paper_name(paper: Any) -> str:
    """The paper by its number and subject; by its file when it has neither."""
    told = " – ".join(part for part in (paper.number, capfirst(paper.title)) if part)
    return shorten(told, 120, placeholder="…") or str(paper)


def round_initial(round_: ReportRound) -> dict[str, Any]:
    """The form's values of a round."""
    names = [name for name in RoundForm.base_fields if name not in ("form", "scheme", "paper")]
    kept = {name: getattr(round_, name) for name in names}
    return {**kept, "scheme": round_.scheme_id, "paper": round_.paper_id}


def demand_initial(
    paper: SourcePaper, asked: dict[str, Any], running: Iterable[Scheme] = ()
) -> dict[str, Any]:
    """The form's first values for a demand of a confirmed paper; what the paper does not say is left to the person.

    Args:
        running: schemes given out; one whose number the demand names is what is reported on, before the paper's own tasks.
    """
    head = paper.confirmed.get("head", {})
    day, issued = asked.get("due") or "", head.get("issued_on") or ""
    named = (row.pk for row in running if row.number and fold(row.number) in fold(asked.get("what") or ""))  # fmt: skip
    made = next(named, None) or paper.schemes.order_by("pk").values_list("pk", flat=True).first()
    channel = ", ".join(part for part in (asked.get("channel"), asked.get("send_to")) if part)
    words = fold(f"{head.get('title') or ''} {asked.get('what') or ''}")
    code = next((code for said, code in PRESET_WORDS if all(word in words for word in said)), "")
    chosen = preset(code)
    values = {
        "form": code,
        "review": chosen.review if chosen else "",
        "title": _title(head.get("title") or "", asked.get("what") or ""),
        "paper": paper.pk,
        "paper_number": head.get("number") or "",
        "paper_on": date.fromisoformat(issued) if issued else None,
        "scheme": made,
        "due_on": date.fromisoformat(day) if day else None,
        "due_kind": asked.get("due_kind") or "",
        "channel": channel[:LONGEST_TITLE],
    }
    return {name: value for name, value in values.items() if value}


def _title(subject: str, what: str) -> str:
    """The subject when it asks for the report, else the review it names, else the demand up to where and how it is sent."""
    review = (
        None
        if "bao cao" in fold(subject)
        else re.search(r"\b(?:tổng kết|sơ kết)\b.*", subject, re.IGNORECASE)
    )
    if review:
        return str(capfirst(shorten(review[0], LONGEST_TITLE, placeholder="…")))
    named = subject if "bao cao" in fold(subject) else re.split(r", |; | gửi về ", what)[0]
    return str(capfirst(shorten(named, LONGEST_TITLE, placeholder="…")))


class AddresseesForm(forms.Form):
    """Who has to report: whole classes, whole provinces, and single units; a search narrows what is shown, never what is chosen."""

    classes = forms.MultipleChoiceField(
        label="Cả nhóm", required=False, widget=forms.CheckboxSelectMultiple
    )
    provinces = forms.MultipleChoiceField(
        label="Cả tỉnh",
        help_text="Cơ quan cấp tỉnh cùng mọi đơn vị khu vực trực thuộc.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = forms.ModelMultipleChoiceField(
        None, label="Từng đơn vị", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, units: Any, *args: Any, query: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        found = [unit for unit in self.units if fold(query) in fold(unit.full_name)]
        self.fields["agencies"].queryset = units
        self.fields["agencies"].choices = self._in_order(found)
        self.fields["classes"].choices = CLASSES
        above = {unit.parent_id for unit in self.units}
        provinces = [unit for unit in found if unit.pk in above]
        self.fields["provinces"].choices = [(unit.pk, unit.full_name) for unit in provinces]
        if not provinces:
            del self.fields["provinces"]
        self.found = {unit.pk for unit in found}

    def _in_order(self, found: list[Any]) -> list[tuple[int, str]]:
        """Each unit below its province, so that a list of four hundred is read province by province."""
        order = {unit.pk: at for at, unit in enumerate(self.units)}
        found = sorted(
            found,
            key=lambda u: (order.get(u.parent_id, order[u.pk]), u.parent_id in order, order[u.pk]),
        )
        return [(unit.pk, unit.full_name) for unit in found]

    def kept(self) -> list[str]:
        """Chosen units the search does not show: they go along unseen."""
        return [str(key) for key in self["agencies"].value() or () if int(key) not in self.found]

    def units_chosen(self) -> list[Any]:
        """The single units, and those of the whole provinces."""
        provinces = {int(key) for key in self.cleaned_data.get("provinces", ())}
        of_provinces = (u for u in self.units if u.pk in provinces or u.parent_id in provinces)
        return [*self.cleaned_data["agencies"], *of_provinces]


class SectionForm(forms.Form):
    """One section of the form."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label="Thứ tự", required=False, min_value=1, max_value=999)
    title = forms.CharField(label="Tên mục", max_length=300, required=False)
    kind = forms.ChoiceField(label="Hỏi gì", choices=SectionKind.choices)
    chapter = forms.CharField(
        label="Thuộc phần (I. II.) của báo cáo", max_length=200, required=False
    )
    required = forms.BooleanField(label="Bắt buộc", required=False)
    per_task = forms.BooleanField(label="Mỗi nhiệm vụ của Đề án một dòng (bảng)", required=False)
    unit = forms.CharField(label="Đơn vị tính (con số)", max_length=40, required=False)
    parts = forms.CharField(
        label="Bằng tổng của (con số)",
        required=False,
        help_text="Ghi mã các mục, cách nhau bằng dấu phẩy.",
    )
    columns = forms.CharField(
        label="Cột (bảng)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một cột: Tên cột; chữ, số hoặc ngày; bắt buộc (nếu có).",
    )
    help = forms.CharField(label="Hướng dẫn", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """The columns and sums as the form keeps them."""
        data = super().clean() or {}
        try:
            data["columns"] = read_columns(data.get("columns", ""), self.initial.get("kept", []))
        except ValueError as error:
            self.add_error("columns", str(error))
        data["parts"] = [part.strip() for part in data.get("parts", "").split(",") if part.strip()]
        return data


def slug(text: str, longest: int = 36) -> str:
    """A code of letters and figures for a name.

    >>> slug("Số tin bài (đã đăng)")
    'so-tin-bai-da-dang'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")


def read_columns(text: str, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns that lines name; a column that was there keeps its code and its sum.

    Raises:
        ValueError: a line names no column, or a kind nobody knows.
    """
    known = {column["label"]: column for column in kept}
    columns = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label, *rest = (part.strip() for part in line.split(";"))
        kind = COLUMN_KINDS.get(fold(rest[0])) if rest and rest[0] else "text"
        if not label or kind is None:
            raise ValueError(f"Không đọc được dòng “{line}”. Viết như: Số bài; số; bắt buộc.")
        before = known.get(label, {"name": slug(label) or f"c{len(columns) + 1}"})
        required = any(fold(word).startswith("bat buoc") for word in rest)
        columns.append({**before, "label": label, "kind": kind, "required": required})
    return columns


def write_columns(columns: list[dict[str, Any]]) -> str:
    """The columns as lines to edit."""
    return "\n".join(
        "; ".join(
            [c["label"], COLUMN_WORDS[c.get("kind", "text")], *["bắt buộc"][: c.get("required", 0)]]
        )
        for c in columns
    )


SectionForms = forms.formset_factory(SectionForm, extra=2, can_delete=True, max_num=60)


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label="Chọn tệp")


class SubmitForm(forms.Form):
    """Submitting what is not complete, knowingly."""

    acknowledged = forms.BooleanField(
        label="Vẫn trình, đơn vị đã xem các điều còn thiếu", required=False
    )


class FaultForm(forms.Form):
    """Why a report goes back to its unit."""

    fault = forms.ChoiceField(
        label="Vì sao trả lại", choices=Fault.choices, widget=forms.RadioSelect
    )
    reason = _text("Điều sai, thiếu cần sửa", rows=3)


class ReasonForm(forms.Form):
    """A reason."""

    reason = _text("Lý do", rows=2)


class MendForm(forms.Form):
    """What the unit's signer wants mended."""

    reason = _text("Điều cần sửa", rows=2)


class ChaseForm(forms.Form):
    """A word beside the letter."""

    text = _text("Lời đôn đốc thêm", rows=2, required=False)


class AskReportForm(forms.Form):
    """What has to be explained."""

    question = _text("Điều cần giải trình", rows=2)
    due_on = DayField(
        label="Hạn giải trình",
        required=False,
        help_text="Bỏ trống: 3 ngày làm việc (mặc định sản phẩm – cần cơ quan xác nhận).",
    )


class ExplainForm(forms.Form):
    """The explanation."""

    answer = _text("Lý do", rows=3)


class WaiveForm(forms.Form):
    """A loss not counted, or counted again."""

    loss = forms.ChoiceField(label="Điều bị trừ điểm", choices=Loss.choices)
    reason = _text("Lý do", rows=2)

    def offer(self, losses: Collection[str]) -> None:
        """Only what this report loses points for is offered; a form that was sent keeps its answer."""
        field = self.fields["loss"]
        field.choices = [(value, label) for value, label in Loss.choices if value in losses]  # type: ignore[attr-defined]


class PointsField(forms.CharField):
    """Points: 1, 0,5."""

    def clean(self, value: Any) -> Decimal | None:
        """The number."""
        text = super().clean(value)
        number = read_number(text)
        if text and (number is None or number > 999 or -number.as_tuple().exponent > 2):
            raise forms.ValidationError("Ghi một con số như 1 hoặc 0,5 (tối đa hai số lẻ).")
        return number


class ScoreRuleForm(forms.Form):
    """What one loss costs from a day on."""

    loss = forms.ChoiceField(label="Điều bị trừ", choices=Loss.choices)
    points = PointsField(label="Điểm trừ")
    since = DayField(label="Áp dụng cho đợt có hạn từ ngày")
    why = _text("Căn cứ", rows=2)


class PartForm(forms.Form):
    """One part of the synthesis."""

    title = forms.CharField(label="Tên mục", max_length=300)
    text = forms.CharField(
        label="Nội dung", required=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    order = forms.IntegerField(label="Thứ tự", min_value=0, max_value=999)
    included = forms.BooleanField(label="Đưa vào báo cáo", required=False)


def named(units: Any, pks: set[int]) -> list[Agency]:
    """The agencies of these keys, in the order of the list."""
    return [unit for unit in units if unit.pk in pks]
