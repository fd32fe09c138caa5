"""`hoiam date | deadline | rules`: time and law, without database or network."""

import argparse
import difflib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hoiam.config.verbs.lines import put
from hoiam.config.verbs.say import Parser, Refusal, parse, parser, say
from hoiam.kit.vietnamese import VIETNAM, Moment, read_moment_or_why, show_date, show_datetime


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    made = parser(verb, SUMMARIES[verb])
    ARGUMENTS[verb](made)
    args = parse(made, words)
    return args if isinstance(args, int) else RUNS[verb](args)


def moment(said: str) -> datetime:
    """An ISO 8601 moment of the command line; without an offset it is Vietnam's.

    Raises:
        Refusal: it is not one.
    """
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError as error:
        raise Refusal(
            f"“{said}” không phải thời điểm ISO 8601, ví dụ 2026-07-01T08:00+07:00.",
            f"“{said}” is no ISO 8601 moment, for example 2026-07-01T08:00+07:00.",
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def date(args: argparse.Namespace) -> int:
    """ISO 8601 on stdout, or exit 1 with why it cannot be read."""
    text = " ".join(args.text)
    if not text.strip():
        raise Refusal("Chưa có chữ nào để đọc.", "There is nothing to read.")
    found = read_moment_or_why(text, moment(args.ref) if args.ref else None)
    if not isinstance(found, Moment):
        say(found.reason, f"“{text}” cannot be read as one Vietnamese date or time.")
        return 1
    print(found.value.isoformat() if found.has_time else found.value.date().isoformat())
    return 0


def deadline(args: argparse.Namespace) -> int:
    """The due time with its source and every step."""
    from hoiam.kit import rulebook

    try:
        values = rulebook.parse_values(args.set)
        found = rulebook.compute(args.rule, moment(args.start), values=values)
    except rulebook.UnknownName as error:
        raise _no_such_rule(args.rule) from error
    except rulebook.RulebookError as error:
        raise Refusal(str(error), f"Rule {args.rule}: {_in_english(error)} ({error})") from error
    if args.json:
        put([found.as_json()])
        return 0
    due = show_datetime(found.due) if found.due else "không tính bằng ngày giờ"
    told = [
        f"{found.rule} – {found.title}",
        f"Hạn: {due}",
        f"Nguồn: {found.source} (độ tin cậy {found.confidence})",
        *(f"- {step}" for step in found.as_json()["steps"]),
    ]
    print("\n".join(told))
    return 0


def _no_such_rule(said: str) -> Refusal:
    from hoiam.kit.rulebook import rules

    titles = {rule.id: rule.title for rule in rules()}
    near = difflib.get_close_matches(said.strip().upper(), titles, n=3)
    meant = "; ".join(f"{name} ({titles[name]})" for name in near)
    return Refusal(
        f"Không có quy tắc “{said}”."
        + (f" Gần giống: {meant}." if near else "")
        + " Xem danh sách: hoiam rules.",
        f"There is no rule “{said}”."
        + (f" Did you mean {', '.join(near)}?" if near else "")
        + " For the list: hoiam rules.",
    )


def _in_english(error: Exception) -> str:
    return {
        "NotInForce": "it does not bind on that day",
        "MissingValue": "it has several times; choose with --set name=value",
        "WrongValue": "a value cannot be used",
        "LoosensLaw": "an agency may tighten the law, never loosen it",
    }.get(type(error).__name__, "it cannot be computed")


def list_rules(args: argparse.Namespace) -> int:
    """One rule a line, under the heading of its group; JSON lines with every version."""
    from hoiam.kit.rulebook import rules

    if args.json:
        put(map(rule_record, rules()))
        return 0
    for rule in rules():
        last = rule.versions[-1]
        end = f", đến {show_date(last.valid_to)}" if last.valid_to else ""
        print(f"{rule.id:8} {rule.title} [{last.source}{end}]")
    return 0


def rule_record(rule: Any) -> dict[str, Any]:
    """A rule in the shape of `hoiam rules --json`: every version with its source and days."""
    return {
        "rule": rule.id,
        "title": rule.title,
        "group": rule.group,
        "follows": list(rule.follows),
        "precedes": list(rule.precedes),
        "versions": [_version(one) for one in rule.versions],
    }


def _version(one: Any) -> dict[str, Any]:
    return {
        "event": one.event,
        "actor": one.actor,
        "duty": one.duty,
        "direction": one.direction,
        "number": one.number,
        "unit": one.unit,
        "yearly_date": one.yearly_date,
        "source": one.source,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "confidence": one.confidence,
        "set": {ask.name: [code for code, _ in ask.choices] for ask in one.questions},
    }


def _date_arguments(made: Parser) -> None:
    made.add_argument("text", nargs="+", metavar="CHỮ", help="ví dụ: “14h05 ngày 6/9/2023”")
    made.add_argument(
        "--ref", default="", metavar="ISO", help="mốc ISO 8601 cho “2 giờ trước”, “hôm qua”"
    )


def _deadline_arguments(made: Parser) -> None:
    made.add_argument("rule", metavar="QUY_TẮC", help="ví dụ PN-01; xem: hoiam rules")
    made.add_argument(
        "--from", dest="start", required=True, metavar="ISO", help="thời điểm bắt đầu"
    )
    made.add_argument(
        "--set", action="append", default=[], metavar="tên=giá trị", help="ví dụ media_type=online"
    )
    made.add_argument("--json", action="store_true", help="in JSON")


def _rules_arguments(made: Parser) -> None:
    made.add_argument("--json", action="store_true", help="in JSON, một quy tắc một dòng")


RUNS = {"date": date, "deadline": deadline, "rules": list_rules}
ARGUMENTS = {"date": _date_arguments, "deadline": _deadline_arguments, "rules": _rules_arguments}
SUMMARIES = {
    "date": "Đọc một mốc thời gian viết bằng tiếng Việt, trả về ISO 8601.",
    "deadline": "Tính hạn theo một quy tắc, kèm nguồn và từng bước. Không đọc cơ sở dữ liệu: dùng lịch nghỉ đi kèm sản phẩm, "
    "chưa có những ngày đã nhập ở trang Lịch nghỉ; hạn trên bàn trực có cả những ngày đó.",
    "rules": "Liệt kê các quy tắc.",
}
