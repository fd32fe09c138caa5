"""Why an item was judged as it was: each word with the rule that spoke, its points, and by which lexicon."""

from dataclasses import dataclass

from hoiam.desk.presenters.lexicon import points, words
from hoiam.kit.recognition import Lexicon
from hoiam.monitoring.models import Finding
from hoiam.monitoring.queries.lexicon import lexicon_named

FIELDS = {"title": "đầu đề", "sapo": "tóm tắt", "text": "nội dung"}


@dataclass(frozen=True)
class ShownReason:
    """One rule that spoke: what it means, the words it met, where, and the points in all."""

    rule: str
    texts: tuple[str, ...]
    where: str
    weight: str
    is_level: bool


def reasons_table(finding: Finding | None) -> list[ShownReason]:
    """The rules that spoke, the heaviest first, each with all words it met; at most one query."""
    if finding is None:
        return []
    lexicon = lexicon_named(finding.lexicon_version)
    told: dict[str, list[dict[str, object]]] = {}
    for reason in finding.reasons:
        if reason["text"]:
            told.setdefault(reason["rule"], []).append(reason)
    names = _names(lexicon)
    levels = {rule.id for rule in lexicon.tables["severity"]} if lexicon else set()
    rows = [_row(rule, met, names, rule in levels) for rule, met in told.items()]
    order = {rule: -abs(sum(r["weight"] for r in met)) for rule, met in told.items()}
    return [row for _, row in sorted(zip(order.values(), rows, strict=True), key=lambda p: p[0])]


def _names(lexicon: Lexicon | None) -> dict[str, str]:
    named = {} if lexicon is None else {r.id: r.reason for t in lexicon.tables.values() for r in t}
    return named | words()["rules"]


def _row(rule: str, met: list[dict], names: dict[str, str], is_level: bool) -> ShownReason:
    said = names.get(rule, rule)
    return ShownReason(
        rule=said[:1].upper() + said[1:],
        texts=tuple(dict.fromkeys(str(r["text"]) for r in met)),
        where=", ".join(dict.fromkeys(FIELDS.get(str(r["field"]), "") for r in met)),
        weight="" if is_level else points(sum(r["weight"] for r in met)),
        is_level=is_level,
    )


def judged_by(finding: Finding | None) -> str:
    """By which lexicon, in words."""
    if finding is None or not finding.lexicon_version:
        return ""
    delivered, plus, number = finding.lexicon_version.partition("+")
    if plus:
        return f"từ điển bản số {number} (trên bản sản phẩm {delivered})"
    return f"từ điển bản sản phẩm {delivered}" if delivered[:1].isdecimal() else delivered
