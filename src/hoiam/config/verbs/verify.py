"""`hoiam verify [CAPTURE…] | FILE.zip`: is everything kept as proof still what it was? Without a network."""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hoiam.config.verbs.django_house import open_house
from hoiam.config.verbs.say import Parser, Progress, Refusal, parse, parser, say

SUMMARY = (
    "Kiểm tra bản chụp, chứng cứ, văn bản, dấu thời gian và nhật ký còn nguyên vẹn, không cần mạng."
)


@dataclass(frozen=True)
class Found:
    """One finding, as `--json` gives it."""

    kind: str
    id: int
    name: str
    code: str
    words: str


def run(verb: str, words: Sequence[str]) -> int:
    """Exit 1 when something is not what it was."""
    made = parser(verb, SUMMARY)
    _arguments(made)
    args = parse(made, words)
    return args if isinstance(args, int) else verify(args)


def _arguments(made: Parser) -> None:
    made.add_argument(
        "captures",
        nargs="*",
        metavar="BẢN_CHỤP",
        help="số hoặc SHA-256 của bản chụp, hoặc một bộ hồ sơ đã xuất (.zip)",
    )
    made.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def verify(args: argparse.Namespace) -> int:
    """Everything of the house, or the captures named."""
    if len(args.captures) == 1 and args.captures[0].lower().endswith(".zip"):
        return _dossier(args)
    open_house()
    counts: dict[str, int] = {}
    found = list(_captures(args.captures, counts) if args.captures else _house(counts))
    _tell(args, counts, found)
    return 1 if found else 0


def _dossier(args: argparse.Namespace) -> int:
    """An exported dossier, with nothing but the file."""
    from hoiam.core.errors import HoiAmError
    from hoiam.core.stamps.dossier_check import check_dossier

    path = Path(args.captures[0])
    if not path.is_file():
        raise Refusal(
            f"Không có tệp “{path}”. Kiểm tra lại tên tệp.", f"There is no file “{path}”."
        )
    try:
        checked = check_dossier(path)
    except HoiAmError as error:
        raise Refusal(str(error)) from error
    if args.json:
        rows = [{"file": name, "words": words} for name, words in checked.findings]
        counts = {"files": checked.files, "stamps": checked.stamps}
        told = {"checked": counts, "roots": checked.roots, "findings": rows}
        print(json.dumps(told, ensure_ascii=False))
        return 1 if rows else 0
    for name, words in checked.findings:
        print(f"{name}: {words}")
    roots = ", ".join(mark for marks in checked.roots.values() for mark in marks)
    say(
        f"Đã kiểm tra {checked.files} tệp, {checked.stamps} dấu thời gian: {len(checked.findings)} lỗi. "
        f"Dấu dựa trên chứng thư gốc {roots or '(không có)'}: hãy hỏi cơ quan gửi để đối chiếu."
    )
    return 1 if checked.findings else 0


def _tell(args: argparse.Namespace, counts: dict[str, int], found: list[Found]) -> None:
    if args.json:
        told = {"checked": counts, "findings": [asdict(each) for each in found]}
        print(json.dumps(told, ensure_ascii=False))
        return
    for each in found:
        print(f"{each.name}: {each.words}")
    say(_summary(counts, len(found)))


def _summary(counts: dict[str, int], faults: int) -> str:
    words = {
        "ledger": "bản ghi nhật ký", "capture": "bản chụp", "evidence": "chứng cứ",
        "paper": "văn bản", "anchor": "neo nhật ký", "dossier": "bộ hồ sơ đã xuất",
        "stamp": "dấu thời gian",
    }  # fmt: skip
    parts = [f"{counts[name]} {word}" for name, word in words.items() if counts.get(name)]
    waiting = counts.get("unstamped", 0)
    late = f"; {waiting} mục chưa có dấu thời gian" if waiting else ""
    return f"Đã kiểm tra {', '.join(parts) or 'nhật ký trống'}{late}: {faults} lỗi."


def _house(counts: dict[str, int]) -> Iterator[Found]:
    from hoiam.core.models import LedgerEntry
    from hoiam.core.stamps.checking import Checker, ledger_faults
    from hoiam.core.stamps.kinds import kinds

    counts["ledger"] = LedgerEntry.objects.count()
    for fault in ledger_faults():
        name = f"Nhật ký, bản ghi {fault.entry_id}"
        yield Found("ledger", fault.entry_id, name, "ledger", f"{fault.why}.")
    checker = Checker()
    for kind in kinds():
        rows = kind.rows()
        yield from _checked(kind, checker.check_all(kind, rows), counts, rows.count())
    yield from _stamps(checker, counts)


def _stamps(checker: Any, counts: dict[str, int]) -> Iterator[Found]:
    from hoiam.core.models import Stamp

    counts["stamp"] = 0
    for stamp in Stamp.objects.iterator(chunk_size=500):
        counts["stamp"] += 1
        _, mark = checker.stamp(stamp)
        if mark.holds is False:
            yield Found("stamp", stamp.pk, f"Dấu thời gian {stamp.pk}", mark.code, mark.words)


def _checked(
    kind: Any, verdicts: Iterable[Any], counts: dict[str, int], total: int
) -> Iterator[Found]:
    progress = Progress(kind.label, total)
    counts[kind.code] = 0
    for verdict in verdicts:
        counts[kind.code] += 1
        progress.step()
        if any(mark.code == "unstamped" for mark in verdict.marks):
            counts["unstamped"] = counts.get("unstamped", 0) + 1
        for mark in verdict.faults:
            if mark.code != "stamp":  # told once, with the stamp itself
                yield Found(kind.code, verdict.row.pk, verdict.name, mark.code, mark.words)
    progress.end()


def _captures(names: Sequence[str], counts: dict[str, int]) -> Iterator[Found]:
    from django.db.models import Q

    from hoiam.core.stamps.checking import Checker
    from hoiam.monitoring.queries import CAPTURE

    numbers = [int(name) for name in names if name.isdecimal() and len(name) < 19]
    hashes = [name.lower() for name in names if not name.isdecimal()]
    rows = CAPTURE.rows().filter(
        Q(pk__in=numbers) | Q(blob__in=hashes) | Q(payload_sha256__in=hashes)
    )
    known = {str(v) for row in rows for v in (row.pk, row.blob, row.payload_sha256)}
    missing = [name for name in names if name.lower() not in known]
    if missing:
        raise Refusal(
            f"Không có bản chụp “{missing[0]}”. Ghi số của bản chụp hoặc mã SHA-256 đầy đủ.",
            f"There is no capture “{missing[0]}”. Give its number or its whole SHA-256.",
        )
    for verdict in Checker().check_all(CAPTURE, rows):
        counts["capture"] = counts.get("capture", 0) + 1
        for mark in verdict.faults:
            yield Found("capture", verdict.row.pk, verdict.name, mark.code, mark.words)
