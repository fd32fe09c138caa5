"""A form with files as bytes (RFC 7578), for interfaces that take pictures no other way."""

import secrets
from collections.abc import Mapping


def multipart(
    fields: Mapping[str, str], files: Mapping[str, tuple[bytes, str]]
) -> tuple[str, bytes]:
    """The Content-Type and the body; files are bytes with their kind.

    Names are our own words; a boundary nobody can guess keeps the bytes of a file from ending their part.
    """
    boundary = f"hoiam{secrets.token_hex(16)}"
    parts = [
        _part(boundary, f'name="{name}"', "text/plain; charset=utf-8", value.encode())
        for name, value in fields.items()
    ]
    parts += [
        _part(boundary, f'name="{name}"; filename="{name}"', kind, data)
        for name, (data, kind) in files.items()
    ]
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body


def _part(boundary: str, names: str, kind: str, data: bytes) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Disposition: form-data; {names}\r\nContent-Type: {kind}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n"
