"""A piece's way from the writer to the editors, every verb from every state."""

from datetime import date

import pytest

from hoiam.agencies.models import Succession
from hoiam.agencies.states import Role
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import Snapshot, Text
from hoiam.newsroom.models import Section, Submission, SubmissionPicture
from hoiam.newsroom.states.submissions import SUBMISSION_STEPS, SubmissionState
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BLOB = "ab" * 32
S = SubmissionState


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def writer(tree):
    return make.actor(tree.region1, Role.CONTRIBUTOR)


@pytest.fixture
def editor(tree):
    return make.actor(tree.province, Role.EDITOR)


@pytest.fixture
def piece(tree, writer):
    text = Text(title="Vận động thành công ở bến sông", body="Đoạn một.\nĐoạn hai.")
    return actions.begin_submission(tree.region1, text, actor=writer, now=NOW)


def article_of(tree):
    section = Section.objects.create(slug="tin", name="Tin tức")
    snapshot = Snapshot("workbench:7", "article", tree.province, section, "Vận động thành công")
    return actions.publish_article(snapshot, actor=make.actor(tree.province, Role.EDITOR), now=NOW)


def put_in(piece, state):
    fields = {"state": state, "sent_at": NOW}
    if state in {S.RETURNED, S.DECLINED}:
        fields["reason"] = "Thiếu số liệu"
    if state == S.PRINTED:
        fields["printed_on"] = date(2026, 8, 5)
    Submission.objects.system("test").filter(pk=piece.pk).update(**fields)
    return Submission.objects.system("test").get(pk=piece.pk)


def asked_again(piece, editor):
    """The question after the pictures of somebody outside, put once more."""
    Submission.objects.system("test").filter(pk=piece.pk).update(writer=None)
    piece.pictures.create(blob=BLOB, kind="image/jpeg", width=6, height=4)
    return actions.ask_for_words(piece, actor=editor, now=NOW)


def act(verb, piece, tree, writer, editor):
    by = {
        "write_submission": lambda: actions.write_submission(piece, Text("Khác"), actor=writer, now=NOW),
        "send_submission": lambda: actions.send_submission(piece, actor=writer, now=NOW),
        "withdraw_submission": lambda: actions.withdraw_submission(piece, actor=writer, now=NOW),
        "return_submission": lambda: actions.return_submission(piece, actor=editor, now=NOW, reason="Thiếu"),
        "accept_submission": lambda: actions.accept_submission(piece, actor=editor, now=NOW),
        "decline_submission": lambda: actions.decline_submission(piece, actor=editor, now=NOW, reason="Trùng"),
        "ask_for_words": lambda: asked_again(piece, editor),
        "tie_to_article": lambda: actions.tie_to_article(piece, article_of(tree), now=NOW),
        "print_elsewhere": lambda: actions.print_elsewhere(
            piece, actor=editor, now=NOW, printed_in="Báo Sông Thanh", printed_on=NOW.date()
        ),
    }  # fmt: skip
    return by[verb]()


@pytest.mark.parametrize("verb", SUBMISSION_STEPS)
@pytest.mark.parametrize("state", S)
def test_each_verb_from_each_state(piece, tree, writer, editor, state, verb):
    piece, step = put_in(piece, state), SUBMISSION_STEPS[verb]
    if state not in step.sources:
        with pytest.raises(WrongState):
            act(verb, piece, tree, writer, editor)
        return
    assert act(verb, piece, tree, writer, editor).state == (step.target or state)


def test_a_draft_is_seen_by_its_writer_alone_until_sent(piece, tree, writer, editor):
    elsewhere = make.actor(tree.other, Role.EDITOR)
    assert list(queries.submissions_visible_to(writer)) == [piece]
    assert not queries.submissions_visible_to(editor).exists()
    actions.send_submission(piece, actor=writer, now=NOW)
    assert list(queries.submissions_visible_to(editor)) == [piece]
    assert not queries.submissions_visible_to(elsewhere).exists()
    colleague = make.actor(tree.region1, Role.ENFORCEMENT_OFFICER)
    assert not queries.submissions_visible_to(colleague).exists()


def test_another_provinces_editor_may_not_take_it_in(piece, tree, writer):
    actions.send_submission(piece, actor=writer, now=NOW)
    with pytest.raises(NotAllowed):
        actions.accept_submission(piece, actor=make.actor(tree.other, Role.EDITOR), now=NOW)


def test_nobody_takes_in_a_piece_of_their_own(tree, editor):
    own = actions.begin_submission(
        tree.province, Text("Tin", body="Nội dung"), actor=editor, now=NOW
    )
    actions.send_submission(own, actor=editor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.accept_submission(own, actor=editor, now=NOW)


def test_only_who_writes_for_a_unit_begins(tree):
    with pytest.raises(NotAllowed):
        actions.begin_submission(
            tree.region2, Text("Tin"), actor=make.actor(tree.region1, Role.CONTRIBUTOR), now=NOW
        )


def test_who_writes_over_another_text_is_told(piece, writer):
    actions.write_submission(piece, Text("Lần hai"), actor=writer, now=NOW, version=1)
    with pytest.raises(Conflict):
        actions.write_submission(piece, Text("Lần ba"), actor=writer, now=NOW, version=1)
    piece.refresh_from_db()
    assert piece.title == "Lần hai"


@pytest.mark.parametrize(
    ("fields", "place"), [({"title": "", "body": "Chữ"}, "title"), ({"title": "Tin"}, "body")]
)
def test_what_is_missing_is_said_before_it_is_sent(tree, writer, fields, place):
    empty = actions.begin_submission(tree.region1, Text(**fields), actor=writer, now=NOW)
    with pytest.raises(InvalidInput) as refused:
        actions.send_submission(empty, actor=writer, now=NOW)
    assert refused.value.field == place


def test_a_picture_without_words_keeps_it_from_being_sent(piece, writer):
    picture = SubmissionPicture.objects.create(
        submission=piece, blob=BLOB, kind="image/jpeg", width=8, height=6
    )
    with pytest.raises(InvalidInput, match="1 ảnh chưa có lời tả"):
        actions.send_submission(piece, actor=writer, now=NOW)
    picture.alt = "Hai bên bắt tay"
    picture.save()
    assert actions.send_submission(piece, actor=writer, now=NOW).state == S.SENT


@pytest.mark.parametrize("verb", [actions.return_submission, actions.decline_submission])
def test_a_refusal_owes_a_reason(piece, writer, editor, verb):
    actions.send_submission(piece, actor=writer, now=NOW)
    with pytest.raises(InvalidInput):
        verb(piece, actor=editor, now=NOW, reason=" ")


def test_editors_then_the_writer_are_told_by_mail(piece, writer, editor):
    actions.send_submission(piece, actor=writer, now=NOW)
    deliver_due(NOW)
    assert [m.address for m in OutgoingMail.objects.all()] == [editor.official.email]
    actions.return_submission(piece, actor=editor, now=NOW, reason="Cần thêm ngày tháng")
    deliver_due(NOW)
    last = OutgoingMail.objects.latest("pk")
    assert last.address == writer.official.email
    assert "Cần thêm ngày tháng" in last.text


def test_accepted_it_is_material_until_a_page_is_made_of_it(piece, tree, writer, editor):
    section = Section.objects.create(slug="guong", name="Gương người tốt")
    SubmissionPicture.objects.create(
        submission=piece, blob=BLOB, kind="image/jpeg", width=800, height=600,
        alt="Hai bên <bắt tay>", caption="Sau buổi vận động", credit="Văn Bình",
    )  # fmt: skip
    text = Text(
        "Vận động thành công", "Sa pô", f'<p>Đoạn một.</p><p><img src="/anh/{BLOB}.jpg"></p>',
        theme=2, section=section, other_names="Trần Thị Sen; ",
    )  # fmt: skip
    actions.write_submission(piece, text, actor=writer, now=NOW)
    actions.send_submission(piece, actor=writer, now=NOW)
    piece = actions.accept_submission(piece, actor=editor, now=NOW)
    assert list(queries.accepted_submissions(editor)) == [piece]
    assert not queries.accepted_submissions(make.actor(tree.other, Role.EDITOR)).exists()

    material = queries.material_of(piece)
    assert (material.title, material.theme, material.section) == ("Vận động thành công", 2, section)
    assert material.body_html == (
        f'<p>Đoạn một.</p><figure><img src="/anh/{BLOB}.jpg" alt="Hai bên &lt;bắt tay&gt;" '
        'width="800" height="600"><figcaption>Sau buổi vận động – Ảnh: Văn Bình</figcaption></figure>'
    )
    assert [picture.is_placed for picture in material.pictures] == [True]
    assert [(a.name, a.official_id) for a in material.authors] == [
        (str(writer), writer.pk),
        ("Trần Thị Sen", None),
    ]

    actions.make_page_of(piece, "workbench:7", now=NOW)
    assert not queries.accepted_submissions(editor).exists()
    assert queries.submission_of_page("workbench:7") == piece
    with pytest.raises(Conflict):
        actions.make_page_of(piece, "workbench:8", now=NOW)


def test_a_piece_of_a_dissolved_unit_is_material_of_who_answers_for_it(piece, tree):
    gone = tree.region1
    gone.valid_to = date(2026, 8, 1)
    gone.save()
    Succession.objects.create(predecessor=gone, successor=tree.region2, since=date(2026, 8, 2))
    piece = Submission.objects.system("test").select_related("agency").get(pk=piece.pk)
    assert queries.material_of(piece, today=NOW.date()).agency == tree.region2


def test_published_its_writer_is_told_where_and_twice_is_once(piece, tree, writer, editor):
    actions.send_submission(piece, actor=writer, now=NOW)
    piece = actions.accept_submission(piece, actor=editor, now=NOW)
    article = article_of(tree)
    actions.tie_to_article(piece, article, now=NOW)
    piece = actions.tie_to_article(piece, article, now=NOW)
    assert (piece.state, piece.article, piece.printed_on) == (S.PRINTED, article, NOW.date())
    deliver_due(NOW)
    told = OutgoingMail.objects.filter(
        address=writer.official.email, subject__startswith="[Việc của bạn] Đã đăng"
    )
    assert told.count() == 1
