"""`hoiam backup FILE | restore FILE | move --to DATABASE_URL`: the whole house in one file, and back."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from hoiam.config.verbs.django_house import now, open_house
from hoiam.config.verbs.say import Parser, Refusal, parse, parser, say
from hoiam.kit.vietnamese import VIETNAM, show_number

SUMMARIES = {
    "backup": "Sao lưu cơ sở dữ liệu, chứng cứ và khóa đóng dấu thời gian vào một tệp; mọi người vẫn làm việc.",
    "restore": "Khôi phục từ tệp sao lưu vào một nơi còn trống.",
    "move": "Chuyển toàn bộ dữ liệu sang cơ sở dữ liệu khác; kho chứng cứ để nguyên chỗ cũ.",
}
MEGABYTE = 1024 * 1024


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    made = parser(verb, SUMMARIES[verb])
    ARGUMENTS[verb](made)
    args = parse(made, words)
    return args if isinstance(args, int) else RUNS[verb](args)


def backup(args: argparse.Namespace) -> int:
    """One file, written beside its name and checked before it counts."""
    open_house()
    from hoiam.core.backup import BackupFault, check_backup, note_backup, write_backup

    place, moment = Path(args.file), now()
    try:
        made = write_backup(place, now=moment, tell=_tell)
        check_backup(place)
    except BackupFault as error:
        raise Refusal(str(error), f"The backup was not written: {place}") from error
    last = note_backup(place, head=made.ledger_head, now=moment)
    size = show_number(round(last.size / MEGABYTE, 1), places=1)
    say(
        f"Đã sao lưu vào “{place}”: {sum(made.rows.values())} dòng, {made.evidence} tệp chứng cứ, {size} MB. "
        "Tệp chứa dữ liệu cá nhân và khóa đóng dấu: hãy giữ bản thứ hai trên máy khác, có mã hóa.",
        f"Saved to {place}: {sum(made.rows.values())} rows, {made.evidence} pieces of evidence, {size} MB.",
    )
    return 0


def restore(args: argparse.Namespace) -> int:
    """The house as it stood, on an empty one; `--check` only looks at the file."""
    place = Path(args.file)
    if not args.check:
        _ready()
    else:
        open_house(need_tables=False)
    from hoiam.core.backup import BackupFault, check_backup, restore_backup

    try:
        made = check_backup(place)[1] if args.check else restore_backup(place, tell=_tell)
    except BackupFault as error:
        raise Refusal(str(error), f"Not restored: {place}") from error
    told = f"{sum(made.rows.values())} dòng, {made.evidence} tệp chứng cứ, nhật ký {made.ledger_count} bản ghi"
    if args.check:
        say(
            f"Bản sao lưu lúc {_moment(made.made_at)} nguyên vẹn: {told}.",
            f"The backup of {made.made_at} is whole.",
        )
    else:
        say(
            f"Đã khôi phục: {told}. Hãy chạy hoiam verify, rồi hoiam up; mọi người đăng nhập lại.",
            "Restored. Run hoiam verify, then hoiam up; people sign in again.",
        )
    return 0


def move(args: argparse.Namespace) -> int:
    """Everything but the evidence store into another database, through the same file that a backup is."""
    open_house()
    from hoiam.core.backup import BackupFault, write_backup

    with tempfile.TemporaryDirectory(prefix="hoiam-") as folder:
        place = Path(folder) / "house"
        try:
            write_backup(place, now=now(), evidence=False, tell=_tell)
        except BackupFault as error:
            raise Refusal(str(error), "The database was not moved.") from error
        there = {**os.environ, "DATABASE_URL": args.to}
        words = [sys.executable, "-m", "hoiam.config.cli", "restore", str(place)]
        if subprocess.run(words, env=there, check=False).returncode:  # noqa: S603 -- our own verb
            raise Refusal(
                "Chưa chuyển được; cơ sở dữ liệu cũ còn nguyên. Sửa theo câu báo ở trên rồi chạy lại.",
                "Nothing was moved; the old database is untouched.",
            )
    say(
        "Đã chuyển. Đặt DATABASE_URL mới trong cấu hình rồi chạy hoiam up; giữ cơ sở dữ liệu cũ đến khi kiểm tra xong.",
        "Moved. Set the new DATABASE_URL, then run hoiam up; keep the old database until you have looked.",
    )
    return 0


def _ready() -> None:
    """The tables, when this is a fresh place."""
    open_house(need_tables=False)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _moment(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


def _tell(part: str) -> None:
    if sys.stderr.isatty():
        say(f"  {part}")


def _backup_arguments(made: Parser) -> None:
    made.add_argument("file", metavar="TỆP", help="tệp sẽ ghi, ví dụ sao-luu-28-11-2026.hoiam")


def _restore_arguments(made: Parser) -> None:
    made.add_argument("file", metavar="TỆP", help="tệp do hoiam backup ghi ra")
    made.add_argument("--check", action="store_true", help="chỉ kiểm tra tệp, không khôi phục")


def _move_arguments(made: Parser) -> None:
    made.add_argument(
        "--to", required=True, metavar="DATABASE_URL", help="cơ sở dữ liệu mới, còn trống"
    )


ARGUMENTS = {"backup": _backup_arguments, "restore": _restore_arguments, "move": _move_arguments}
RUNS = {"backup": backup, "restore": restore, "move": move}
