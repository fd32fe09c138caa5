"""Properties: every value stands where its place says, nothing is invented, and no bytes do more than be refused."""

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoiam.kit.papers import PaperError, read_paper
from tests.kit.papers.reading.making import cases, file_of

FILES = [file_of(case) for case in cases().values()]
KINDS = {"on", "by", "before"}
PIECES = [
    "Kính gửi: Sở Tư pháp;", "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính.", "- Đơn vị chủ trì: Vụ Pháp chế.",
    "a) Sản phẩm: Báo cáo; kế hoạch.", "Thời gian: Quý I/2024", "Số: 12/KH-UBND", "Hà Nội, ngày 31 tháng 02 năm 2024",
    "II. NHIỆM VỤ", "Đề nghị các đơn vị gửi báo cáo về Sở trước ngày 15/3/2024.", "Căn cứ Luật Báo chí;", "KẾ HOẠCH",
    "STT\tNội dung\tChủ trì", "1\tHọp\tSở A", "Nơi nhận:", "KT. BỘ TRƯỞNG", "Nguyễn Văn A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Theo đó, hai bên phối hợp A; B.", "|", "", "(Kèm theo Công văn số 1/A-B ngày 1/1/2020)", "Giao Sở A chủ trì", "./.",
]  # fmt: skip


def squashed(text):
    """The text with every run of white space made one blank."""
    return " ".join(text.split())


def words_of(reading):
    """Every value that must stand in the text, with its place."""
    plain = [
        reading.number,
        reading.place,
        reading.issuer,
        reading.signer,
        reading.signer_title,
        reading.subject,
    ]
    listed = [*reading.addressees, *reading.recipients, *reading.legal_bases, *reading.themes]
    for task in reading.tasks:
        listed += [task.title, task.time, task.lead, *task.products, *task.coordinating]
    for each in reading.obligations:
        listed += [
            each.who,
            each.what,
            each.send_to,
            each.channel,
            each.sanction,
            each.due and each.due.words,
        ]
    return [found for found in [*plain, *listed] if found is not None]


def held(reading):
    """Holds one reading against the rules of every reading."""
    for found in words_of(reading):
        assert found.value
        place = found.span.of(reading.text)
        assert re.sub(r"\s", "", place) == re.sub(r"\s", "", found.value)
    for task in reading.tasks:
        assert task.span.start <= task.title.span.start < task.span.end <= len(reading.text)
    for each in reading.obligations:
        assert each.due is None or each.due.kind in (
            {None, *KINDS} if each.due.day is None else KINDS
        )
        if each.due and each.due.day:
            assert str(each.due.day.year) in each.due.words.value
    if reading.issued_on:
        assert str(reading.issued_on.value.year) in reading.issued_on.span.of(reading.text)


@pytest.mark.parametrize("data", FILES, ids=list(cases()))
def test_every_value_stands_where_its_place_says(data):
    held(read_paper(data))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=60), max_size=25))
@settings(max_examples=150, deadline=None)
def test_any_mixture_of_lines_keeps_the_rules(lines):
    try:
        reading = read_paper("\n".join(lines).encode("utf-8", "surrogatepass"))
    except PaperError as refused:
        assert str(refused)
    else:
        held(reading)


@given(st.binary(max_size=400) | st.text(string.printable, max_size=300).map(str.encode))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    for start in (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>"):
        try:
            held(read_paper(start + data))
        except PaperError as refused:
            assert str(refused).endswith(".")


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(data):
    good = bytearray(data.draw(st.sampled_from(FILES)))
    for _ in range(data.draw(st.integers(1, 8))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        held(read_paper(bytes(good)))
    except PaperError as refused:
        assert str(refused)
