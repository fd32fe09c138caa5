"""Cases no warning brought: a letter of a paper, a request of an authority, a call, another room."""

from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.models import OutboxMessage
from hoiam.handling import actions
from hoiam.handling.actions.opening import Incoming
from hoiam.handling.models import Case
from tests import factories as make
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)
LETTER = Incoming("88/CV-BST", TODAY, "Báo Sông Thanh")


def opened(place, who, **fields):
    first = {"channel": "press_letter", "title": "Báo hỏi về vụ ở bến sông", "incoming": LETTER}
    return actions.open_case_by_hand(place, actor=who, now=NOW, **{**first, **fields})


def test_a_letter_of_a_paper_opens_a_case_with_its_number_day_and_sender(tree, focal):
    case = opened(tree.province, focal, received_at=NOW - timedelta(hours=2))
    assert (case.channel, case.incoming_number, case.incoming_on, case.incoming_from) == (
        "press_letter", "88/CV-BST", TODAY, "Báo Sông Thanh",
    )  # fmt: skip
    assert (case.number, case.state, case.holder) == ("HS 1/2026", "received", focal.official)
    kinds = {m.kind: m.at for m in case.moments.all()}
    assert kinds == dict.fromkeys(("received_at", "paper_received_at"), NOW - timedelta(hours=2))
    assert ledger.of(case).get(step="open_case_by_hand").data["sender"] == "Báo Sông Thanh"
    assert OutboxMessage.objects.filter(kind="case_opened", subject_id=case.pk).exists()


def test_its_types_begin_their_clocks_from_the_letter(tree, focal):
    case = opened(tree.province, focal)
    actions.screen(case, actor=focal, now=NOW, letters=["b"], severity=1)
    assert "TL-01" in {clock.rule for clock in case.clocks.all()}


def test_a_call_starts_no_moment_of_a_paper(tree, focal):
    case = opened(tree.province, focal, channel="hotline", incoming=Incoming(sender="ẩn danh"))
    assert [m.kind for m in case.moments.all()] == ["received_at"]


def test_a_report_may_be_named_with_it(tree, focal):
    item = make.item()
    case = opened(tree.province, focal, item=item)
    assert [row.item for row in case.case_items.all()] == [item]
    assert case.first_seen_at == item.first_seen_at


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "handed_over"}, "channel"),
        ({"title": " "}, "title"),
        ({"severity": 4}, "severity"),
        ({"incoming": Incoming("88", TODAY)}, "sender"),
        ({"channel": "hotline", "incoming": Incoming()}, "sender"),
        ({"incoming": Incoming("88", TODAY + DAY, "Báo")}, "incoming_on"),
        ({"event_on": TODAY + DAY}, "event_on"),
        ({"received_at": NOW + DAY}, "received_at"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named(tree, focal, fields, field):
    with pytest.raises(InvalidInput) as refused:
        opened(tree.province, focal, **fields)
    assert (refused.value.field, Case.objects.system("test").count()) == (field, 0)


def test_nobody_opens_a_case_of_another_agency(tree, focal, clerk):
    for who in (make.head(tree.other), clerk, make.head(tree.centre)):
        with pytest.raises(NotAllowed):
            opened(tree.province, who)
    assert Case.objects.system("test").count() == 0
