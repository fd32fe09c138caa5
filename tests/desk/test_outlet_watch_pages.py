"""Theo dõi báo and Leo thang as pages: what waits is confirmed, refusals keep what was typed, strangers see nothing."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.states import MediaType
from hoiam.handling import actions
from hoiam.handling.models import Case, Evidence, OutletLook, OutletWatch, Rung
from hoiam.handling.states import CaseState, PaperState
from hoiam.monitoring.models import Version
from tests import factories as make
from tests.desk.casework import Province

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MOST_QUERIES = 15


@pytest.fixture
def province():
    return Province()


def watched(province, number=1, proof=True, **fields):
    """A case whose outlet received our paper an hour ago."""
    case = province.case(number)
    Case.objects.system("test").filter(pk=case.pk).update(state=CaseState.WATCHING)
    case.refresh_from_db()
    item = case.case_items.first().item
    now = timezone.now()
    paper = make.paper(
        case, PaperState.SENT, kind="response", item=item, channel=province.channel,
        press_agency=province.paper, sent_at=now - 2 * HOUR, issued_on=now.date(), **fields,
    )  # fmt: skip
    evidence = Evidence.objects.create(
        case=case, title="Giấy báo phát", file_name="a.pdf", content_type="application/pdf",
        blob="0" * 64, size=1, added_by=province.focal, added_at=now,
    ) if proof else None  # fmt: skip
    actions.mark_delivered(
        paper, actor=province.actor(province.clerk), now=now, at=now - HOUR, evidence=evidence
    )
    return OutletWatch.objects.system("test").select_related("case", "item").get(paper=paper)


def proposed(watch, reply="incomplete", words="Có tên tác phẩm; thiếu ngày đăng 03/08/2026."):
    look = OutletLook.objects.create(
        watch=watch, at=timezone.now(), place="page", url="https://songthanh.example/cai-chinh",
        result="partial", words=words, missing=["thiếu ngày đăng"],
    )  # fmt: skip
    OutletWatch.objects.system("test").filter(pk=watch.pk).update(
        proposal=reply, proposal_words=words, proposed_at=timezone.now(), proposal_look=look,
        proposed_key="k", looked_at=timezone.now(),
    )  # fmt: skip
    return look


def signed_in(who):
    client = Client()
    client.force_login(who)
    return client


def page_of(client, watch, **query):
    return client.get(reverse("desk-outlet-watch", args=[watch.pk]), query)


def test_the_list_says_outlet_place_light_last_look_and_what_waits(province):
    proposed(watched(province))
    text = signed_in(province.focal).get(reverse("desk-outlet-watches")).content.decode()
    for words in ("Báo Sông Thanh", "Đăng ý kiến phản hồi", "chuyên mục riêng trên trang chủ", "PH-01",
                  "Thấy thiếu", "chờ xác nhận", "Có đăng nhưng thiếu nội dung bắt buộc", "xem tiếp"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("tab", ["open", "waiting", "lacking", "late", "done", "all", "la"])
def test_every_tab_opens_empty_and_full(province, tab):
    client = signed_in(province.focal)
    assert client.get(reverse("desk-outlet-watches"), {"tab": tab}).status_code == 200
    watched(province)
    assert client.get(reverse("desk-outlet-watches"), {"tab": tab}).status_code == 200


def test_the_list_costs_the_same_for_one_row_and_for_three(province):
    client = signed_in(province.focal)
    counts = []
    for number in (1, 2, 3):
        proposed(watched(province, number))
        client.get(reverse("desk-outlet-watches"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("desk-outlet-watches"))
        counts.append(len(asked))
    assert counts[0] == counts[2] <= MOST_QUERIES


def test_one_watch_costs_the_same_for_one_look_and_for_three(province):
    watch, client, counts = watched(province), signed_in(province.focal), []
    page_of(client, watch)
    for _ in range(3):
        proposed(watch)
        with CaptureQueriesContext(connection) as asked:
            assert page_of(client, watch).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2] <= MOST_QUERIES


def test_a_suggestion_is_confirmed_with_its_words_already_filled_in(province):
    watch = watched(province)
    proposed(watch)
    client = signed_in(province.focal)
    text = page_of(client, watch).content.decode()
    assert "Hệ thống đề xuất: Có đăng nhưng thiếu" in text and "chưa được tính" in text
    answer = client.post(
        reverse("desk-outlet-watch-step", args=[watch.pk, "reply"]),
        {
            "reply": "incomplete",
            "note": "thiếu ngày đăng",
            "url": "https://songthanh.example/cai-chinh",
        },
    )
    assert answer.status_code == 302
    watch.refresh_from_db()
    assert (watch.state, watch.proposal) == ("incomplete", "")
    text = page_of(client, watch).content.decode()
    assert "Đã gửi 1 / 2 lượt phản hồi" in text and "Soạn lượt tiếp theo" in text


def test_a_refused_reply_comes_back_with_what_was_typed(province):
    watch = watched(province, proof=False)
    client = signed_in(province.focal)
    answer = client.post(
        reverse("desk-outlet-watch-step", args=[watch.pk, "reply"]),
        {"reply": "no_reaction", "note": "gọi ba lần không ai nghe"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "chứng cứ báo đã nhận" in text and "gọi ba lần không ai nghe" in text


def test_a_denied_suggestion_wants_a_reason_and_then_is_gone(province):
    watch = watched(province)
    proposed(watch)
    client, url = signed_in(province.focal), reverse("desk-outlet-watch-step", args=[watch.pk, "dismiss"])  # fmt: skip
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "lời cải chính của bài khác"}).status_code == 302
    # A stale page says so instead of failing.
    stale = client.post(url, {"reason": "lần nữa"})
    assert stale.status_code == 422 and "Không còn đề xuất" in stale.content.decode()


def test_before_and_after_stand_side_by_side(province):
    watch = watched(province)
    for number, body, at in (
        (1, "Cán bộ chiếm đoạt tiền.", watch.started_at - HOUR),
        (2, "Cán bộ chậm trả tiền.", watch.started_at + HOUR / 2),
    ):
        Version.objects.create(
            item=watch.item, number=number, kind="first" if number == 1 else "changed", at=at,
            title=watch.item.title, body=body, parts=["body"],
        )  # fmt: skip
    text = page_of(signed_in(province.focal), watch).content.decode()
    assert "Bài báo trước và sau" in text
    assert "chiếm đoạt</del>" in text and "chậm trả</ins>" in text


def test_the_second_round_opens_as_a_draft(province):
    watch = watched(province, fields={"response": "Đã trả tiền."})
    client = signed_in(province.focal)
    early = client.post(reverse("desk-outlet-watch-round", args=[watch.pk]), follow=True)
    assert "Chỉ soạn lượt tiếp theo khi" in early.content.decode()
    OutletWatch.objects.system("test").update(state="refused")
    answer = client.post(reverse("desk-outlet-watch-round", args=[watch.pk]))
    assert answer.url.startswith("/desk/papers/")


def test_printed_outlets_say_that_people_look(province):
    province.channel.media_type = MediaType.DAILY_PRINT
    province.channel.save()
    text = page_of(signed_in(province.focal), watched(province)).content.decode()
    assert "không có trang để hệ thống tự xem" in text and "Xem ngay" not in text


def test_the_address_of_corrections_must_be_the_outlets(province):
    province.channel.host = "songthanh.example"
    province.channel.save()
    watch, client = watched(province), signed_in(province.focal)
    url = reverse("desk-outlet-watch-step", args=[watch.pk, "section"])
    refused = client.post(url, {"url": "https://khac.example/x"})
    assert refused.status_code == 422 and "https://khac.example/x" in refused.content.decode()
    assert client.post(url, {"url": "https://songthanh.example/cai-chinh"}).status_code == 302


def test_the_case_page_shows_its_watches_and_the_work_list_what_waits(province):
    watch = watched(province)
    proposed(watch)
    client = signed_in(province.focal)
    with CaptureQueriesContext(connection) as asked:
        text = client.get(reverse("desk-case", args=[watch.case_id])).content.decode()
    assert 'id="theo-doi-bao"' in text and "chờ xác nhận: có đăng nhưng thiếu" in text
    assert "mark_delivered" not in text and len(asked) <= 23
    assert "Xác nhận kết quả ở báo" in client.get(reverse("desk-home")).content.decode()


def test_the_ladder_shows_rungs_and_takes_the_next_one(province):
    watch = watched(province)
    case_url = reverse("desk-escalation", args=[watch.case_id])
    client = signed_in(province.head)
    text = client.get(case_url).content.decode()
    for words in ("Cơ quan báo chí", "Cơ quan chủ quản", "Cơ quan quản lý nhà nước về báo chí", "Tòa án",
                  "Còn thiếu", "chưa xác minh", "Đơn khởi kiện do luật sư"):  # fmt: skip
        assert words in text
    told = unescape(text.rpartition("?do=dossier")[2].partition("#")[0])
    evidence = client.get(f"{reverse('desk-case-evidence', args=[watch.case_id])}?do=dossier{told}")
    assert 'value="Tòa án có thẩm quyền"' in evidence.content.decode()
    begin = reverse("desk-escalation-step", args=[watch.case_id, "begin"])
    refused = client.post(begin, {"level": "owner", "addressee": "Hội Nhà văn", "reason": ""})
    assert refused.status_code == 422 and "Hội Nhà văn" in refused.content.decode()
    done = client.post(begin, {"level": "owner", "addressee": "Hội Nhà văn", "reason": "báo từ chối miệng"})  # fmt: skip
    assert done.status_code == 302 and Rung.objects.system("test").get().level == "owner"
    record = reverse("desk-escalation-step", args=[watch.case_id, "record"])
    assert client.post(record, {"level": "owner"}).status_code == 422
    sent = client.post(record, {"level": "owner", "sent_at": f"{timezone.localtime():%d/%m/%Y} 00:01", "sent_how": "bưu điện"})  # fmt: skip
    assert sent.status_code == 302
    with CaptureQueriesContext(connection) as asked:
        text = client.get(case_url).content.decode()
    assert "bưu điện" in text and len(asked) <= MOST_QUERIES


def test_who_may_not_decide_sees_no_form_of_a_rung(province):
    watch = watched(province)
    text = signed_in(province.clerk).get(reverse("desk-escalation", args=[watch.case_id])).content.decode()  # fmt: skip
    assert "Bắt đầu bậc này" not in text


@pytest.mark.parametrize(
    "name", ["desk-outlet-watch", "desk-outlet-watch-look", "desk-outlet-watch-round", "desk-outlet-watch-section"]
)  # fmt: skip
def test_a_stranger_gets_nothing(province, name):
    watch, client = watched(province), signed_in(province.elsewhere)
    url = reverse(name, args=[watch.pk])
    assert {client.get(url).status_code, client.post(url).status_code} <= {404, 405}
    assert watch.case.title not in client.get(reverse("desk-outlet-watches"), {"tab": "all"}).content.decode()  # fmt: skip
    assert client.get(reverse("desk-escalation", args=[watch.case_id])).status_code == 404
