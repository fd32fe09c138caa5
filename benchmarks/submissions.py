"""A Word file of 10 MB with 20 pictures: read in the background, the time of each part told.

    python -m benchmarks.submissions

In a database and a store of its own; as a worker runs it, one process.
"""

import io
import os
import tempfile
import time
from datetime import UTC, datetime
from random import Random

from docx import Document
from docx.shared import Cm
from PIL import Image

PICTURES, SIZE, TARGET = 20, (2400, 1600), 5.0


def photograph(random: Random, quality: int) -> bytes:
    """A JPEG with as much in it as a photograph: coarse noise under smooth light."""
    small = Image.frombytes("RGB", (300, 200), random.randbytes(300 * 200 * 3))
    grain = Image.frombytes("RGB", (1200, 800), random.randbytes(1200 * 800 * 3))
    smooth = small.resize(SIZE, Image.Resampling.BICUBIC)
    mixed = Image.blend(smooth, grain.resize(SIZE, Image.Resampling.BILINEAR), 0.25)
    out = io.BytesIO()
    mixed.save(out, "JPEG", quality=quality)
    return out.getvalue()


def word_file() -> bytes:
    """The file: a title, twenty pictures each under three paragraphs."""
    random = Random(6)
    document = Document()
    document.add_paragraph("Hai mươi bến đò", style="Title")
    for number in range(PICTURES):
        for _ in range(3):
            document.add_paragraph("Sáng sớm, bến sông còn sương. " * 12)
        document.add_picture(io.BytesIO(photograph(random, 48)), width=Cm(14))
        document.add_paragraph(f"Ảnh: bến đò thứ {number + 1}.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        measure()


def measure() -> None:
    """Make the file, send it, read it through the job, print the times."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    from hoiam.agencies.actions import SentFile  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency, Official, Post  # noqa: PLC0415 -- settings first
    from hoiam.agencies.queries import actor_on  # noqa: PLC0415 -- settings first
    from hoiam.newsroom import actions  # noqa: PLC0415 -- settings first
    from hoiam.newsroom.jobs.words import read_word  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    place = Agency.objects.create(code="b", name="Phòng", full_name="Phòng", level="region")
    person = Official.objects.create(username="b", full_name="Người viết")
    Post.objects.create(official=person, agency=place, role="contributor", valid_from=now.date())
    writer, data = actor_on(person, now.date()), word_file()
    piece = actions.begin_submission(place, actions.Text(), actor=writer, now=now)
    begun = time.perf_counter()
    file = actions.send_word(piece, SentFile("bai.docx", data), actor=writer, now=now)
    taken, worked = time.perf_counter(), time.process_time()
    read_word(file.pk, now=now)
    done, worked = time.perf_counter(), time.process_time() - worked
    file.refresh_from_db()
    print(f"{len(data) / 1_000_000:.1f} MB, {file.done} pictures: {file.get_state_display()}")
    print(
        f"taken in {taken - begun:.2f} s, read in {done - taken:.2f} s, {worked:.2f} CPU s (gate {TARGET:.0f} s)"
    )


if __name__ == "__main__":
    main()
