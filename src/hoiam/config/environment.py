"""What the environment says, read once; every name is listed in README's table."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Mail:
    """Where mail goes: a server, or files in the data folder when none is named."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False
    sender: str = ""


def text(name: str, default: str = "") -> str:
    """The variable's value, or the default when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def data_folder() -> Path:
    """HOIAM_DATA, made when missing: database, evidence, uploads (default ./var).

    Raises:
        ValueError: it cannot be made or written into, in one Vietnamese sentence.
    """
    folder = Path(text("HOIAM_DATA", "var")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"không tạo được thư mục dữ liệu “{folder}” (HOIAM_DATA), kiểm tra tên và quyền ghi."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(f"không có quyền ghi vào thư mục dữ liệu “{folder}” (HOIAM_DATA).")
    return folder


def port() -> int:
    """HOIAM_PORT (default 8000).

    Raises:
        ValueError: it is no port, in one Vietnamese sentence.
    """
    return as_port(text("HOIAM_PORT", "8000"), "HOIAM_PORT")


def as_port(said: str, name: str) -> int:
    """The port of that text; `name` says where it was written.

    Raises:
        ValueError: it is no port.
    """
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= 65535):
        raise ValueError(f"{name} phải là số từ 1 đến 65535, đang là “{said}”.")
    return int(said)


def proxies(*, behind_tls: bool) -> int:
    """HOIAM_PROXIES: how many proxies stand before the house; one where people come by https, else none.

    Each adds to X-Forwarded-For whom it answers; without this every person would have the proxy's address, and one who
    floods a form or guesses passwords would shut out all.

    Raises:
        ValueError: it is no number from 0 to 9.
    """
    said = text("HOIAM_PROXIES", "1" if behind_tls else "0")
    if not (said.isascii() and said.isdigit() and len(said) == 1):
        raise ValueError(f"HOIAM_PROXIES phải là số từ 0 đến 9, đang là “{said}”.")
    return int(said)


def address(host: str, number: int) -> str:
    """HOIAM_ADDRESS: the whole address people open, or this machine's own.

    Raises:
        ValueError: it is no http(s) address.
    """
    said = text("HOIAM_ADDRESS", f"http://{host}:{number}")
    parts = urlsplit(said)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"HOIAM_ADDRESS phải có dạng https://tên-máy, đang là “{said}”.")
    return said.rstrip("/")


def networks(name: str) -> list[str]:
    """The networks a variable names, separated by commas ("10.20.0.0/16").

    Raises:
        ValueError: one of them is no network.
    """
    said = [part.strip() for part in text(name).split(",") if part.strip()]
    for part in said:
        try:
            ip_network(part)
        except ValueError as error:
            raise ValueError(
                f"{name} phải là các mạng như 10.20.0.0/16, cách nhau bằng dấu phẩy; “{part}” không phải."
            ) from error
    return said


def hosts() -> list[str]:
    """HOIAM_ALLOWED_HOSTS, or this machine alone."""
    said = text("HOIAM_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
    return [name.strip() for name in said.split(",") if name.strip()]


def secret_key(folder: Path) -> str:
    """HOIAM_SECRET_KEY, or one made at the first start and kept in the data folder for this machine alone."""
    given = text("HOIAM_SECRET_KEY")
    if given:
        return given
    file = folder / "secret.key"
    try:
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    kept = file.read_text().strip()
    if not kept:  # a full disk can leave an empty file: an empty key would sign for anybody
        raise ValueError(f"tệp khóa “{file}” trống. Xóa tệp này rồi chạy lại.")
    return kept


def mail() -> Mail:
    """HOIAM_MAIL_URL (`smtp://user:pass@host:587/?tls=1`, `smtps://…`), or files when unset.

    Raises:
        ValueError: it names no mail server.
    """
    said = text("HOIAM_MAIL_URL")
    if not said:
        return Mail("django.core.mail.backends.filebased.EmailBackend")
    url = urlsplit(said)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        # The address may hold a password: it is not repeated.
        raise ValueError(
            "HOIAM_MAIL_URL phải có dạng smtp://tên:mật-khẩu@máy:587/?tls=1 hoặc smtps://…"
        )
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=url.hostname or "",
        port=url.port or (465 if url.scheme == "smtps" else 587),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        use_ssl=url.scheme == "smtps",
        use_tls="tls=1" in url.query,
        sender=text("HOIAM_MAIL_FROM"),
    )
