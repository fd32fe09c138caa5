"""Forms of papers: the draft's own fields from its kind, and one form for each later verb."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.rows import RowsField
from hoiam.desk.forms.steps import area, offer, pick
from hoiam.handling import actions
from hoiam.handling.actions.paper_fields import AT_APPROVAL
from hoiam.handling.actions.signing import LABELS, first_form, forms_open_to
from hoiam.handling.models import Paper
from hoiam.handling.states import PAPER_TRANSITIONS, PaperState, ReplyKind
from hoiam.kit.papers import Field, kind, signing

# What the page writes by itself, or has its own place for.
OWN_PLACE = AT_APPROVAL | {"body", "subject"}
# Fields of one line; every other text is an area.
SHORT = frozenset(
    {
        "parent_agency", "agency", "agency_symbol", "unit_symbol", "place", "press_agency", "section",
        "issue", "link", "programme", "broadcast_time", "work_title", "conclusion_number",
        "conclusion_agency", "request_number", "contact", "reporter_contact", "drafter_mark",
    }
)  # fmt: skip
LONG = 90
# Papers that carry a document of somebody else with them.
WITH_FILE = frozenset({"conclusion_notice", "settlement_notice"})


class DraftForm(forms.Form):
    """The fields of one kind of paper, its subject and its text."""

    subject = forms.CharField(
        label="Trích yếu",
        required=False,
        max_length=500,
        help_text="Để trống thì dùng trích yếu mẫu của loại văn bản.",
    )
    body = forms.CharField(
        label="Nội dung",
        required=False,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="Sửa thẳng ở đây thì bản sửa được giữ; các trường bên trên không ghi đè lên nữa.",
    )

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.paper_fields = [f for f in kind(paper.kind).fields if f.name not in OWN_PLACE]
        for field in self.paper_fields:
            self.fields[field.name] = _form_field(field)
            self.initial.setdefault(field.name, _first(field, paper.fields.get(field.name)))
        self.initial.setdefault("subject", paper.subject)
        self.initial.setdefault("body", paper.body)
        if paper.kind in WITH_FILE:
            self.fields["attached"] = pick("Tệp văn bản gửi kèm", required=False)
            offer(self.fields["attached"], paper.case.evidence_files.all(), "Chưa gắn tệp")
            self.initial.setdefault("attached", paper.attached_id)
        self.order_fields(["subject", "attached", *(f.name for f in self.paper_fields), "body"])
        if not self.is_bound:
            self._mark_wanted()

    # A draft is saved however little it says: the browser must not stand in the way.
    use_required_attribute = False

    def full_clean(self) -> None:
        """Reads what was typed; only then is said which fields the signer will want."""
        super().full_clean()
        if self.is_bound:
            self._mark_wanted()

    def _mark_wanted(self) -> None:
        for field in self.paper_fields:
            self.fields[field.name].required = field.required == "always" or (
                bool(field.required_when)
                and all(self[name].value() in allowed for name, allowed in field.required_when)
            )
        self.fields["body"].required = True

    def typed(self) -> dict[str, Any]:
        """What `edit_paper` takes: the fields as the paper keeps them, the text, the subject."""
        data = self.cleaned_data
        return {
            "fields": {f.name: _kept(f, data[f.name]) for f in self.paper_fields},
            "body": data["body"].replace("\r\n", "\n"),
            "subject": data["subject"],
            "attached": data.get("attached"),
        }

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The fields in two parts: what the paper says, then its letterhead and foot."""
        inner = [f.name for f in self.paper_fields if f.name not in _common()]
        inner = [*(["attached"] if "attached" in self.fields else []), *inner]
        outer = [f.name for f in self.paper_fields if f.name in _common()]
        yield "Nội dung từng mục", [self[name] for name in inner]
        yield "Tiêu đề, nơi nhận, phụ lục", [self[name] for name in outer]


def _common() -> frozenset[str]:
    """Names every letter shares: letterhead, addressees, foot."""
    return frozenset(
        {
            "parent_agency", "agency", "agency_symbol", "unit_symbol", "place", "addressees",
            "legal_bases", "recipients", "archive_copies", "urgency", "contact", "annexes", "on_paper",
            "opening", "closing", "drafter_mark",
        }
    )  # fmt: skip


def _form_field(field: Field) -> forms.Field:
    # Nothing is demanded to save a draft; what is missing for the signer stands beside, in a list.
    made = _MAKERS[field.type](field)
    made.label, made.help_text, made.required = field.label, field.help, False
    return made


def _text(field: Field) -> forms.Field:
    is_long = field.name not in SHORT and len(str(field.example or "")) > LONG // 3
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    return forms.CharField(widget=widget, max_length=20000)


def _number(field: Field) -> forms.Field:
    return forms.IntegerField(min_value=1, max_value=99999, localize=False)


def _flag(field: Field) -> forms.Field:
    return forms.BooleanField()


def _choice(field: Field) -> forms.Field:
    open_now = [(c.value, c.label) for c in field.choices if c.holds(None)]
    return forms.ChoiceField(choices=[("", "Chưa chọn"), *open_now])


def _list(field: Field) -> forms.Field:
    made = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=20000)
    made.widget.attrs["placeholder"] = "Mỗi dòng một mục"
    return made


_MAKERS: dict[str, Callable[[Field], forms.Field]] = {
    "text": _text,
    "number": _number,
    "date": lambda field: DayField(),
    "flag": _flag,
    "choice": _choice,
    "list": _list,
    "rows": lambda field: RowsField(columns=[(c.name, c.label) for c in field.columns]),
}


def _first(field: Field, value: Any) -> Any:
    """The kept value as its form field shows it."""
    if field.type == "date" and isinstance(value, str) and value:
        return date.fromisoformat(value[:10])
    if field.type == "list" and isinstance(value, list):
        return "\n".join(value)
    if field.type == "choice" and isinstance(value, str):
        return field.current(value)
    return value


def _kept(field: Field, value: Any) -> Any:
    """The typed value as the paper keeps it, ready for JSON."""
    if field.type == "list":
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value.isoformat() if isinstance(value, date) else value


class PaperForm(forms.Form):
    """The form of one verb on a paper."""

    verb = ""
    label = ""
    is_open = False

    def __init__(self, *args: Any, paper: Paper, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.paper = paper
        self.prepare(paper, actor)
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."

    def prepare(self, paper: Paper, actor: Actor) -> None:
        """Fills the lists and first values of this form."""

    def typed(self) -> dict[str, Any]:
        """What the action takes by name."""
        return dict(self.cleaned_data)


class ApproveForm(PaperForm):
    """Duyệt: who signs, in which form."""

    signer_title = forms.CharField(label="Chức vụ người ký", max_length=150)
    signing_form = forms.ChoiceField(label="Hình thức ký")
    signing_for = forms.CharField(
        label="Ký thay, thừa lệnh cho ai",
        required=False,
        max_length=250,
        help_text="Chức vụ của thủ trưởng hoặc tên tập thể; ghi khi ký TM., KT., TL., TUQ.",
    )
    regulation = forms.CharField(
        label=LABELS["regulation"],
        required=False,
        max_length=250,
        help_text="Chỉ khi ký TL.: số, ngày quy chế, điều cho phép.",
    )
    authority_number = forms.CharField(
        label=LABELS["authority_number"],
        required=False,
        max_length=100,
        help_text="Chỉ khi ký TUQ., cùng nội dung và thời hạn ủy quyền.",
    )
    authority_content = forms.CharField(
        label=LABELS["authority_content"], required=False, max_length=500
    )
    authority_from = DayField(label=LABELS["authority_from"], required=False)
    authority_to = DayField(label=LABELS["authority_to"], required=False)

    def prepare(self, paper: Paper, actor: Actor) -> None:
        forms_open = signing()["forms"]
        allowed = forms_open_to(actor, paper)
        self.fields["signing_form"].choices = [(n, forms_open[n]["label"]) for n in allowed] or [
            ("none", forms_open["none"]["label"])
        ]
        self.fields["signing_form"].initial = first_form(actor, paper)
        wanted = {name for form in allowed for name in forms_open[form].get("basis", ())}
        for name in set(LABELS) - wanted:
            del self.fields[name]
        post = next(
            (p for p in actor.posts if p.agency_id == paper.agency_id and p.role in SIGNING_ROLES),
            None,
        )
        if post is not None:
            self.fields["signer_title"].initial = post.title

    def typed(self) -> dict[str, Any]:
        """What `approve_paper` takes: the basis apart."""
        data = dict(self.cleaned_data)
        basis = {name: data.pop(name) for name in LABELS if name in data}
        return {**data, "basis": basis}


class ReasonForm(PaperForm):
    """Trả lại, thu hồi: why."""

    reason = area("Lý do", rows=3)


class SendForm(PaperForm):
    """Đánh dấu đã gửi."""

    how = forms.CharField(
        label="Gửi bằng cách nào",
        max_length=200,
        help_text="Bưu điện, thư điện tử, trao tay, eOffice số…",
    )
    at = MomentField(label="Thời điểm gửi", required=False, help_text="Bỏ trống là bây giờ.")
    reason = area(
        "Lý do bỏ qua bước",
        rows=2,
        required=False,
        help_text="Ghi khi chưa báo cáo cấp trên hoặc chưa chốt phương án mà vẫn gửi.",
    )


class DeliveredForm(PaperForm):
    """Báo đã nhận."""

    at = MomentField(
        label="Thời điểm báo nhận",
        help_text="Từ lúc này đồng hồ của báo bắt đầu chạy (phản hồi, cải chính).",
    )
    evidence = pick(
        "Chứng cứ báo đã nhận",
        required=False,
        empty="Không kèm",
        help_text="Không có chứng cứ thì sau này không kết luận được là báo im lặng.",
    )
    asks_question = forms.BooleanField(
        label="Văn bản có câu hỏi yêu cầu báo trả lời",
        required=False,
        help_text="Khi đó báo phải trả lời (TL-07).",
    )

    def prepare(self, paper: Paper, actor: Actor) -> None:
        offer(self.fields["evidence"], paper.case.evidence_files.all(), "Không kèm")


class CheckForm(PaperForm):
    """Kiểm tra báo."""

    reply = forms.ChoiceField(label="Kết quả", choices=[("", "Chưa chọn"), *ReplyKind.choices])
    url = forms.URLField(
        label="Địa chỉ bài", required=False, max_length=1000, assume_scheme="https"
    )
    published_at = MomentField(label="Thời điểm đăng, gỡ", required=False)
    note = area(
        "Ghi rõ", rows=2, required=False, help_text="Bắt buộc khi báo từ chối hoặc đăng thiếu."
    )
    evidence = pick("Chứng cứ", required=False, empty="Không kèm")

    def prepare(self, paper: Paper, actor: Actor) -> None:
        offer(self.fields["evidence"], paper.case.evidence_files.all(), "Không kèm")


@dataclass(frozen=True)
class PaperStep:
    """One verb of a paper's page."""

    label: str
    form: type[PaperForm]
    action: Callable[..., Any]
    done: str


STEPS: Mapping[str, PaperStep] = {
    "approve_paper": PaperStep(
        "Duyệt", ApproveForm, actions.approve_paper, "Đã duyệt và cấp số văn bản."
    ),
    "return_paper": PaperStep(
        "Trả lại", ReasonForm, actions.return_paper, "Đã trả lại người soạn."
    ),
    "mark_sent": PaperStep("Đánh dấu đã gửi", SendForm, actions.mark_sent, "Đã ghi việc gửi."),
    "mark_delivered": PaperStep(
        "Báo đã nhận", DeliveredForm, actions.mark_delivered, "Đã ghi thời điểm báo nhận."
    ),
    "record_check": PaperStep(
        "Ghi kết quả kiểm tra", CheckForm, actions.record_check, "Đã ghi kết quả kiểm tra."
    ),
    "withdraw_paper": PaperStep(
        "Thu hồi", ReasonForm, actions.withdraw_paper, "Đã thu hồi văn bản."
    ),
}
WATCHED = frozenset({PaperState.SENT, PaperState.DELIVERED})


def offered(paper: Paper, actor: Actor) -> list[str]:
    """The verbs of the paper this person may take now, the one it waits for first."""
    verbs = [verb for verb in STEPS if _fits(verb, paper.state)]
    may = authority.allowed(actor, verbs, paper)
    return [verb for verb in verbs if verb in may]


def _fits(verb: str, state: str) -> bool:
    if verb == "record_check":
        return state in WATCHED
    return state in PAPER_TRANSITIONS[verb].sources


def form_for(verb: str, paper: Paper, actor: Actor, *args: Any) -> PaperForm:
    """The form of a verb, named so that several stand on one page."""
    form = STEPS[verb].form(*args, paper=paper, actor=actor, auto_id=f"{verb}-%s")
    form.verb, form.label = verb, STEPS[verb].label
    return form
