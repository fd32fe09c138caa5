"""A small mail server on loopback: IMAP over TLS, one folder, letters with a seen mark, and a few bad habits."""

import re
import socketserver
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "canh-bao@thanhgiang.example", "mật-khẩu-không-lộ"
_MAKE = (
    "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    " -addext subjectAltName=DNS:localhost"
)


@dataclass
class Postbox:
    """What the server holds and what it was told."""

    letters: dict = field(default_factory=dict)  # number -> bytes
    seen: set = field(default_factory=set)
    password: str = "mat-khau-dai-1"
    validity: int = 7
    heard: list = field(default_factory=list)
    slow: float = 0.0
    oversize: int = 0
    port: int = 0

    def answers(self, verb, rest):
        """The lines of one command's answer and its status line."""
        if verb == "LOGIN":
            good = rest == f'"{USER}" "{self.password}"'
            return [], "OK in" if good else f"NO wrong password for {rest}"
        if verb in ("SELECT", "EXAMINE"):
            if rest != '"INBOX"':
                return [], "NO no such folder"
            return [
                b"* %d EXISTS" % len(self.letters),
                b"* OK [UIDVALIDITY %d] ok" % self.validity,
            ], "OK done"
        if verb == "UID SEARCH":
            new = " ".join(str(n) for n in sorted(self.letters) if n not in self.seen)
            return [f"* SEARCH {new}".encode()], "OK done"
        if verb == "UID FETCH":
            number = int(rest.split()[0])
            body = self.letters[number]
            self.seen |= set() if "BODY.PEEK[" in rest else {number}
            size = self.oversize or len(body)
            head = f"* 1 FETCH (UID {number} BODY[]<0> {{{size}}}\r\n".encode()
            return [head + body + b")"], "OK done"
        if verb == "UID STORE":
            self.seen |= {int(n) for n in rest.split()[0].split(",")}
            return [], "OK done"
        if verb == "LOGOUT":
            return [b"* BYE"], "OK done"
        if verb == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"], "OK done"
        return [], "BAD what"


def certificate(folder):
    """A server context and the path of the certificate that signs itself."""
    key, made = folder / "key.pem", folder / "certificate.pem"
    subprocess.run([*_MAKE.split(), "-keyout", key, "-out", made], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made


@contextmanager
def serving(context, box):
    """The box on a port of its own, as long as the block runs."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline():
                tag, _, told = line.decode().strip().partition(" ")
                found = re.match(r"(UID \w+|\w+) ?(.*)", told)
                verb, rest = found[1].upper(), found[2]
                box.heard.append(told)
                time.sleep(box.slow)
                lines, status = box.answers(verb, rest)
                for each in lines:
                    self.wfile.write(each + b"\r\n")
                self.wfile.write(f"{tag} {status}\r\n".encode())
                if verb == "LOGOUT":
                    return

        def finish(self):
            try:
                super().finish()
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads = True, True

        def get_request(self):
            plain, address = super().get_request()
            plain.settimeout(5)
            try:
                return context.wrap_socket(plain, server_side=True), address
            except OSError:
                plain.close()
                raise

        def handle_error(self, request, client_address):
            return  # a client that breaks off is part of the tests

    server = Server(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
