"""`hoiam import-items | clip | digest | import-agencies`: the house's daily bread from the command line."""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hoiam.config.verbs.django_house import now, open_house
from hoiam.config.verbs.lines import all_bytes, put, text_lines
from hoiam.config.verbs.say import Parser, Progress, Refusal, parse, parser, say
from hoiam.kit.vietnamese import VIETNAM, read_date, read_moment

BATCH = 500
MOST_PROBLEMS = 500


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    made = parser(verb, SUMMARIES[verb])
    ARGUMENTS[verb](made)
    args = parse(made, words)
    if isinstance(args, int):
        return args
    open_house()
    return RUNS[verb](args)


def import_items(args: argparse.Namespace) -> int:
    """Every line through the whole pipeline; a bad line is reported and costs only itself."""
    from hoiam.monitoring.actions.intake import Line, take_each
    from hoiam.monitoring.models import ItemImport

    moment = now()
    report = ItemImport(file_name=Path(args.file).name[:200], at=moment)
    progress = Progress("Đã nhập")
    line = Line(now=moment)
    for batch in _batches(args.file, report):
        done = take_each(list(batch.values()), now=moment, line=line)
        numbers = {id(incoming): number for number, incoming in batch.items()}
        for incoming, sentence in done.faults:
            _tell(report, numbers[id(incoming)], sentence)
        report.taken += len(done.items)
        report.known += done.known
        report.relevant += len(done.relevant)
        progress.step(len(batch), f"· liên quan {report.relevant}")
    progress.end()
    failed = report.lines - report.taken - report.known
    report.ended_at = now()
    report.save()
    say(
        f"Đã đọc {report.lines} dòng: {report.taken} tin mới ({report.relevant} liên quan THADS), "
        f"{report.known} tin đã có, {failed} dòng lỗi."
    )
    for problem in report.problems[:10]:
        say(f"Dòng {problem['line']}: {problem['sentence']}")
    return 1 if failed else 0


def _batches(path: str, report: Any) -> Iterator[dict[int, Any]]:
    """The readable lines by their numbers, a few hundred at a time; the others are told in the report."""
    batch: dict[int, Any] = {}
    for number, text in text_lines(path):
        report.lines += 1
        try:
            batch[number] = _incoming(text)
        except ValueError as error:
            _tell(report, number, str(error))
            continue
        if len(batch) == BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch


def _tell(report: Any, number: int, sentence: str) -> None:
    if len(report.problems) < MOST_PROBLEMS:
        report.problems.append({"line": number, "sentence": sentence})


def _incoming(text: str) -> Any:
    """One line as a report.

    Raises:
        ValueError: with one Vietnamese sentence.
    """
    from hoiam.kit.news import precision_of
    from hoiam.monitoring.actions.incoming import Incoming

    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError("Không phải JSON.") from error
    if not isinstance(value, dict) or not str(value.get("title") or "").strip():
        raise ValueError("Thiếu tiêu đề (title).")
    if not value.get("link") and not value.get("id"):
        raise ValueError("Thiếu địa chỉ bài (link).")
    raw = str(value.get("published") or "")
    published, seen = _moment(raw), _moment(str(value.get("fetched") or ""))
    return Incoming(
        title=str(value["title"]),
        url=str(value.get("link") or f"urn:hoiam:{value['id']}"),
        sapo=str(value.get("summary") or ""),
        body=str(value.get("text") or ""),
        outlet=str(value.get("source") or ""),
        author=str(value.get("author") or ""),
        section=str(value.get("category") or ""),
        published_at=published,
        published_raw=raw,
        published_from="import" if published else "",
        published_precision=precision_of(published, raw) if published else "minute",
        first_seen_at=seen,
    )


def _moment(raw: str) -> datetime | None:
    """The moment written, or None; what names no zone is Viet Nam's clock, as the papers write."""
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        found = read_moment(raw)
        return found.value if found else None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def clip(args: argparse.Namespace) -> int:
    """One report clipped by hand; prints the item's number."""
    from hoiam.agencies.models import Official
    from hoiam.agencies.queries import actor_on
    from hoiam.core.errors import HoiAmError
    from hoiam.monitoring.actions import clip as clipping
    from hoiam.monitoring.actions.incoming import Incoming

    moment = now()
    official = Official.objects.filter(username=args.user).first()
    if official is None:
        raise Refusal(f"Không có tài khoản “{args.user}”.", f"There is no account “{args.user}”.")
    file = None
    if args.file:
        file = clipping.ClippedFile(Path(args.file).name, all_bytes(args.file))
    published = read_moment(args.published, moment) if args.published else None
    if args.published and published is None:
        raise Refusal(
            f"Không đọc được thời điểm “{args.published}”. Viết như 05/04/2026 14:05.",
            f"Cannot read the time “{args.published}”. Write it like 05/04/2026 14:05.",
        )
    try:
        item = clipping.clip(
            Incoming(
                title=args.title,
                url=args.url,
                sapo=args.summary,
                outlet=args.outlet,
                published_at=published.value if published else None,
                published_raw=args.published,
                published_precision="minute" if not published or published.has_time else "day",
            ),
            clipping.ClipDetails(
                medium=args.medium,
                page=args.page,
                programme=args.programme,
                aired_at=published.value if published and args.programme else None,
            ),
            actor=actor_on(official, moment.astimezone(VIETNAM).date()),
            now=moment,
            file=file,
        )
    except HoiAmError as error:
        raise Refusal(str(error)) from error
    put([{"id": item.pk, "title": item.title, "story": item.story_id}])
    return 0


def digest(args: argparse.Namespace) -> int:
    """The digest of a day, week or month, or the outlook: text on stdout, JSON with --json, a Word file with -o."""
    from hoiam.agencies.models import Agency
    from hoiam.core.errors import HoiAmError
    from hoiam.handling.actions import make_sheet
    from hoiam.monitoring.actions.digest import send_digest
    from hoiam.monitoring.actions.digest_letters import digest_text
    from hoiam.monitoring.actions.digest_papers import digest_word

    moment = now()
    day = _day(args.date, moment.astimezone(VIETNAM).date())
    agencies = (
        Agency.objects.filter(code=args.agency)
        if args.agency
        else Agency.objects.filter(level="centre", valid_to=None)
    )
    agency = agencies.first()
    if agency is None:
        raise Refusal(
            f"Không có cơ quan mang mã “{args.agency}”.", f"There is no agency “{args.agency}”."
        )
    try:
        made = make_sheet(agency, args.kind, day, actor=None, now=moment)
    except HoiAmError as error:
        raise Refusal(str(error)) from error
    if args.send:
        send_digest(made, actor=None, now=moment)
    if args.output:
        Path(args.output).write_bytes(digest_word(made, now=moment))
    if args.json:
        days = {"first": made.first_day.isoformat(), "day": made.day.isoformat()}
        put([{"agency": agency.code, "kind": made.kind, **days, **made.content}])
    elif not args.output:
        print(digest_text(made))
    return 0


def _day(said: str, today: date) -> date:
    if not said:
        return today
    try:
        return date.fromisoformat(said)
    except ValueError:
        found = read_date(said, today)
        if found is None:
            raise Refusal(
                f"Không đọc được ngày “{said}”. Viết như 05/04/2026.",
                f"Cannot read the date “{said}”. Write it like 05/04/2026.",
            ) from None
        return found


def import_agencies(args: argparse.Namespace) -> int:
    """All rows of the file, or none with a sentence for each wrong cell."""
    from hoiam.agencies.actions import import_agencies as action
    from hoiam.core.errors import HoiAmError

    try:
        report = action(
            all_bytes(args.file),
            actor=None,
            now=now(),
            file_name=Path(args.file).name,
            dry_run=args.dry_run,
        )
    except HoiAmError as error:
        raise Refusal(str(error)) from error
    for problem in report.problems:
        print(f"Dòng {problem['row']}, cột {problem['column']}: {problem['sentence']}")
    done = "Chạy thử, chưa ghi gì." if args.dry_run else f"Đã nhập {report.taken} cơ quan."
    say(f"{report.rows} dòng, {len(report.problems)} lỗi. {done}")
    return 1 if report.problems else 0


def _import_items_arguments(made: Parser) -> None:
    made.add_argument(
        "file", metavar="TỆP", help="JSON Lines: .jsonl, .gz, .xz, .zst; “-” là stdin"
    )


def _clip_arguments(made: Parser) -> None:
    made.add_argument("--user", required=True, help="tên đăng nhập của người ghi nhận")
    made.add_argument("--title", required=True, help="tiêu đề bài")
    made.add_argument("--url", default="", help="địa chỉ bài")
    made.add_argument("--outlet", default="", help="tên báo, đài")
    made.add_argument("--summary", default="", help="tóm tắt hoặc sapo")
    made.add_argument("--published", default="", help="thời điểm đăng, phát: 05/04/2026 14:05")
    made.add_argument("--medium", default="web", help="web, print, radio, television, social")
    made.add_argument("--page", default="", help="trang (báo in)")
    made.add_argument("--programme", default="", help="chương trình (phát thanh, truyền hình)")
    made.add_argument("--file", default="", help="tệp kèm: PDF, ảnh, âm thanh, video")


DIGEST_KINDS = {
    "week": "tổng hợp dư luận của tuần có ngày ấy",
    "month": "tổng hợp dư luận của tháng có ngày ấy",
    "outlook": "dự báo của tuần có ngày ấy",
}


def _digest_arguments(made: Parser) -> None:
    made.add_argument(
        "--date", default="", help="ngày, hoặc một ngày của tuần, tháng; mặc định hôm nay"
    )
    kinds = made.add_mutually_exclusive_group()
    for kind, told in DIGEST_KINDS.items():
        kinds.add_argument(f"--{kind}", dest="kind", action="store_const", const=kind, help=told)
    made.set_defaults(kind="day")
    made.add_argument("--agency", default="", help="mã cơ quan, mặc định trung ương")
    made.add_argument("--json", action="store_true", help="in JSON")
    made.add_argument("--send", action="store_true", help="gửi thư cho bàn trực của đơn vị")
    made.add_argument("-o", "--output", default="", help="ghi tệp Word")


def _import_agencies_arguments(made: Parser) -> None:
    made.add_argument(
        "file",
        metavar="TỆP.csv",
        help="cột: code,name,level,province,parent,valid_from,valid_to,predecessors,districts",
    )
    made.add_argument("--dry-run", action="store_true", help="chỉ kiểm tra, không ghi")


RUNS = {
    "import-items": import_items,
    "clip": clip,
    "digest": digest,
    "import-agencies": import_agencies,
}
ARGUMENTS = {
    "import-items": _import_items_arguments,
    "clip": _clip_arguments,
    "digest": _digest_arguments,
    "import-agencies": _import_agencies_arguments,
}
SUMMARIES = {
    "import-items": "Nhập tin qua toàn bộ dây chuyền; chạy lại không sinh tin trùng.",
    "clip": "Ghi nhận một bài báo bằng tay.",
    "digest": "Lập điểm tin của một ngày, tổng hợp dư luận tuần, tháng, hoặc dự báo tuần.",
    "import-agencies": "Nhập danh sách cơ quan từ CSV; sai một dòng thì không ghi dòng nào.",
}
