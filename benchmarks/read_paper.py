"""Reads official papers: each real one it was made for, an invented Word file of 200 pages, and the invented cases.

    python -m benchmarks.read_paper

The real papers lie in the folder HOIAM_SHARED names and are passed over where it is absent. Gates: a real paper in 1 s, 200 pages in
10 s, both of processor time.
"""

import io
import os
import statistics
import sys
import time
from pathlib import Path

from docx import Document

from hoiam.kit.papers import read_paper

SEED_SECONDS, BOOK_SECONDS = 1.0, 10.0
SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[2] / "shared"))
WORDS = (
    "Tổ chức tuyên truyền, phổ biến chủ trương, chính sách đến cán bộ, công chức, viên chức và Nhân dân; phối hợp với các cơ quan "
    "báo chí, đài phát thanh và truyền hình xây dựng chuyên mục, chuyên trang, bảo đảm thường xuyên, kịp thời, hiệu quả. "
)
PARTS = ("a) Đơn vị chủ trì: Sở Tư pháp.", "b) Đơn vị phối hợp: Sở Nội vụ, Sở Tài chính; UBND các huyện, thành phố.", "c) Thời gian: Quý II/2024.", "d) Sản phẩm: Kế hoạch; báo cáo.")  # fmt: skip


def book() -> bytes:
    """A Word file of about 200 pages: 250 tasks in paragraphs and 400 in a table."""
    document = Document()
    for line in ("BỘ KIẾN THIẾT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/KH-BKT", "Hà Nội, ngày 02 tháng 3 năm 2024", "KẾ HOẠCH", "Chương trình lớn"):  # fmt: skip
        document.add_paragraph(line)
    for number in range(250):
        document.add_paragraph(f"{number % 60 + 1}. Nhiệm vụ {number}. {WORDS * 2}")
        for part in PARTS:
            document.add_paragraph(part)
        document.add_paragraph(WORDS * 3)
    rows = [("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm")]
    rows += [
        (str(n), WORDS[:90], "Sở Tư pháp", "Sở Nội vụ; Sở Tài chính", "Quý I", "Hội nghị; báo cáo")
        for n in range(1, 401)
    ]
    table = document.add_table(len(rows), 6)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def timed(data: bytes) -> tuple[float, int]:
    """Seconds of processor time of one reading, and how many tasks it found."""
    start = time.process_time()
    reading = read_paper(data)
    return time.process_time() - start, len(reading.tasks)


def main() -> None:
    """Print the figures; what is over its gate ends with 1."""
    late = []
    read_paper("Số: 1/KH-A".encode())  # word lists are read once a process
    for file in sorted((SHARED / "seeds").glob("*.txt")):
        data = file.read_bytes()
        spent = statistics.median(timed(data)[0] for _ in range(5))
        print(f"{file.name[:3]} ({len(data):,} bytes): {spent * 1000:.0f} ms of processor time")
        late += [file.name] if spent > SEED_SECONDS else []
    if not (SHARED / "seeds").is_dir():
        print("real papers: no shared data here (HOIAM_SHARED), passed over")
    data = book()
    spent, tasks = timed(data)
    print(
        f"Word file of 200 pages, {tasks} tasks: {spent:.1f} s of processor time (gate {BOOK_SECONDS:.0f} s)"
    )
    late += ["200 pages"] if spent > BOOK_SECONDS else []
    if late:
        sys.exit(f"over the gate: {', '.join(late)}")


if __name__ == "__main__":
    main()
