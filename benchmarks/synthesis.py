"""Makes the synthesis of a round of many reports, with its Word file.

    python -m benchmarks.synthesis [--reports N]

Fills a database of its own with fictional units of several provinces, whose reports say much in the same words. Prints the
seconds of the whole job (reading, folding, parts, Word file), the size of the file and how many paragraphs were folded.
Gate: 20 s with 400 reports.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
GATE = 20.0
COMMON = [
    "Công chức kiêm nhiệm công tác truyền thông nên chưa chủ động viết tin, bài về thi hành án.",
    "Kinh phí dành riêng cho công tác truyền thông chưa được bố trí trong dự toán hằng năm.",
    "Một số cơ quan báo chí chưa gửi trước câu hỏi khi đề nghị cung cấp thông tin về vụ việc.",
    "Việc phối hợp với đài truyền thanh cấp xã trong tuyên truyền pháp luật chưa thường xuyên.",
]
WORDS = [
    "tuyên",
    "truyền",
    "thi",
    "hành",
    "án",
    "phối",
    "hợp",
    "báo",
    "đài",
    "tin",
    "bài",
    "tập",
    "huấn",
    "cấp",
    "xã",
    "bản",
    "làng",
    "tiếng",
    "dân",
    "tộc",
    "hội",
    "nghị",
    "đối",
    "thoại",
    "pháp",
    "luật",
    "cưỡng",
    "chế",
    "tài",
    "sản",
    "đấu",
    "giá",
    "công",
    "khai",
    "kết",
    "quả",
]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        sys.exit(0 if measure(asked.reports) else 1)


def measure(count: int) -> bool:
    """Fill, make, print; whether the gate is kept."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    from hoiam.core import blobs  # noqa: PLC0415 -- settings first
    from hoiam.scheme.actions.synthesis_making import make_synthesis  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    synthesis = fill(count)
    began, used = time.perf_counter(), time.process_time()
    made = make_synthesis(synthesis, run=synthesis.run, now=NOW)
    spent, cpu = time.perf_counter() - began, time.process_time() - used
    if made.word_fault:
        sys.exit(made.word_fault)
    size = len(blobs.read(made.blob)) / 1024
    kept = sum(len(part.paragraphs) for part in made.parts.all())
    print(
        f"synthesis of {count:,} reports to Word: {spent:.1f} s ({cpu:.1f} CPU s), file {size:,.0f} kB, "
        f"{kept:,} paragraphs after folding, gate {GATE:.0f} s"
    )
    return spent <= GATE


def fill(count: int) -> Any:
    """A closed round whose reports were sent, and its synthesis asked for."""
    from hoiam.agencies.models import Agency, Official  # noqa: PLC0415 -- settings first
    from hoiam.scheme.models import (  # noqa: PLC0415 -- settings first
        ReportRound,
        ReportVersion,
        RoundSection,
        Synthesis,
        UnitReport,
    )
    from hoiam.scheme.queries.round_forms import preset  # noqa: PLC0415 -- settings first

    one, two = (
        Official.objects.create(username=name, full_name=name) for name in ("soan", "duyet")
    )
    centre = Agency.objects.create(
        code="C", name="Cục", full_name="Cục", level="centre", symbol="C"
    )
    round_ = ReportRound.objects.create(
        title="Tổng kết Đề án", owner=centre, review="final_review", year=2026,
        due_on=date(2026, 8, 15), state="closed", created_by=one, created_at=NOW,
    )  # fmt: skip
    chosen = preset("closing_2862")
    for order, row in enumerate(chosen.sections if chosen else (), start=1):
        RoundSection.objects.create(round=round_, order=order, **row)
    random.seed(2862)
    province = None
    for number in range(count):
        is_province = number % 10 == 0
        unit = Agency.objects.create(
            code=f"U{number}", name=f"Đơn vị hư cấu {number}", full_name=f"Đơn vị hư cấu {number}",
            level="province" if is_province else "region", parent=None if is_province else province,
        )  # fmt: skip
        province = unit if is_province else province
        report = UnitReport.objects.create(round=round_, agency=unit, state="sent")
        ReportVersion.objects.create(
            report=report, number=1, content=content(number), written_by=one, approved_by=two,
            received_at=NOW - timedelta(days=7),
        )  # fmt: skip
    return Synthesis.objects.create(round=round_, run=1, asked_by=one, asked_at=NOW)


def content(number: int) -> dict[str, Any]:
    """One unit's answers: some in everybody's words, some in its own."""
    figures = {
        key: str(number % 7 + place)
        for place, key in enumerate(
            ("tin-bai-trung-uong", "tin-bai-dia-phuong", "tin-bai-cong", "tin-bai-mang", "phan-hoi",
             "thoa-thuan", "tap-huan", "nguoi-du", "kinh-phi")
        )
    }  # fmt: skip
    texts = {
        key: "\n".join([random.choice(COMMON), own(), own()])
        for key in ("chi-dao", "danh-gia", "kho-khan", "cai-tien", "dia-phuong", "de-xuat")
    }
    tasks = [
        {"ref": f"2.{n}", "task": f"Nhiệm vụ {n}", "result": own(), "count": str(number % 5)}
        for n in range(1, 7)
    ]
    return {**figures, **texts, "tin-bai": str(number % 7 * 4 + 6), "nhiem-vu": tasks}


def own() -> str:
    """A sentence of one's own."""
    return " ".join(random.choices(WORDS, k=22)).capitalize() + "."


if __name__ == "__main__":
    main()
