"""One record of aes128gcm for one browser (RFC 8291 §3, RFC 8188 §2)."""

import base64
import binascii
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hoiam.core.errors import HoiAmError

RECORD = 4096
# A push service takes 4096 bytes of body (RFC 8030 §7.2): header 86, end sign 1, tag 16.
LONGEST = RECORD - 86 - 1 - 16
_POINT, _SECRET, _SALT = 65, 16, 16


class BadSubscription(HoiAmError):
    """The keys a browser gave cannot be used; the sentence says to subscribe anew."""


def encrypted(
    text: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push message that only the subscribed browser can read.

    Args:
        text: at most `LONGEST` bytes.
        p256dh: the browser's public key, base64url.
        auth: the browser's secret, base64url.
        salt: sixteen bytes, fresh for each message; given only to repeat a known answer.
        sender: the one-time key; given only to repeat a known answer.

    Raises:
        BadSubscription: the keys are not what RFC 8291 asks for.
        ValueError: the text is too long.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a push message holds at most {LONGEST} bytes")
    theirs, secret = _keys(p256dh, auth)
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(_SALT)
    ours = point_of(sender)
    shared = sender.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + theirs.public_bytes(*_RAW) + ours
    material = _derived(shared, secret, info, 32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    # 0x02 closes the last record (RFC 8188 §2).
    return header + AESGCM(key).encrypt(nonce, text + b"\x02", None)


_RAW = (Encoding.X962, PublicFormat.UncompressedPoint)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half of a key as the 65 bytes of an uncompressed point."""
    return key.public_key().public_bytes(*_RAW)


def unpadded(data: bytes) -> str:
    """Base64url without the = signs, as web push writes everything.

    >>> unpadded(b"hello?")
    'aGVsbG8_'
    """
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url, its = signs there or not.

    Raises:
        ValueError: it is no base64url.
    """
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error


def _keys(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    try:
        point, secret = decoded(p256dh), decoded(auth)
        if len(point) != _POINT or len(secret) != _SECRET:
            raise ValueError("wrong length")
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point), secret
    except ValueError as error:
        raise BadSubscription(
            "Trình duyệt gửi khóa nhận thông báo không đúng. Hãy bấm bật lại trên trình duyệt đó."
        ) from error


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)
