"""Saying who sends a push message (RFC 8292): a short-lived token signed with the house's own key."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from hoiam.core.push.encryption import point_of, unpadded

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# RFC 8292 §2 allows a day at most.
_LIFE = timedelta(hours=12)


def key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    """The house's push key, the same for ever for the same secret.

    Derived, not stored: every process and every machine of one house has it without sharing a file. A new secret makes
    a new key, and browsers have to subscribe again.
    """
    seed = hmac.new(secret.encode(), b"hoiam web push key", hashlib.sha512).digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """What a browser is given when it subscribes (applicationServerKey), base64url."""
    return unpadded(point_of(key))


def authorisation(
    endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, now: datetime
) -> str:
    """The Authorization header for one push service.

    Args:
        endpoint: the browser's address; only its origin is named in the token.
        key: the house's key.
        contact: `mailto:` or https address of whom the push service may ask.
        now: when it is sent; the token holds for twelve hours.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _LIFE).timestamp()),
        "sub": contact,
    }
    signed = ".".join(_part(value) for value in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = unpadded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={public_key(key)}"


def _part(value: dict[str, object]) -> str:
    return unpadded(json.dumps(value, separators=(",", ":")).encode())
