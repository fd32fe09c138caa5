"""Forms of a press enquiry: entering it by hand, and each verb of its page."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency, PressAgency
from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.press_desk import Desk, PressForm, PressSetting, ReasonForm, own_agencies
from hoiam.desk.forms.steps import Step, area, offer, pick
from hoiam.handling.actions import enquiry as moves
from hoiam.handling.actions import enquiry_content as content
from hoiam.handling.actions import enquiry_texts as texts
from hoiam.handling.actions.enquiry import speaks_on_case
from hoiam.handling.models import Enquiry
from hoiam.handling.states import (
    ENQUIRY_TRANSITIONS,
    OPEN_ENQUIRIES,
    EnquiryChannel,
    EnquiryKind,
    StatementForm,
    TextStage,
)
from hoiam.kit.rulebook import RulebookError, refusal_grounds
from hoiam.kit.vietnamese import VIETNAM

AT_HINT = "Bỏ trống là bây giờ."
BY_HAND = [(value, label) for value, label in EnquiryChannel.choices if value != "form"]


class EnquiryForm(forms.Form):
    """Ghi một đề nghị của báo chí đến bằng đường khác biểu mẫu."""

    agency = pick("Đơn vị được hỏi")
    channel = forms.ChoiceField(label="Đến bằng", choices=[("", "Chưa chọn"), *BY_HAND])
    received_at = MomentField(label="Nhận lúc", required=False, help_text=AT_HINT)
    press_agency = pick(
        "Cơ quan báo chí trong danh bạ", required=False, empty="Không có trong danh bạ"
    )
    outlet = forms.CharField(
        label="Tên cơ quan báo chí",
        max_length=200,
        required=False,
        help_text="Chỉ ghi khi không có trong danh bạ, hoặc là cơ quan quản lý báo chí.",
    )
    reporter_name = forms.CharField(label="Phóng viên, người đề nghị", max_length=120)
    card_number = forms.CharField(label="Số thẻ nhà báo", max_length=40, required=False)
    contact = forms.CharField(
        label="Liên hệ lại", max_length=250, help_text="Điện thoại, thư điện tử."
    )
    kind = forms.ChoiceField(label="Đề nghị", choices=[("", "Chưa chọn"), *EnquiryKind.choices])
    purpose = area("Mục đích", rows=2)
    questions = area("Câu hỏi, nội dung cần cung cấp", rows=6)
    wished_at = MomentField(label="Báo mong được trả lời trước", required=False)
    is_reported_matter = forms.BooleanField(
        label="Sự việc này báo chí đã nêu",
        required=False,
        help_text="Khi đó trả lời là nghĩa vụ theo NĐ 244/2026 Điều 7 khoản 5.",
    )
    is_from_authority = forms.BooleanField(
        label="Người hỏi là cơ quan chỉ đạo, quản lý báo chí", required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        places = own_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        offer(
            self.fields["press_agency"],
            PressAgency.objects.filter(valid_to=None),
            "Không có trong danh bạ",
        )
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."

    def typed(self) -> tuple[Agency, dict[str, Any]]:
        """The agency asked, and what `receive_enquiry` takes beside it."""
        data = dict(self.cleaned_data)
        return data.pop("agency"), data


class AcknowledgeForm(PressForm):
    """Xác nhận với báo là đã nhận."""

    at = MomentField(label="Xác nhận lúc", required=False, help_text=AT_HINT)


class AssignForm(PressForm):
    """Giao người chuẩn bị trả lời."""

    official = pick("Người chuẩn bị trả lời")

    def prepare(self, setting: PressSetting) -> None:
        offer(self.fields["official"], setting.people)
        self.fields["official"].initial = str(setting.thing.holder_id or "")


class AskUnitForm(PressForm):
    """Đề nghị đơn vị cung cấp nội dung."""

    unit = pick("Đơn vị")
    what = area("Cần cung cấp", rows=3)
    due_at = MomentField(
        label="Hạn", required=False, help_text="Bỏ trống: 1 ngày làm việc (mặc định sản phẩm)."
    )

    def prepare(self, setting: PressSetting) -> None:
        offer(self.fields["unit"], setting.units)


class DraftAnswerForm(PressForm):
    """Dự thảo trả lời; `seen` là bản người viết đang xem."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = area("Dự thảo trả lời", rows=8, required=False)

    def prepare(self, setting: PressSetting) -> None:
        # Written for the version on the page: after a conflict the newer number, with what was typed.
        self.fields["seen"].initial = setting.thing.draft_version
        self.fields["text"].initial = setting.thing.draft


class AnswerForm(PressForm):
    """Ghi đã trả lời."""

    form = forms.ChoiceField(label="Hình thức", choices=[("", "Chưa chọn"), *StatementForm.choices])
    spokesperson = forms.CharField(label="Người trả lời", max_length=150)
    text = area("Nội dung đã trả lời", rows=6, required=False)
    url = forms.URLField(
        label="Địa chỉ nơi đăng", required=False, max_length=1000, assume_scheme="https"
    )
    at = MomentField(label="Trả lời lúc", required=False, help_text=AT_HINT)
    outside_reason = forms.CharField(
        label="Vì sao người của cơ quan khác trả lời",
        required=False,
        max_length=500,
        help_text="Chỉ ghi khi người trả lời không thuộc đơn vị.",
    )

    def prepare(self, setting: PressSetting) -> None:
        self.fields["text"].initial = setting.thing.draft
        if speaks_on_case(setting.thing):
            self.fields[
                "text"
            ].help_text = (
                f"Câu trả lời cũng được ghi là phát ngôn của hồ sơ {setting.thing.case.number}."
            )
        else:
            del self.fields["outside_reason"]
        if setting.actor.has_role(*SIGNING_ROLES):
            self.fields["spokesperson"].initial = str(setting.actor)


class RefuseForm(PressForm):
    """Từ chối theo một trong các căn cứ của ngày hôm đó."""

    at = MomentField(
        label="Từ chối lúc",
        required=False,
        help_text="Bỏ trống là bây giờ. Căn cứ phải có hiệu lực ngày này.",
    )
    ground = forms.ChoiceField(label="Căn cứ", widget=forms.RadioSelect)
    reason = area("Lý do cụ thể", rows=3, help_text="Luật buộc nêu rõ; báo đọc được ngay.")

    def prepare(self, setting: PressSetting) -> None:
        """Every ground of both laws when it came under the earlier one; else those of today."""
        today = setting.now.astimezone(VIETNAM).date()
        came = setting.thing.received_at.astimezone(VIETNAM).date()
        found: dict[str, str] = {}
        for day in (came, today):
            try:
                grounds = refusal_grounds(day)
            except RulebookError:
                continue
            for ground in grounds:
                found[ground.code] = f"{ground.text} ({ground.source})"
        self.fields["ground"].choices = list(found.items())
        self.fields["ground"].error_messages["required"] = "Chọn một căn cứ từ chối."


class ReferForm(PressForm):
    """Hướng dẫn báo hỏi nơi khác."""

    to = forms.CharField(label="Báo cần hỏi cơ quan, người nào", max_length=250)


class LinkForm(PressForm):
    """Gắn vào hồ sơ."""

    case = pick("Hồ sơ đang mở của đơn vị")

    def prepare(self, setting: PressSetting) -> None:
        offer(self.fields["case"], ())
        rows = {str(case.pk): case for case in setting.cases}
        self.fields["case"].choices = [
            ("", "Chưa chọn"),
            *((pk, f"{case.number}: {case.title}") for pk, case in rows.items()),
        ]
        self.fields["case"].coerce = rows.get


class ReviewForm(PressForm):
    """Yêu cầu xem lại trước khi đăng."""

    by = forms.CharField(label="Người trả lời phỏng vấn", max_length=150)
    at = MomentField(label="Yêu cầu lúc", required=False, help_text=AT_HINT)


class TextForm(PressForm):
    """Lưu một bản trao đổi với báo."""

    stage = forms.ChoiceField(label="Đây là", choices=[("", "Chưa chọn"), *TextStage.choices])
    text = area("Nguyên văn", rows=6)
    at = MomentField(label="Thời điểm", required=False, help_text=AT_HINT)
    url = forms.URLField(
        label="Địa chỉ bài đăng", required=False, max_length=1000, assume_scheme="https"
    )


class SupplyForm(forms.Form):
    """Đơn vị cung cấp nội dung."""

    content = area("Nội dung cung cấp", rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["content"].error_messages["required"] = "Ghi nội dung đơn vị cung cấp."


STEPS = {
    "acknowledge_enquiry": Step(
        "Xác nhận đã nhận", AcknowledgeForm, moves.acknowledge_enquiry, "Đã ghi việc xác nhận."
    ),
    "answer_enquiry": Step(
        "Ghi đã trả lời", AnswerForm, moves.answer_enquiry, "Đã ghi câu trả lời.", draft=True
    ),
    "refuse_enquiry": Step(
        "Từ chối", RefuseForm, moves.refuse_enquiry,
        "Đã ghi từ chối. Báo xem được căn cứ và lý do ngay; soạn công văn từ hồ sơ nếu cần.",
    ),
    "refer_enquiry": Step(
        "Hướng dẫn nơi khác", ReferForm, moves.refer_enquiry, "Đã ghi nơi hướng dẫn."
    ),
    "discard_enquiry": Step(
        "Không phải đề nghị của báo chí", ReasonForm, moves.discard_enquiry,
        "Đã loại khỏi danh sách; không tính vào chỉ số.",
    ),
    "reopen_enquiry": Step("Mở lại", ReasonForm, moves.reopen_enquiry, "Đã mở lại đề nghị."),
    "assign_enquiry": Step("Giao người khác", AssignForm, moves.assign_enquiry, "Đã giao."),
    "link_enquiry": Step("Gắn vào hồ sơ", LinkForm, moves.link_enquiry, "Đã gắn vào hồ sơ.", "ho-so"),
    "ask_unit": Step(
        "Đề nghị đơn vị cung cấp", AskUnitForm, content.ask_unit, "Đã gửi đề nghị đến đơn vị.",
        "noi-dung",
    ),
    "draft_answer": Step(
        "Lưu dự thảo", DraftAnswerForm, content.draft_answer, "Đã lưu dự thảo.", "du-thao", draft=True
    ),
    "demand_review": Step(
        "Ghi yêu cầu xem lại trước khi đăng", ReviewForm, texts.demand_review,
        "Đã ghi yêu cầu. Báo phải gửi lại bản viết trước khi đăng.", "phong-van",
    ),
    "keep_text": Step(
        "Lưu một bản", TextForm, texts.keep_text, "Đã lưu nguyên văn kèm mã SHA-256.", "phong-van",
        draft=True,
    ),
    "report_misrendering": Step(
        "Mở nghĩa vụ loại h", ReasonForm, texts.report_misrendering,
        "Đã mở nghĩa vụ loại h trên hồ sơ.", "phong-van",
    ),
}  # fmt: skip
WHILE_OPEN = frozenset({"assign_enquiry", "link_enquiry", "ask_unit", "draft_answer"})
OF_INTERVIEWS = frozenset({"demand_review", "keep_text", "report_misrendering"})


def fits(verb: str, enquiry: Enquiry) -> bool:
    """Whether the verb has a place on the page of this enquiry now."""
    if verb in ENQUIRY_TRANSITIONS:
        return enquiry.state in ENQUIRY_TRANSITIONS[verb].sources
    if verb in OF_INTERVIEWS:
        is_asked = enquiry.review_demanded_at is not None
        return enquiry.kind == EnquiryKind.INTERVIEW and not (verb == "demand_review" and is_asked)
    return enquiry.state in OPEN_ENQUIRIES


ENQUIRY_DESK = Desk(STEPS, "desk-enquiry-step", fits)
