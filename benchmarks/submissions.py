"""A Word file of 10 MB with 20 pictures: read in the background, the time of each part told.

Run with `python -m benchmarks.submissions`; the database of the settings is not touched, one in memory is used.
"""

import io
import os
import tempfile
import time
from random import Random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
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
        document.add_picture(io.BytesIO(photograph(random, 62)), width=Cm(14))
        document.add_paragraph(f"Ảnh: bến đò thứ {number + 1}.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    """Makes the file, reads it through the job as a worker would, prints the times."""
    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings

    from hoiam.agencies.actions import SentFile
    from hoiam.agencies.states import Role
    from hoiam.newsroom import actions
    from hoiam.newsroom.jobs.words import read_word
    from tests import factories as make
    from tests.factories import NOW

    data = word_file()
    with tempfile.TemporaryDirectory() as folder, override_settings(HOIAM_BLOBS=folder):
        call_command("migrate", verbosity=0)
        tree = make.tree()
        writer = make.actor(tree.region1, Role.CONTRIBUTOR)
        piece = actions.begin_submission(tree.region1, actions.Text(), actor=writer, now=NOW)
        begun = time.perf_counter()
        file = actions.send_word(piece, SentFile("bai.docx", data), actor=writer, now=NOW)
        taken = time.perf_counter()
        read_word(file.pk, now=NOW)
        done = time.perf_counter()
        file.refresh_from_db()
        print(f"tệp {len(data) / 1_000_000:.1f} MB, {file.done} ảnh")
        print(f"nhận tệp {taken - begun:.2f} s; đọc nền {done - taken:.2f} s (đích {TARGET:.0f} s)")


if __name__ == "__main__":
    main()
