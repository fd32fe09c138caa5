"""The reports of a case, and what proves a row of its facts."""

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling import actions
from hoiam.handling.queries import beside, fresh_items
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def case(tree):
    return make.case(tree.province, story=make.story(make.item("Bài đầu")))


def later(case, title="Bài sau"):
    item = make.item(title)
    item.story = case.story
    item.save()
    return item


def test_reports_that_came_since_are_offered_and_put_in_at_once(case, focal):
    items = [later(case, f"Bài {n}") for n in range(3)]
    assert set(fresh_items(case)) == set(items)
    assert actions.add_story_items(case, actor=focal, now=NOW) == 3
    assert (case.case_items.count(), list(fresh_items(case))) == (4, [])
    with pytest.raises(InvalidInput, match="Không còn bài mới"):
        actions.add_story_items(case, actor=focal, now=NOW)


def test_a_report_taken_out_says_why_and_is_not_offered_again(case, focal):
    item = later(case)
    actions.add_item(case, item=item, actor=focal, now=NOW)
    kept = actions.take_out_item(case, item=item, reason="vụ khác", actor=focal, now=NOW)
    assert (kept.reason, case.case_items.count(), list(fresh_items(case))) == ("vụ khác", 1, [])
    assert ledger.of(case).get(step="take_out_item").data["title"] == item.title
    actions.add_item(case, item=item, actor=focal, now=NOW)
    assert (case.case_items.count(), case.left_out.count()) == (2, 0)


def test_when_the_leading_report_goes_the_next_one_leads(case, focal):
    lead = case.case_items.get().item
    item = later(case)
    actions.add_item(case, item=item, actor=focal, now=NOW)
    actions.take_out_item(case, item=lead, reason="vụ khác", actor=focal, now=NOW)
    assert [(row.item, row.is_lead) for row in case.case_items.all()] == [(item, True)]


def test_what_cannot_go_stays(case, focal):
    lead = case.case_items.get().item
    with pytest.raises(InvalidInput, match="ít nhất một bài"):
        actions.take_out_item(case, item=lead, reason="x", actor=focal, now=NOW)
    item = later(case)
    actions.add_item(case, item=item, actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="vì sao"):
        actions.take_out_item(case, item=item, reason=" ", actor=focal, now=NOW)
    make.paper(case, item=item)
    with pytest.raises(InvalidInput, match="Thu hồi văn bản trước"):
        actions.take_out_item(case, item=item, reason="x", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="không còn trong hồ sơ"):
        actions.take_out_item(case, item=make.item(), reason="x", actor=focal, now=NOW)
    assert case.case_items.count() == 2


def test_a_closed_case_takes_and_gives_no_report(tree, focal):
    closed = make.case(tree.province, "closed", story=make.story())
    item = later(closed)
    for verb, typed in (
        ("add_item", {"item": item}),
        ("add_story_items", {}),
        ("take_out_item", {"item": item, "reason": "x"}),
    ):
        with pytest.raises(WrongState, match="đã đóng"):
            getattr(actions, verb)(closed, actor=focal, now=NOW, **typed)


def test_files_and_reports_prove_a_fact_and_their_names_are_its_words(case, focal):
    file, item = make.evidence(case, "Biên bản giao nhà"), case.case_items.get().item
    row = actions.write_fact(
        case,
        claim="A",
        truth="B",
        is_claim_right=False,
        files=[file],
        items=[item],
        actor=focal,
        now=NOW,
    )
    assert (row.evidence, row.is_complete) == (f"Biên bản giao nhà; {item.title}", True)
    found = beside(case)
    assert (found.evidence_of, found.items_of) == ({row.pk: [file.pk]}, {row.pk: [item.pk]})
    assert ledger.of(case).get(step="write_fact").data["proofs"] == [file.blob]
    actions.write_fact(case, claim="A", evidence="lời", row=row, files=[], actor=focal, now=NOW)
    assert (row.evidence, [p.item for p in row.proofs.all()]) == ("lời", [item])


def test_a_file_or_report_of_another_case_proves_nothing_here(tree, case, focal):
    theirs = make.case(tree.other)
    for typed, field in (
        ({"files": [make.evidence(theirs)]}, "files"),
        ({"items": [make.item()]}, "items"),
    ):
        with pytest.raises(InvalidInput) as refused:
            actions.write_fact(case, claim="A", actor=focal, now=NOW, **typed)
        assert refused.value.field == field
    assert case.facts.count() == 0
