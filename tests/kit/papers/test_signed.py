"""A signed PDF is whole or refused; what it says is told in words."""

import random

import pytest

from hoiam.kit.papers import describe, write
from hoiam.kit.papers.signed import NotSigned, inspect_signed, word_text
from tests.kit.papers.signed_pdfs import Person, added_to, flipped, pdf_of


@pytest.fixture(scope="module")
def person():
    return Person()


@pytest.fixture(scope="module")
def word():
    return write("response", describe("response")["example"])


def verdicts(report):
    return {finding.code: finding.ok for finding in report.findings}


def test_a_whole_file_tells_who_signed_and_matches_the_approved_words(person, word):
    signed = person.sign(pdf_of(word_text(word)))
    report = inspect_signed(signed, word=word)
    signer = report.signers[0]
    assert (signer.name, signer.issuer, signer.serial) == (
        "Nguyễn Văn Thử",
        "Nguyễn Văn Thử",
        "4D2",
    )
    assert signer.at is not None and signer.trust == "unknown"
    assert verdicts(report) == {"integrity": True, "coverage": True, "trust": True, "text": True}
    assert "Chưa kiểm được chuỗi tin cậy" in report.findings[2].sentence
    assert report.is_flagged is False


def test_a_configured_root_is_trusted_and_a_stranger_is_not(person, word):
    signed = person.sign(pdf_of(word_text(word)))
    trusted = inspect_signed(signed, roots=[person.certificate])
    assert (trusted.signers[0].trust, trusted.is_flagged) == ("trusted", False)
    strange = inspect_signed(signed, roots=[Person("Người khác").certificate])
    assert (strange.signers[0].trust, strange.is_flagged) == ("untrusted", True)
    assert "không thuộc chuỗi tin cậy" in strange.findings[2].sentence


def test_two_signatures_one_after_the_other_stand(person, word):
    twice = Person("Văn thư").sign(person.sign(pdf_of(word_text(word))))
    report = inspect_signed(twice, word=word)
    assert [signer.name for signer in report.signers] == ["Nguyễn Văn Thử", "Văn thư"]
    assert report.is_flagged is False


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda pdf, who: b"PK\x03\x04 x", "không phải PDF"),
        (lambda pdf, who: b"%PDF-1.7 broken", "hỏng, không đọc được"),
        (lambda pdf, who: pdf, "chưa có chữ ký số nào"),
        (lambda pdf, who: flipped(who.sign(pdf), "xong"), "đã bị sửa sau khi ký"),
        (lambda pdf, who: added_to(who.sign(pdf)), "thêm"),
        (lambda pdf, who: who.sign(pdf)[:-400], "PDF"),
    ],
    ids=["word file", "junk", "unsigned", "one letter", "added later", "cut short"],
)
def test_what_cannot_stand_is_refused_with_what_to_do(person, word, make, said):
    with pytest.raises(NotSigned, match=said):
        inspect_signed(make(pdf_of(word_text(word)), person), word=word)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("20/6/2026", "25/6/2026"), "không thấy “20/6/2026”"),
        (lambda text: text[: len(text) // 2], "khác bản Word đã duyệt"),
        (lambda text: text + "\n" + "Thêm câu khác hẳn. " * 30, "bản Word đã duyệt không có"),
        (lambda text: "", "không có lớp chữ"),
    ],
    ids=["a date", "half", "more", "a scan"],
)
def test_words_that_differ_are_flagged_and_named(person, word, change, said):
    report = inspect_signed(person.sign(pdf_of(change(word_text(word)))), word=word)
    assert (report.is_flagged, said in report.findings[-1].sentence) == (True, True)


def test_an_address_or_a_symbol_broken_over_two_lines_is_the_same(person, word):
    text = word_text(word).replace("songthanh.example/ban-doc", "songthanh.example/\nban-doc")
    broken = text.replace("05/THADSTG-VP", "05/THADSTG-\nVP")
    assert broken != word_text(word)
    assert not inspect_signed(person.sign(pdf_of(broken)), word=word).is_flagged
    other = broken.replace("ban-doc/112", "ban-doc/113")
    assert inspect_signed(person.sign(pdf_of(other)), word=word).is_flagged


def test_the_words_of_a_stamp_do_no_harm(person, word):
    stamp = (
        "\nKý bởi: Thi hành án dân sự tỉnh Thanh Giang\nThời gian ký: 05/08/2026 09:00:00 +07:00"
    )
    assert not inspect_signed(person.sign(pdf_of(word_text(word) + stamp)), word=word).is_flagged


def test_a_folder_of_roots_with_junk_is_told(person, word):
    with pytest.raises(NotSigned, match="HOIAM_TRUST_ROOTS"):
        inspect_signed(person.sign(pdf_of("x")), roots=[b"junk"])


def damaged(pdf, seed):
    """The file with some bytes changed, cut short, or with a piece taken out."""
    chance, hurt = random.Random(seed), bytearray(pdf)
    place = chance.randrange(8, len(hurt))
    if seed % 3 == 0:
        del hurt[place:]
    elif seed % 3 == 1:
        del hurt[place : place + chance.randrange(1, 400)]
    else:
        for _ in range(chance.choice((1, 3, 20))):
            hurt[chance.randrange(8, len(hurt))] = chance.randrange(256)
    return bytes(hurt)


def test_a_damaged_file_is_refused_in_a_sentence_and_never_breaks_the_page(person, word):
    signed = person.sign(pdf_of(word_text(word)))
    told = set()
    for seed in range(240):
        try:
            inspect_signed(damaged(signed, seed), word=word)
        except NotSigned as refused:
            told.add(str(refused))

    assert len(told) >= 3
    assert all(sentence.endswith(".") and "hãy" in sentence.lower() for sentence in told)
