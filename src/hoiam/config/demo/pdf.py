"""A PDF made by hand and signed with a certificate made on the spot: nobody's, and good for trying only."""

import io
from datetime import datetime, timedelta

from asn1crypto import keys
from asn1crypto import x509 as parsed
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DER = serialization.Encoding.DER
# Letters are their own code points: a reader gets the text back without any font.
UNICODE = (
    b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
    b"endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
)


def pdf_of(text: str) -> bytes:
    """A one-page PDF that says this text, a line a line."""
    lines = [line.encode("utf-16-be").hex() for line in text.split("\n")]
    shown = b"".join(
        f"BT /F 10 Tf 1 0 0 1 20 {820 - 12 * at} Tm <{line}> Tj ET\n".encode()
        for at, line in enumerate(lines)
    )
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/Serif/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/Serif/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 500>>]>>"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(UNICODE), UNICODE),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + tail


class Signer:
    """Somebody with a certificate of their own making, good around August 2026 and long after."""

    def __init__(self, name: str = "Nguyễn Văn Thử", days: int = 3650) -> None:
        key = rsa.generate_private_key(65537, 2048)
        who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        since = datetime(2026, 7, 1)  # noqa: DTZ001 - a certificate's days are in UTC
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        made = x509.CertificateBuilder().subject_name(who).issuer_name(who).serial_number(0x4D2)
        made = made.public_key(key.public_key()).add_extension(usage, critical=True)
        made = made.not_valid_before(since).not_valid_after(since + timedelta(days=days))
        self.certificate = made.sign(key, hashes.SHA256()).public_bytes(DER)
        self._key = key.private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def sign(self, pdf: bytes) -> bytes:
        """The PDF with this person's signature added."""
        signer = signers.SimpleSigner(
            signing_cert=parsed.Certificate.load(self.certificate),
            signing_key=keys.PrivateKeyInfo.load(self._key),
            cert_registry=SimpleCertificateStore(),
        )
        about = signers.PdfSignatureMetadata(field_name=f"Ky{len(pdf)}")
        out = io.BytesIO()
        signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer=signer, output=out
        )
        return out.getvalue()
