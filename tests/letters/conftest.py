"""The ground of the letters' tests: one tree of agencies and the people who act on letters."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.models import PressAgency
from hoiam.agencies.states import Role
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Sorted, Written
from tests import factories as make
from tests.factories import NOW

LATER = NOW + timedelta(hours=3)
NAME, PLACE, PHONE, MAIL = "Trần Văn Tám", "số 5 đường Bến Sông", "0912 345 678", "tam@thu.example"
TEXT = (
    "Kính gửi cơ quan thi hành án. Tôi là Trần Văn Tám, ở số 5 đường Bến Sông, điện thoại 0912345678.\n"
    "Ông Tám đã gửi đơn ba lần về việc chậm trả tiền nhưng chưa được trả lời. Ký tên: TRẦN VĂN TÁM"
)


def written(**fields):
    """A letter of the fictional citizen everybody's name is hidden for."""
    who = Named(NAME, address=PLACE, phone=PHONE, email=MAIL)
    given = {"title": "Đơn của ông Trần Văn Tám về chậm trả tiền", "content": TEXT, "people": [who]}
    return Written(**{**given, **fields})


class Desk:
    """The people of one agency, and a letter brought to any state by the shortest way."""

    def __init__(self, tree):
        self.tree, self.agency = tree, tree.province
        self.head = make.head(tree.province)
        self.deputy = make.actor(tree.province, Role.DEPUTY)
        self.focal = make.focal_point(tree.province)
        self.clerk = make.actor(tree.province, Role.RECORDS_CLERK)
        self.examiner = make.actor(tree.province, Role.EXAMINER)
        self.press = PressAgency.objects.create(name="Báo Sông Thanh", sort_key="song thanh")

    def received(self, *, at=NOW, now=None, channel="post", **fields):
        """A letter entered by the clerk."""
        more = (
            {"press_agency": self.press, "forward_on": date(2026, 6, 1)}
            if channel == "press"
            else {}
        )
        text = fields.pop("written", None) or written()
        return do.receive_letter(
            self.agency, text, actor=self.clerk, now=now or at, channel=channel,
            received_at=at, **{**more, **fields},
        )  # fmt: skip

    def classified(self, kind="petition", *, at=NOW, now=None, channel="post", text=None, **found):
        """A letter sorted as ours and fit to be settled."""
        letter = self.received(at=at, now=now, channel=channel, written=text)
        told = {"condition": "met", "competence": "ours"} | found
        if kind == "complaint":
            told = {"about": "enforcement"} | told
        return do.classify(letter, Sorted(kind, **told), actor=self.focal, now=now or at)

    def accepted(self, kind="petition", *, at=NOW, accept_at=None, case="", group="a", **more):
        """A letter taken up."""
        letter = self.classified(kind, at=at, **more)
        when = accept_at or at
        return do.accept(letter, actor=self.head, now=when, case=case, group=group)

    def assigned(self, *args, **more):
        """A letter with its holder."""
        letter = self.accepted(*args, **more)
        return do.assign(letter, official=self.examiner.official, actor=self.focal, now=LATER)

    def drafted(self, *args, **more):
        """A letter with a draft."""
        letter = self.assigned(*args, **more)
        return do.draft_answer(
            letter, text="Đã chi trả đủ.", measures="Chấn chỉnh việc trả lời đơn.",
            actor=self.examiner, now=LATER,
        )  # fmt: skip

    def approved(self, *args, **more):
        """A letter whose answer may go out."""
        return do.approve_answer(self.drafted(*args, **more), actor=self.head, now=LATER)

    def answered(self, *args, **more):
        """A letter answered."""
        letter = self.approved(*args, **more)
        return do.answer(
            letter, number="45/THADSTG-VP", on=LATER.date(), actor=self.clerk, now=LATER
        )


@pytest.fixture
def desk(db):
    return Desk(make.tree())
