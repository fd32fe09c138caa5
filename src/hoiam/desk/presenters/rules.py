"""Rules as rows: what the law says, what binds the unit, in words."""

from dataclasses import dataclass

from hoiam.desk.presenters.clocks import in_force_words, number_words, sure_words
from hoiam.handling.models import Tightening
from hoiam.handling.queries.tightenings import RuleInForce
from hoiam.kit.rulebook import Rule, RuleVersion, extension_words

GROUPS = {
    "spokesperson": "Phát ngôn, cung cấp thông tin",
    "answer": "Trả lời báo chí",
    "correction": "Cải chính, xin lỗi",
    "response": "Ý kiến phản hồi",
    "press_conference": "Họp báo",
    "letters": "Đơn thư",
    "access": "Tiếp cận thông tin",
    "records": "Văn thư, lưu trữ",
    "posting": "Công khai trên Cổng, Trang",
    "security": "An ninh mạng",
    "personal_data": "Dữ liệu cá nhân",
    "default": "Bước nội bộ (mặc định sản phẩm)",
}


@dataclass(frozen=True)
class RuleRow:
    """One version of a rule, with the unit's number when one binds."""

    id: str
    title: str
    event: str
    duty: str
    actor: str
    source: str
    sure: str
    badge: str
    in_force: str
    law: str
    note: str
    own: str
    own_by: str
    extensions: tuple[str, ...]
    may_tighten: bool


def rule_row(rule: Rule, version: RuleVersion, own: Tightening | None = None) -> RuleRow:
    """The row of one version."""
    return RuleRow(
        id=rule.id,
        title=version.title,
        event=version.event,
        duty=version.duty,
        actor=version.actor,
        source=version.source,
        sure=sure_words(version.confidence),
        badge=version.badge or "",
        in_force=in_force_words(version),
        law=_law(version),
        note=version.note,
        own=number_words(version, own.number) if own else "",
        own_by=str(own.agency) if own else "",
        extensions=tuple(extension_words(one) for one in version.extensions),
        may_tighten=not version.binds_press
        and version.number is not None
        and version.direction in {"after", "before", "keep"},
    )


def _law(version: RuleVersion) -> str:
    if version.number is None and version.answers:
        return "theo từng trường hợp"
    return number_words(version, version.number)


def groups_of(found: list[RuleInForce]) -> list[tuple[str, list[RuleRow]]]:
    """The rules under the names of their fields, in the order people look for them."""
    rows: dict[str, list[RuleRow]] = {name: [] for name in GROUPS}
    for one in found:
        rows.setdefault(one.rule.group, []).append(rule_row(one.rule, one.version, one.tightening))
    return [(GROUPS.get(name, name), have) for name, have in rows.items() if have]
