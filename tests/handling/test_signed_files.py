"""The signed PDF of an approved paper: sealed as evidence, or refused; own wording and hand-written text."""

import pytest

from hoiam.agencies.actions import save_letterhead
from hoiam.agencies.states import Role
from hoiam.core import blobs, ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions.own_text import differences, machine_text, seal_of
from hoiam.handling.actions.wording import wording_of
from hoiam.handling.models import Evidence, PaperTemplate, SignedFile
from hoiam.kit.papers.signed import word_text
from tests import factories as make
from tests.factories import NOW
from tests.handling.test_papers import TITLE, submitted, verified, words
from tests.kit.papers.signed_pdfs import Person, flipped, pdf_of

WHY = {"reason": "theo quy chế của đơn vị"}
HEAD = {
    "symbol": "THADSTG",
    "seat": "Bến Đò",
    "governing": "",
    "contact": "",
    "marks_drafter": False,
}


@pytest.fixture
def approved(tree, focal, head):
    return actions.approve_paper(submitted(tree, focal), actor=head, now=NOW, **TITLE)


@pytest.fixture
def chief(tree):
    return make.actor(tree.province, Role.CHIEF_OF_OFFICE)


def keep(paper, actor, data, name="ky.pdf"):
    return actions.keep_signed_file(paper, actor=actor, now=NOW, file_name=name, data=data)


def test_the_signed_file_is_sealed_as_evidence_with_its_findings(approved, clerk):
    data = Person().sign(pdf_of(word_text(blobs.read(approved.blob))))
    kept = keep(approved, clerk, data)
    assert blobs.read(kept.evidence.blob) == data
    assert (kept.is_flagged, kept.signers[0]["name"]) == (False, "Nguyễn Văn Thử")
    assert [each["code"] for each in kept.findings] == ["integrity", "coverage", "trust", "text"]
    entry = ledger.of(approved.case).filter(step="keep_signed_file").get()
    assert entry.data["blob"] == kept.evidence.blob
    with pytest.raises(InvalidInput, match="đã được nhận"):
        keep(approved, clerk, data)


def test_an_altered_file_leaves_nothing_behind(approved, clerk):
    data = flipped(Person().sign(pdf_of(word_text(blobs.read(approved.blob)))), "xong")
    with pytest.raises(InvalidInput, match="đã bị sửa sau khi ký") as refused:
        keep(approved, clerk, data)
    assert refused.value.field == "file"
    assert (SignedFile.objects.count(), Evidence.objects.system("test").count()) == (0, 0)


def test_another_papers_signed_file_is_flagged(approved, clerk):
    kept = keep(approved, clerk, Person().sign(pdf_of("Văn bản khác hẳn, số 99/XYZ.")))
    assert kept.is_flagged and "khác bản Word đã duyệt" in kept.findings[-1]["sentence"]


def test_roots_of_the_folder_are_used(approved, clerk, settings, tmp_path):
    person = Person()
    (tmp_path / "root.der").write_bytes(person.certificate)
    (tmp_path / "doc-la.txt").write_text("không phải chứng thư", encoding="utf-8")
    settings.HOIAM_TRUST_ROOTS = str(tmp_path)
    data = person.sign(pdf_of(word_text(blobs.read(approved.blob))))
    assert keep(approved, clerk, data).signers[0]["trust"] == "trusted"


def test_a_draft_takes_no_signed_file_and_a_stranger_brings_none(tree, focal, approved):
    with pytest.raises(WrongState, match="đã duyệt"):
        keep(submitted(tree, focal), focal, b"%PDF-")
    with pytest.raises(NotAllowed):
        keep(approved, make.actor(tree.other, Role.RECORDS_CLERK), b"%PDF-")


def test_an_agencys_own_wording_fills_what_it_drafts(tree, focal, head, chief):
    actions.save_wording(
        tree.province, "response", actor=chief, now=NOW, **WHY,
        opening="Kính gửi Ban Biên tập {press_agency}.", closing="{agency} trân trọng cảm ơn./.",
        recipients=["Tỉnh ủy (để báo cáo)"], unit_symbol="BPC",
    )  # fmt: skip
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    lines = paper.body.split("\n\n")
    assert lines[0] == "Kính gửi Ban Biên tập Báo Sông Thanh."
    assert lines[-1] == "Thi hành án dân sự tỉnh Thanh Giang trân trọng cảm ơn./."
    assert (paper.fields["unit_symbol"], paper.fields["recipients"]) == (
        "BPC",
        ["Tỉnh ủy (để báo cáo)"],
    )
    paper = actions.submit_paper(paper, actor=focal, now=NOW)
    paper = actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    text = words(blobs.read(paper.blob))
    assert "trân trọng cảm ơn./." in text and "- Tỉnh ủy (để báo cáo);" in text
    assert paper.symbol == "01/THADSTG-BPC"


def test_wording_has_versions_and_goes_back_to_the_houses(tree, chief):
    for closing in ("Một./.", "Hai./."):
        actions.save_wording(tree.province, "answer", actor=chief, now=NOW, closing=closing, **WHY)
    assert wording_of(tree.province, "answer").closing == "Hai./."
    actions.reset_wording(tree.province, "answer", actor=chief, now=NOW, **WHY)
    assert wording_of(tree.province, "answer") is None
    kept = PaperTemplate.objects.system("test").values_list("version", flat=True)
    assert list(kept) == [3, 2, 1]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"opening": "Gửi {ai_do}."}, "opening"),
        ({"closing": "x" * 5000}, "closing"),
        ({"sentences": ["{la}"]}, "sentences"),
        ({"reason": " "}, "reason"),
    ],
)
def test_wording_that_cannot_stand_is_refused(tree, chief, typed, field):
    with pytest.raises(InvalidInput) as refused:
        actions.save_wording(tree.province, "response", actor=chief, now=NOW, **{**WHY, **typed})
    assert refused.value.field == field


def test_only_the_chief_of_office_or_administrator_words_and_heads(tree, focal, chief):
    with pytest.raises(NotAllowed, match="Chánh Văn phòng"):
        actions.save_wording(tree.province, "response", actor=focal, now=NOW, **WHY)
    with pytest.raises(NotAllowed, match="Chánh Văn phòng"):
        save_letterhead(tree.province, actor=focal, now=NOW, **HEAD, **WHY)
    with pytest.raises(NotAllowed):
        save_letterhead(tree.other, actor=chief, now=NOW, **HEAD, **WHY)


def test_the_letterhead_stands_on_the_next_paper(tree, focal, chief):
    typed = {
        **HEAD, "symbol": "THADSTGI", "governing": "Bộ Tư pháp", "contact": "Số 1 Bến Đò",
        "marks_drafter": True,
    }  # fmt: skip
    agency = save_letterhead(tree.province, actor=chief, now=NOW, **typed, **WHY)
    assert ledger.of(agency).get().data["after"]["symbol"] == "THADSTGI"
    case, _ = verified(tree)
    fields = actions.draft_paper(case, code="response", actor=focal, now=NOW).fields
    assert (fields["agency_symbol"], fields["place"]) == ("THADSTGI", "Bến Đò")
    assert (fields["parent_agency"], fields["contact"]) == ("Bộ Tư pháp", "Số 1 Bến Đò")
    assert fields["drafter_mark"] == "NT"


@pytest.mark.parametrize(
    ("typed", "field"), [({"symbol": "thads tg"}, "symbol"), ({"seat": " "}, "seat"), ({"reason": ""}, "reason")]
)  # fmt: skip
def test_a_letterhead_that_cannot_stand_is_refused(tree, chief, typed, field):
    with pytest.raises(InvalidInput) as refused:
        save_letterhead(tree.province, actor=chief, now=NOW, **{**HEAD, **WHY, **typed})
    assert refused.value.field == field


def test_hand_written_text_stands_beside_what_the_machine_would_write(tree, focal):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    assert differences(paper) == ()
    mine = paper.body + "\n\nCâu của tôi."
    paper = actions.edit_paper(paper, actor=focal, now=NOW, fields={}, body=mine)
    paper = actions.edit_paper(paper, actor=focal, now=NOW, fields={"response": "Ý kiến mới."})
    changed = [part for part in differences(paper) if part.differs]
    assert [(part.own, part.machine) for part in changed] == [
        (("Đã thi hành xong ngày 20/6/2026.",), ("Ý kiến mới.",)),
        (("Câu của tôi.",), ()),
    ]
    seen = seal_of(paper)
    taken = actions.take_wording(paper, actor=focal, now=NOW, parts={1}, seen=seen)
    assert "Ý kiến mới." in taken.body and taken.body.endswith("Câu của tôi.")
    assert mine in [version.body for version in taken.versions.all()]
    with pytest.raises(Conflict, match="vừa được sửa"):
        actions.take_wording(paper, actor=focal, now=NOW, parts={1}, seen=seen)
    with pytest.raises(InvalidInput, match="ít nhất một phần"):
        actions.take_wording(taken, actor=focal, now=NOW, parts=set(), seen=seal_of(taken))
    whole = actions.take_wording(taken, actor=focal, now=NOW, parts={1}, seen=seal_of(taken))
    assert (whole.body, whole.is_body_edited) == (machine_text(whole), False)
