"""Who approves a unit's report (nobody who wrote of it), and the signed or scanned paper kept beside a version."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.scheme import actions
from hoiam.scheme.policies.rounds import writers_of
from tests import factories as make
from tests.factories import NOW
from tests.kit.papers.signed_pdfs import Person, flipped, pdf_of
from tests.scheme.rounds import FULL, fill, open_round, report_of, sent

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def kept(report, actor, *, data=None, name="ban-ky.pdf", kind="application/pdf", number=1):
    return actions.keep_report_scan(
        report,
        actor=actor,
        now=LATER,
        number=number,
        data=data or pdf_of("x"),
        name=name,
        kind=kind,
    )


def test_who_wrote_earlier_does_not_approve_though_another_saved_last(tree, head, focal):
    report = fill(report_of(open_round(tree), tree.province), who=head)
    report = fill(
        report, FULL | {"kho-khan": "Thiếu kinh phí cho tuyên truyền ở cơ sở."}, who=focal
    )
    assert report.written_by == focal.official
    report = actions.submit_unit_report(report, actor=focal, now=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        actions.send_unit_report(report, actor=head, now=NOW)
    deputy = make.actor(tree.province, Role.DEPUTY)
    report = actions.send_unit_report(report, actor=deputy, now=NOW)
    assert report.versions.get().approved_by == deputy.official


def test_after_it_was_sent_back_only_who_mends_it_may_not_approve(tree, head, focal):
    report = sent(report_of(open_round(tree), tree.province))
    assert report.writers == []
    centre = make.actor(tree.centre, Role.FOCAL_POINT)
    report = actions.return_unit_report(
        report, actor=centre, now=NOW, fault="incomplete", reason="Thiếu số liệu tháng 7."
    )
    deputy = make.actor(tree.province, Role.DEPUTY)
    report = fill(report, FULL | {"kho-khan": "Không có khó khăn nào mới."}, who=deputy)
    assert writers_of(report) == {deputy.pk}
    report = actions.submit_unit_report(report, actor=deputy, now=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        actions.send_unit_report(report, actor=deputy, now=NOW)
    assert actions.send_unit_report(report, actor=head, now=NOW).versions.count() == 2


def test_a_scan_is_kept_as_what_it_is_and_once(tree, focal):
    report = sent(report_of(open_round(tree), tree.province))
    scan = kept(report, focal)
    assert (scan.is_signed, scan.is_flagged, scan.signers) == (False, False, [])
    with pytest.raises(InvalidInput, match="đã có"):
        kept(report, focal)
    assert kept(report, focal, data=PNG, name="trang-1.png", kind="image/png").version.number == 1
    with pytest.raises(InvalidInput, match="PDF"):
        kept(report, focal, data=b"PK", name="a.docx", kind="application/zip")
    with pytest.raises(WrongState, match="chưa gửi"):
        kept(report, focal, number=2)
    with pytest.raises(NotAllowed):
        kept(report, make.focal_point(tree.other), data=pdf_of("y"))


def test_a_signed_pdf_is_checked_and_an_altered_one_refused(tree, focal):
    report = sent(report_of(open_round(tree), tree.province))
    whole = Person("Nguyễn Thị Ví").sign(pdf_of("Báo cáo tổng kết"))
    scan = kept(report, focal, data=whole)
    assert scan.is_signed and scan.signers[0]["name"] == "Nguyễn Thị Ví"
    assert scan.is_flagged  # its words are not those of the version's Word file
    with pytest.raises(InvalidInput, match="ký"):
        kept(report, focal, data=flipped(whole, "tổng"), name="sua.pdf")
