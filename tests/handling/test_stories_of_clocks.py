"""The clocks of each obligation type from the first moment to the last, under both laws: a–i, nothing left running."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from hoiam.handling import actions
from hoiam.handling.actions.moments import answer_delivered, correction_published
from hoiam.handling.states import ClockState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make

OLD, NEW = datetime(2026, 6, 1, 8, 0, tzinfo=VIETNAM), datetime(2026, 8, 3, 8, 0, tzinfo=VIETNAM)
DAY = timedelta(days=1)


@dataclass
class Story:
    """What is recorded day by day, and which clocks ran when it was over."""

    letter: str
    start: datetime
    moments: list[str]
    opened: list[str]
    answers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.letter} {'new' if self.start == NEW else 'old'} {'-'.join(self.answers.values())}"


COMPLAINT = ["received_at", "paper_received_at", "accepted_at", "concluded_at"]
STORIES = [
    Story("a", NEW, ["received_at", "refused_at"], ["PN-08"]),
    Story("a", OLD, ["received_at", "refused_at"], []),
    Story("b", NEW, ["received_at", "paper_received_at", "answered"], ["TL-01", "TL-05"]),
    Story("b", OLD, ["received_at", "paper_received_at", "answered"], ["TL-01h", "TL-05h"]),
    Story("c", NEW, ["paper_received_at", "answered"], ["DT-01", "TL-02", "TL-05"], {"content": "petition"}),
    Story("c", NEW, ["paper_received_at", "answered"], ["TL-02", "TL-05"], {"content": "opinion"}),
    Story("c", OLD, ["paper_received_at", "answered"], ["DT-01", "TL-02h", "TL-05h"], {"content": "petition"}),
    Story("d", NEW, COMPLAINT, ["DT-02", "DT-03", "TL-03"], {"matter": "administrative", "round": "1"}),
    Story("d", NEW, COMPLAINT, ["DT-02", "DT-04", "TL-03"], {"matter": "administrative", "round": "2"}),
    Story("d", NEW, COMPLAINT, ["DT-07", "DT-08", "TL-03"], {"matter": "enforcement", "group": "c"}),
    Story("d", NEW, COMPLAINT, ["DT-05", "TL-03", "TL-04"], {"matter": "denunciation"}),
    Story("d", OLD, COMPLAINT, ["DT-02h", "DT-03", "TL-02h"], {"matter": "administrative", "round": "1"}),
    Story("d", OLD, COMPLAINT, ["DT-07h", "DT-08h", "TL-02h"], {"matter": "enforcement", "group": "b"}),
    Story("d", OLD, COMPLAINT, ["DT-05", "TL-02h", "TL-04"], {"matter": "denunciation"}),
    Story("e", NEW, ["happened_at", "received_at"], ["PN-01"]),
    Story("e", OLD, ["happened_at", "received_at"], ["PN-02h"]),
    Story("f", NEW, ["happened_at", "impact_determined_at"], ["PN-02"]),
    Story("f", OLD, ["happened_at", "impact_determined_at"], ["PN-02h"], {"urgent": "yes"}),
    Story("f", OLD, ["happened_at", "impact_determined_at"], [], {"urgent": "no"}),
    Story("g", NEW, ["received_at", "paper_received_at"], []),
    Story("h", NEW, ["paper_received_at", "corrected"], ["CC-05", "PH-01"], {"document": "response", "media_type": "online"}),
    Story("h", NEW, ["paper_received_at"], ["CC-02"], {"document": "conclusion", "media_type": "daily_print"}),
    Story("h", NEW, ["paper_received_at"], ["CC-04"], {"document": "conclusion", "media_type": "magazine_over_30"}),
    Story("h", NEW, ["paper_received_at"], ["TL-07"], {"document": "question", "media_type": "radio"}),
    Story("h", OLD, ["paper_received_at", "corrected"], ["CC-01h", "CC-05h"], {"document": "conclusion", "media_type": "online"}),
    Story("i", NEW, ["received_at", "paper_received_at"], []),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_from_the_first_moment_to_the_last(tree, focal, story):
    case = make.case(tree.province)
    actions.open_obligation(case, letter=story.letter, actor=focal, now=story.start)
    if story.answers:
        actions.choose_clocks(
            case, answers={story.letter: story.answers}, actor=focal, now=story.start
        )
    for n, kind in enumerate(story.moments):
        at = story.start + n * DAY
        typed = {"actor": focal, "now": at}
        if kind == "answered":
            answer_delivered(case, at, media_type="online", **typed)
        elif kind == "corrected":
            correction_published(case, at, media_type="online", **typed)
        else:
            actions.record_moment(case, kind=kind, at=at, **typed)
        case.refresh_from_db()
    kept = case.clocks.exclude(state=ClockState.CANCELLED)
    assert sorted(kept.values_list("rule", flat=True)) == story.opened

    end = story.start + len(story.moments) * DAY
    for clock in kept.filter(state=ClockState.RUNNING):
        if clock.rule.startswith("PN-0") and clock.rule != "PN-08":
            actions.record_statement(
                case, actor=focal, now=end, at=clock.started_at + DAY / 2, form="written",
                spokesperson="Ông A", outside_reason="Người của Bộ nói thay.", text="Vụ việc đã thi hành xong.",
            )  # fmt: skip
        else:
            actions.finish_clock(clock, at=end, note="văn bản số 1", actor=focal, now=end)
    assert not kept.filter(state=ClockState.RUNNING).exists()
    assert not kept.filter(is_late=True).exclude(rule__in=["CC-05", "CC-05h"]).exists()


def test_every_type_has_a_story():
    assert {story.letter for story in STORIES} == set("abcdefghi")
    both = {
        letter
        for letter in "abcdefh"
        if {s.start for s in STORIES if s.letter == letter} == {OLD, NEW}
    }
    assert both == set("abcdefh")
