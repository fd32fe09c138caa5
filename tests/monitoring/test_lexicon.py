"""The lexicon on the desk: draft, dry run, publication, bringing back, and what new items are judged by."""

from datetime import timedelta

import pytest

from hoiam.core import ledger, outbox
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.kit.recognition import Lexicon
from hoiam.monitoring.actions import lexicon as verbs
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import Line
from hoiam.monitoring.models import (
    Finding,
    Item,
    LexiconDraft,
    LexiconTrial,
    LexiconVersion,
    SecondLook,
    SecondNet,
)
from hoiam.monitoring.models.lexicon import read_changes
from hoiam.monitoring.queries.lexicon import (
    changes_of,
    differences,
    lexicon_in_use,
    open_draft,
    version_in_force,
    versions,
)
from hoiam.monitoring.states import LookState, TrialState
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, QUIET, make_actor, take, warnings_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
DEBT = Incoming(
    title="Thợ săn nợ bao vây nhà máy gạch Lam Hải",
    url="https://bao-do-moi.example/tho-san-no-9.html",
    sapo="Người dân kể thợ săn nợ đến từ sáng.",
    outlet="Báo Đò Mới",
    published_at=NOW - timedelta(hours=3),
)


@pytest.fixture
def keeper(centre):
    return make_actor(centre, "administrator", username="quan-tri")


def add(actor, phrases="thợ săn nợ", **typed):
    typed = {"group": "positive", "weight": 6.0, "why": "báo gọi như vậy"} | typed
    return verbs.add_phrases(actor=actor, now=NOW, phrases=phrases, **typed)


def tried(actor, days=90):
    """The trial of the open draft, run."""
    trial = verbs.ask_trial(actor=actor, now=NOW, days=days)
    outbox.deliver_due(LATER)
    run_due(LATER)
    return LexiconTrial.objects.get(pk=trial.pk)


def publish(actor, **typed):
    tried(actor)
    typed = {"reason": "báo Lam Hải dùng chữ này"} | typed
    return verbs.publish_lexicon(actor=actor, now=LATER, **typed)


def kinds(trial):
    return {
        name: [Item.objects.get(pk=row["item"]).title for row in rows]
        for name, rows in trial.rows.items()
    }


def test_new_items_are_judged_by_the_version_in_force_and_carry_it(top):
    before = take(DEBT).items[0]
    publish(add(top) and top)

    after = take(Incoming(**{**DEBT.__dict__, "url": "https://bao-do-moi.example/10.html"})).items[
        0
    ]

    delivered = Lexicon.load().version
    assert (before.is_relevant, before.lexicon_version) == (False, delivered)
    assert (after.is_relevant, after.lexicon_version) == (True, f"{delivered}+1")
    assert Finding.objects.get(item=after).lexicon_version == f"{delivered}+1"


def test_one_line_judges_by_one_version(top):
    add(top)
    line = Line(now=NOW)
    assert line.lexicon.version == Lexicon.load().version
    publish(top)
    assert line.lexicon.version == Lexicon.load().version
    assert Line(now=LATER).lexicon.version == f"{Lexicon.load().version}+1"


def test_a_dry_run_tells_what_would_be_added_dropped_and_judged_otherwise(top):
    take(DEBT, GRAVE, QUIET, ELSEWHERE)
    add(top)
    add(top, "hội thao", group="negative", weight=-9)
    add(top, "đề nghị đính chính", group="severity:3", weight=None)

    trial = tried(top)

    assert (trial.state, trial.done, trial.total, trial.judged) == (TrialState.DONE, 4, 4, 3)
    assert trial.counts == {"added": 1, "dropped": 1, "changed": 1}
    assert kinds(trial) == {
        "added": [DEBT.title],
        "dropped": [QUIET.title],
        "changed": [GRAVE.title],
    }
    changed = trial.rows["changed"][0]
    assert (changed["before"]["severity"], changed["after"]["severity"]) == (2, 3)
    assert trial.rows["added"][0]["reasons"][0]["text"] == "Thợ săn nợ"
    assert Item.objects.filter(is_relevant=True).count() == 2


def test_a_dry_run_looks_only_at_the_days_asked_for(top):
    take(Incoming(**{**DEBT.__dict__, "published_at": NOW - timedelta(days=40)}))
    add(top)

    assert [tried(top, days=days).counts["added"] for days in (30, 60)] == [0, 1]


def test_a_draft_that_changes_nothing_is_not_tried(top):
    verbs.start_draft(actor=top, now=NOW)

    with pytest.raises(WrongState, match="chưa đổi gì"):
        verbs.ask_trial(actor=top, now=NOW)


@pytest.mark.parametrize("days", [0, 181])
def test_a_dry_run_takes_a_sensible_span(top, days):
    add(top)
    with pytest.raises(InvalidInput, match="Chọn từ 1 đến 180 ngày"):
        verbs.ask_trial(actor=top, now=NOW, days=days)


def test_publishing_needs_a_dry_run_of_the_draft_as_it_stands(top):
    add(top)
    with pytest.raises(WrongState, match="Chạy thử"):
        verbs.publish_lexicon(actor=top, now=NOW, reason="vội")
    tried(top)
    add(top, "đòi nợ thuê")
    with pytest.raises(WrongState, match="Chạy thử"):
        verbs.publish_lexicon(actor=top, now=NOW, reason="vội")
    assert version_in_force() is None


def test_publishing_needs_a_reason_and_closes_the_draft(top):
    add(top)
    with pytest.raises(InvalidInput, match="Ghi lý do"):
        publish(top, reason=" ")

    version = publish(top)

    assert (version.number, version.reason, version.by) == (
        1,
        "báo Lam Hải dùng chữ này",
        top.official,
    )
    assert version.shipped_version == Lexicon.load().version
    assert [(c.phrases, c.by) for c in read_changes(version.changes)] == [
        (("thợ săn nợ",), str(top))
    ]
    assert open_draft() is None
    assert LexiconDraft.objects.get().published_as == version
    assert [e.step for e in ledger.of(version)] == ["publish_lexicon"]


def test_a_version_published_meanwhile_is_not_overwritten(top, keeper):
    add(top)
    tried(top)
    LexiconVersion.objects.create(
        number=1, shipped_version="x", shipped_digest="x", reason="x", by=keeper.official, at=NOW
    )

    with pytest.raises(WrongState, match="Bản số 1 đã được công bố sau khi bạn bắt đầu soạn"):
        verbs.publish_lexicon(actor=top, now=LATER, reason="chậm chân")


def test_bringing_back_is_one_act_and_makes_a_new_version(top):
    publish(add(top) and top)
    back = verbs.restore_lexicon(0, actor=top, now=LATER, reason="nhiễu quá")
    again = verbs.restore_lexicon(1, actor=top, now=LATER, reason="thật ra cần")

    assert [(v.number, v.restores, len(v.changes)) for v in versions()] == [
        (3, 1, 1),
        (2, 0, 0),
        (1, None, 1),
    ]
    assert lexicon_in_use().version.endswith("+3")
    assert [ledger.of(v).get().reason for v in (back, again)] == ["nhiễu quá", "thật ra cần"]
    for number, said in ((3, "đang được dùng"), (9, "Không có bản này")):
        with pytest.raises(InvalidInput, match=said):
            verbs.restore_lexicon(number, actor=top, now=LATER, reason="thử")


def test_a_row_is_weighed_switched_off_and_put_back(top):
    verbs.weigh_row("thi-hanh-an", actor=top, now=NOW, weight=1.5, why="nhẹ quá")
    draft = verbs.switch_off("ban-dau-gia", actor=top, now=NOW, why="nhiễu")
    assert [(c.id, c.do, c.weight) for c in read_changes(draft.changes)] == [
        ("thi-hanh-an", "weight", 1.5),
        ("ban-dau-gia", "off", None),
    ]

    draft = verbs.as_delivered("thi-hanh-an", actor=top, now=NOW)

    assert [c.id for c in read_changes(draft.changes)] == ["ban-dau-gia"]
    assert [(e.step, e.data["row"], e.reason) for e in ledger.of(draft)] == [
        ("edit_draft", "thi-hanh-an", "nhẹ quá"),
        ("edit_draft", "ban-dau-gia", "nhiễu"),
        ("edit_draft", "thi-hanh-an", ""),
    ]


def test_own_phrases_are_weighed_taken_out_and_undone_to_the_published_ones(top):
    publish(add(top) and top)
    (own,) = changes_of(1)
    verbs.weigh_row(own.id, actor=top, now=NOW, weight=3, why="nặng quá")
    draft = verbs.start_draft(actor=top, now=NOW)
    (pair,) = differences(changes_of(1), read_changes(draft.changes))
    assert (pair.before.weight, pair.after.weight) == (6.0, 3)

    draft = verbs.switch_off(own.id, actor=top, now=NOW, why="thôi")
    assert read_changes(draft.changes) == ()
    draft = verbs.undo_change(own.id, actor=top, now=NOW)

    assert read_changes(draft.changes) == (own,)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"group": "khac"}, "group", "Chọn nhóm"),
        ({"phrases": "án"}, "phrases", "quá ngắn"),
        ({"weight": 50.0}, "weight", "từ 0,1 đến 10"),
        ({"group": "negative", "weight": 2.0}, "weight", "từ −10 đến 0"),
        ({"why": "  "}, "why", "Ghi lý do"),
    ],
)
def test_what_cannot_be_a_phrase_is_refused_at_its_field(top, typed, field, said):
    with pytest.raises(InvalidInput, match=said) as refused:
        add(top, **typed)
    assert refused.value.field == field
    assert not LexiconDraft.objects.filter(changes__0__isnull=False).exists()


def test_the_same_phrase_is_not_added_twice(top):
    add(top)
    with pytest.raises(InvalidInput, match="đã có trong cùng nhóm"):
        add(top, "Thợ săn nợ", weight=1.0)


def test_levels_have_no_weight_and_unknown_rows_are_refused(top):
    with pytest.raises(InvalidInput, match="không có điểm"):
        verbs.weigh_row("muc3-thuong-vong", actor=top, now=NOW, weight=1, why="x")
    with pytest.raises(InvalidInput, match="Không có dòng này"):
        verbs.switch_off("gan-luat", actor=top, now=NOW, why="x")


def test_a_draft_can_be_put_away(top):
    add(top)
    verbs.drop_draft(actor=top, now=NOW)

    assert open_draft() is None
    assert verbs.start_draft(actor=top, now=NOW).changes == []


def test_only_the_centre_edits(desk, centre, top):
    clerk = make_actor(centre, "records_clerk", username="van-thu")
    provincial = make_actor(desk.official.posts.get().agency, "administrator", username="qt-tinh")
    for who in (desk, clerk, provincial):
        with pytest.raises(NotAllowed, match="chỉ cán bộ trung ương"):
            add(who)
        with pytest.raises(NotAllowed, match="chỉ cán bộ trung ương"):
            verbs.publish_lexicon(actor=who, now=NOW, reason="x")
        with pytest.raises(NotAllowed, match="chỉ cán bộ trung ương"):
            verbs.restore_lexicon(0, actor=who, now=NOW, reason="x")


def test_judging_again_only_adds_and_leaves_alone_what_people_decided(top):
    settled = Incoming(
        **{
            **DEBT.__dict__,
            "title": "Thợ săn nợ rút khỏi bến sông",
            "url": "https://bao-do-moi.example/11.html",
        }
    )
    debt, no, quiet = take(DEBT, settled, QUIET).items
    net = SecondNet.objects.create(at=NOW)
    SecondLook.objects.create(item=no, net=net, score=0.5, at=NOW, state=LookState.REJECTED)
    add(top)
    add(top, "hội thao", group="negative", weight=-9)

    version = publish(top, rejudge_days=30)
    outbox.deliver_due(LATER)
    run_due(LATER)

    version.refresh_from_db()
    assert (version.rejudged, version.rejudge_added, version.rejudged_at) == (1, 1, LATER)
    assert list(Item.objects.filter(is_relevant=True).order_by("pk")) == [debt, quiet]
    assert [w.agency for w in warnings_of(debt)] == [None]
    assert Item.objects.get(pk=debt.pk).lexicon_version.endswith("+1")


def test_without_the_choice_nothing_is_judged_again(top):
    take(DEBT)
    version = publish(add(top) and top)
    outbox.deliver_due(LATER)
    run_due(LATER)

    version.refresh_from_db()
    assert version.rejudged_at is None
    assert not Item.objects.filter(is_relevant=True).exists()
