"""Word files as PDF, through LibreOffice where the machine has it: for the preview, and to prove the form.

One conversion at a time, in a profile of its own, within a time limit; several files share one start of the program.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hoiam.kit.papers.errors import PaperError

SECONDS = 60.0
_NAMES = ("soffice", "libreoffice")


class NoOffice(PaperError):
    """The PDF could not be made; the sentence says what to do."""


def office() -> str | None:
    """Where LibreOffice is, None when the machine has none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def to_pdf(
    files: Mapping[str, bytes], *, seconds: float = SECONDS, place: Path | None = None
) -> dict[str, bytes]:
    """The PDF of each Word file by its name, all made by one start of LibreOffice.

    Args:
        files: Word files by a plain name without ending.
        seconds: how long it may take.
        place: a folder that keeps the program's profile between calls; without one a fresh profile is made and dropped.

    Raises:
        NoOffice: there is no LibreOffice, it took too long, or it could not read a file.
    """
    program = office()
    if program is None:
        raise NoOffice("Máy chủ chưa có LibreOffice nên chưa xem được PDF. Hãy tải tệp Word.")
    with tempfile.TemporaryDirectory(prefix="hoiam-office-") as folder, _alone(place):
        work = Path(folder)
        for name, data in files.items():
            (work / f"{name}.docx").write_bytes(data)
        _convert(program, work, (place or work) / "profile", seconds)
        made = {name: work / f"{name}.pdf" for name in files}
        if not all(path.is_file() for path in made.values()):
            raise NoOffice("LibreOffice không đọc được tệp Word này. Hãy tải tệp Word để xem.")
        return {name: path.read_bytes() for name, path in made.items()}


def from_old_word(data: bytes, *, seconds: float = SECONDS) -> bytes:
    """A .doc or .rtf file as .docx.

    Raises:
        NoOffice: there is no LibreOffice, it took too long, or it could not read the file.
    """
    program = office()
    if program is None:
        raise NoOffice(
            "Máy chủ chưa có LibreOffice nên chưa đọc được .doc. Hãy lưu lại thành .docx."
        )
    with tempfile.TemporaryDirectory(prefix="hoiam-office-") as folder:
        work = Path(folder)
        (work / "old.doc").write_bytes(data)
        _convert(program, work, work / "profile", seconds, before="doc", after="docx")
        made = work / "old.docx"
        if not made.is_file():
            raise NoOffice(
                "Không mở được tệp Word này: có thể tệp hỏng hoặc có mật khẩu. "
                "Hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx."
            )
        return made.read_bytes()


def _convert(
    program: str,
    work: Path,
    profile: Path,
    seconds: float,
    before: str = "docx",
    after: str = "pdf",
) -> None:
    words = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile.absolute().as_uri()}",
        "--convert-to",
        after,
        "--outdir",
        str(work),
        *(str(path) for path in sorted(work.glob(f"*.{before}"))),
    ]
    # It needs a home and its own path, and nothing the service knows.
    env = {"HOME": str(work), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    try:
        # A list of words, no shell; a group of its own, so that what it started ends with it.
        with subprocess.Popen(  # noqa: S603
            words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        ) as running:
            try:
                running.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, 9)
                raise
    except subprocess.TimeoutExpired as error:
        raise NoOffice(
            "LibreOffice chạy quá lâu nên đã dừng. Hãy thử lại sau, hoặc tải tệp Word."
        ) from error
    except OSError as error:
        raise NoOffice("Không chạy được LibreOffice. Hãy tải tệp Word để xem.") from error


@contextmanager
def _alone(place: Path | None) -> Iterator[None]:
    """One conversion at a time among all that share the profile."""
    if place is None:
        yield
        return
    import fcntl  # noqa: PLC0415 -- only where a profile is shared, which is on a server

    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
