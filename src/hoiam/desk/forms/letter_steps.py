"""Forms of the verbs on the page of a reader's letter."""

from typing import Any

from django import forms
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on
from hoiam.agencies.states import Level
from hoiam.desk.forms.fields import DayField, MomentField
from hoiam.desk.forms.letters import (
    ABOUT,
    AT_HINT,
    KINDS,
    NOT_CHOSEN,
    OFFERED_PARTS,
    PART_KINDS,
)
from hoiam.desk.forms.press_desk import Desk, PressForm, PressSetting
from hoiam.desk.forms.steps import Step, area, offer, pick
from hoiam.letters import actions as do
from hoiam.letters.actions.answering import WHAT_WORDS
from hoiam.letters.actions.clocks import extensions_of
from hoiam.letters.actions.discontinuing import GROUNDS
from hoiam.letters.actions.intake import Named
from hoiam.letters.actions.sorting import MOST_PARTS, Part, Sorted
from hoiam.letters.models import ReaderLetter
from hoiam.letters.queries import Repeat
from hoiam.letters.states import (
    LETTER_TRANSITIONS,
    ClockState,
    Competence,
    ComplaintAbout,
    Condition,
    FilingReason,
    LetterKind,
    PersonRole,
    TellingWay,
)


class LetterSetting(PressSetting):
    """Where a verb of a letter is taken; earlier letters that may be the same are read by the page."""

    repeats: list[Repeat] = []

    def other_agencies(self) -> list[Agency]:
        """Agencies of the System a letter may be passed on to."""
        rows = agencies_on(self.actor.today).filter(
            Q(level=Level.CENTRE) | Q(level=Level.PROVINCE, fictional=self.agency.fictional)
        )
        return list(rows.exclude(pk=self.agency.pk))


class LetterForm(PressForm):
    """A verb taken on the letter as the person saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self, setting: Any) -> None:
        self.fields["seen"].initial = setting.thing.version
        self.fill(setting)

    def fill(self, setting: Any) -> None:
        """Fills the lists and first values of this form."""


class ClassifyForm(LetterForm):
    """Phân loại theo nội dung, điều kiện, thẩm quyền, số người."""

    kind = forms.ChoiceField(label="Loại đơn", choices=KINDS)
    about = forms.ChoiceField(label="Khiếu nại về", choices=ABOUT, required=False)
    round = forms.ChoiceField(
        label="Lần giải quyết", choices=[("1", "Lần đầu"), ("2", "Lần hai")], required=False
    )
    condition = forms.ChoiceField(label="Điều kiện", choices=Condition.choices, required=False)
    competence = forms.ChoiceField(label="Thẩm quyền", choices=Competence.choices, required=False)
    signers = forms.IntegerField(label="Số người ký", min_value=1)
    note = area("Nhận xét", rows=2, required=False)

    def fill(self, setting: Any) -> None:
        letter = setting.thing
        for name in ("about", "round", "condition", "competence", "signers"):
            self.fields[name].initial = getattr(letter, name)
        self.fields["kind"].initial = "" if letter.kind == "unknown" else letter.kind

    def typed(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        seen = data.pop("seen")
        return {"found": Sorted(**{**data, "round": data["round"] or "1"}), "seen": seen}


class SplitForm(LetterForm):
    """Tách thành từng đơn một loại."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, OFFERED_PARTS + 1):
            must = number < OFFERED_PARTS
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=f"Nội dung {number}: loại", choices=PART_KINDS, required=False
            )
            self.fields[f"about_{number}"] = forms.ChoiceField(
                label=f"Nội dung {number}: khiếu nại về", choices=ABOUT, required=False
            )
            self.fields[f"content_{number}"] = area(f"Nội dung {number}", required=must)

    def typed(self) -> dict[str, Any]:
        data = self.cleaned_data
        parts = [
            Part(data[f"kind_{n}"], "", data[f"content_{n}"], data[f"about_{n}"])
            for n in range(1, min(OFFERED_PARTS, MOST_PARTS) + 1)
            if data[f"content_{n}"].strip()
        ]
        return {"parts": parts, "seen": data["seen"]}


class HandOverForm(LetterForm):
    """Chuyển cơ quan THADS khác, hoặc hướng dẫn người gửi."""

    agency = pick("Cơ quan THADS nhận đơn", required=False, empty="Không chuyển, chỉ hướng dẫn")
    guided_to = forms.CharField(
        label="Hoặc hướng dẫn người gửi đến", max_length=250, required=False
    )
    reason = area("Ghi chú", rows=2, required=False)

    def fill(self, setting: Any) -> None:
        offer(self.fields["agency"], setting.other_agencies(), "Không chuyển, chỉ hướng dẫn")


class FileForm(LetterForm):
    """Lưu đơn, không xử lý tiếp."""

    filing = forms.ChoiceField(label="Lý do lưu", choices=[NOT_CHOSEN, *FilingReason.choices])
    reason = area("Căn cứ", rows=2, required=False)


class DiscontinueForm(LetterForm):
    """Đình chỉ đơn đã thụ lý mà không trả lời được."""

    filing = forms.ChoiceField(
        label="Lý do đình chỉ",
        choices=[NOT_CHOSEN, *((g.value, g.label) for g in GROUNDS)],
    )
    reason = area(
        "Căn cứ",
        rows=2,
        help_text="Số văn bản rút đơn, các lần đã liên hệ, hoặc đơn đã giải quyết.",
    )


class AcceptForm(LetterForm):
    """Thụ lý; hạn giải quyết tính từ thời điểm này."""

    at = MomentField(label="Thụ lý lúc", required=False, help_text=AT_HINT)
    case = forms.ChoiceField(
        label="Tính chất vụ việc", required=False,
        choices=[("normal", "Thường"), ("complex", "Phức tạp"), ("remote", "Vùng sâu, vùng xa"),
                 ("remote_complex", "Vùng sâu, phức tạp")],
    )  # fmt: skip
    group = forms.ChoiceField(
        label="Nhóm khiếu nại theo Điều 140 khoản 2", required=False,
        choices=[NOT_CHOSEN, *((g, f"Nhóm {g}") for g in "abcd")],
    )  # fmt: skip

    def fill(self, setting: Any) -> None:
        letter = setting.thing
        if letter.about != ComplaintAbout.ADMINISTRATIVE:
            del self.fields["case"]
        if letter.about != ComplaintAbout.ENFORCEMENT:
            del self.fields["group"]


class AssignLetterForm(LetterForm):
    """Giao người giải quyết; người này được xem danh tính khi cần."""

    official = pick("Người giải quyết")

    def fill(self, setting: Any) -> None:
        offer(self.fields["official"], setting.people)
        self.fields["official"].initial = str(setting.thing.holder_id or "")


class DraftLetterForm(PressForm):
    """Dự thảo trả lời; `seen` là bản người viết đang xem."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = area(
        "Nội dung trả lời",
        rows=8,
        help_text="Không ghi tên người gửi: nơi kính gửi được điền khi in.",
    )
    measures = area(
        "Biện pháp giải quyết",
        rows=3,
        required=False,
        help_text="Mỗi dòng một việc; ghi vào văn bản gửi báo.",
    )

    def prepare(self, setting: Any) -> None:
        letter = setting.thing
        self.fields["seen"].initial = letter.draft_version
        self.fields["text"].initial, self.fields["measures"].initial = letter.draft, letter.measures


class ReasonLetterForm(LetterForm):
    """Chỉ một lý do."""

    reason = area("Lý do", rows=2)


class AnswerLetterForm(LetterForm):
    """Ghi văn bản trả lời đã được cấp số."""

    number = forms.CharField(label="Số, ký hiệu văn bản", max_length=80)
    on = DayField(label="Ngày văn bản")
    at = MomentField(label="Phát hành lúc", required=False, help_text=AT_HINT)


class TellCitizenForm(LetterForm):
    """Báo cho người gửi; chọn thư điện tử thì hệ thống gửi ngay."""

    way = forms.ChoiceField(label="Bằng cách", choices=[NOT_CHOSEN, *TellingWay.choices])
    at = MomentField(label="Báo lúc", required=False, help_text=AT_HINT)


class TellTakenUpForm(TellCitizenForm):
    """Ghi đã gửi thông báo thụ lý, tiếp nhận; hệ thống không gửi thư ở bước này."""


class TellPressForm(LetterForm):
    """Báo bằng văn bản cho cơ quan báo chí đã chuyển đơn."""

    what = forms.ChoiceField(label="Báo việc gì", choices=[NOT_CHOSEN, *WHAT_WORDS.items()])
    number = forms.CharField(label="Số, ký hiệu văn bản", max_length=80)
    on = DayField(label="Ngày văn bản")
    at = MomentField(label="Gửi lúc", required=False, help_text=AT_HINT)


class CloseForm(LetterForm):
    """Kết thúc đơn."""

    note = area(
        "Ghi chú", rows=2, required=False, help_text="Nêu lý do khi không báo được cho người gửi."
    )


class RepeatForm(LetterForm):
    """Người quyết định đơn trùng; máy chỉ gợi ý."""

    of = pick("Trùng với đơn", required=False, empty="Không trùng đơn nào")

    def fill(self, setting: Any) -> None:
        rows = {str(r.letter.pk): r for r in setting.repeats}
        named = (
            (pk, f"{r.letter.number}: {r.letter.title[:60]} ({r.why})") for pk, r in rows.items()
        )
        self.fields["of"].choices = [("", "Không trùng đơn nào"), *named]
        self.fields["of"].coerce = lambda pk: rows[pk].letter


class AddPersonForm(LetterForm):
    """Thêm người có tên trong đơn để che tên."""

    role = forms.ChoiceField(
        label="Vai", choices=[c for c in PersonRole.choices if c[0] != PersonRole.ASKER]
    )
    name = forms.CharField(label="Họ và tên", max_length=150)
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=40, required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=200, required=False)

    def typed(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        seen = data.pop("seen")
        return {"named": Named(**data), "seen": seen}


class ExtendForm(LetterForm):
    """Gia hạn trong phạm vi luật cho phép."""

    clock = pick("Đồng hồ")
    ground = forms.ChoiceField(label="Trường hợp luật cho gia hạn")
    number = forms.IntegerField(
        label="Số ngày", required=False, min_value=1, help_text="Bỏ trống là mức tối đa của luật."
    )
    reason = area("Lý do", rows=2)
    signed_by = forms.CharField(label="Người ký văn bản gia hạn", max_length=150)
    paper = forms.CharField(label="Số, ngày văn bản gia hạn", max_length=200)

    def fill(self, setting: Any) -> None:
        left = {clock: extensions_of(clock) for clock in extendable(setting.thing)}
        offer(self.fields["clock"], left)
        grounds = dict.fromkeys(each.when for found in left.values() for each in found)
        self.fields["ground"].choices = [NOT_CHOSEN, *((ground, ground) for ground in grounds)]


def extendable(letter: ReaderLetter) -> list[Any]:
    """The running clocks the law still allows more time for."""
    running = [clock for clock in letter.clocks.all() if clock.state == ClockState.RUNNING]
    return [clock for clock in running if extensions_of(clock)]


STEPS = {
    "classify": Step("Phân loại", ClassifyForm, do.classify, "Đã phân loại; hạn theo loại đơn đã mở."),
    "mark_repeat": Step("Ghi đơn trùng", RepeatForm, do.mark_repeat, "Đã ghi.", "trung"),
    "add_person": Step(
        "Thêm người có tên trong đơn", AddPersonForm, do.add_person,
        "Đã thêm; tên này được che ở mọi nơi.", "nguoi",
    ),
    "split": Step("Tách đơn", SplitForm, do.split, "Đã tách thành các đơn mới.", draft=True),
    "accept": Step("Thụ lý, tiếp nhận xử lý", AcceptForm, do.accept, "Đã thụ lý."),
    "hand_over": Step("Chuyển, hướng dẫn", HandOverForm, do.hand_over, "Đã chuyển, hướng dẫn."),
    "pass_to_questions": Step(
        "Chuyển sang hỏi đáp pháp luật", LetterForm, do.pass_to_questions, "Đã chuyển sang hỏi đáp."
    ),
    "file": Step("Lưu đơn", FileForm, do.file, "Đã lưu đơn."),
    "assign": Step("Giao người giải quyết", AssignLetterForm, do.assign, "Đã giao."),
    "draft_answer": Step(
        "Lưu dự thảo", DraftLetterForm, do.draft_answer, "Đã lưu dự thảo.", "du-thao", draft=True
    ),
    "approve_answer": Step("Duyệt dự thảo", LetterForm, do.approve_answer, "Đã duyệt."),
    "return_answer": Step("Trả lại để sửa", ReasonLetterForm, do.return_answer, "Đã trả lại."),
    "answer": Step("Ghi đã trả lời", AnswerLetterForm, do.answer, "Đã ghi văn bản trả lời."),
    "discontinue": Step(
        "Đình chỉ, lưu đơn", DiscontinueForm, do.discontinue, "Đã đình chỉ. Còn phải báo cho người gửi."
    ),
    "tell_taken_up": Step(
        "Báo người gửi việc thụ lý", TellTakenUpForm, do.tell_taken_up, "Đã ghi.", "bao"
    ),
    "tell_citizen": Step("Báo cho người gửi", TellCitizenForm, do.tell_citizen, "Đã ghi.", "bao"),
    "tell_press": Step("Báo cho cơ quan báo chí", TellPressForm, do.tell_press, "Đã ghi.", "bao"),
    "extend_clock": Step("Gia hạn", ExtendForm, do.extend_clock, "Đã gia hạn.", "han"),
    "close": Step("Kết thúc", CloseForm, do.close, "Đã kết thúc đơn."),
    "reopen": Step("Mở lại", ReasonLetterForm, do.reopen, "Đã mở lại đơn."),
}  # fmt: skip


def fits(verb: str, letter: ReaderLetter) -> bool:
    """Whether the verb has a place on the page of this letter now."""
    if letter.state not in LETTER_TRANSITIONS[verb].sources:
        return False
    is_ours = letter.competence == Competence.OURS and letter.condition == Condition.MET
    is_question, is_mixed = letter.kind == LetterKind.QUESTION, letter.kind == LetterKind.MIXED
    return {
        "accept": is_ours and not is_question and not is_mixed,
        "hand_over": letter.competence in (Competence.SYSTEM, Competence.OUTSIDE) and not is_mixed,
        "pass_to_questions": is_question,
        "tell_press": letter.is_by_press,
        "extend_clock": bool(extendable(letter)),
    }.get(verb, True)


LETTER_DESK = Desk(STEPS, "desk-letter-step", fits)
