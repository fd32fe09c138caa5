"""Which reasons a reader is told."""

from hoiam.kit.recognition import telling


def reason(rule, text, weight):
    return {"rule": rule, "field": "title", "start": 0, "end": len(text), "text": text, "weight": weight}  # fmt: skip


NAMED = reason("co-quan-dich-danh", "THADS tỉnh Thanh Giang", 9.1)
WEAK = [
    reason("co-quan-hanh-dong", "đã", 6.7),
    reason("co-quan-hanh-dong", "cho biết", 6.7),
    reason("nghe-thi-hanh-an", "chấp hành viên", 8.4),
]


def test_the_office_is_named_and_weak_words_are_not_told():
    slow, blamed = reason("cham-keo-dai", "chậm chi trả", 3), reason("to-cao", "khiếu nại", 2)
    told = telling([*WEAK, blamed, NAMED, slow])
    assert (told.names_agency, told.words) == (True, ("chậm chi trả", "khiếu nại"))
    assert told.reasons == (slow, blamed)


def test_at_most_three_and_nothing_said_twice():
    found = [
        reason("a", "Chậm chi trả tiền", 5),
        reason("b", "chậm chi trả", 4),
        reason("c", "đấu giá tài sản", 3),
        reason("d", "kê biên nhà", 2),
        reason("e", "tố cáo sai phạm", 1),
    ]
    assert telling(found).words == ("Chậm chi trả tiền", "đấu giá tài sản", "kê biên nhà")


def test_common_words_stand_in_when_nothing_better_is_there():
    assert telling(WEAK).words == ("chấp hành viên",)
    assert telling(WEAK[:2]).words == ()


def test_reasons_against_and_whole_sentences_are_left_out():
    long = "một hai ba bốn năm sáu bảy tám chín mười một hai ba"
    assert telling([reason("hinh-su", "phạm nhân", -3), reason("x", long, 4)]).words == ()
