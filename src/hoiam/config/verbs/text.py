"""`hoiam recognise | extract | read-feed | stories`: text, without database or network."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from hoiam.config.verbs.lines import Record, all_bytes, answered, put, records
from hoiam.config.verbs.say import Parser, Progress, Refusal, parse, parser, say


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    made = parser(verb, SUMMARIES[verb])
    ARGUMENTS[verb](made)
    args = parse(made, words)
    return args if isinstance(args, int) else RUNS[verb](args)


def recognise(args: argparse.Namespace) -> int:
    """One judgement a document, with reasons and spans."""
    from hoiam.agencies.outlets import home_of, press_name
    from hoiam.kit.recognition import recognise_record

    def answer(given: Record) -> Record:
        url, outlet = _text(given, "url"), _text(given, "outlet")
        known = {"home_province": given.get("home_province") or home_of(url, outlet)}
        if outlet:
            known["outlet"] = press_name(url, outlet)
        return {"id": given.get("id"), **recognise_record(given | known)}

    put(answered(_counted(records(args.file, args.jsonl)), answer), jsonl=args.jsonl)
    return 0


def extract(args: argparse.Namespace) -> int:
    """The parts of one page, or of each page of a JSON Lines file."""
    from hoiam.kit.news import extract_record, sentences

    named = {"url": args.url} if args.url else {}

    def answer(given: Record) -> Record:
        _words_only(given, "html", "url", "charset")
        return extract_record(given | named)

    if args.jsonl:
        put(answered(_counted(records(args.file, True)), answer))
    else:
        answer_one = extract_record({"url": args.url, "html": all_bytes(args.file)})
        if sentences.PAGE_NOT_TEXT in answer_one["problems"]:
            raise Refusal(
                sentences.PAGE_NOT_TEXT,
                "This file is no web page but binary data; open the link in a browser and save the page again.",
            )
        put([answer_one], jsonl=False)
    return 0


def read_feed(args: argparse.Namespace) -> int:
    """One entry a line; exit 1 when entries were lost or times could not be read, 2 when it is no feed."""
    from hoiam.kit.news import feed_problems, has_losses, read_feed_lines

    lines, feed = read_feed_lines(all_bytes(args.file), args.url)
    if not feed.kind:
        raise Refusal(
            feed.problems[-1],  # what decided it; faults met on the way there would only confuse
            "This is no RSS, Atom, RDF or JSON Feed that can be read.",
        )
    put(lines)
    for problem in feed_problems(feed):
        say(problem)
    return 1 if has_losses(feed) else 0


def stories(args: argparse.Namespace) -> int:
    """Each item with its story; the input is in time order."""
    from hoiam.kit.news import story_records

    given_ids: dict[str, Any] = {}  # a number given as id comes back as a number

    def remembered() -> Iterator[Record]:
        for _, given in _counted(records(args.file, True)):
            if given.get("id") not in (None, ""):
                given_ids.setdefault(str(given["id"]), given["id"])
            yield given

    def named(answer: Record) -> Record:
        keys = ("id", "story", "duplicate_of")
        return answer | {key: given_ids.get(answer[key], answer[key]) for key in keys}

    put(map(named, story_records(remembered())))
    return 0


def _counted(numbered: Iterator[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
    """The same records, counted before people's eyes when there is a terminal."""
    progress = Progress("Đã đọc")
    for number, given in numbered:
        yield number, given
        if progress.live and number % 50 == 0:
            progress.step(50)
    progress.end()


def _text(given: Record, name: str) -> str:
    """A field that should be text, or "" when it is not: what it says only helps."""
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _words_only(given: Record, *names: str) -> None:
    for name in names:
        if not isinstance(given.get(name), str | None):
            raise ValueError(f"Trường “{name}” phải là chữ; hãy sửa dòng này rồi chạy lại.")


def _recognise_arguments(made: Parser) -> None:
    made.add_argument("--jsonl", action="store_true", help="mỗi dòng một bài")
    made.add_argument("file", nargs="?", default="-", metavar="TỆP", help="JSON; “-” là stdin")


def _extract_arguments(made: Parser) -> None:
    made.add_argument("--jsonl", action="store_true", help="mỗi dòng {id, url, html}")
    made.add_argument("--url", default="", help="địa chỉ của trang")
    made.add_argument("file", nargs="?", default="-", metavar="TỆP", help="HTML; “-” là stdin")


def _read_feed_arguments(made: Parser) -> None:
    made.add_argument("--url", default="", help="địa chỉ của nguồn")
    made.add_argument(
        "file", nargs="?", default="-", metavar="TỆP", help="RSS, Atom, RDF, JSON Feed"
    )


def _stories_arguments(made: Parser) -> None:
    made.add_argument("--jsonl", action="store_true", help="luôn là JSON Lines")
    made.add_argument(
        "file", nargs="?", default="-", metavar="TỆP", help="JSON Lines theo thứ tự thời gian"
    )


RUNS = {"recognise": recognise, "extract": extract, "read-feed": read_feed, "stories": stories}
ARGUMENTS = {
    "recognise": _recognise_arguments,
    "extract": _extract_arguments,
    "read-feed": _read_feed_arguments,
    "stories": _stories_arguments,
}
SUMMARIES = {
    "recognise": "Tin có liên quan THADS không, cơ quan nào, sắc thái, mức độ, vì sao.",
    "extract": "Bóc tiêu đề, sapo, nội dung, tác giả, thời gian từ trang báo.",
    "read-feed": "Đọc một nguồn tin; mỗi dòng một tin.",
    "stories": "Gom tin theo vụ việc, chỉ ra bài trùng.",
}
