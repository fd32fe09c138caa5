"""Keys of outside services, kept so that neither a copy of the database nor a backup gives them away.

Sealed with a key derived from SECRET_KEY; SECRET_KEY_FALLBACKS still open what older keys sealed, and `resealed` brings it
under the newest one.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from hoiam.core.errors import HoiAmError

_PURPOSE = b"hoiam.core.secrets.v1"


class SecretLost(HoiAmError):
    """What was kept cannot be opened: it was sealed with a key this house no longer has, or was altered."""


def sealed(plain: str) -> str:
    """The text as it may lie in the database; blank stays blank."""
    return _box().encrypt(plain.encode()).decode() if plain else ""


def opened(kept: str) -> str:
    """The text that was sealed; blank stays blank.

    Raises:
        SecretLost: no key of this house opens it.
    """
    if not kept:
        return ""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise SecretLost(
            "Không mở được khóa đã lưu vì khóa của máy chủ (HOIAM_SECRET_KEY) đã đổi. Hãy nhập lại khóa này."
        ) from error


def resealed(kept: str) -> str:
    """The same text under the newest key.

    Raises:
        SecretLost: no key of this house opens it.
    """
    return sealed(opened(kept))


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    found = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(found)
