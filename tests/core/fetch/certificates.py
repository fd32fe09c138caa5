"""Certificates made for a test by an authority of its own, good but for the one fault the test is about."""

import asyncio
import ipaddress
import socket
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.core.fetch.loopback import whole

DAY = timedelta(days=1)
HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


@dataclass(frozen=True)
class Authority:
    """An authority with its folder; `root` is what a client must trust."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate

    @classmethod
    def in_folder(cls, folder: Path) -> "Authority":
        """A new authority, valid round today."""
        key, name = ec.generate_private_key(ec.SECP256R1()), named("Nơi cấp thử")
        root = signed(name, name, key, key, (-9, 9), x509.BasicConstraints(ca=True, path_length=0))
        return cls(folder, key, root)

    def context(self, *, days=(-2, 2), host=HERE) -> ssl.SSLContext:
        """What a server needs to show a certificate of these days for this host."""
        key = ec.generate_private_key(ec.SECP256R1())
        whom = named("Báo Sông Thanh")
        names = x509.SubjectAlternativeName([host])
        shown = signed(whom, self.root.subject, key, self.key, days, names)
        file = self.folder / f"{shown.serial_number}.pem"
        file.write_bytes(pem_of(key) + shown.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def trusted(self) -> ssl.SSLContext:
        """The context of a client that trusts this authority alone, strict in all else."""
        pem = self.root.public_bytes(serialization.Encoding.PEM).decode()
        return ssl.create_default_context(cadata=pem)


def named(words: str) -> x509.Name:
    """A name that holds these words."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def signed(whom, by, key, signing, days, extension) -> x509.Certificate:
    """A certificate valid from the first to the second of these days, counted from now."""
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(by, whom, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now + days[0] * DAY).not_valid_after(now + days[1] * DAY)
    return made.add_extension(extension, critical=False).sign(signing, hashes.SHA256())


def pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The key as a file holds it."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def of_old(context: ssl.SSLContext) -> ssl.SSLContext:
    """The context, now speaking TLS 1.0 as well, with the ciphers and sums of that time."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


@asynccontextmanager
async def old_site(authority: Authority) -> AsyncIterator[str]:
    """The address of a server that speaks TLS 1.0 alone and serves whoever speaks it too."""
    context = of_old(authority.context())
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.maximum_version = ssl.TLSVersion.TLSv1
    # In a thread: asyncio's own server hangs up on a greeting it cannot take and never says why.
    listener = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(asyncio.to_thread(_serve, listener, context))
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        await serving


def _serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError):  # no longer listening
        while True:
            line, _ = listener.accept()
            line.settimeout(5)
            with suppress(OSError), context.wrap_socket(line, server_side=True) as spoken:
                spoken.recv(4096)
                spoken.sendall(whole())
