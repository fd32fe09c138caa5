"""What readers write: matched before it is kept, settled one way, and forgotten in time."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import LedgerEntry
from hoiam.kit.rulebook import default_number
from hoiam.monitoring.models import Item, Warning
from hoiam.newsroom.actions import social_acts
from hoiam.newsroom.actions import social_messages as verbs
from hoiam.newsroom.connectors import Comment
from hoiam.newsroom.jobs.social import keeping, reading
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.newsroom.models import SocialMessage
from hoiam.newsroom.queries.social import messages_visible_to, open_messages_of
from hoiam.newsroom.social_csv import read_comments_file
from hoiam.newsroom.states.social import MESSAGE_STEPS, MessageState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.platforms import Graph, door, running
from tests.newsroom.social_house import again, approved, channel, message, the_act, writer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
OURS = "Chấp hành viên vẫn chưa kê biên tài sản, hồ sơ của tôi quá chậm"
XSS = "<img src=x onerror=alert(1)> chấp hành viên chậm kê biên"


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def page(tree):
    return channel(tree.province, "facebook")


def comment(text=OURS, number=1, **fields):
    given = {
        "platform_id": f"c{number}", "kind": "comment", "text": text, "author": "Bạn đọc A",
        "under": "p1", "permalink": "https://facebook.example/c1", "written_at": NOW - timedelta(hours=3),
    }  # fmt: skip
    return Comment(**(given | fields))


def kept():
    return list(SocialMessage.objects.system("a test looks").order_by("pk"))


def test_what_does_not_concern_us_leaves_nothing_but_a_count(page):
    strangers = [comment("Bài hát hay quá", 2), comment("Mua nhà trả góp, inbox", 3)]
    found = verbs.bring_in(page, [comment(), *strangers], actor=None, now=NOW, how="API")
    assert (found.kept, found.known, found.passed_over) == (1, 0, 2)
    [row] = kept()
    assert (row.text, row.author, row.state) == (OURS, "Bạn đọc A", MessageState.NEW)
    assert row.reasons
    assert again(page).passed_over == 2
    assert "Bài hát" not in " ".join(str(e.data) + e.reason for e in LedgerEntry.objects.all())


def test_the_same_message_is_kept_once(page):
    for _ in range(2):
        found = verbs.bring_in(page, [comment(), comment()], actor=None, now=NOW, how="API")
    assert (found.kept, found.known, len(kept())) == (0, 1, 1)


def test_bad_moments_addresses_and_signs_do_not_stop_it(page):
    odd = comment(f"{OURS}\u0000\u202e", 1, written_at=NOW + timedelta(days=9), permalink="javascript:alert(1)", author="A\u0007")  # fmt: skip
    verbs.bring_in(page, [odd, comment(platform_id="")], actor=None, now=NOW, how="API")
    [row] = kept()
    assert (row.written_at, row.permalink, row.author) == (None, "", "A")
    assert "\0" not in row.text


def test_the_job_reads_the_page_and_a_fault_stands_on_the_account(tree, page, settings):
    approved(tree.province, page, picture=False)
    with running(Graph(at=NOW)) as graph:
        settings.HOIAM_FACEBOOK_API = f"{graph.url}/v25.0"
        try_act(the_act().pk, NOW, make_fetcher=door)
        made = again(the_act()).external_id
        graph.say(OURS, made)
        graph.say("Đẹp quá", made)
        found = reading.read_channel(again(page), NOW + timedelta(minutes=15), make_fetcher=door)
        assert (found.kept, found.passed_over) == (1, 1)
        graph.faults = ["429"]
        assert reading.read_channel(again(page), LATER, make_fetcher=door) is None
        assert again(page).rest_until == LATER + timedelta(seconds=120)
        assert "thưa hơn" in again(page).last_error
        graph.faults = ["expired"]
        reading.read_channel(again(page), LATER + timedelta(hours=1), make_fetcher=door)
        assert again(page).token_fault


# Every verb from every state

VERBS = {
    "take_message": lambda row, actor: verbs.take_message(row, actor=actor, now=LATER),
    "turn_message": lambda row, actor: verbs.turn_message(row, actor=actor, now=LATER, into="letter", to="Đơn đến số 12"),
    "close_message": lambda row, actor: verbs.close_message(row, actor=actor, now=LATER, reason="Đã gọi điện"),
    "draft_reply": lambda row, actor: social_acts.draft_reply(row, actor=actor, now=LATER, text="Mời anh đến."),
    "propose_hiding": lambda row, actor: social_acts.propose_hiding(row, actor=actor, now=LATER, reason="Lộ số điện thoại"),
}  # fmt: skip


def test_every_step_of_a_message_has_one_verb():
    assert set(VERBS) == set(MESSAGE_STEPS)


@pytest.mark.parametrize("verb", sorted(MESSAGE_STEPS))
@pytest.mark.parametrize("state", MessageState.values)
def test_a_message_follows_the_table_and_nothing_else(tree, page, state, verb):
    row, step = message(page, state=state), MESSAGE_STEPS[verb]
    if state in step.sources:
        VERBS[verb](row, writer(tree.province))
        assert again(row).state == (step.target or state)
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            VERBS[verb](row, writer(tree.province))
        assert again(row).state == state


def test_taken_is_not_answered(tree, page):
    row = verbs.take_message(message(page), actor=writer(tree.province), now=LATER)
    assert (row.taken_at, row.answered_at) == (LATER, None)
    assert list(open_messages_of(make.head(tree.province))) == [row]


def test_a_report_goes_before_the_warning_desk(tree, page):
    focal = make.focal_point(tree.province)
    row = message(page, text=OURS, permalink="https://facebook.example/c1", written_at=NOW)
    turned = verbs.turn_message(row, actor=focal, now=LATER, into="report")
    item = Item.objects.get()
    assert turned.turned_to == f"item:{item.pk}"
    assert item.clip.medium == "social"
    assert Warning.objects.system("a test looks").filter(story=item.story).exists()
    assert "Bạn đọc" not in f"{item.title} {item.body} {item.author}"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (lambda row, who: verbs.close_message(row, actor=who, now=NOW, reason=" "), "Ghi lý do"),
        (lambda row, who: verbs.turn_message(row, actor=who, now=NOW, into="x"), "Chọn chuyển"),
        (lambda row, who: verbs.turn_message(row, actor=who, now=NOW, into="letter"), "Ghi nơi"),
        (lambda row, who: social_acts.draft_reply(row, actor=who, now=NOW, text=" "), "Viết câu"),
        (lambda row, who: social_acts.propose_hiding(row, actor=who, now=NOW, reason=""), "Ghi lý"),
    ],
)
def test_what_is_missing_is_asked_for(tree, page, run, words):
    with pytest.raises(InvalidInput, match=words):
        run(message(page), writer(tree.province))


def test_one_answer_at_a_time_and_who_drafts_does_not_confirm(tree, page):
    row, head = message(page), make.head(tree.province)
    reply = social_acts.draft_reply(row, actor=head, now=NOW, text="Mời anh đến.")
    with pytest.raises(WrongState, match="chưa xong"):
        social_acts.draft_reply(row, actor=head, now=NOW, text="Khác")
    with pytest.raises(NotAllowed, match="không tự xác nhận"):
        social_acts.confirm_act(reply, actor=head, now=NOW)
    with pytest.raises(NotAllowed, match="Chỉ lãnh đạo"):
        social_acts.confirm_act(reply, actor=writer(tree.province), now=NOW)


# Kept no longer than needed


def test_names_go_some_days_after_the_matter_is_over_and_open_ones_stay(tree, page):
    days = default_number("MD-155")
    over = message(page, kind="direct", under="u-77")
    social_acts.draft_reply(over, actor=writer(tree.province), now=NOW, text="Mời anh đến.")
    verbs.close_message(over, actor=writer(tree.province), now=NOW, reason="Đã gọi")
    open_one = message(page)
    assert keeping.keep_keys_and_names.func(NOW + timedelta(days=days, seconds=-1)) == 0
    assert again(over).author == "Bạn đọc"
    at = NOW + timedelta(days=days)
    assert keeping.keep_keys_and_names.func(at) == 1
    assert keeping.keep_keys_and_names.func(at) == 0
    row = again(over)
    assert (row.author, row.under, row.wiped_at) == ("", "", at)
    assert over.acts.get().target == ""
    assert again(open_one).author == "Bạn đọc"


def test_the_ledger_holds_no_name_of_a_reader(tree, page):
    verbs.bring_in(page, [comment(author="Nguyễn Thị Dân")], actor=None, now=NOW, how="API")
    verbs.take_message(kept()[0], actor=writer(tree.province), now=NOW)
    assert "Nguyễn Thị Dân" not in " ".join(f"{e.reason}{e.data}" for e in LedgerEntry.objects.all())  # fmt: skip


def test_scope_of_messages(tree, page):
    message(page)
    assert messages_visible_to(make.head(tree.province)).count() == 1
    assert messages_visible_to(make.head(tree.other)).count() == 0


# Files


def read(text, encoding="utf-8"):
    return read_comments_file(text.encode(encoding), now=NOW)


def test_a_file_is_read_with_any_of_the_usual_separators_and_marks():
    rows = "Noi dung;NGƯỜI VIẾT;Thời điểm;Mã;Loại\nChào;An;05/04/2026 14:05;x1;Tin nhắn\n"
    [one] = read(rows).rows
    assert (one.text, one.author, one.platform_id, one.kind) == ("Chào", "An", "x1", "direct")
    assert read(rows.replace(";", "\t"), "utf-16").rows == (one,)
    assert read(rows.replace(";", ","), "utf-8-sig").rows == (one,)


def test_every_bad_row_is_named_with_its_line_and_the_good_ones_stay():
    text = (
        "Nội dung,Thời điểm,Đường dẫn,Loại,Mã\n"
        "Tốt,05/04/2026 14:05,https://a.example,,1\n"
        ",,,,2\n"
        "Sai giờ,32/13/2026,,,3\n"
        "Ngày mai,01/01/2099 08:00,,,4\n"
        'Sai liên kết,,javascript:alert(1),,5\n'
        "Sai loại,,,Ảnh,6\n"
        f"{'a' * 8001},,,,7\n"
        "Trùng,,,,1\n"
    )  # fmt: skip
    found = read(text)
    assert [row.platform_id for row in found.rows] == ["1"]
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (3, "Nội dung"), (4, "Thời điểm"), (5, "Thời điểm"), (6, "Đường dẫn"), (7, "Loại"),
        (8, "Nội dung"), (9, "Mã"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        ("Tên,Lời\na,b".encode(), "chưa có cột"),
        ("Nội dung\n".encode(), "chỉ có dòng đầu"),
        ("Nội dung\nchữ TCVN".encode() + b"\xb5\xae", "CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", "không phải tệp CSV"),
        (b"a" * (2 * 1024 * 1024 + 1), "lớn hơn 2 MB"),
        (("Nội dung\n" + "x\n" * 2001).encode(), "2.000 dòng"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(data, words):
    with pytest.raises(InvalidInput, match=words):
        read_comments_file(data, now=NOW)


def test_a_row_without_a_code_is_the_same_row_next_time(page):
    text = f"Nội dung\n{XSS}\n"
    for _ in range(2):
        found = verbs.bring_in(page, read(text).rows, actor=make.focal_point(page.agency), now=NOW, how="tệp")  # fmt: skip
    assert (found.kept, found.known) == (0, 1)
    assert kept()[0].text == XSS


def test_who_does_not_write_brings_nothing_in(tree, page):
    with pytest.raises(NotAllowed):
        verbs.bring_in(page, [comment()], actor=make.actor(tree.province, Role.ENFORCEMENT_OFFICER), now=NOW, how="tệp")  # fmt: skip
