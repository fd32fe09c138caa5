"""Lost charsets: repaired exactly, flagged, or left alone; proper text is never touched."""

import random
import sys
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import Repair, nfc, repair
from hoiam.kit.vietnamese.alphabet import PARTS, TONE_MARKS
from hoiam.kit.vietnamese.charsets import TCVN3, VNI
from hoiam.kit.vietnamese.repair import DOUBLE_UTF8, UNREADABLE

repair_module = sys.modules["hoiam.kit.vietnamese.repair"]
TO_TCVN3 = str.maketrans({letter: code for code, letter in TCVN3.items()})
TO_VNI = str.maketrans(
    {letter: code for code, letter in VNI.items() if code.upper() != code or len(code) == 1}
    | {"Đ": "Ñ"}
)
SENTENCES = [
    "Chấp hành viên cưỡng chế kê biên tài sản của người phải thi hành án.",
    "Cơ quan thi hành án dân sự tỉnh Thanh Giang tổ chức đấu giá quyền sử dụng đất.",
    "Ngày xưa ở thị xã nọ, bọn trẻ vẫn thích nghe kể chuyện cổ tích và hát ru ngủ.",
    "Kỹ sư Nguyễn Hữu Đỉnh nghĩ rằng lũ sẽ tràn qua ngõ, đổ xuống những thửa ruộng lặng lẽ.",
    "Mẹ gửi chị ấy mấy quả ổi, rổ bưởi và bó rau muống, dặn phải rửa thật kỹ rồi mới ăn.",
    "Bộ Tư pháp yêu cầu đính chính, xin lỗi; tòa soạn trả lời bằng văn bản.",
]  # fmt: skip
FOREIGN = [
    "The café's naïve façade cost 5 µm and 20 °C; see § 5, © 2020 – “quoted” ½.",
    "L'été dernier, l'exécution forcée du jugement a été différée à cause de la grève générale où nul ne sût.",
    "Voilà une thèse née à Genève : « né à Noël », dû, sûr, août, maïs, ça, thé, où, là-bas, île, hôtel.",
    "Die Zwangsvollstreckung für Gläubiger: Müller, Schröder und Jäger hören über größere Schäden in Köln.",
    "El niño comió más jamón en España; não há coração sem emoção.",
    "Plain English without any mark, what? Yes? ok.",
    "São Paulo, Zürich, Malmö, Besançon, Ærø, Þingvellir, Škoda",
]
PROPER = [
    "Tại thị xã, bà Hà và ông Hùng ký đơn; có quà.",
    "TÒA ÁN THỊ XÃ” – XÃ… và XÃ\u00a0HỘI HÓA, Â” Ã– NGÃ’",
    "Vì sao thiếu vitamin D? Xem https://bao.example/tim?q=an&x=?y",
    "ông Hà là bà Hà và cô Ý",
    "Trạng thái «giá» cao; giá»…",
    "Bà Trần Thị C? Ai?Tại sao?",
]
WORDS = st.lists(st.sampled_from(" ".join(SENTENCES).split()))
SENTENCE = WORDS.map(lambda words: " ".join(["Quyết", "định", "cưỡng", "chế", *words]))


def as_latin1(text):
    return text.encode().decode("latin-1")


def as_windows_1252(text):
    """As browsers do: the five bytes windows-1252 leaves empty become controls."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "cp1252")
        for byte in text.encode()
    )


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    ("garble", "step"),
    [
        (lambda text: text.translate(TO_TCVN3), "TCVN3 (ABC) → Unicode"),
        (lambda text: text.translate(TO_VNI), "VNI → Unicode"),
        (as_latin1, DOUBLE_UTF8),
        (as_windows_1252, DOUBLE_UTF8),
        (lambda text: as_latin1(as_latin1(text)), DOUBLE_UTF8),
    ],
    ids=["tcvn3", "vni", "latin1", "cp1252", "twice"],
)
def test_repairs_sentences(sentence, garble, step):
    assert repair(garble(sentence)) == Repair(sentence, (step,))


def test_the_tables_are_whole():
    assert len(TCVN3) == len(set(TCVN3.values())) == 74
    lower = {letter for letter in VNI.values() if letter.islower()}
    assert len(lower) == 67
    assert {letter.upper() for letter in lower} <= set(VNI.values())


@given(SENTENCE)
def test_tcvn3_round_trip(text):
    assert repair(text.lower().translate(TO_TCVN3)).text == text.lower()


@given(SENTENCE)
def test_vni_round_trip(text):
    assert repair(text.translate(TO_VNI)).text == text


@given(SENTENCE, st.sampled_from([as_latin1, as_windows_1252]))
def test_double_utf8_round_trip(text, garble):
    assert repair(garble(text)) == Repair(text, (DOUBLE_UTF8,))


@pytest.mark.parametrize("text", SENTENCES + FOREIGN + PROPER)
def test_proper_text_is_untouched(text):
    assert repair(text) == Repair(text)


@given(SENTENCE)
def test_proper_vietnamese_is_untouched(text):
    assert repair(text) == Repair(text)


@given(st.text())
def test_repairing_twice_is_repairing_once(text):
    once = repair(text).text
    assert nfc(once) == once
    assert repair(once).text == once


def test_capitals_of_tcvn3_come_from_their_neighbours():
    garbled = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\n§éc lËp - Tù do - H¹nh phóc"
    assert repair(garbled).text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def test_an_old_paragraph_in_a_new_document():
    new = "Cục THADS trả lời báo chí như sau, kèm văn bản cũ được chép lại nguyên văn dưới đây cho rõ."
    mixed = f"{new}\nChÊp hµnh viªn c­ìng chÕ kª biªn"
    assert repair(mixed).text == f"{new}\nChấp hành viên cưỡng chế kê biên"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_windows_1258_read_as_1252(sentence):
    pairs = (PARTS.get(char, (char, 0)) for char in sentence)
    parts = "".join(vowel + TONE_MARKS[tone] for vowel, tone in pairs)
    assert repair(parts.encode("cp1258").decode("cp1252")) == Repair(
        sentence, ("windows-1258 → Unicode",)
    )


def test_a_blank_that_was_half_a_letter():
    garbled = as_latin1("chấp hành viên và ngày này hà nội").replace("\xa0", " ")
    assert repair(garbled).text == "chấp hành viên và ngày này hà nội"


@pytest.mark.parametrize(
    "text",
    ["Thi h\ufffdnh án", "C?ng hòa xã hội", "Th? sáu, 23/10/2020", "thi h?nh ?n d?n s?", "chấp hành viên c\u00e1\u00bang", "lỗi \x93 mã"],
)  # fmt: skip
def test_lost_letters_are_flagged(text):
    assert repair(text) == Repair(text, (), UNREADABLE)


def test_random_latin_text_is_not_called_vietnamese():
    letters = "abcdefghijklmnopqrstuvwxyzéèêëàâäùûüôöîïçñßøåæ"
    chance = random.Random(11)
    for _ in range(300):
        text = " ".join("".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(12))
        assert repair(text).steps == ()


def test_lost_soft_hyphens_of_tcvn3_are_flagged():
    garbled = "Nhà nước cưỡng chế, kê biên tài sản được đấu giá".translate(TO_TCVN3)
    assert repair(garbled).problem is None
    assert repair(garbled.replace("\u00ad", "")).problem == UNREADABLE


def test_a_hostile_text_takes_no_longer_than_its_length():
    assert repair("Ä‘" + "a" * 200_000).text == "đ" + "a" * 200_000


@given(st.lists(st.sampled_from([*SENTENCES, *FOREIGN, *PROPER, "", "Họ tên: A"]), max_size=6))
def test_the_quick_look_passes_only_what_the_long_one_leaves_alone(lines):
    text = nfc("\n".join(lines))
    if repair_module._is_sound(text):
        with patch.object(repair_module, "_is_sound", lambda _: False):
            assert repair(text) == Repair(text)


@given(SENTENCE, st.sampled_from([TO_TCVN3, TO_VNI]))
def test_the_quick_look_lets_no_old_charset_pass(sentence, charset):
    garbled = sentence.translate(charset)
    if garbled != sentence:
        assert not repair_module._is_sound(f"{sentence}\n{garbled}")
