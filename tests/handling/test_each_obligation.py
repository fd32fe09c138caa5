"""A story from the report to the counted result for each type of obligation a–i (workflow.md §3)."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput
from hoiam.handling import actions
from hoiam.handling.actions.opening import Incoming
from hoiam.handling.models import Case, Clock
from hoiam.handling.queries.outcomes import Proof
from hoiam.handling.states import CaseState
from tests import factories as make
from tests.factories import NOW, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TITLE = {"signer_title": "Trưởng Thi hành án dân sự tỉnh"}


class Story:
    """The people of a province and one case, moved on by the hour."""

    def __init__(self, tree):
        self.tree, self.now = tree, NOW
        self.head, self.focal = make.head(tree.province), make.focal_point(tree.province)
        self.clerk = make.actor(tree.province, Role.RECORDS_CLERK)
        self.channel = make.channel()

    def act(self, verb, subject, by=None, **typed):
        self.now += HOUR / 4
        return getattr(actions, verb)(subject, actor=by or self.focal, now=self.now, **typed)

    def from_the_press(self):
        warning = make.warning(self.tree.province, make.story(make.item(channel=self.channel)))
        self.case = self.act("open_case", warning, received_at=self.now)

    def by_letter(self, channel="press_letter", sender="Báo Sông Thanh"):
        self.case = self.act(
            "open_case_by_hand", self.tree.province, channel=channel, title="Việc ở bến sông",
            incoming=Incoming("88/CV", TODAY, sender), received_at=self.now,
        )  # fmt: skip

    def to_the_facts(self, letter, right=False):
        self.act("screen", self.case, letters=[letter], severity=2)
        self.act("assign", self.case, self.head, lead=self.tree.region1, reason="chưa rõ tác động")
        self.act("write_fact", self.case, claim="A", truth="B", evidence="C", is_claim_right=right)
        self.act("complete_verification", self.case)

    def say(self):
        self.act(
            "record_statement",
            self.case,
            at=self.now,
            form="written",
            spokesperson="Ông A",
            outside_reason="Người phát ngôn của Bộ nói thay.",
            text="Đã rõ.",
        )

    def send(self, code, **fields):
        first = {
            "response": "Đã thi hành xong.",
            "reported": "chưa thi hành",
            "grounds": ["biên bản"],
        }
        paper = self.act("draft_paper", self.case, code=code, fields={**first, **fields})
        paper = self.act("submit_paper", paper)
        paper = self.act("approve_paper", paper, self.head, **TITLE)
        paper = self.act(
            "mark_sent", paper, self.clerk, how="bưu điện", reason="không cần phương án"
        )
        return self.act("mark_delivered", paper, self.clerk, at=self.now)

    def close(self, result, **typed):
        done = self.act(
            "close", self.case, self.head, **{"result": result, "note": "đã rõ", **typed}
        )
        assert done.state == CaseState.CLOSED
        open_ones = Clock.objects.system("test").filter(
            case=done, state__in=["wait", "run", "pause"]
        )
        assert not open_ones.exists()
        assert {o.result for o in done.obligations.all()} == {result}
        assert list(ledger.breaks()) == []
        return done

    def rules(self):
        rows = Clock.objects.system("test").filter(case=self.case).exclude(rule__startswith="MD-")
        return {clock.rule: (clock.state, clock.is_late) for clock in rows}


@pytest.fixture
def story(tree):
    return Story(tree)


def test_a_an_interview_is_refused_on_a_ground_of_the_day(story):
    story.by_letter("interview")
    story.to_the_facts("a")
    story.act("issue", story.case, how="đã gọi lại", reason="trả lời ngay")
    with pytest.raises(InvalidInput, match="căn cứ từ chối"):
        story.close("declined")
    with pytest.raises(InvalidInput, match="căn cứ từ chối"):
        story.close("declined", proof=Proof(ground="no_such"))
    done = story.close("declined", proof=Proof(ground="secrets"))
    assert done.outcome.ground == "secrets"


def test_b_the_editor_asks_and_the_answer_is_carried(story):
    story.by_letter()
    story.to_the_facts("b")
    assert story.rules() == {"TL-01": ("run", False)}
    story.act("issue", story.case, how="công văn 12", reason="không cần phương án")
    story.close("published", proof=Proof(link="https://songthanh.example/tra-loi"))


def test_c_a_forwarded_remark_is_answered_to_the_paper(story):
    story.by_letter("reader_letter")
    story.to_the_facts("c")
    assert story.rules() == {"TL-02": ("run", False)}
    story.act("issue", story.case, how="thông báo 3 và trả lời công dân", reason="đã rõ")
    story.close("answered")


def test_d_a_forwarded_complaint_ends_with_its_conclusion(story):
    story.by_letter("reader_letter")
    story.to_the_facts("d")
    story.act("issue", story.case, how="gửi kết luận", reason="đã rõ")
    story.close("answered")


def test_e_a_grave_event_is_spoken_of_within_the_day(story):
    story.from_the_press()
    story.act("screen", story.case, letters=["e"], severity=3)
    story.say()
    assert story.rules() == {"PN-01": ("done", False)}
    story.act("assign", story.case, story.head, lead=story.tree.region1, reason="đã phát ngôn")
    story.close("answered")


def test_e_spoken_a_day_late_stays_late(story):
    story.from_the_press()
    story.act("screen", story.case, letters=["e"], severity=3)
    story.now += DAY
    story.say()
    story.close("answered")
    assert story.rules() == {"PN-01": ("done", True)}


def test_f_impact_is_determined_and_spoken_of(story):
    story.from_the_press()
    story.act("screen", story.case, letters=["i"], severity=1)
    story.act(
        "determine_impact", story.case, story.head, has_impact=True, reason="dư luận trái chiều"
    )
    story.say()
    assert story.rules() == {"PN-02": ("done", False)}
    case = story.act("close", story.case, story.head, result="no_duty", note="đã phát ngôn")
    assert {o.letter: o.result for o in case.obligations.all()} == {"f": "no_duty", "i": "no_duty"}


def test_f_before_the_law_of_july_has_no_hours(tree):
    story = Story(tree)
    story.from_the_press()
    Case.objects.system("test").filter(pk=story.case.pk).update(event_on=TODAY.replace(month=6))
    story.act("screen", story.case, letters=["f"], severity=1)
    assert "PN-02" not in story.rules()
    story.close("answered")


def test_g_an_authority_s_request_has_the_date_it_names(story):
    story.by_letter("press_authority", "Sở Văn hóa và Thể thao")
    order = story.act(
        "receive_directive", story.case, story.clerk, issuer="Sở Văn hóa và Thể thao", number="88/CV",
        content="Trả lời phản ánh", due_on=TODAY + DAY, due_kind="before", is_press_authority=True,
    )  # fmt: skip
    assert (order.obligation.letter, story.rules()) == ("g", {})
    story.act("screen", story.case, letters=["g"], severity=2)
    story.now += DAY
    order = story.act("answer_directive", order, story.clerk, how="Công văn số 31")
    assert order.is_late
    story.close("answered")


def test_h_wrong_information_is_answered_and_the_paper_corrects(story):
    story.from_the_press()
    story.to_the_facts("h")
    paper = story.send("response")
    assert story.rules() == {"PH-01": ("run", False)}
    story.act("start_watch", story.case, reason="không cần công bố")
    with pytest.raises(InvalidInput, match="lời cải chính"):
        story.close("corrected")
    story.act(
        "record_check",
        paper,
        story.clerk,
        reply="corrected",
        url="https://songthanh.example/cai-chinh",
    )
    story.close("corrected")
    assert story.rules()["PH-01"][0] == "done"


def test_h_a_silent_paper_is_put_before_its_owner(story):
    story.from_the_press()
    story.to_the_facts("h")
    story.send("response")
    story.act("start_watch", story.case, reason="không cần công bố")
    story.act("escalate", story.case, story.head, to="Cơ quan chủ quản", reason="không hồi đáp")
    with pytest.raises(InvalidInput, match="hồ sơ chứng cứ"):
        story.close("escalated")
    file = make.evidence(story.case)
    done = story.close("escalated", proof=Proof(place="Cơ quan chủ quản", evidence=file))
    assert (done.outcome.place, done.outcome.evidence) == ("Cơ quan chủ quản", file)


def test_i_praise_is_read_and_closed(story):
    story.from_the_press()
    story.act("screen", story.case, letters=["i"], severity=0)
    assert story.rules() == {}
    with pytest.raises(InvalidInput, match="lý do"):
        story.close("no_duty", note="", waiver="")
    story.close("no_duty")


def test_i_a_just_criticism_ends_with_its_remedy(story):
    story.from_the_press()
    story.to_the_facts("i", right=True)
    story.act("remedy", story.case, story.head, text="Kiểm điểm", who="Phòng 1", due_on=TODAY + DAY)
    story.close("press_right")
    remedy = story.case.remedies.get()
    assert story.act("finish_remedy", remedy, note="Đã kiểm điểm").done_at is not None
