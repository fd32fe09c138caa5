"""The built-in time-stamping authority (nội bộ): proves the order of things inside the house, not to outsiders.

Its key is made once, kept in the data folder for this machine's user alone, and signs nothing but stamps. The root that
vouches for it signs one certificate and its key is forgotten at once, so nobody can make a second authority of that name.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hoiam.core.stamps.tokens import StampFault, certificates

NAME = "Hồi Âm – dấu thời gian nội bộ"
ROOT_NAME = "Hồi Âm – gốc dấu thời gian nội bộ"
# A policy of our own under the arc for examples: nobody outside gives it a meaning.
POLICY = "2.999.2862.1"
LIFE = timedelta(days=365 * 15)  # not-law: a certificate of this machine alone


@dataclass(frozen=True)
class Authority:
    """The authority of this house, ready to sign."""

    key: ec.EllipticCurvePrivateKey
    certificate: asn1_x509.Certificate

    def stamp(self, sha256: str, *, now: datetime, nonce: int | None = None) -> bytes:
        """The token (DER) that says: these bytes were there at `now`."""
        told = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": bytes.fromhex(sha256),
            },
            "serial_number": int.from_bytes(os.urandom(15), "big"),
            "gen_time": now.replace(microsecond=0),
        }
        info = tsp.TSTInfo(told if nonce is None else {**told, "nonce": nonce}).dump()
        return bytes(cms.ContentInfo(
            {"content_type": "signed_data", "content": self._signed(info)}
        ).dump())  # fmt: skip

    def _signed(self, info: bytes) -> cms.SignedData:
        digest = algos.DigestAlgorithm({"algorithm": "sha256"})
        attributes = self._attributes(info)
        signature = self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        named = {
            "issuer": self.certificate.issuer,
            "serial_number": self.certificate.serial_number,
        }
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {"issuer_and_serial_number": cms.IssuerAndSerialNumber(named)}
                ),
                "digest_algorithm": digest,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signed_attrs": attributes,
                "signature": signature,
            }
        )
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [digest],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(info),
                },
                "certificates": [self.certificate],
                "signer_infos": [signer],
            }
        )

    def _attributes(self, info: bytes) -> cms.CMSAttributes:
        own = tsp.ESSCertIDv2(
            {
                "hash_algorithm": {"algorithm": "sha256"},
                "cert_hash": hashlib.sha256(self.certificate.dump()).digest(),
            }
        )
        named = tsp.SigningCertificateV2({"certs": [own]})
        return cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute(
                    {"type": "message_digest", "values": [hashlib.sha256(info).digest()]}
                ),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [named]}),
            ]
        )


def make(folder: Path, *, now: datetime) -> bool:
    """Whether an authority was made just now; one that is there stays as it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "roots").mkdir(exist_ok=True)
    if (folder / "key.pem").exists():
        return False
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _root(root_key, now)
    leaf = _leaf(key, root, root_key, now)
    mark = root.fingerprint(hashes.SHA256()).hex()[:16]
    pem = serialization.Encoding.PEM
    # The roots first, the key last: without the key there is no authority yet.
    _write(folder / "roots" / f"{mark}.pem", root.public_bytes(pem), 0o444)
    _write(folder / "certificate.pem", leaf.public_bytes(pem), 0o644)
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(folder / "key.pem", secret, 0o600)
    return True


def load(folder: Path) -> Authority:
    """The authority in the folder.

    Raises:
        StampFault: there is none, or its files cannot be read.
    """
    try:
        key = serialization.load_pem_private_key((folder / "key.pem").read_bytes(), None)
        (certificate,) = certificates((folder / "certificate.pem").read_bytes())
    except (OSError, ValueError) as error:
        raise StampFault("Chưa có nơi đóng dấu thời gian nội bộ. Hãy chạy: hoiam setup") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise StampFault("Khóa đóng dấu nội bộ không đúng loại. Hãy khôi phục từ bản sao lưu.")
    return Authority(key, certificate)


def roots(folder: Path) -> list[asn1_x509.Certificate]:
    """The roots of every authority this house ever had."""
    found: list[asn1_x509.Certificate] = []
    for path in sorted((folder / "roots").glob("*.pem")):
        with suppress(StampFault, OSError):
            found += certificates(path.read_bytes())
    return found


def _write(path: Path, data: bytes, mode: int) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _root(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name(ROOT_NAME)
    made = _begun(name, name, key.public_key(), now)
    usage = _key_usage(key_cert_sign=True)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(usage, critical=True)
    made = made.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
    )
    return made.sign(key, hashes.SHA256())


def _leaf(
    key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    made = _begun(_name(NAME), root.subject, key.public_key(), now)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_key_usage(digital_signature=True), critical=True)
    made = made.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
    )
    made = made.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
    )
    return made.sign(root_key, hashes.SHA256())


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
    made = made.serial_number(x509.random_serial_number())
    # A little earlier, so that a stamp of this very second lies within.
    return made.not_valid_before(now - timedelta(minutes=5)).not_valid_after(
        now + LIFE
    )  # not-law: a clock's slip


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _key_usage(**given: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: given.get(name, False) for name in names})
