"""`hoiam write-paper`: Word files in the form of Decree 30/2020/NĐ-CP."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from hoiam.config.verbs.lines import put, records
from hoiam.config.verbs.say import Refusal, parse, parser, say
from hoiam.kit.papers import MissingFields, PaperError, describe, kinds, write


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code: 0 when the file was written, 2 when mandatory fields are missing."""
    made = parser(verb, "Soạn một văn bản Word theo Nghị định 30/2020/NĐ-CP.")
    made.add_argument("kind", nargs="?", metavar="LOẠI", help="xem: hoiam write-paper --list")
    made.add_argument("--data", metavar="TỆP.json", help="các trường của văn bản; “-” là stdin")
    made.add_argument("-o", "--output", metavar="TỆP.docx", help="nơi ghi")
    made.add_argument(
        "--list", action="store_true", help="liệt kê các loại văn bản và trường bắt buộc"
    )
    args = parse(made, words)
    return args if isinstance(args, int) else _write(args)


def _write(args: argparse.Namespace) -> int:
    if args.list:
        put(describe(kind.code) for kind in kinds())
        return 0
    if not (args.kind and args.data and args.output):
        raise Refusal(
            "Dùng: hoiam write-paper LOẠI --data TỆP.json -o TỆP.docx (xem các loại: --list).",
            "Use: hoiam write-paper KIND --data FILE.json -o FILE.docx (kinds: --list).",
        )
    if args.kind not in {kind.code for kind in kinds()}:
        raise Refusal(
            f"Không có loại văn bản “{args.kind}”. Xem: hoiam write-paper --list",
            f"There is no kind “{args.kind}”. See: hoiam write-paper --list",
        )
    _refuse_place(Path(args.output))
    _, data = next(records(args.data, jsonl=False))
    try:
        made = write(args.kind, data)
    except MissingFields as error:
        raise Refusal(str(error), f"Fields are missing: {'; '.join(error.labels)}.") from error
    except PaperError as error:
        raise Refusal(str(error), f"The data cannot stand in this paper ({error})") from error
    try:
        Path(args.output).write_bytes(made)
    except OSError as error:
        raise _cannot_write(args.output) from error
    say(f"Đã ghi {args.output}.", f"Wrote {args.output}.")
    return 0


def _refuse_place(output: Path) -> None:
    """Before any work: is there a folder to write into."""
    if output.is_dir() or not output.parent.is_dir():
        raise Refusal(
            f"Không ghi được “{output}”: "
            + ("đó là thư mục." if output.is_dir() else f"chưa có thư mục “{output.parent}”."),
            f"Cannot write “{output}”: "
            + ("it is a folder." if output.is_dir() else f"there is no folder “{output.parent}”."),
        )


def _cannot_write(output: str) -> Refusal:
    return Refusal(
        f"Không ghi được “{output}”: kiểm tra quyền ghi và chỗ trống trên ổ đĩa.",
        f"Cannot write “{output}”: check the rights and the room on the disk.",
    )
