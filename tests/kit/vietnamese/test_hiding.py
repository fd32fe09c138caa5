"""Names, telephones, addresses out of a text: whole, by parts, by initials, in any case, with slips of marks."""

import pytest

from hoiam.kit.vietnamese import MARK, Person, hide, names_in, nfc

TAM = Person("Trần Văn Tám", "số 5 đường Bến Sông", "0912 345 678", "tam@thu.example")


@pytest.mark.parametrize("text", [
    "Tôi là Trần Văn Tám", "TRẦN VĂN TÁM ký", "tran van tam", "Trần   Văn\nTám", "Trần-Văn-Tám",
    "ông Văn Tám", "bà Tám", "T.V.T", "gọi 0912.345.678", "+84912345678", "84 912 345 678",
    "TAM@THU.EXAMPLE", "ở Số 5, đường Bến Sông", "Tra\u0302\u0300n Va\u0306n Ta\u0301m",
])  # fmt: skip
def test_what_names_the_person_is_hidden(text):
    found = hide(text, [TAM])
    assert MARK in found.text
    for word in ("trần văn", "văn tám", "912", "thu.example", "bến sông"):
        assert word not in found.text.lower()
    assert all(nfc(text)[a:b] for a, b in found.spans)


@pytest.mark.parametrize("text", [
    "Tháng tám năm nay", "Trần nhà bị dột", "văn bản số 8", "số 5 đường khác", "0912345679",
    "Bến Sông Thanh", "", "tám người ký",
])  # fmt: skip
def test_other_words_stay(text):
    assert hide(text, [TAM]).text == nfc(text)


def test_a_draft_is_refused_only_for_what_surely_names_somebody():
    assert names_in("Trả lời ông Trần Văn Tám", [TAM]) and names_in("0912345678", [TAM])
    assert not names_in("Trả lời trong tám ngày, ông Tám", [TAM])
    assert not names_in("Bất cứ chữ nào", [Person()])


def test_nobody_hides_nothing_and_several_are_hidden_once_each():
    assert hide("Không ai", []).text == "Không ai"
    two = hide("Trần Văn Tám và Lê Thị Chín", [TAM, Person("Lê Thị Chín"), Person("Lê Thị Chín")])
    assert two.text == f"{MARK} và {MARK}"
