"""Renew the generated pages and check every link: `make docs`.

docs/rules.md comes from the rulebook, docs/papers.md from the kinds of paper. Running it twice changes nothing.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from hoiam.kit.papers import kinds
from hoiam.kit.rulebook import UNITS, RuleVersion, rules
from hoiam.kit.vietnamese import show_date

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FRONT = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
WHEN = {"always": "", "issue": " (khi ban hành)"}
DIRECTIONS = {
    "before": "trước ít nhất ",
    "keep": "ít nhất ",
    "limit": "tối đa ",
    "recurring": "mỗi ",
}
# A rule in days has the first days of its cycle; one in months fills the cycle.
CYCLES = {"month": "đầu mỗi tháng", "quarter": "đầu mỗi quý"}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

RULES_HEAD = """# Quy tắc pháp luật đang dùng

Trang này do `make docs` sinh ra từ bộ quy tắc; đừng sửa tay. Mỗi hàng là một quy tắc trong thời gian nó có hiệu lực; hàng được chọn theo
ngày sự việc phát sinh.

Độ tin cậy: **A** là lời của chính điều luật; **B** là nguồn thứ hai dẫn điều luật, cần đối chiếu bản gốc; **C** và **U** là mặc định sản
phẩm, cần cơ quan xác nhận, không gọi là luật.
"""

PAPERS_HEAD = """# Các loại văn bản viết được

Trang này do `make docs` sinh ra từ các tệp mô tả loại văn bản; đừng sửa tay. Thể thức theo Nghị định 30/2020/NĐ-CP. Ô bắt buộc còn trống thì
văn bản không được xuất, và ô đó được gọi tên.
"""


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a bar inside a cell is escaped, line ends become blanks."""
    head = list(columns)
    lines = [head, ["---"] * len(head), *(map(cell, row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(text: str) -> str:
    """The text as it may stand in a cell."""
    return " ".join(text.split()).replace("|", "\\|") or "–"


def time_of(version: RuleVersion) -> str:
    """How long the rule gives, in words, and the values it asks for first."""
    asked = ", ".join(question.title for question in version.questions)
    told = (length(version), f"tùy {asked}" if asked else "")
    return "; ".join(part for part in told if part) or "chưa xác minh"


def length(version: RuleVersion) -> str:
    """The number with its unit; empty where the rule has none of its own."""
    if version.yearly_date:
        return f"trước ngày {version.yearly_date} hằng năm"
    unit = UNITS.get(version.unit or "", "lượt")
    if version.number is None:
        return unit if version.unit in {"immediate", "next_issue"} else ""
    if version.cycle and version.unit != "month":
        return f"{version.number} {unit} {CYCLES[version.cycle]}"
    return f"{DIRECTIONS.get(version.direction, '')}{version.number} {unit}"


def rules_page() -> str:
    """The page of rules: one row for each version of each rule."""
    rows = (
        (
            version.rule_id,
            version.duty,
            time_of(version),
            version.event,
            version.actor,
            version.source,
            f"từ {show_date(version.valid_from)}"
            + (f" đến {show_date(version.valid_to)}" if version.valid_to else ""),
            version.confidence,
        )
        for rule in rules()
        for version in rule.versions
    )
    columns = (
        "Mã",
        "Phải làm",
        "Thời hạn",
        "Tính từ, khi",
        "Ai làm",
        "Nguồn",
        "Hiệu lực",
        "Tin cậy",
    )
    return f"{RULES_HEAD}\n{table(columns, rows)}"


def papers_page() -> str:
    """The page of papers: one row for each kind, with its mandatory fields."""
    rows = (
        (
            kind.code,
            kind.title,
            "; ".join(f"{basis.trigger} ({basis.source})" for basis in kind.legal),
            "; ".join(
                f"{field.label}{WHEN[field.required]}" for field in kind.fields if field.required
            ),
        )
        for kind in kinds()
    )
    return f"{PAPERS_HEAD}\n{table(('Mã', 'Văn bản', 'Khi nào, căn cứ', 'Ô bắt buộc'), rows)}"


GENERATED = {DOCS / "rules.md": rules_page, DOCS / "papers.md": papers_page}


def pages() -> list[Path]:
    """Every page people read: the front pages and all of docs."""
    return [ROOT / name for name in FRONT] + sorted(DOCS.rglob("*.md"))


def broken_links(page: Path, text: str) -> Iterator[str]:
    """Targets of this text's links, read from the page's folder, that do not exist; web addresses are not followed."""
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        if not (page.parent / target.split("#")[0]).exists():
            yield target


def main() -> int:
    """0 when every page stands and every link leads somewhere."""
    for path, write in GENERATED.items():
        path.write_text(write(), encoding="utf-8")
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages()
        for target in broken_links(page, page.read_text(encoding="utf-8"))
    ]
    for line in broken:
        print(f"Liên kết hỏng: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
