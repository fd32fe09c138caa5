"""Forms of press conferences and briefings: planning, and each verb of a conference's page."""

from typing import Any

from django import forms

from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import MomentField
from hoiam.desk.forms.press_desk import (
    Desk,
    PressForm,
    PressSetting,
    ReasonForm,
    open_cases,
    own_agencies,
)
from hoiam.desk.forms.steps import Step, area, offer, pick
from hoiam.handling.actions import conference as moves
from hoiam.handling.actions import conference_day as day
from hoiam.handling.models import Invitation, PressConference
from hoiam.handling.states import (
    CONFERENCE_TRANSITIONS,
    ConferenceKind,
    ConferenceState,
    InvitationReply,
)
from hoiam.monitoring.models import Item

AT_HINT = "Bỏ trống là bây giờ."


class ConferenceForm(forms.Form):
    """Lập, sửa một cuộc họp báo. Chưa biết thì để trống; khi thông báo mới phải đủ."""

    agency = pick("Đơn vị tổ chức")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="Tên cuộc họp báo", max_length=300)
    kind = forms.ChoiceField(
        label="Loại", choices=ConferenceKind.choices, initial=ConferenceKind.CONFERENCE
    )
    starts_at = MomentField(label="Bắt đầu", required=False)
    ends_at = MomentField(label="Kết thúc", required=False)
    place = forms.CharField(label="Địa điểm", max_length=300, required=False)
    online = forms.BooleanField(label="Họp trực tuyến", required=False)
    host = forms.CharField(
        label="Người chủ trì", max_length=200, required=False, help_text="Họ tên và chức vụ."
    )
    content = area("Nội dung", rows=3, required=False)
    legality_documents = area(
        "Tài liệu chứng minh tính hợp pháp của nội dung",
        rows=3,
        required=False,
        help_text="Mỗi dòng một tài liệu.",
    )
    authority = forms.CharField(
        label="Cơ quan nhận thông báo",
        max_length=250,
        required=False,
        help_text="Mặc định sản phẩm – cần cơ quan xác nhận: UBND tỉnh.",
    )
    case = pick(
        "Hồ sơ vụ việc",
        required=False,
        empty="Không thuộc hồ sơ nào",
        help_text="Thuộc hồ sơ thì soạn được thông báo, giấy mời thành văn bản có số của hồ sơ.",
    )
    needs_notice = forms.TypedChoiceField(
        label="Phải thông báo trước",
        choices=[("yes", "Phải thông báo"), ("no", "Không phải thông báo")],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    no_notice_reason = forms.CharField(
        label="Vì sao không phải thông báo", max_length=250, required=False
    )

    def __init__(
        self, *args: Any, actor: Actor, conference: PressConference | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.conference = conference
        places = [conference.agency] if conference else own_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
            self.fields["authority"].initial = moves.addressee_of(places[0])
        cases = open_cases(actor, places)
        if conference is not None and conference.case not in (None, *cases):
            cases.append(conference.case)
        offer(self.fields["case"], cases, "Không thuộc hồ sơ nào")
        if conference is not None:
            self.fields["agency"].widget = forms.HiddenInput()
            self._from(conference)
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."

    def _from(self, conference: PressConference) -> None:
        for name, field in self.fields.items():
            if name not in ("agency", "seen", "needs_notice", "case"):
                field.initial = getattr(conference, name)
        self.fields["case"].initial = str(conference.case_id or "")
        self.fields["seen"].initial = conference.version
        self.fields["needs_notice"].initial = "yes" if conference.needs_notice else "no"

    def typed(self) -> dict[str, Any]:
        """What planning and editing take, the agency and the version aside."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("agency", "seen")}


class NoticeForm(PressForm):
    """Ghi đã gửi thông báo."""

    how = forms.CharField(
        label="Gửi bằng cách nào", max_length=200, help_text="Trực tiếp, bưu điện, eOffice…"
    )
    symbol = forms.CharField(label="Số, ký hiệu văn bản", max_length=60, required=False)
    at = MomentField(label="Gửi lúc", required=False, help_text=AT_HINT)
    late_reason = forms.CharField(
        label="Lý do vẫn gửi khi không còn đủ giờ",
        max_length=250,
        required=False,
        help_text="Chỉ ghi khi gửi muộn; được lưu và hiện ở trang này.",
    )


class ReceivedForm(PressForm):
    """Ghi cơ quan đã nhận thông báo."""

    at = MomentField(label="Nhận lúc")
    proof = forms.CharField(
        label="Chứng cứ", max_length=250, help_text="Số đến, dấu nhận, người ký nhận."
    )


class BanForm(PressForm):
    """Ghi văn bản không cho tổ chức."""

    at = MomentField(label="Nhận văn bản lúc")
    reason = area("Số văn bản, lý do", rows=2)


class HoldForm(PressForm):
    """Ghi đã tổ chức."""

    at = MomentField(label="Họp lúc", required=False, help_text="Bỏ trống là giờ bắt đầu đã định.")


class InviteForm(PressForm):
    """Thêm vào danh sách mời."""

    press_agencies = forms.TypedMultipleChoiceField(
        label="Báo trong danh bạ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outlet = forms.CharField(label="Báo khác", max_length=200, required=False)
    reporter_name = forms.CharField(label="Phóng viên", max_length=120, required=False)
    contact = forms.CharField(label="Liên hệ", max_length=250, required=False)

    def prepare(self, setting: PressSetting) -> None:
        invited = {row.press_agency_id for row in setting.thing.invitations.all()}
        rows = {str(p.pk): p for p in setting.press if p.pk not in invited}
        field = self.fields["press_agencies"]
        field.choices = [(pk, str(row)) for pk, row in rows.items()]
        field.coerce = rows.get


def _guests(setting: PressSetting, field: Any, rows: list[Invitation]) -> None:
    by_pk = {str(guest.pk): guest for guest in rows}
    field.choices = [(pk, str(guest)) for pk, guest in by_pk.items()]
    field.coerce = by_pk.get


class SendInvitationForm(PressForm):
    """Ghi đã gửi giấy mời."""

    guests = forms.TypedMultipleChoiceField(label="Đã gửi cho", widget=forms.CheckboxSelectMultiple)
    how = forms.CharField(label="Bằng cách nào", max_length=100, initial="thư điện tử")

    def prepare(self, setting: PressSetting) -> None:
        rows = [g for g in setting.thing.invitations.all() if not g.is_walk_in and not g.sent_at]
        _guests(setting, self.fields["guests"], rows)
        self.fields["guests"].initial = [str(guest.pk) for guest in rows]
        self.fields["guests"].error_messages["required"] = "Chọn ít nhất một báo."


class ReplyForm(PressForm):
    """Ghi báo trả lời giấy mời."""

    guest = pick("Báo")
    reply = forms.ChoiceField(
        label="Trả lời", choices=InvitationReply.choices, widget=forms.RadioSelect
    )

    def prepare(self, setting: PressSetting) -> None:
        offer(
            self.fields["guest"], [g for g in setting.thing.invitations.all() if not g.is_walk_in]
        )


class AttendanceForm(PressForm):
    """Điểm danh ở cửa; một người đến không có giấy mời thì ghi bên dưới."""

    present = forms.TypedMultipleChoiceField(
        label="Có mặt theo danh sách mời", required=False, widget=forms.CheckboxSelectMultiple
    )
    outlet = forms.CharField(label="Báo đến không có giấy mời", max_length=200, required=False)
    reporter_name = forms.CharField(label="Phóng viên", max_length=120, required=False)
    card_number = forms.CharField(label="Số thẻ nhà báo", max_length=40, required=False)

    def prepare(self, setting: PressSetting) -> None:
        rows = [g for g in setting.thing.invitations.all() if not g.is_walk_in]
        _guests(setting, self.fields["present"], rows)
        self.fields["present"].initial = [str(g.pk) for g in rows if g.is_present]


class QuestionForm(PressForm):
    """Ghi một câu hỏi."""

    outlet = forms.CharField(label="Báo hỏi", max_length=200)
    reporter_name = forms.CharField(label="Phóng viên", max_length=120, required=False)
    question = area("Câu hỏi", rows=2)
    answered_by = forms.CharField(label="Người trả lời", max_length=150, required=False)
    answer = area("Trả lời tại chỗ", rows=3, required=False)
    is_promised = forms.BooleanField(label="Hẹn trả lời sau", required=False)
    promised_at = MomentField(
        label="Hẹn trước lúc",
        required=False,
        help_text="Bỏ trống: 5 ngày làm việc (mặc định sản phẩm).",
    )
    holder = pick("Người chịu trách nhiệm trả lời", required=False, empty="Chưa giao")

    def prepare(self, setting: PressSetting) -> None:
        offer(self.fields["holder"], setting.people, "Chưa giao")


class ConsentForm(PressForm):
    """Ghi đồng ý cho dùng lời tại họp báo làm phỏng vấn."""

    question = pick("Câu hỏi")
    by = forms.CharField(label="Người trả lời đã đồng ý", max_length=150)

    def prepare(self, setting: PressSetting) -> None:
        rows = [q for q in setting.thing.questions.all() if q.consent_at is None]
        offer(self.fields["question"], rows)


class HandoutForm(PressForm):
    """Tài liệu đã phát."""

    title = forms.CharField(label="Tên tài liệu", max_length=250)
    url = forms.URLField(label="Địa chỉ", required=False, max_length=1000, assume_scheme="https")


class CoverageForm(PressForm):
    """Bài báo về cuộc họp; bài đã thu thập thì chỉ cần dán địa chỉ trang của bài."""

    url = forms.URLField(
        label="Địa chỉ bài", required=False, max_length=1000, assume_scheme="https",
        help_text="Bài đã có trong hệ thống sẽ được nối, không cần ghi tên.",
    )  # fmt: skip
    outlet = forms.CharField(label="Báo", max_length=200, required=False)
    title = forms.CharField(label="Tên bài", max_length=500, required=False)

    def typed(self) -> dict[str, Any]:
        """What was typed, with the collected report of this address when there is one."""
        url = self.cleaned_data["url"]
        found = Item.objects.filter(url=url).first() if url else None
        return {**self.cleaned_data, "item": found}


class MinutesForm(PressForm):
    """Biên bản; `seen` là bản người viết đang xem."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = area("Biên bản", rows=10)

    def prepare(self, setting: PressSetting) -> None:
        self.fields["seen"].initial = setting.thing.version
        self.fields["text"].initial = setting.thing.minutes


class PromiseForm(forms.Form):
    """Ghi đã trả lời câu đã hẹn."""

    note = area("Đã trả lời thế nào, cho ai", rows=4)
    at = MomentField(label="Trả lời lúc", required=False, help_text=AT_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["note"].error_messages["required"] = "Ghi đã trả lời thế nào, cho ai."


class BriefingForm(forms.Form):
    """Một lần cung cấp thông tin tại giao ban báo chí."""

    agency = pick("Đơn vị")
    at = MomentField(label="Thời điểm")
    organiser = forms.CharField(label="Đơn vị tổ chức giao ban", max_length=250)
    place = forms.CharField(label="Địa điểm", max_length=250, required=False)
    on_own_initiative = forms.BooleanField(
        label="Đơn vị chủ động đến cung cấp thông tin",
        required=False,
        help_text="Chỉ những lần chủ động mới tính vào chỉ số I2.",
    )
    topics = area("Nội dung đã cung cấp", rows=4)
    documents = area("Tài liệu đã đưa", rows=2, required=False)
    speaker = forms.CharField(label="Người cung cấp thông tin", max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        places = own_agencies(actor)
        offer(self.fields["agency"], places)
        if len(places) == 1:
            self.fields["agency"].initial = str(places[0].pk)
        for field in self.fields.values():
            label = str(field.label)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."


STEPS = {
    "send_notice": Step(
        "Ghi đã gửi thông báo", NoticeForm, moves.send_notice, "Đã ghi việc gửi thông báo.", "thong-bao"
    ),
    "record_notice_received": Step(
        "Ghi cơ quan đã nhận", ReceivedForm, moves.record_notice_received,
        "Đã ghi thời điểm cơ quan nhận thông báo.", "thong-bao",
    ),
    "record_ban": Step(
        "Ghi văn bản không cho tổ chức", BanForm, moves.record_ban,
        "Đã ghi. Không được tổ chức cuộc họp báo này.", "thong-bao",
    ),
    "hold_conference": Step(
        "Ghi đã tổ chức", HoldForm, moves.hold_conference, "Đã ghi cuộc họp báo đã tổ chức."
    ),
    "cancel_conference": Step(
        "Hủy cuộc họp báo", ReasonForm, moves.cancel_conference,
        "Đã hủy. Báo cho báo được mời và cơ quan nhận thông báo biết.",
    ),
    "invite": Step("Thêm báo mời", InviteForm, day.invite, "Đã thêm vào danh sách mời.", "moi"),
    "send_invitation": Step(
        "Ghi đã gửi giấy mời", SendInvitationForm, day.send_invitation, "Đã ghi việc gửi giấy mời.", "moi"
    ),
    "record_reply": Step(
        "Ghi báo trả lời", ReplyForm, day.record_reply, "Đã ghi trả lời của báo.", "moi"
    ),
    "take_attendance": Step(
        "Ghi có mặt", AttendanceForm, day.take_attendance, "Đã ghi người có mặt.", "moi"
    ),
    "record_question": Step(
        "Ghi câu hỏi", QuestionForm, day.record_question, "Đã ghi câu hỏi.", "hoi-dap", draft=True
    ),
    "consent_to_interview": Step(
        "Ghi đồng ý cho dùng làm phỏng vấn", ConsentForm, day.consent_to_interview,
        "Đã ghi việc đồng ý.", "hoi-dap",
    ),
    "add_handout": Step(
        "Thêm tài liệu đã phát", HandoutForm, day.add_handout, "Đã thêm tài liệu.", "tai-lieu"
    ),
    "add_coverage": Step(
        "Thêm bài báo", CoverageForm, day.add_coverage, "Đã thêm bài.", "bai-bao"
    ),
    "write_minutes": Step(
        "Lưu biên bản", MinutesForm, day.write_minutes, "Đã lưu biên bản.", "bien-ban", draft=True
    ),
}  # fmt: skip
OFF = (ConferenceState.CANCELLED, ConferenceState.FORBIDDEN)


def fits(verb: str, conference: PressConference) -> bool:
    """Whether the verb has a place on the page of this conference now."""
    guests = [guest for guest in conference.invitations.all() if not guest.is_walk_in]
    state = conference.state
    if verb == "send_notice":
        return state == ConferenceState.PLANNED and conference.needs_notice
    if verb == "hold_conference":
        planned = state == ConferenceState.PLANNED and not conference.needs_notice
        return planned or state == ConferenceState.NOTIFIED
    if verb in CONFERENCE_TRANSITIONS:
        return state in CONFERENCE_TRANSITIONS[verb].sources
    if verb == "record_notice_received":
        return state == ConferenceState.NOTIFIED and conference.notice_received_at is None
    if state in OFF:
        return False
    return {
        "invite": state != ConferenceState.HELD,
        "send_invitation": any(not guest.sent_at for guest in guests),
        "record_reply": bool(guests),
        "consent_to_interview": any(q.consent_at is None for q in conference.questions.all()),
    }.get(verb, True)


CONFERENCE_DESK = Desk(STEPS, "desk-conference-step", fits)
