"""A page as people see it: a picture (PNG) and a print (PDF) made by a headless Chromium, when one is installed.

The live address is rendered, in a profile thrown away afterwards, with the environment of nobody; its only way to the
network is our gateway, so that private addresses are refused as for our own fetches. Whoever hangs is killed with all its
children. The record says how the picture was made: it is another reading of the page than the WARC file beside it.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch.gateway import Gateway, gateway
from hoiam.core.fetch.guard import AddressGuard
from hoiam.core.filekinds import LARGEST, MOST_PIXELS, pixels

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WIDTH, HEIGHT = 1280, 3200
SECONDS = 60.0
_LOAD_MS = 20_000
_FLAGS = (
    "--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--disable-default-apps", "--deny-permission-prompts", "--block-new-web-contents", "--mute-audio",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--no-pdf-header-footer",
    "--proxy-bypass-list=<-loopback>", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip


class NoRendering(HoiAmError):
    """No picture was made; the sentence says why, and the capture goes on without."""


@dataclass(frozen=True)
class Rendering:
    """The picture and the print of a page, and how they were made."""

    image: bytes
    print: bytes
    how: str


def find_chromium() -> str:
    """Where a Chromium is: HOIAM_CHROMIUM, else a usual name; blank when none is."""
    if settings.HOIAM_CHROMIUM:
        return shutil.which(settings.HOIAM_CHROMIUM) or ""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def render(
    url: str, *, guard: AddressGuard | None = None, seconds: float = SECONDS, program: str = ""
) -> Rendering:
    """The page at this address as a Chromium shows it. Never call it in a transaction.

    Args:
        guard: which addresses the page and all it loads may come from.
        seconds: on the wall; then everything is killed.
        program: another Chromium than the one found.

    Raises:
        NoRendering: none is installed, it hung, or it gave nothing that can be kept.
    """
    program = program or find_chromium()
    if not program:
        raise NoRendering("Máy chủ chưa cài Chromium nên không có ảnh và PDF của trang.")
    with tempfile.TemporaryDirectory(prefix="hoiam-page-") as folder:
        door = asyncio.run(_run(program, url, Path(folder), guard, seconds))
        image, print_ = _made(Path(folder))
    turned = f", chặn {len(door.refused)} địa chỉ nội bộ" if door.refused else ""
    how = f"Chromium không giao diện, {WIDTH} × {HEIGHT}, mở lại trang sau khi lưu WARC{turned}"
    return Rendering(image, print_, how)


async def _run(
    program: str, url: str, folder: Path, guard: AddressGuard | None, seconds: float
) -> Gateway:
    async with gateway(guard) as door:
        child = await asyncio.create_subprocess_exec(
            *_command(program, url, folder, door.address),
            env=_environment(folder),
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(seconds):
                await child.wait()
        except TimeoutError as error:
            raise NoRendering(
                f"Chromium không chụp xong trong {seconds:g} giây nên đã dừng; vẫn có tệp WARC."
            ) from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            await child.wait()
    return door


def _command(program: str, url: str, folder: Path, door: str) -> Sequence[str]:
    more = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [
        program,
        *_FLAGS,
        *more,
        f"--proxy-server={door}",
        f"--user-data-dir={folder / 'profile'}",
        f"--user-agent={settings.HOIAM_USER_AGENT}",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--timeout={_LOAD_MS}",
        f"--screenshot={folder / 'page.png'}",
        f"--print-to-pdf={folder / 'page.pdf'}",
        "--lang=vi",
        "--",
        url,
    ]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}


def _made(folder: Path) -> tuple[bytes, bytes]:
    found = []
    for name, start in (("page.png", b"\x89PNG"), ("page.pdf", b"%PDF-")):
        path = folder / name
        if not path.exists() or path.stat().st_size > LARGEST:
            raise NoRendering("Chromium không tạo được ảnh và PDF của trang; vẫn có tệp WARC.")
        found.append(path.read_bytes())
        if not found[-1].startswith(start):
            raise NoRendering("Ảnh hoặc PDF Chromium tạo ra bị hỏng; vẫn có tệp WARC.")
    width, height = pixels(found[0], "image/png")
    if width * height > MOST_PIXELS:
        raise NoRendering("Ảnh trang quá lớn nên không lưu; vẫn có tệp WARC.")
    return found[0], found[1]
