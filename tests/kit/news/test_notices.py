"""Notice mails: links and titles out, buttons and the sender's own pages left."""

from email.message import EmailMessage
from urllib.parse import quote

import pytest

from hoiam.kit.news import read_notice

LINK = "https://songthanh.example/cham-tra-tien-1.html?a=1&b=2"
PASSED = f"https://www.google.com/url?rct=j&sa=t&url={quote(LINK, safe='')}&ct=ga"
HTML = f"""<div><a href="{PASSED.replace("&", "&amp;")}"><b>THADS</b> Thanh Giang
 chậm chi trả</a><a href="{PASSED.replace("&", "&amp;")}">Xem bài này ở đây nhé</a>
<a href="https://www.google.com/alerts/remove">Hủy đăng ký nhận thông báo</a>
<a href="https://domoi.example/x.html">Xem</a>
<a href="https://dịch-vụ.example/huy">Huỷ đăng ký khỏi danh sách thư</a>
<a href="https://domoi.example/hop-bao-2.html">Họp báo ở bến Cồn Én</a></div>"""
TEXT = f"""Kết quả cho từ khóa THADS:

Họp báo ở bến Cồn Én
<https://domoi.example/hop-bao-2.html>
Thôi nhận thư này:
https://domoi.example/unsub
Chậm chi trả tiền thi hành án
{PASSED}
"""


def mail(text="", html="", subject="Google Alert - THADS", charset="utf-8"):
    made = EmailMessage()
    made["Subject"] = subject
    made["From"] = "canh-bao@thanhgiang.example"
    made.set_content(text or "chỉ có HTML", charset=charset)
    if html:
        made.add_alternative(html, subtype="html", charset=charset)
    return made.as_bytes()


def test_an_html_notice_gives_the_true_addresses_once():
    feed = read_notice(mail(html=HTML))
    assert [(e.link, e.title) for e in feed.entries] == [
        (LINK, "THADS Thanh Giang chậm chi trả"),
        ("https://domoi.example/hop-bao-2.html", "Họp báo ở bến Cồn Én"),
    ]
    assert {e.published_at for e in feed.entries} == {None}
    assert (feed.problems, feed.lost) == ((), 0)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258"])
def test_a_plain_notice_takes_the_line_above_as_title(charset):
    text = (
        TEXT
        if charset == "utf-8"
        else "Hop bao o ben Con En\nhttps://domoi.example/hop-bao-2.html\n"
    )
    feed = read_notice(mail(text, charset=charset))
    assert feed.entries[0].link == "https://domoi.example/hop-bao-2.html"
    assert LINK in [e.link for e in feed.entries] or charset != "utf-8"


def test_a_mail_without_news_says_so():
    feed = read_notice(mail("Mật khẩu của bạn sắp hết hạn.", subject="Thông báo"))
    assert feed.entries == ()
    assert feed.problems == ("Thư “Thông báo” không có liên kết bài nào; hãy mở hộp thư kiểm tra.",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: text/html; charset=khong-co\n\n<a href='https://a.example/b'>x</a>",
        b"Content-Type: multipart/mixed\n\n--x\n",
        b"Content-Transfer-Encoding: base64\nContent-Type: text/html\n\n@@@@",
        b'From: "<<<>\nSubject: =?utf-8?b?!!!?=\n\nabc',
    ],
)
def test_a_damaged_mail_never_raises(data):
    feed = read_notice(data)
    assert feed.entries == ()
    assert len(feed.problems) == 1
