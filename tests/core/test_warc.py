"""One WARC per capture: what goes in comes out, and one changed byte is found."""

import gzip
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from multidict import CIMultiDict
from warcio.archiveiterator import ArchiveIterator

from hoiam.core.fetch import Fetched, Hop
from hoiam.core.warc import DamagedCapture, read_capture, write_capture

AT = datetime(2026, 4, 5, 8, 30, 1, 250000, tzinfo=timezone(timedelta(hours=7)))
PAGE = "<h1>Đề nghị cải chính</h1>".encode() * 50


def fetched(body=PAGE, *, packed=False, **changes):
    headers = CIMultiDict(
        {
            "Content-Type": "text/html",
            "Transfer-Encoding": "chunked",
            "X-Toa-Soan": "Đò  Mới \udcff",
        }
    )
    headers.add("Set-Cookie", "a=1")
    headers.add("Set-Cookie", "b=2")
    if packed:
        headers["Content-Encoding"] = "gzip"
    values = {
        "url": "http://bao.example/cu",
        "final_url": "http://bao.example/bai?id=1",
        "status": 200,
        "headers": headers,
        "body": body,
        "raw": gzip.compress(body) if packed else body,
        "charset": None,
        "fetched_at": AT,
        "hops": (Hop("http://bao.example/cu", 301, "/bai?id=1"),),
        "not_modified": False,
        "elapsed": 0.1,
        "tls_fault": None,
        "reason": "OK",
        "request_headers": (("Host", "bao.example"), ("User-Agent", "HoiAm/0.1")),
    }
    return Fetched(**{**values, **changes})


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("body", [PAGE, b"", b"\r\n\r\n\x00\xff", bytes(range(256)) * 2000])
def test_what_goes_in_comes_out(body, packed):
    answer = fetched(body, packed=packed, tls_fault="certificate has expired")

    capture = read_capture(write_capture(answer, about={"collector": "Máy 1", "source": 7}))

    assert (capture.url, capture.fetched_at, capture.status) == (answer.final_url, AT, 200)
    assert (capture.body, capture.raw) == (body, answer.raw)
    assert capture.request_headers == answer.request_headers
    assert dict(capture.response_headers)["X-Toa-Soan"] == "%C4%90%C3%B2%20M%E1%BB%9Bi%20%5Cxff"
    assert [v for n, v in capture.response_headers if n == "Set-Cookie"] == ["a=1", "b=2"]
    assert capture.about["about"] == {"collector": "Máy 1", "source": 7}
    assert capture.about["hops"] == [["http://bao.example/cu", 301, "/bai?id=1"]]
    assert (capture.about["asked"], capture.about["tls_fault"]) == (
        answer.url,
        "certificate has expired",
    )


def test_other_tools_can_read_it():
    data = write_capture(fetched(packed=True), about={})

    read = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(io.BytesIO(data))]

    assert [kind for kind, _ in read] == ["response", "request", "metadata"]
    assert read[0][1] == PAGE


def test_each_flipped_byte_of_the_body_is_found():
    # A packed body is stored nearly as it is, so each flip lands in data.
    data = write_capture(fetched(bytes(range(256)) * 20), about={})
    found = 0
    places = range(0, len(data), 37)
    for place in places:
        broken = bytearray(data)
        broken[place] ^= 1
        try:
            same = read_capture(bytes(broken)) == read_capture(data)
        except DamagedCapture:
            found += 1
        else:
            found += same  # a bit of the packing that carries nothing

    assert found == len(places)


@pytest.mark.parametrize("cut", [0, 1, 10, 500, -1, -40])
def test_a_cut_file_is_told(cut):
    data = write_capture(fetched(), about={})

    with pytest.raises(DamagedCapture, match="bị hỏng hoặc đã bị sửa"):
        read_capture(data[:cut])


def test_bytes_that_are_no_capture_are_told():
    for data in (b"xin chao", gzip.compress(b"xin chao"), b"\x00" * 100):
        with pytest.raises(DamagedCapture):
            read_capture(data)


def test_a_moment_is_kept_to_the_microsecond():
    at = datetime(2026, 12, 31, 17, 0, 0, 1, tzinfo=UTC)

    assert read_capture(write_capture(fetched(fetched_at=at), about={})).fetched_at == at
