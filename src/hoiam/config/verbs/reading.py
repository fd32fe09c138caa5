"""`hoiam read-paper`: the fields of an official paper, as a summary for people or as the contract's JSON."""

from collections.abc import Iterator, Sequence

from hoiam.config.verbs.lines import all_bytes, put
from hoiam.config.verbs.say import Refusal, parse, parser
from hoiam.kit.papers import PaperError, Reading, read_paper
from hoiam.kit.papers.reading import Obligation, Task
from hoiam.kit.vietnamese import show_date

NOTHING = "(không ghi)"
_KINDS = {"on": "đúng ngày", "by": "chậm nhất ngày", "before": "trước ngày"}


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code: 0 when the paper was read, 2 when the file cannot be."""
    made = parser(
        verb,
        "Đọc một văn bản (docx, doc, pdf, html, txt). Điều không có trong văn bản thì để trống.",
    )
    made.add_argument("file", nargs="?", metavar="TỆP", help="văn bản cần đọc; “-” là stdin")
    made.add_argument("--json", action="store_true", help="in JSON theo hợp đồng dòng lệnh")
    args = parse(made, words)
    if isinstance(args, int):
        return args
    data = all_bytes(args.file)
    try:
        reading = read_paper(data, args.file or "")
    except PaperError as error:
        raise Refusal(str(error), f"This file cannot be read as a paper ({error})") from error
    if args.json:
        put([reading.as_json()], jsonl=False)
    else:
        print("\n".join(summary(reading)))
    return 0


def summary(reading: Reading) -> Iterator[str]:
    """The lines of the summary."""
    told = reading.as_json()
    day = reading.issued_on.value if reading.issued_on else None
    for label, value in (
        ("Loại văn bản", told["kind"]),
        ("Số, ký hiệu", told["number"]),
        ("Ngày ban hành", show_date(day) if day else None),
        ("Nơi ban hành", told["place"]),
        ("Cơ quan ban hành", told["issuer"]),
        ("Người ký", told["signer"]),
        ("Chức vụ người ký", told["signer_title"]),
        ("Trích yếu", told["subject"]),
    ):
        yield f"{label + ':':18} {value or NOTHING}"
    yield from _listed("Kính gửi", told["addressees"])
    yield from _listed("Căn cứ", told["legal_bases"])
    yield from _listed("Nội dung trọng tâm", told["themes"])
    if reading.tasks:
        yield f"\nNhiệm vụ ({len(reading.tasks)}):"
    for task in reading.tasks:
        yield from _task(task)
    if reading.obligations:
        yield f"\nYêu cầu ({len(reading.obligations)}):"
    for number, each in enumerate(reading.obligations, start=1):
        yield from _obligation(number, each)
    yield from _listed("\nCần xem lại", told["problems"])


def _listed(label: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{label}:"
        yield from (f"  - {value}" for value in values)


def _task(task: Task) -> Iterator[str]:
    yield f"  {task.ref or '-'} {task.title.value}"
    parts = (
        ("Sản phẩm", "; ".join(each.value for each in task.products)),
        ("Thời gian", task.time.value if task.time else ""),
        ("Chủ trì", task.lead.value if task.lead else ""),
        ("Phối hợp", "; ".join(each.value for each in task.coordinating)),
    )
    yield from (f"      {label}: {value or NOTHING}" for label, value in parts)


def _obligation(number: int, each: Obligation) -> Iterator[str]:
    yield f"  {number}. {each.who.value if each.who else NOTHING}: {each.what.value}"
    if each.due is not None:
        day = each.due.day
        shown = f"{_KINDS[each.due.kind or 'on']} {show_date(day)}" if day else each.due.words.value
        yield f"      Thời hạn: {shown}"
    for label, found in (
        ("Gửi", each.send_to),
        ("Hình thức", each.channel),
        ("Chế tài", each.sanction),
    ):
        if found is not None:
            yield f"      {label}: {found.value}"
