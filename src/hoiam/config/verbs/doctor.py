"""`hoiam doctor [--json]`: what is wrong with the house, and what to do."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoiam.config.verbs.django_house import now, open_house
from hoiam.config.verbs.say import Parser, parse, parser, say

if TYPE_CHECKING:
    from hoiam.core.health import Checked

SUMMARY = (
    "Xem hệ thống có gì không ổn: đồng hồ, ổ đĩa, việc nền, nguồn tin, sao lưu, nhật ký, thư, phông chữ. "
    "Kết thúc bằng mã 1 khi có việc phải làm."
)


def run(verb: str, words: Sequence[str]) -> int:
    """Exit 1 when something is wrong."""
    made = parser(verb, SUMMARY)
    _arguments(made)
    args = parse(made, words)
    return args if isinstance(args, int) else doctor(args)


def _arguments(made: Parser) -> None:
    made.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def doctor(args: argparse.Namespace) -> int:
    """Every check, one line each; what is wrong with its remedy below."""
    open_house()
    from hoiam.core.health import examine

    found = list(examine(now()))
    wrong = sum(len(checked.findings) for checked in found)
    if args.json:
        rows = [
            {
                "check": checked.code,
                "ok": not checked.findings,
                "findings": [{"words": f.words, "remedy": f.remedy} for f in checked.findings],
            }
            for checked in found
        ]
        print(json.dumps({"ok": not wrong, "checks": rows}, ensure_ascii=False))
        return 1 if wrong else 0
    for checked in found:
        _tell(checked)
    sys.stdout.flush()
    if wrong:
        say(f"{wrong} việc cần làm.", f"{wrong} things to do.")
    else:
        say("Mọi thứ đều ổn.", "All is well.")
    return 1 if wrong else 0


def _tell(checked: "Checked") -> None:
    if not checked.findings:
        print(f"Ổn    {checked.label}")
    for finding in checked.findings:
        print(f"Hỏng  {checked.label}: {finding.words}")
        print(f"      → {finding.remedy}")
