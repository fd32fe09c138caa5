"""Forms of legal questions: entering one, and each verb of its page."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.letters import AT_HINT, NOT_CHOSEN, letter_agencies
from hoiam.desk.forms.press_desk import Desk, PressForm, ReasonForm
from hoiam.desk.forms.steps import Step, area, offer, pick
from hoiam.letters import actions as do
from hoiam.letters.actions.intake import Named
from hoiam.letters.actions.legal_drafts import Drafted
from hoiam.letters.models import LegalQuestion
from hoiam.letters.states import QUESTION_TRANSITIONS, LetterChannel, PersonRole, Topic

BY_HAND = [NOT_CHOSEN, *((v, w) for v, w in LetterChannel.choices if v != "form")]


class NewQuestionForm(forms.Form):
    """Ghi một câu hỏi pháp luật đến bằng đường khác biểu mẫu."""

    agency = pick("Đơn vị được hỏi")
    channel = forms.ChoiceField(label="Đến bằng", choices=BY_HAND)
    received_at = MomentField(label="Nhận lúc", required=False, help_text=AT_HINT)
    content = area("Câu hỏi", rows=6)
    name = forms.CharField(label="Họ và tên người hỏi", max_length=150, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        places = letter_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."

    def typed(self) -> tuple[Agency, str, Named, dict[str, Any]]:
        """The agency, the question, who asks, and what `receive_question` takes beside them."""
        data = dict(self.cleaned_data)
        asker = Named(role=PersonRole.ASKER, **{k: data.pop(k) for k in ("name", "phone", "email")})
        return data.pop("agency"), data.pop("content"), asker, data


class DraftLegalForm(PressForm):
    """Soạn giải đáp; `seen` là bản người viết đang xem."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    question = area(
        "Câu hỏi như sẽ đăng", rows=3, help_text="Không ghi tên, địa chỉ, số bản án của người hỏi."
    )
    answer = area("Giải đáp", rows=10, help_text="Đoạn cách nhau một dòng trống.")
    topic = forms.ChoiceField(label="Nhóm việc", choices=[NOT_CHOSEN, *Topic.choices])
    laws = area(
        "Căn cứ pháp luật",
        rows=3,
        help_text="Mỗi dòng một văn bản, ví dụ: Luật Thi hành án dân sự 106/2025/QH15, Điều 7.",
    )
    law_day = DayField(label="Theo pháp luật ngày")

    def prepare(self, setting: Any) -> None:
        q = setting.thing
        self.fields["seen"].initial = q.draft_version
        self.fields["question"].initial = q.question or q.asked
        self.fields["answer"].initial, self.fields["topic"].initial = q.answer_html, q.topic
        self.fields["laws"].initial = "\n".join(q.laws)
        self.fields["law_day"].initial = q.law_day or setting.actor.today

    def typed(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        seen = data.pop("seen")
        return {"draft": Drafted(**{**data, "laws": data["laws"].splitlines()}), "seen": seen}


class NoteForm(PressForm):
    """Ý kiến của người kiểm tra."""

    note = area("Ý kiến", rows=3, required=False)


class MustNoteForm(PressForm):
    """Đã đối chiếu với gì."""

    note = area("Đã đối chiếu với văn bản nào", rows=2)


class WayForm(PressForm):
    """Trả lời riêng người hỏi."""

    way = forms.CharField(label="Đã trả lời bằng cách nào", max_length=200)


class ReferQuestionForm(PressForm):
    """Hướng dẫn hỏi nơi khác."""

    to = forms.CharField(label="Nơi trả lời", max_length=250)


QUESTION_STEPS = {
    "draft_legal_answer": Step(
        "Lưu dự thảo", DraftLegalForm, do.draft_legal_answer, "Đã lưu dự thảo.", "du-thao", draft=True
    ),
    "check_legal_answer": Step(
        "Ghi đã kiểm tra pháp lý", NoteForm, do.check_legal_answer, "Đã kiểm tra."
    ),
    "publish_legal_answer": Step(
        "Duyệt, đăng lên Cổng", PressForm, do.publish_legal_answer, "Đã đăng ở mục Hỏi đáp pháp luật."
    ),
    "answer_asker": Step("Duyệt, trả lời riêng", WayForm, do.answer_asker, "Đã ghi trả lời riêng."),
    "return_legal_answer": Step(
        "Trả lại để sửa", ReasonForm, do.return_legal_answer, "Đã trả lại."
    ),
    "refer_question": Step(
        "Hướng dẫn nơi khác", ReferQuestionForm, do.refer_question, "Đã ghi nơi hướng dẫn."
    ),
    "review_legal_answer": Step(
        "Xác nhận còn đúng", MustNoteForm, do.review_legal_answer, "Đã xác nhận còn đúng."
    ),
    "revise_legal_answer": Step(
        "Soạn lại", ReasonForm, do.revise_legal_answer, "Đã mở để soạn lại; bản đang đăng ghi rõ đang rà soát."
    ),
    "withdraw_legal_answer": Step("Rút", ReasonForm, do.withdraw_legal_answer, "Đã rút khỏi Cổng."),
}  # fmt: skip


def fits(verb: str, question: LegalQuestion) -> bool:
    """Whether the verb has a place on the page of this question now."""
    return question.state in QUESTION_TRANSITIONS[verb].sources


QUESTION_DESK = Desk(QUESTION_STEPS, "desk-legal-question-step", fits)
