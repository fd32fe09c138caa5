"""RFC 3161 tokens: asked for, read, and checked without a network; nothing here knows the database.

A token is believed when its signature, its imprint, the certificate's purpose and the path to a root we trust all hold at
the moment it names. An authority that answers with another nonce, another hash or an expired certificate is refused.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, core, pem, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InvalidCertificateError,
    PathBuildingError,
    PathValidationError,
)

from hoiam.core.errors import HoiAmError

_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
# What the parser raises on bytes that are no such structure: it reads each part only when it is asked for.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, UnsupportedAlgorithm)
# How far an authority's clock may stand from ours when it answers.
CLOCK_SLIP = timedelta(minutes=10)  # not-law: two machines' clocks


class StampFault(HoiAmError):
    """A time stamp that cannot be believed, or was not given; the sentence says why."""


@dataclass(frozen=True)
class Token:
    """What a believed token says: over which SHA-256, when, by whom."""

    sha256: str
    gen_time: datetime
    authority: str
    """Name of the certificate that signed."""
    serial: int
    nonce: int | None
    root: str
    """Name of the root the certificate leads to; blank before it was checked."""


def request_for(sha256: str, nonce: int) -> bytes:
    """The DER request for a stamp over this hash, with the certificate asked for."""
    imprint = {
        "hash_algorithm": {"algorithm": "sha256"},
        "hashed_message": bytes.fromhex(sha256),
    }
    asked = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(asked).dump())


def granted(
    answer: bytes, *, sha256: str, nonce: int, roots: Sequence[x509.Certificate], now: datetime
) -> bytes:
    """The token (DER) in an authority's answer, once everything about it was checked.

    Raises:
        StampFault: refused, unreadable, or it says something else than was asked.
    """
    token = _token_in(answer)
    said = check(token, sha256=sha256, roots=roots)
    if said.nonce != nonce:
        raise StampFault("Dịch vụ dấu thời gian trả lời sai số ngẫu nhiên đã hỏi (nonce).")
    if abs(said.gen_time - now) > CLOCK_SLIP:
        raise StampFault(
            "Giờ trong dấu thời gian lệch quá 10 phút so với đồng hồ máy. Kiểm tra đồng hồ của máy."
        )
    return token


class _Answer(core.Sequence):  # type: ignore[misc]
    """An authority's answer; a refusal carries no token, which the library's own class does not allow."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def _token_in(answer: bytes) -> bytes:
    try:
        response = _Answer.load(answer, strict=True)
        status = response["status"]["status"].native
        words = "; ".join(response["status"]["status_string"].native or [])
        if status not in ("granted", "granted_with_mods"):
            raise StampFault(f"Dịch vụ dấu thời gian từ chối: {words or status}.")
        return bytes(response["time_stamp_token"].dump())
    except _UNREADABLE as error:
        raise _unreadable() from error


def read(token: bytes) -> Token:
    """What the token says, nothing of it checked.

    Raises:
        StampFault: it is no token.
    """
    try:
        info, signed = _parsed(token)
        return _told(info, _signer(signed), "")
    except _UNREADABLE as error:
        raise _unreadable() from error


def check(token: bytes, *, sha256: str, roots: Sequence[x509.Certificate]) -> Token:
    """What the token says, once believed: signature, imprint, purpose and path, at its own moment.

    Raises:
        StampFault: it cannot be believed; the sentence says why.
    """
    try:
        return _believed(token, sha256, roots)
    except _UNREADABLE as error:
        raise _unreadable() from error


def _believed(token: bytes, sha256: str, roots: Sequence[x509.Certificate]) -> Token:
    info, signed = _parsed(token)
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint[
        "hashed_message"
    ].native != bytes.fromhex(sha256):
        raise StampFault("Dấu thời gian là của một tệp khác: mã băm bên trong không khớp.")
    signer = _signer(signed)
    _check_signature(signed, signer)
    root = _check_path(signer, _certificates(signed), roots, info["gen_time"].native)
    return _told(info, signer, root)


def certificates(text: bytes) -> list[x509.Certificate]:
    """The certificates in PEM text.

    Raises:
        StampFault: there is none, or one cannot be read.
    """
    try:
        found = [
            x509.Certificate.load(der)
            for kind, _, der in pem.unarmor(text, multiple=True)
            if kind == "CERTIFICATE"
        ]
        for each in found:
            _ = each.subject.native
    except ValueError as error:
        raise StampFault("Tệp chứng thư gốc không đọc được (cần định dạng PEM).") from error
    if not found:
        raise StampFault("Tệp chứng thư gốc không có chứng thư nào (cần định dạng PEM).")
    return found


def name_of(certificate: x509.Certificate) -> str:
    """The certificate's common name, else its whole subject."""
    native = certificate.subject.native
    return str(native.get("common_name") or certificate.subject.human_friendly)


def _parsed(token: bytes) -> tuple[tsp.TSTInfo, cms.SignedData]:
    content = cms.ContentInfo.load(token, strict=True)
    signed = content["content"]
    info = signed["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo) or len(signed["signer_infos"]) != 1:
        raise _unreadable()
    _ = info.native
    return info, signed


def _told(info: tsp.TSTInfo, signer: x509.Certificate, root: str) -> Token:
    imprint = info["message_imprint"]["hashed_message"].native
    return Token(
        sha256=imprint.hex(),
        gen_time=info["gen_time"].native,
        authority=name_of(signer),
        serial=info["serial_number"].native,
        nonce=info["nonce"].native,
        root=root,
    )


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    return [each.chosen for each in signed["certificates"] if each.name == "certificate"]


def _signer(signed: cms.SignedData) -> x509.Certificate:
    wanted = signed["signer_infos"][0]["sid"]
    for each in _certificates(signed):
        if wanted.name == "issuer_and_serial_number":
            named = wanted.chosen
            if (each.issuer, each.serial_number) == (
                named["issuer"],
                named["serial_number"].native,
            ):
                return each
        elif each.key_identifier == wanted.chosen.native:
            return each
    raise StampFault("Dấu thời gian không kèm chứng thư của nơi đóng dấu.")


def _check_signature(signed: cms.SignedData, signer: x509.Certificate) -> None:
    info = signed["signer_infos"][0]
    attributes = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    digest = info["digest_algorithm"]["algorithm"].native
    content = bytes(signed["encap_content_info"]["content"])
    if digest not in _HASHES or "message_digest" not in attributes:
        raise StampFault("Dấu thời gian dùng thuật toán không được chấp nhận.")
    said = attributes["message_digest"][0].native
    if said != hashlib.new(digest, content).digest():
        raise StampFault("Nội dung dấu thời gian đã bị sửa sau khi ký.")
    if not _names_signer(attributes, signer):
        raise StampFault("Dấu thời gian không gắn với chứng thư đi kèm.")
    _verify(info, signer, digest)


def _names_signer(attributes: dict[str, object], signer: x509.Certificate) -> bool:
    """Whether the signed attributes name this very certificate (RFC 5816)."""
    der = signer.dump()
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"][0]["certs"][0]  # type: ignore[index]
        kind = named["hash_algorithm"]["algorithm"].native
        return kind in _HASHES and named["cert_hash"].native == hashlib.new(kind, der).digest()
    if "signing_certificate" in attributes:
        named = attributes["signing_certificate"][0]["certs"][0]  # type: ignore[index]
        # The older attribute knows only SHA-1; the signature itself covers the certificate's key.
        return bool(named["cert_hash"].native == hashlib.sha1(der, usedforsecurity=False).digest())
    return False


def _verify(info: cms.SignerInfo, signer: x509.Certificate, digest: str) -> None:
    key = serialization.load_der_public_key(signer.public_key.dump())
    data, signature = info["signed_attrs"].untag().dump(), info["signature"].native
    named = info["signature_algorithm"]
    kind = named.hash_algo if named.signature_algo != "rsassa_pkcs1v15" else digest
    try:
        if isinstance(key, rsa.RSAPublicKey) and named.signature_algo == "rsassa_pkcs1v15":
            told = named["algorithm"].native.split("_")[0]
            chosen = _HASHES[told if told in _HASHES else kind]()
            key.verify(signature, data, padding.PKCS1v15(), chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(_HASHES[kind]()))
        else:
            raise StampFault("Dấu thời gian ký bằng loại khóa không được chấp nhận.")
    except (InvalidSignature, KeyError, ValueError) as error:
        raise StampFault("Chữ ký của dấu thời gian không đúng.") from error


def _check_path(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    moment: datetime,
) -> str:
    usage = signer.extended_key_usage_value
    if usage is None or usage.native != ["time_stamping"]:
        raise StampFault("Chứng thư của nơi đóng dấu không dùng cho việc đóng dấu thời gian.")
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(others),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        time_tolerance=timedelta(seconds=1),
    )
    if any(signer.dump() == root.dump() for root in roots):
        return name_of(signer) if _holds(signer, moment) else _expired()
    validator = CertificateValidator(signer, validation_context=context)
    try:
        path = asyncio.run(
            validator.async_validate_usage({"digital_signature"}, {"time_stamping"}, True)
        )
    except (PathBuildingError, PathValidationError, InvalidCertificateError) as error:
        if not _holds(signer, moment):
            _expired()
        raise StampFault(
            "Chứng thư của nơi đóng dấu không nối được tới chứng thư gốc đã khai báo."
        ) from error
    return name_of(path.trust_anchor.authority.certificate)


def _holds(certificate: x509.Certificate, moment: datetime) -> bool:
    return bool(certificate.not_valid_before <= moment <= certificate.not_valid_after)


def _expired() -> str:
    raise StampFault("Chứng thư của nơi đóng dấu đã hết hạn (hoặc chưa có hiệu lực) lúc đóng dấu.")


def _unreadable() -> StampFault:
    return StampFault("Dấu thời gian không đọc được: không đúng RFC 3161.")
