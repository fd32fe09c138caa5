"""What the tests of rounds stand on: a round given out by the centre to two provinces, and its steps in short."""

from datetime import date, datetime, timedelta

from hoiam.agencies.states import Role
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme import actions
from hoiam.scheme.models import ReportRound, UnitReport
from tests import factories as make
from tests.factories import NOW

DUE_ON = date(2026, 8, 15)  # before it: the last day is Friday 14/8/2026
LAST_SECOND = datetime(2026, 8, 14, 23, 59, 59, tzinfo=VIETNAM)
MIDNIGHT = LAST_SECOND + timedelta(seconds=1)
SECTIONS = [
    {"key": "ket-qua", "title": "Kết quả", "kind": "text", "chapter": "Kết quả thực hiện"},
    {"key": "tin-bai", "title": "Tổng số tin bài", "kind": "figure", "unit": "tin bài", "chapter": "Số liệu", "parts": ["bao", "mang"]},
    {"key": "bao", "title": "Tin bài trên báo", "kind": "figure", "unit": "tin bài", "chapter": "Số liệu"},
    {"key": "mang", "title": "Tin bài trên mạng", "kind": "figure", "unit": "tin bài", "chapter": "Số liệu"},
    {"key": "kho-khan", "title": "Khó khăn", "kind": "text", "chapter": "Khó khăn, vướng mắc"},
    {"key": "thuong", "title": "Đề nghị khen", "kind": "table", "required": False, "chapter": "Khen thưởng", "columns": [{"name": "who", "label": "Ai", "required": True}, {"name": "n", "label": "Số bài", "kind": "number"}]},
]  # fmt: skip
FULL = {
    "ket-qua": "Đã tổ chức tuyên truyền rộng rãi trên địa bàn.\nĐã ký quy chế với Báo Sông Thanh.",
    "tin-bai": "12",
    "bao": "8",
    "mang": "4",
    "kho-khan": "Thiếu công chức chuyên trách làm công tác truyền thông ở các phòng khu vực.",
    "thuong": [{"who": "Phòng khu vực 1", "n": "5"}],
}


def centre_of(tree):
    return make.actor(tree.centre, Role.FOCAL_POINT)


def new_round(tree, *, sections=SECTIONS, agencies=None, scheme=None, **fields) -> ReportRound:
    """A round in draft of the centre."""
    actor = centre_of(tree)
    first = {
        "title": "Tổng kết Đề án truyền thông", "year": 2026, "due_on": DUE_ON, "due_kind": "before",
        "review": "final_review", "paper_number": "15/CTHADS-VP", "paper_on": date(2026, 8, 1),
    }  # fmt: skip
    made = actions.create_round(
        tree.centre, actor=actor, now=NOW, scheme=scheme, **{**first, **fields}
    )
    actions.set_sections(made, actor=actor, now=NOW, rows=sections)
    units = [tree.province, tree.other] if agencies is None else agencies
    return actions.set_addressees(made, actor=actor, now=NOW, agencies=units)


def open_round(tree, **more) -> ReportRound:
    """A round given out by the centre."""
    return actions.open_round(new_round(tree, **more), actor=centre_of(tree), now=NOW)


def report_of(round_, agency) -> UnitReport:
    rows = UnitReport.objects.system("a test looks").select_related("round__owner", "agency")
    return rows.get(round=round_, agency=agency)


def fill(report, content=FULL, *, at=NOW, who=None) -> UnitReport:
    actor = who or make.focal_point(report.agency)
    return actions.fill_unit_report(report, actor=actor, now=at, content=content, base={})


def sent(report, content=FULL, *, at=NOW) -> UnitReport:
    """Filled by the focal point, submitted, sent by the head, all at one moment."""
    report = fill(report, content, at=at)
    focal, head = make.focal_point(report.agency), make.head(report.agency)
    report = actions.submit_unit_report(report, actor=focal, now=at, acknowledged=True)
    return actions.send_unit_report(report, actor=head, now=at)
