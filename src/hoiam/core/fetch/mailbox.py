"""Reading a mailbox by IMAP over TLS, with the same rules as the web: checked addresses, limits, one clock over all.

Letters are fetched without marking them; they are marked as seen only when the caller has kept what was in them.
The password is an argument of the moment: it is never stored here, logged, or put into an error.
"""

import asyncio
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from hoiam.core.fetch.connector import Lookup
from hoiam.core.fetch.dialing import dial
from hoiam.core.fetch.errors import BadContent, BadLogin, FetchError, RefusedAddress, TooSlow
from hoiam.core.fetch.faults import worded
from hoiam.core.fetch.guard import AddressGuard

LARGEST_LETTER = 2 * 1024 * 1024
MOST_LETTERS = 50  # in one reading; the others wait for the next, and are told
STEP_SECONDS = 15.0  # for one answer of the server
WHOLE_SECONDS = 60.0  # for one visit
T = TypeVar("T")


@dataclass(frozen=True)
class MailPlace:
    """Where a mailbox is: host and port, the user's name and the folder."""

    host: str
    user: str
    folder: str = "INBOX"
    port: int = imaplib.IMAP4_SSL_PORT

    @property
    def url(self) -> str:
        """The place as an address, without any secret."""
        return f"imaps://{self.user.replace('@', '%40')}@{self.host}:{self.port}/{self.folder}"


@dataclass(frozen=True)
class Letter:
    """One letter: its number in the folder and its bytes, at most two million of them."""

    uid: str
    data: bytes


@dataclass(frozen=True)
class Unseen:
    """Letters not yet seen, oldest first; `left` more wait for the next reading. `validity` dates the numbers."""

    letters: tuple[Letter, ...]
    left: int
    validity: str


class Mailbox:
    """One mailbox; each call is one visit: connect, sign in, do, leave.

    Args:
        place: where it is.
        password: of the moment, never kept beyond this object.
        guard: which addresses may be spoken to.
        lookup: as `socket.getaddrinfo`.
        seconds: for one whole visit.
    """

    def __init__(
        self,
        place: MailPlace,
        password: str,
        *,
        guard: AddressGuard,
        lookup: Lookup = socket.getaddrinfo,
        seconds: float = WHOLE_SECONDS,
    ) -> None:
        self.place, self._password = place, password
        self._guard, self._lookup, self._seconds = guard, lookup, seconds
        self._line: _Line | None = None

    async def unseen(self) -> Unseen:
        """The letters not yet seen; none of them is marked.

        Raises:
            FetchError: the box cannot be read; the sentence says why and never holds a secret.
        """
        return await self._visit(_read_unseen, read_only=True)

    async def mark_seen(self, uids: Iterable[str], validity: str) -> None:
        """Mark these letters as seen, unless the server renumbered the folder meanwhile.

        Raises:
            FetchError: the box cannot be reached; the letters stay unseen and are read again.
        """
        numbers = [uid for uid in uids if uid.isdigit()]

        def mark(line: "_Line") -> None:
            if numbers and line.validity == validity:
                line.uid("STORE", ",".join(numbers), "+FLAGS.SILENT", r"(\Seen)")

        await self._visit(mark, read_only=False)

    async def _visit(self, do: "Callable[[_Line], T]", *, read_only: bool) -> T:
        self._check()
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.to_thread(self._session, do, read_only)
        except TimeoutError as error:
            if self._line is not None:
                self._line.cut()  # the thread then ends by itself
            raise TooSlow(
                "Máy chủ thư không trả lời kịp. Hệ thống sẽ đọc lại sau.", self.place.url
            ) from error

    def _check(self) -> None:
        if not self._guard.permits_mail(self.place.port):
            raise RefusedAddress(
                f"Không đọc hộp thư ở cổng {self.place.port}; dùng IMAP qua TLS, cổng 993.",
                self.place.url,
            )
        words = (self.place.host, self.place.user, self.place.folder)
        if not all(_is_plain(word) for word in words):
            raise RefusedAddress(
                "Tên máy chủ, tên hộp thư và thư mục chỉ gồm chữ không dấu, chữ số và dấu thường dùng.",
                self.place.url,
            )

    def _session(self, do: "Callable[[_Line], T]", read_only: bool) -> T:
        try:
            with self._opened() as line:
                self._sign_in(line)
                if not line.choose(self.place.folder, read_only=read_only):
                    raise BadContent(
                        f"Hộp thư không có thư mục “{self.place.folder}”. Kiểm tra tên thư mục.",
                        self.place.url,
                    )
                return do(line)
        except FetchError:
            raise
        except OSError as error:  # before ValueError: a bad certificate is both
            raise worded(error, self.place.url) from error
        except (imaplib.IMAP4.error, ValueError, IndexError) as error:
            raise BadContent(
                "Máy chủ thư ngắt giữa chừng hoặc trả lời sai quy cách. Hệ thống sẽ đọc lại sau.",
                self.place.url,
            ) from error

    def _opened(self) -> "_Line":
        self._line = _Line(self.place.host, self.place.port, self._guard, self._lookup)
        return self._line

    def _sign_in(self, line: "_Line") -> None:
        try:
            line.login(_quoted(self.place.user), self._password)
        except (imaplib.IMAP4.error, UnicodeError):
            # `from None`: a library's error may hold what was sent.
            raise BadLogin(
                "Hộp thư không nhận tên hoặc mật khẩu. Kiểm tra tên hộp thư và biến môi trường chứa mật khẩu.",
                self.place.url,
            ) from None


class _Line(imaplib.IMAP4_SSL):
    """The library's client on a checked socket, refusing answers larger than any letter."""

    def __init__(self, host: str, port: int, guard: AddressGuard, lookup: Lookup) -> None:
        self._guard, self._lookup = guard, lookup
        self.validity = ""
        super().__init__(host, port, ssl_context=ssl.create_default_context(), timeout=STEP_SECONDS)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        made = dial(
            self.host, self.port, guard=self._guard, lookup=self._lookup, seconds=STEP_SECONDS
        )
        try:
            return self.ssl_context.wrap_socket(made, server_hostname=self.host)
        except OSError:
            made.close()
            raise

    def read(self, size: int) -> bytes:
        """As the library's, but never more than a letter may hold."""
        if size > LARGEST_LETTER:
            raise imaplib.IMAP4.abort("answer too large")
        return super().read(size)

    def choose(self, folder: str, *, read_only: bool) -> bool:
        """Whether the folder is there; it is then open, and what dates its numbers is known."""
        kind, _ = self.select(_quoted(folder), readonly=read_only)
        if kind != "OK":
            return False
        _, told = self.response("UIDVALIDITY")
        self.validity = (told[0] or b"").decode("ascii", "replace") if told else ""
        return True

    def __exit__(self, *fault: object) -> None:
        # The library leaves the socket open when the server breaks off while it takes leave.
        try:
            super().__exit__(*fault)
        except imaplib.IMAP4.error:
            pass
        finally:
            self.file.close()
            self.sock.close()

    def cut(self) -> None:
        """Break the connection from another thread."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            return


def _read_unseen(line: _Line) -> Unseen:
    _, told = line.uid("SEARCH", "UNSEEN")
    uids = (told[0] or b"").decode("ascii", "replace").split() if told else []
    wanted = [uid for uid in uids if uid.isdigit()]
    letters = tuple(_letter(line, uid) for uid in wanted[:MOST_LETTERS])
    return Unseen(letters, max(0, len(wanted) - MOST_LETTERS), line.validity)


def _letter(line: _Line, uid: str) -> Letter:
    _, told = line.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST_LETTER}>)")
    parts = [part[1] for part in told if isinstance(part, tuple)]
    return Letter(uid, parts[0] if parts else b"")


def _is_plain(word: str) -> bool:
    return bool(re.fullmatch(r"[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?", word))


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
