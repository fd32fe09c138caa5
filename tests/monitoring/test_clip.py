"""Clipping by hand: a page, a paper, a programme; a person's word is never dropped."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hoiam.core import blobs, ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed
from hoiam.core.fetch import BadStatus
from hoiam.core.filekinds import content_type_of
from hoiam.core.warc import read_capture
from hoiam.monitoring.actions import pages
from hoiam.monitoring.actions.clip import ClipDetails, ClippedFile, clip
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.models import Capture, Item
from tests.core.fetch.loopback import answering, fetcher, site, whole
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, make_actor, take, warnings_of

PDF = ClippedFile("trang-3.pdf", b"%PDF-1.7 ban quet")
PAPER = Incoming(
    title="Bạn đọc viết về bến phà Cồn Én",
    outlet="Báo Sông Thanh",
    published_at=NOW - timedelta(days=1),
)
ON_PAPER = ClipDetails("print", issue="Số 12", page="3")
ON_AIR = ClipDetails("radio", programme="Thời sự sáng", aired_at=NOW - timedelta(hours=3))


def test_a_paper_with_its_scan_stands_before_the_clippers_agency(desk, province):
    item = clip(PAPER, ON_PAPER, actor=desk, now=NOW, file=PDF)
    rows = warnings_of(item)
    assert [(w.agency, w.severity) for w in rows] == [(province, 1)]
    assert rows[0].due_at is not None
    assert (item.clip.page, item.clip.file_name, item.clip.clipped_by) == (
        "3",
        "trang-3.pdf",
        desk.official,
    )
    assert blobs.read(item.capture.blob) == PDF.data
    assert item.capture.content_type == "application/pdf"
    assert Item.objects.get(pk=item.pk).is_relevant
    assert ledger.of(item).last().data == {"medium": "print"}


def test_the_centre_clips_for_nobody_until_it_decides(top, province):
    assert [w.agency for w in warnings_of(clip(PAPER, ON_PAPER, actor=top, now=NOW))] == [None]


def test_what_names_an_agency_goes_to_that_agency(stranger, province):
    item = clip(GRAVE, ClipDetails("web"), actor=stranger, now=NOW)
    assert [w.agency for w in warnings_of(item)] == [province]


def test_a_programme_is_dated_by_its_hour_on_air(desk):
    item = clip(replace(PAPER, published_at=None), ON_AIR, actor=desk, now=NOW)
    item.refresh_from_db()
    assert (item.published_at, item.at, item.published_from) == (
        ON_AIR.aired_at,
        ON_AIR.aired_at,
        "clip",
    )
    with pytest.raises(Conflict):
        clip(replace(PAPER, published_at=None), ON_AIR, actor=desk, now=NOW)


@pytest.mark.parametrize(
    ("incoming", "details", "field"),
    [
        (replace(PAPER, title=" "), ON_PAPER, "title"),
        (replace(PAPER, outlet=" "), ON_PAPER, "outlet"),
        (PAPER, ClipDetails("billboard"), "medium"),
        (replace(PAPER, published_at=NOW + timedelta(minutes=1)), ON_PAPER, "published_at"),
        (replace(PAPER, published_at=datetime(1026, 1, 1, tzinfo=UTC)), ON_PAPER, "published_at"),
        (replace(PAPER, published_at=datetime(2026, 8, 1)), ON_PAPER, "published_at"),
        (PAPER, replace(ON_AIR, aired_at=NOW + timedelta(hours=1)), "aired_at"),
        (PAPER, replace(ON_AIR, aired_at=None), "aired_at"),
        (PAPER, replace(ON_AIR, medium="television", programme=""), "programme"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk, incoming, details, field):
    with pytest.raises(InvalidInput) as refused:
        clip(incoming, details, actor=desk, now=NOW)
    assert refused.value.field == field
    assert Item.objects.count() == 0


@pytest.mark.parametrize(
    "data", [b"MZ\x90 program", b"<html></html>", b"", b"\0\0\0\x18ftypheic\0\0", b"PK\x03\x04"]
)
def test_a_wrong_kind_of_file_is_refused_whatever_its_name(desk, data):
    with pytest.raises(InvalidInput, match=r"Không nhận tệp “anh\.png”"):
        clip(PAPER, ON_PAPER, actor=desk, now=NOW, file=ClippedFile("anh.png", data))
    assert (Item.objects.count(), Capture.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n..", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"ID3\x04", "audio/mpeg"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"), (b"RIFF\0\0\0\0WEBP", "image/webp"), (b"RIFF\0\0\0\0AVI ", None),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"), (b"\0\0\0\x18ftypmp42", "video/mp4"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_first_bytes(data, kind):
    assert content_type_of(data) == kind


def test_a_report_already_in_the_house_is_named(desk):
    take(GRAVE)
    with pytest.raises(Conflict, match="THADS tỉnh Thanh Giang bị tố"):
        clip(
            replace(GRAVE, url=GRAVE.url + "?utm_source=mail"),
            ClipDetails("web"),
            actor=desk,
            now=NOW,
        )


def test_what_recognition_dropped_is_kept_with_its_file(desk, province):
    known = take(ELSEWHERE).items[0]
    item = clip(ELSEWHERE, ClipDetails("web"), actor=desk, now=NOW, file=PDF)
    assert (item.pk, item.capture.payload_sha256) == (known.pk, blobs.put(PDF.data).sha256)
    assert [w.agency for w in warnings_of(item)] == [province]
    with pytest.raises(Conflict):
        clip(ELSEWHERE, ClipDetails("web"), actor=desk, now=NOW)


def test_who_may_clip(province):
    with pytest.raises(NotAllowed):
        clip(PAPER, ON_PAPER, actor=make_actor(province, "examiner"), now=NOW)
    assert clip(PAPER, ON_PAPER, actor=make_actor(province, "records_clerk"), now=NOW).pk


PAGE = whole(
    "<html><head><title>Tin bến phà</title></head><body><h1>Tin bến phà Cồn Én</h1>"
    "<p>THADS tỉnh Thanh Giang bị tố chậm chi trả tiền cho người được thi hành án.</p></body></html>".encode(),
    Content_Type="text/html; charset=utf-8",
)


async def _read(answer):
    async with site(answering(answer)) as place, fetcher() as out:
        return place.url, await out.get(f"{place.url}/tin-1.html")


def test_a_page_by_its_address_is_read_and_proved(desk, province):
    url, answer = asyncio.run(_read(PAGE))
    found = pages.read_answer(answer, actor=desk)
    kept = read_capture(blobs.read(found.capture.blob))
    assert (found.page.title, kept.body) == ("Tin bến phà Cồn Én", answer.body)
    assert (found.capture.url, found.capture.by, found.capture.how) == (
        f"{url}/tin-1.html",
        desk.official,
        "ghi nhận bằng tay",
    )
    item = clip(
        Incoming(title=found.page.title, url=found.capture.url, body=found.page.body, capture_id=found.capture.pk),
        ClipDetails("web"), actor=desk, now=NOW,
    )  # fmt: skip
    assert item.capture == found.capture


def test_a_page_that_is_gone_says_so(desk):
    with pytest.raises(BadStatus, match="không còn ở địa chỉ này"):
        asyncio.run(_read(whole(b"", status="404 Not Found")))
