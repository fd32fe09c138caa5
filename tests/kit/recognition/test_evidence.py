"""What evidence leans on: roles, the sentence, the zone, the age of the story; and that reasons can be replayed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Document, Judgement, Lexicon, Register, recognise
from hoiam.kit.recognition.evidence import View
from hoiam.kit.recognition.grammar import mentions
from hoiam.kit.recognition.scoring import score
from hoiam.kit.recognition.source import sources_of

CASES = Path(__file__).parent / "cases"
RELEVANT = yaml_of((CASES / "judgements.yaml").read_text("utf-8"))


def judged(title: str, text: str, register: Register, day: date | None = None) -> Judgement:
    return recognise(Document(title=title, text=text, published_on=day), register=register)


def rules(found: Judgement) -> set[str]:
    return {reason.rule for reason in found.reasons}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Chi cục THADS huyện Bến Sông chậm giao nhà, không trả lời đơn của ông Tư.", "negative"),
        ("Ông Tư chậm giao nhà cho Chi cục THADS huyện Bến Sông.", "neutral"),
        ("UBND huyện chậm trả đất, Chi cục THADS huyện Bến Sông đã đôn đốc.", "neutral"),
        ("Chi cục THADS huyện Bến Sông cho biết không có sai phạm nào.", "neutral"),
    ],
)
def test_blame_depends_on_who_does_it(text: str, stance: str, with_thanh_giang: Register) -> None:
    assert judged("Vụ giao nhà", text, with_thanh_giang).stance == stance


def test_an_officer_attacked_is_no_officer_prosecuted(with_thanh_giang: Register) -> None:
    text = "Công an khởi tố đối tượng đâm chấp hành viên Chi cục THADS huyện Bến Sông."

    found = judged("Khởi tố người đâm chấp hành viên", text, with_thanh_giang)

    assert (found.kind, found.stance, found.severity) == ("chong_doi", "neutral", 3)


def test_colour_without_blame_is_not_negative(with_thanh_giang: Register) -> None:
    text = "Sau mười năm oan ức, Chi cục THADS huyện Bến Sông chi trả tiền bồi thường cho ông Tư."

    found = judged("Người bị oan nhận tiền", text, with_thanh_giang)

    assert (found.stance, found.kind) == ("neutral", "vu_viec")


def test_a_story_of_long_ago_weighs_half_and_is_said(with_thanh_giang: Register) -> None:
    text = (
        "Năm 2008, Chi cục THADS huyện Bến Sông kê biên nhầm nhà ông Tư. Ông khiếu nại nhiều lần."
    )
    title = "Ông Tư kêu cứu, tố cáo cơ quan thi hành án"
    new = judged(title, text, with_thanh_giang, date(2009, 9, 1))
    old = judged(title, text, with_thanh_giang, date(2019, 9, 1))

    def weight(found: Judgement) -> float:
        return max(r.weight for r in found.reasons if r.rule == "co-quan-lam-sai")

    assert "chuyen-cu" not in rules(new)
    assert [r.text for r in old.reasons if r.rule == "chuyen-cu"] == ["2008"]
    assert weight(old) == pytest.approx(weight(new) / 2, abs=0.01)


def test_a_mention_in_passing_is_said_with_what_it_takes_away(with_thanh_giang: Register) -> None:
    opening = "Phiên tòa mở sáng nay với nhiều người dự. " * 15
    text = opening + "Bà có nộp bản sao giấy tờ ở Chi cục THADS huyện Bến Sông."

    found = judged("Xử vụ tranh chấp", text, with_thanh_giang)

    (passing,) = (r for r in found.reasons if r.rule == "nhac-qua")
    assert found.relevant is False
    assert (passing.text, passing.weight < 0) == ("Chi cục THADS huyện Bến Sông", True)


def test_an_act_without_any_agency_is_found(with_thanh_giang: Register) -> None:
    text = (
        "Sáng nay, lực lượng chức năng cưỡng chế giao nhà theo bản án dân sự cho người thắng kiện."
    )

    found = judged("Cưỡng chế giao nhà sau khi thua kiện", text, with_thanh_giang)

    assert (found.relevant, found.agencies, found.kind) == (True, (), "vu_viec")


def test_a_title_repeated_at_the_head_of_the_text_counts_once(with_thanh_giang: Register) -> None:
    title = "Dân tố Chi cục THADS huyện Bến Sông kê biên nhầm đất"
    text = "Bà Hạ cho biết sự việc kéo dài."

    once = judged(title, text, with_thanh_giang)
    twice = judged(title, f"{title}\n{text}", with_thanh_giang)

    def hits(found: Judgement) -> int:
        return sum(r.rule == "to-cao-khieu-nai" for r in found.reasons)

    assert hits(once) == hits(twice) > 0


@pytest.mark.parametrize("case", RELEVANT, ids=[case["label"] for case in RELEVANT])
def test_every_reason_can_be_replayed(case: dict[str, Any], with_thanh_giang: Register) -> None:
    """The row a reason names is met again at the very words it quotes."""
    document = Document(title=case["title"], text=case["text"], published_on=case.get("day"))
    lexicon = Lexicon.load()
    found = recognise(document, register=with_thanh_giang, today=date(2026, 8, 1))
    sources = sources_of(document)
    named = tuple(m for s in sources for m in mentions(s, with_thanh_giang.gazetteer))
    view = View.of(sources, named, score(sources, named, lexicon), lexicon, None)
    on_skeleton = {
        rule.id: rule for table in ("evidence", "severity") for rule in lexicon.tables[table]
    }

    for reason in found.reasons:
        rule = on_skeleton.get(reason.rule)
        if rule is not None:
            again = {hit.source.span(hit.start, hit.end) for hit in view.met(rule)}
            assert reason.span in again, reason


def test_a_row_of_plain_words_reads_the_text_as_it_stands(with_thanh_giang: Register) -> None:
    row = {
        "table": "evidence",
        "id": "cua-can-bo",
        "patterns": ["chi cục thi hành án dân sự huyện bến sông lạnh lùng"],
        "weight": 3,
        "votes": {"negative": 1},
    }
    lexicon = Lexicon.load().edited([row], version="thử")
    document = Document(
        title="Chi cục Thi hành án dân sự huyện Bến Sông lạnh lùng", text="Dân nói vậy."
    )

    plain = recognise(document, register=with_thanh_giang)
    edited = recognise(document, register=with_thanh_giang, lexicon=lexicon)

    assert (plain.stance, edited.stance) == ("neutral", "negative")
    assert "cua-can-bo" in rules(edited)


@pytest.mark.parametrize(
    "words", ["Chấp hành viên ", "Chi cục THADS huyện Vị Thủy bị tố cáo ", "thi hành án "]
)
def test_a_text_without_an_end_is_judged_in_reasonable_work(words: str) -> None:
    found = recognise(Document(title="Kêu cứu", text=words * 800))

    assert found.relevant is True
    assert len(found.reasons) <= 60


def test_an_arrest_of_others_is_no_case_of_an_officer() -> None:
    text = (
        "Chi cục THADS huyện Vị Thủy chi trả tiền bồi thường oan cho ba thanh niên. Họ bị khởi tố, bắt tạm giam rồi truy tố "
        "về tội cướp tài sản, kêu oan qua ba phiên tòa. Bị hại nhận nhầm người."
    )
    found = recognise(Document(title="Ba thanh niên bị oan đã nhận tiền bồi thường", text=text))

    assert found.kind != "vu_an_can_bo"
    assert found.severity < 3


@pytest.mark.parametrize(
    ("opening", "heard"),
    [
        ("Thanh tra Bộ chuyển hồ sơ vụ bán đấu giá của {office} sang công an.", True),
        ("Theo kết luận thanh tra, {office} kê biên sai thửa đất.", True),
        ("Gia đình ông Tư cho rằng {office} kê biên sai thửa đất.", False),
    ],
)
def test_whose_conclusion_it_is_tells_findings_from_complaints(
    opening: str, heard: bool, with_thanh_giang: Register
) -> None:
    text = opening.format(office="Chi cục THADS huyện Bến Sông")
    found = judged("Vụ bán lô đất ở chợ", text, with_thanh_giang)

    assert (found.kind == "giam_sat") is heard
    assert ("tieng-noi-co-quan-giam-sat" in rules(found)) is heard
