"""Words of scanned pages, read by tesseract where the machine has it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.refusals import NotReadable

SECONDS = 300.0
MOST_PAGES = 60
_DOTS = "200"  # an inch: the least for digitised copies, NĐ 30/2020/NĐ-CP Phụ lục VI
TOO_SLOW = "Máy đọc chữ chạy quá lâu nên đã dừng. Hãy tách tệp thành nhiều phần rồi đọc lại."


def text_of(data: bytes, kind: str) -> str | None:
    """The words of a scan, None when this machine cannot read pictures.

    Args:
        data: a PDF of pictures, or one picture.
        kind: pdf or picture.

    Raises:
        NotReadable: the file is damaged or takes too long.
    """
    reader, painter = shutil.which("tesseract"), shutil.which("pdftoppm")
    if reader is None or (kind == "pdf" and painter is None):
        return None
    with tempfile.TemporaryDirectory(prefix="hoiam-scan-") as folder:
        source = Path(folder) / "source"
        source.write_bytes(data)
        if kind == "pdf":
            _run(
                [
                    str(painter),
                    "-r",
                    _DOTS,
                    "-gray",
                    "-png",
                    "-l",
                    str(MOST_PAGES),
                    str(source),
                    f"{folder}/page",
                ]
            )
        pages = sorted(Path(folder).glob("page*")) if kind == "pdf" else [source]
        return "\n\f".join(
            _run([reader, str(page), "stdout", "-l", "vie"]).decode("utf-8", "replace")
            for page in pages
        )


def _run(words: list[str]) -> bytes:
    env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if "TESSDATA_PREFIX" in os.environ:
        env["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        # A list of words, no shell; names of ours only.
        done = subprocess.run(words, env=env, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise NotReadable(TOO_SLOW) from error
    except OSError as error:
        raise NotReadable(refusals.DAMAGED) from error
    if done.returncode:
        raise NotReadable(refusals.DAMAGED)
    return done.stdout
