"""A later reading of a page: sealed versions of real edits only, judged anew, told to whom it concerns."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.core import blobs, ledger, search
from hoiam.core.fetch import Fetched
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.core.warc import read_capture
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.triage import dismiss, mark_read
from hoiam.monitoring.actions.triage import take as take_warning
from hoiam.monitoring.actions.versions import note_version
from hoiam.monitoring.models import Capture, Finding, Recheck, Version
from hoiam.monitoring.states import WarningState
from tests.monitoring.house import GRAVE, NOW, fresh, take, warnings_of

LATER = NOW + timedelta(hours=1)
MILD = replace(
    GRAVE,
    title="Bến Cồn Én chờ bàn giao khu đất trúng đấu giá",
    url="https://bao-song-thanh.example/con-en-5.html",
    sapo="Thi hành án dân sự tỉnh Thanh Giang hẹn bàn giao vào tháng sau.",
    body="Cơ quan thi hành án dân sự tỉnh Thanh Giang cho biết đang đo đạc lại ranh giới khu đất ở Cồn Én. "
    * 3,
)
WORSE = (
    "Chấp hành viên của Thi hành án dân sự tỉnh Thanh Giang bị khởi tố, bắt tạm giam vì nhận hối lộ trong vụ bàn giao "
    "khu đất ở Cồn Én, theo cơ quan điều tra. "
) * 2  # fmt: skip


def html(title=MILD.title, sapo=MILD.sapo, body=MILD.body, more=""):
    """The page of the report, with what surrounds it."""
    return (
        f'<html><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta name="description" content="{sapo}"></head><body><nav>Trang chủ</nav><article><h1>{title}</h1>'
        f'<p class="sapo">{sapo}</p><p>{body}</p></article>{more}</body></html>'
    ).encode()


def answer(data, *, status=200, at=LATER, url=MILD.url, final="", **more):
    """What the site answered."""
    fetched = {
        "url": url, "final_url": final or url, "status": status, "headers": {"Content-Type": "text/html; charset=utf-8"},
        "body": data, "raw": data, "charset": "utf-8", "fetched_at": at, "hops": (), "not_modified": status == 304,
        "elapsed": 0.1, "tls_fault": None,
    }  # fmt: skip
    return Fetched(**(fetched | more))


@pytest.fixture
def item(province):
    """A mild report with its page kept."""
    kept = keep_page(answer(html(), at=NOW), actor=None, how="nguồn: Báo Sông Thanh")
    return take(replace(MILD, capture_id=kept.pk)).items[0]


def note(item, data=b"", *, now=LATER, **more):
    return note_version(item, answer(data, at=now, **more), now=now, how="xem lại theo lịch")


def kinds(item):
    return [version.kind for version in item.versions.all()]


# An edit


def test_an_edit_is_a_sealed_version_beside_the_first(item):
    version = note(item, html(body=MILD.body.replace("Cồn Én", "Gò Mây", 1)))
    first = item.versions.get(number=1)
    assert (kinds(item), version.parts) == (["first", "changed"], ["body"])
    assert (first.at, first.capture_id, first.body) == (NOW, item.capture_id, MILD.body.strip())
    assert (version.at, version.how, version.by) == (LATER, "xem lại theo lịch", None)
    kept = read_capture(blobs.read(version.capture.blob))
    assert hashlib.sha256(kept.body).hexdigest() == version.capture.payload_sha256
    entry = ledger.of(item).get(step="note_version")
    assert entry.data == {
        "number": 2, "kind": "changed", "parts": ["body"], "text": version.text_sha256,
        "page": version.capture.payload_sha256,
    }  # fmt: skip
    assert list(ledger.breaks()) == []


def test_the_item_shows_the_new_text_and_is_found_by_both(item):
    note(item, html(title="Cồn Én đã được giao đất"))
    item.refresh_from_db()
    assert item.title == "Cồn Én đã được giao đất"
    assert fresh(warnings_of(item)[0]).story.title == "Cồn Én đã được giao đất"
    for words in ("da duoc giao dat", "cho ban giao khu dat"):
        assert [hit.key for hit in search.find(words, kinds=["item"], scope={"press"})] == [str(item.pk)]  # fmt: skip


def test_every_further_edit_is_one_more_and_compares_with_the_last(item):
    note(item, html(title="Một"))
    note(item, html(title="Hai"), now=LATER + timedelta(hours=5))
    assert note(item, html(title="Hai"), now=LATER + timedelta(hours=9)) is None
    assert [v.title for v in item.versions.all()] == [MILD.title, "Một", "Hai"]
    note(
        item, html(), now=LATER + timedelta(hours=10)
    )  # back to the first words: that too is an edit
    assert kinds(item) == ["first", "changed", "changed", "changed"]


@pytest.mark.parametrize(
    "data",
    [
        html(),
        html(more="<aside>Quảng cáo máy gặt</aside><script>let n = 5;</script><footer>Lượt xem: 9.120</footer>"),
        html(title=MILD.title.replace(" ", "&nbsp;")),
        html(body=MILD.body.replace(". ", ".  ")),
    ],
)  # fmt: skip
def test_what_no_reader_sees_is_no_version(item, data):
    assert note(item, data) is None
    assert (Version.objects.count(), Capture.objects.count()) == (0, 1)


def test_not_modified_is_no_version_and_plans_the_next_reading(item):
    assert note(item, status=304) is None
    row = Recheck.objects.get(item=item)
    assert (row.times, row.due_at, row.problem) == (1, NOW + timedelta(hours=6), "")


def test_a_clock_that_went_back_keeps_versions_in_order_and_the_next_reading_ahead(item):
    note(item, html(title="Một"))
    early = NOW - timedelta(days=1)
    version = note(item, html(title="Hai"), now=early)
    assert (version.number, version.at) == (3, early)
    assert Recheck.objects.get(item=item).due_at > early
    item.refresh_from_db()
    assert item.title == "Hai"


# Graver


def test_a_graver_text_warns_again_and_says_why(item, desk):
    warning = warnings_of(item)[0]
    mark_read(warning, actor=desk, now=NOW)
    before = warning.severity
    note(item, html(title="Chấp hành viên bị bắt trong vụ Cồn Én", body=WORSE))
    again = fresh(warning)
    assert again.severity > before
    assert (again.state, again.why.startswith("Báo đã sửa bài. ")) == (WarningState.NEW, True)
    assert item.versions.get(number=2).severity == again.severity
    assert OutboxMessage.objects.filter(kind="warning_raised", subject_id=warning.pk).count() == 2


def test_a_toned_down_text_takes_nothing_back(item):
    note(item, html(title="Chấp hành viên bị bắt trong vụ Cồn Én", body=WORSE))
    worst = warnings_of(item)[0].severity
    note(item, html(), now=LATER + timedelta(hours=6))
    assert warnings_of(item)[0].severity == worst
    assert Finding.objects.get(item=item).severity == worst


def test_a_text_that_speaks_of_others_now_keeps_only_reasons_that_still_stand(item):
    note(item, html(title="Giá rau ở Cồn Én tăng", sapo="Mưa lớn.", body="Khu đất ở Cồn Én bị ngập. " + MILD.body[:0] + "Rau lên giá. " * 9))  # fmt: skip
    item.refresh_from_db()
    finding = Finding.objects.get(item=item)
    texts = {"title": item.title, "sapo": item.sapo, "text": item.body}
    assert all(texts[r["field"]][r["start"] : r["end"]] == r["text"] for r in finding.reasons)
    assert item.is_relevant and warnings_of(item)


def test_the_same_wording_twice_warns_once(item):
    note(item, html(title="Một"))
    note(item, html(title="Hai"), now=LATER + timedelta(hours=5))
    assert OutboxMessage.objects.filter(kind="warning_raised").count() == 1


def test_an_edit_may_make_a_report_concern_us(province):
    plain = replace(MILD, title="Cồn Én mùa nước nổi", sapo="Chợ nổi đông.", body="Thuyền bè tấp nập. " * 6)  # fmt: skip
    item = take(plain).items[0]
    assert not item.is_relevant
    note(item, html(title=plain.title, sapo=plain.sapo, body=WORSE))
    assert [warning.agency for warning in warnings_of(item)] == [province]


def test_an_edit_is_judged_with_the_home_of_its_outlet(centre):
    body = "Phòng Thi hành án dân sự khu vực 2 họp giao ban, nghe báo cáo công tác quý III. " * 5
    first = replace(
        MILD, url="https://baobacgiang.vn/hop-6.html", title="Họp giao ban", sapo="", body=body
    )
    item = take(first).items[0]
    later = body.replace("quý III", "quý IV")
    assert note(item, html(first.title, "", later), url=first.url).parts == ["body"]
    item.refresh_from_db()
    assert "quý IV" in item.body
    (found,) = item.finding.attributions.all()
    assert found.name == "Phòng THADS khu vực 2 - Bắc Ninh"


def test_who_has_it_in_hand_is_told_once(item, desk):
    take_warning(warnings_of(item)[0], actor=desk, now=NOW)
    note(item, html(title="Một"))
    for _ in range(2):
        deliver_due(LATER)
    mails = OutgoingMail.objects.filter(subject="[Báo đã sửa] Một")
    assert [mail.address for mail in mails] == ["dau-moi@thanhgiang.example"]


def test_a_dismissed_matter_is_not_mailed_about(item, desk):
    dismiss(warnings_of(item)[0], actor=desk, now=NOW, reason="passing")
    note(item, html(title="Một"))
    deliver_due(LATER)
    assert not OutgoingMail.objects.filter(subject__startswith="[Báo đã sửa]").exists()


# Gone, and not to be believed


@pytest.mark.parametrize("status", [404, 410])
def test_a_removed_page_is_noted_with_its_answer(item, status):
    version = note(item, b"<html><title>Khong tim thay</title></html>", status=status)
    row = Recheck.objects.get(item=item)
    assert (kinds(item), version.capture.status, row.gone_at) == (["first", "gone"], status, LATER)
    assert version.note.startswith("Trang trả lời không còn bài này")
    item.refresh_from_db()
    assert item.title == MILD.title
    later = LATER + timedelta(days=1)
    assert note(item, b"", status=status, now=later) is None
    assert Recheck.objects.get(item=item).gone_at == LATER


def test_a_page_that_comes_back_is_noted_too(item):
    note(item, b"", status=404)
    version = note(item, html(), now=LATER + timedelta(hours=5))
    assert (kinds(item), version.title) == (["first", "gone", "back"], MILD.title)
    assert Recheck.objects.get(item=item).gone_at is None


WALL = html(body="Cơ quan thi hành án dân sự tỉnh Thanh Giang. Vui lòng đăng nhập để đọc tiếp.")
DOUBTS = {
    "wall": ({"data": WALL}, "đăng nhập"),
    "empty": ({"data": b"<html><head><title>Bao</title></head><body></body></html>"}, "không còn nội dung"),
    "front": ({"data": html(title="Báo Sông Thanh", body="Tin mới nhất trong ngày. " * 9), "final": "https://bao-song-thanh.example/"}, "trang chủ"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOUBTS)
def test_a_doubtful_answer_changes_nothing_and_says_so_once(item, kind):
    given, word = DOUBTS[kind]
    version = note(item, **given)
    assert (kinds(item), word in version.note) == (["first", "doubtful"], True)
    assert note(item, **given, now=LATER + timedelta(hours=5)) is None
    row = Recheck.objects.get(item=item)
    assert (word in row.problem, row.etag, row.gone_at) == (True, "", None)
    item.refresh_from_db()
    assert item.body == MILD.body.strip()
    assert note(item, html(title="Một"), now=LATER + timedelta(hours=9)).kind == "changed"


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_an_error_of_the_site_is_no_version(item, status):
    assert note(item, b"Loi", status=status) is None
    row = Recheck.objects.get(item=item)
    assert (row.failures, str(status) in row.problem, row.due_at) == (1, True, LATER + timedelta(hours=1))  # fmt: skip


# Reports of which no page was kept


def test_the_first_page_of_a_feed_only_report_is_evidence_not_an_edit(province):
    item = take(replace(MILD, title=MILD.title.upper())).items[0]
    assert note(item, html(title=MILD.title + " | Báo Sông Thanh")) is None
    item.refresh_from_db()
    assert item.capture.how == "xem lại theo lịch"


def test_a_text_read_for_the_first_time_is_not_called_an_edit(province):
    item = take(replace(MILD, body="")).items[0]
    version = note(item, html())
    item.refresh_from_db()
    assert (version.kind, item.body) == ("filled", MILD.body.strip())
    assert not OutboxMessage.objects.filter(kind="item_changed").exists()


def test_another_wording_of_an_import_is_not_called_an_edit(province):
    item = take(
        replace(MILD, body="Tóm tắt: Thi hành án dân sự tỉnh Thanh Giang hẹn giao đất.")
    ).items[0]
    assert note(item, html()).kind == "filled"
    assert note(item, html(title="Một"), now=LATER + timedelta(hours=5)).kind == "changed"


def test_a_lost_capture_does_not_stop_the_reading(item):
    Capture.objects.filter(pk=item.capture_id).update(blob="0" * 64)
    assert note(item, html(title="Giao đất Cồn Én")).kind == "changed"


def test_an_official_may_be_the_one_who_had_it_read(item, desk):
    version = note_version(item, answer(html(title="Một")), now=LATER, how="đọc lại theo yêu cầu", actor=desk)  # fmt: skip
    assert (version.by, version.capture.by) == (desk.official, desk.official)
    assert ledger.of(item).get(step="note_version").actor == desk.official
