"""The `hoiam` command line: one verb a module, loaded only when it is asked for (shapes: docs/developer/command-line.md).

Exit codes: 0 done, 1 done with findings, 2 wrong use or unreadable input (one clear sentence on stderr).
"""

import difflib
import importlib
import importlib.metadata
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from hoiam.config.verbs.say import Parser, Refusal, language, parse, say


@dataclass(frozen=True)
class Verb:
    """Where a verb lives and what it does, in one line."""

    module: str
    summary: str


VERBS = {
    "recognise": Verb(
        "text", "tin có liên quan THADS không, cơ quan nào, sắc thái, mức độ, vì sao"
    ),
    "extract": Verb("text", "bóc tiêu đề, sapo, nội dung, thời gian từ trang báo"),
    "read-feed": Verb("text", "đọc một nguồn RSS, Atom, RDF hoặc JSON Feed"),
    "stories": Verb("text", "gom tin theo vụ việc, chỉ ra bài trùng"),
    "date": Verb("law", "đọc một mốc thời gian viết bằng tiếng Việt"),
    "deadline": Verb("law", "tính hạn theo một quy tắc, kèm từng bước"),
    "rules": Verb("law", "liệt kê các quy tắc"),
    "write-paper": Verb("papers", "soạn văn bản Word theo Nghị định 30/2020/NĐ-CP"),
    "read-paper": Verb("reading", "đọc một văn bản: số, ngày, nhiệm vụ, yêu cầu, thời hạn"),
    "setup": Verb(
        "house",
        "tạo, nâng cấp cơ sở dữ liệu, nạp danh sách cơ quan, báo chí, sửa tin do bản cũ ghi",
    ),
    "demo": Verb("house", "nạp dữ liệu mẫu để tập huấn"),
    "user": Verb("house", "tạo tài khoản hoặc đặt lại mật khẩu"),
    "up": Verb("up", "chạy trang web, bộ thu thập và việc nền"),
    "work": Verb("loops", "chỉ chạy việc nền"),
    "collect": Verb("loops", "chỉ chạy bộ thu thập"),
    "import-items": Verb("items", "nhập tin từ tệp JSON Lines qua toàn bộ dây chuyền"),
    "clip": Verb("items", "ghi nhận một bài báo bằng tay"),
    "digest": Verb("items", "lập điểm tin ngày, tổng hợp tuần, tháng, dự báo tuần"),
    "import-agencies": Verb("items", "nhập danh sách cơ quan từ tệp CSV"),
    "verify": Verb("verify", "kiểm tra bản chụp, chứng cứ, dấu thời gian, nhật ký còn nguyên vẹn"),
    "doctor": Verb("doctor", "hệ thống có gì không ổn và phải làm gì"),
    "backup": Verb("backup", "sao lưu cơ sở dữ liệu và chứng cứ vào một tệp"),
    "restore": Verb("backup", "khôi phục từ tệp sao lưu vào nơi còn trống"),
    "move": Verb("backup", "chuyển dữ liệu sang cơ sở dữ liệu khác"),
}


def parser() -> Parser:
    """The top parser: it only knows the verbs, so that `hoiam --help` is quick."""
    lines = "\n".join(f"  {name:16} {verb.summary}" for name, verb in VERBS.items())
    top = Parser(
        "hoiam",
        "Hồi Âm: theo dõi, cảnh báo, trả lời báo chí về thi hành án dân sự.",
        f"lệnh:\n{lines}\n\nXem cách dùng từng lệnh: hoiam LỆNH --help. Câu báo bằng tiếng Anh: --lang en.",
    )
    top.add_argument("--version", action="version", version="", help="hiện phiên bản")
    top.add_argument("verb", metavar="LỆNH", help="một trong các lệnh dưới đây")
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one verb; every refusal is one sentence, never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoiam.config.settings")
    _speak_utf8()
    try:
        language.choose(words)
        return _run(words)
    except Refusal as refusal:
        say(refusal.sentence())
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader went away (`hoiam … | head`): nothing is wrong
        _hush()
        return 0
    except OSError as error:
        _hush()
        say(
            f"Không đọc hoặc ghi được ({error.strerror or error}). Kiểm tra tệp, ổ đĩa và quyền.",
            f"Cannot read or write ({error.strerror or error}). Check the file, the disk and the rights.",
        )
        return 2
    except (
        Exception
    ) as error:  # the rim of the program: a fault of ours is one sentence, not a page of code
        if os.environ.get("HOIAM_DEBUG"):
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())
        say(
            f"Lỗi trong chương trình: {what}. Đặt HOIAM_DEBUG=1 rồi chạy lại để xem chi tiết.",
            f"A fault of the program: {what}. Run again with HOIAM_DEBUG=1 for details.",
        )
        return 2


def _run(words: list[str]) -> int:
    if words == ["--version"]:
        print(importlib.metadata.version("hoiam"))
        return 0
    if not words or words[0].startswith("-"):
        made = parse(parser(), words or ["--help"])
        return made if isinstance(made, int) else 2
    verb = VERBS.get(words[0])
    if verb is None:
        raise _no_such_verb(words[0])
    module = importlib.import_module(f"hoiam.config.verbs.{verb.module}")
    return int(module.run(words[0], words[1:]) or 0)


def _no_such_verb(word: str) -> Refusal:
    near = difflib.get_close_matches(word, VERBS, n=1)
    meant, meant_english = (
        (f" Có phải là “{near[0]}”?", f" Did you mean “{near[0]}”?") if near else ("", "")
    )
    return Refusal(
        f"Không có lệnh “{word}”.{meant} Gõ hoiam --help để xem các lệnh.",
        f"There is no verb “{word}”.{meant_english} Type hoiam --help for the list.",
    )


def _speak_utf8() -> None:
    """Vietnamese goes out as UTF-8 whatever the machine's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _hush() -> None:
    """Nothing more can be written: spare the interpreter's own complaint when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
