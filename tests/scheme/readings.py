"""An invented decision and what a reader finds in it: values with their places, as the kit hands them over."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

DECISION = """BỘ HƯ CẤU
Số: 77/QĐ-BHC
QUYẾT ĐỊNH
Phê duyệt Đề án "Nói rõ việc thi hành án" giai đoạn 2026 - 2028
I. NỘI DUNG TRỌNG TÂM
Quyền của người được thi hành án
Cách làm hay
II. NHIỆM VỤ
1. Kênh thông tin
1.1. Mở chuyên mục trên trang thông tin
Sản phẩm: Chuyên mục được mở
Thời gian thực hiện: Hàng năm
Đơn vị chủ trì: Các cơ quan trong Hệ thống THADS
Đơn vị phối hợp: Báo Sông Thanh
1.2. Họp mặt cộng tác viên
Thời gian thực hiện: Trước ngày 15/10/2026
Đơn vị chủ trì: Cục THADS cấp tỉnh
III. TỔ CHỨC THỰC HIỆN
Thủ trưởng đơn vị báo cáo kết quả về Văn phòng trước ngày 01/12/2026
"""


@dataclass
class Reading:
    """The shape of the kit's reading."""

    text: str = DECISION
    kind: object = None
    number: object = None
    issued_on: object = None
    place: object = None
    issuer: object = None
    signer: object = None
    signer_title: object = None
    subject: object = None
    addressees: tuple = ()
    legal_bases: tuple = ()
    tasks: tuple = ()
    obligations: tuple = ()
    themes: tuple = ()
    problems: tuple = field(default=())

    def as_json(self):
        """The contract's shape, without places."""
        value = lambda found: found.value if found else None  # noqa: E731
        values = lambda found: [one.value for one in found]  # noqa: E731
        heads = ("kind", "number", "place", "issuer", "signer", "signer_title", "subject")
        return {
            **{name: value(getattr(self, name)) for name in heads},
            "issued_on": self.issued_on.value.isoformat() if self.issued_on else None,
            **{name: values(getattr(self, name)) for name in ("addressees", "legal_bases", "themes")},
            "tasks": [
                {
                    "ref": task.ref, "title": task.title.value, "products": values(task.products),
                    "time": value(task.time), "lead": value(task.lead), "coordinating": values(task.coordinating),
                }
                for task in self.tasks
            ],
            "obligations": [
                {
                    "who": value(row.who), "what": row.what.value,
                    "due": row.due.day.isoformat() if row.due else None, "due_kind": row.due.kind if row.due else None,
                    "send_to": value(row.send_to), "channel": None, "sanction": None,
                }
                for row in self.obligations
            ],
            "problems": list(self.problems),
        }  # fmt: skip


def found(words, value=None, text=DECISION):
    """A value and where its words stand."""
    start = text.index(words)
    return SimpleNamespace(value=value or words, span=SimpleNamespace(start=start, end=start + len(words)))  # fmt: skip


def task(ref, title, products=(), time=None, lead=None, coordinating=()):
    """One task as the kit finds it."""
    return SimpleNamespace(
        ref=ref, title=found(title), products=tuple(map(found, products)),
        time=found(time) if time else None, lead=found(lead) if lead else None,
        coordinating=tuple(map(found, coordinating)), span=found(title).span,
    )  # fmt: skip


def decision(data=b"", name=""):
    """What a reader finds in the decision; the arguments are those of a reader."""
    reports = SimpleNamespace(
        who=found("Thủ trưởng đơn vị"),
        what=found("báo cáo kết quả về Văn phòng trước ngày 01/12/2026"),
        due=SimpleNamespace(words=found("trước ngày 01/12/2026"), day=date(2026, 12, 1), kind="before"),
        send_to=found("Văn phòng"), channel=None, sanction=None,
    )  # fmt: skip
    return Reading(
        kind=found("QUYẾT ĐỊNH", "Quyết định"),
        number=found("77/QĐ-BHC"),
        issuer=found("BỘ HƯ CẤU", "Bộ Hư cấu"),
        subject=found('Phê duyệt Đề án "Nói rõ việc thi hành án" giai đoạn 2026 - 2028'),
        themes=(found("Quyền của người được thi hành án"), found("Cách làm hay")),
        tasks=(
            task("1.1", "Mở chuyên mục trên trang thông tin", ["Chuyên mục được mở"], "Hàng năm", "Các cơ quan trong Hệ thống THADS", ["Báo Sông Thanh"]),
            task("1.2", "Họp mặt cộng tác viên", [], "Trước ngày 15/10/2026", "Cục THADS cấp tỉnh"),
        ),
        obligations=(reports,),
    )  # fmt: skip
