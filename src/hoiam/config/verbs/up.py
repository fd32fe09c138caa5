"""`hoiam up`: the whole house under one small supervisor. Nothing here loads Django."""

import argparse
import errno
import os
import socket
from collections.abc import Sequence

from hoiam.config import environment
from hoiam.config.supervisor import Child, supervise
from hoiam.config.verbs.say import Refusal, parse, parser, say

HERE = frozenset({"127.0.0.1", "localhost", "::1"})


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code, after TERM or Ctrl+C stopped everything."""
    made = parser(
        verb, "Chạy trang web, bộ thu thập và việc nền; tiến trình nào chết được dựng lại."
    )
    made.add_argument("--host", default="", metavar="ĐỊA_CHỈ", help="nơi lắng nghe (HOIAM_HOST, mặc định 127.0.0.1)")  # fmt: skip
    made.add_argument("--port", type=int, metavar="CỔNG", help="cổng (HOIAM_PORT, mặc định 8000)")
    made.add_argument("--workers", type=int, default=1, metavar="N", help="số tiến trình việc nền")
    made.add_argument("--threads", type=int, default=4, metavar="N", help="số luồng phục vụ trang")
    args = parse(made, words)
    return args if isinstance(args, int) else _up(args)


def _up(args: argparse.Namespace) -> int:
    host = args.host or environment.text("HOIAM_HOST", "127.0.0.1")
    try:
        port = (
            environment.port()
            if args.port is None
            else environment.as_port(str(args.port), "--port")
        )
        environment.data_folder()
    except (ValueError, OSError) as error:
        raise Refusal(f"Cấu hình sai: {error}", f"Wrong settings: {error}") from error
    if args.workers < 1 or args.threads < 1:
        raise Refusal(
            "--workers và --threads phải từ 1 trở lên.", "--workers and --threads start at 1."
        )
    _refuse_unsafe(host)
    _refuse_empty_house()
    _refuse_busy(host, port)
    say(
        f"Bàn trực: http://{_shown(host)}:{port}/desk/ (mở được sau vài giây; dừng bằng Ctrl+C)",
        f"The desk: http://{_shown(host)}:{port}/desk/ (ready in a few seconds; stop with Ctrl+C)",
    )
    say(
        "Đăng nhập bằng tài khoản đã cấp; tạo tài khoản hoặc đặt lại mật khẩu: hoiam user TÊN_ĐĂNG_NHẬP",
        "Sign in with your account; make one or set a new password: hoiam user NAME",
    )
    children = [Child("web", _web(host, port, args.threads)), Child("collect", ["collect"])]
    children += [Child(f"work {n}", ["work"]) for n in range(1, args.workers + 1)]
    return supervise(children)


def _web(host: str, port: int, threads: int) -> list[str]:
    # Without these two limits the server warns of up to 512 threads.
    return [
        "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
        "--blocking-threads", str(threads), "--backpressure", str(threads * 16), "--log-level", "warning",
        "hoiam.config.wsgi:application",
    ]  # fmt: skip


def _refuse_unsafe(host: str) -> None:
    """A house open to others needs its names; one sentence says which is missing."""
    if host not in HERE and not os.environ.get("HOIAM_ALLOWED_HOSTS"):
        raise Refusal(
            "Mở cho máy khác truy cập thì phải đặt HOIAM_ALLOWED_HOSTS (tên miền của trang).",
            "To be reached from other machines, set HOIAM_ALLOWED_HOSTS.",
        )


def _refuse_empty_house() -> None:
    """Without a database nothing would start; said once, not by each child."""
    own = environment.data_folder() / "hoiam.sqlite3"
    if not environment.text("DATABASE_URL") and not own.exists():
        raise Refusal(
            "Chưa có cơ sở dữ liệu. Hãy chạy: hoiam setup",
            "There is no database yet. Run: hoiam setup",
        )


def _refuse_busy(host: str, port: int) -> None:
    """One sentence when the port cannot be had, before anything starts."""
    try:
        family, kind, proto, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as door:
            # As the server does: a port in its last minute after a stop is free, one that listens is not.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(place)
    except OSError as error:
        raise _no_port(error, host, port) from error


def _no_port(error: OSError, host: str, port: int) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return Refusal(
            f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: hoiam up --port {other}",
            f"Another program uses port {port}. Choose another: hoiam up --port {other}",
        )
    if error.errno == errno.EACCES:
        return Refusal(
            f"Cổng {port} cần quyền quản trị máy. Chọn cổng từ 1024 trở lên: hoiam up --port 8000",
            f"Port {port} needs the rights of the machine's keeper. Choose one from 1024 up.",
        )
    return Refusal(
        f"Máy này không có địa chỉ “{host}”. Kiểm tra --host hoặc HOIAM_HOST.",
        f"This machine has no address “{host}”. Check --host or HOIAM_HOST.",
    )


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 -- only shown
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
