"""A receiver on loopback: what it was posted stands in `seen`, what it answers is said beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from hoiam.core.fetch import AddressGuard, Fetcher
from tests.core.fetch.loopback import QUICK


@dataclass(frozen=True)
class Posted:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A running server; `answers` are given in turn, the last for ever."""

    url: str
    answers: list[int]
    seen: list[Posted] = field(default_factory=list)


@contextmanager
def receiving(*answers: int) -> Iterator[Receiver]:
    """A receiver that answers with these statuses."""
    here = Receiver("", list(answers or (200,)))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told = {name.lower(): value for name, value in self.headers.items()}
            here.seen.append(Posted(self.path, told, body))
            status = here.answers.pop(0) if len(here.answers) > 1 else here.answers[0]
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests read what they need from `seen`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}/nhan"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def door() -> Fetcher:
    """A door that lets tests speak to loopback."""
    return Fetcher(guard=AddressGuard(["127.0.0.1"], ports=None), manners=QUICK)


class Killed(BaseException):
    """The process ends here and writes nothing more."""


class KilledAfterSending(Fetcher):
    """A door that lets the request through and then takes the process with it."""

    async def __aexit__(self, *why: object) -> None:
        await super().__aexit__(*why)
        raise Killed


def deadly_door() -> Fetcher:
    """A door nobody comes back from."""
    return KilledAfterSending(guard=AddressGuard(["127.0.0.1"], ports=None), manners=QUICK)
