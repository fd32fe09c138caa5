"""What a signed PDF proves: who signed, whether it is whole, and whether it says what the approved Word file says.

An altered file is refused; what only needs a second look (an unknown chain, words that differ) is said, never hidden.
"""

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import pem, x509
from cryptography.exceptions import InvalidSignature
from docx import Document
from docx.oxml.ns import qn
from pdfminer.high_level import extract_text
from pdfminer.psexceptions import PSException
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from hoiam.kit.papers.errors import PaperError
from hoiam.kit.vietnamese import nfc

# They tell every unknown chain with a traceback; here it is a sentence of the report.
for _name in ("pyhanko", "pyhanko_certvalidator", "pdfminer"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

MOST_PAGES = 300
_WORD = re.compile(r"\w[\w./-]*\w|\w")
_FEW_LOST = (
    0.01  # of the words: a line broken inside a word by another program is no change of content
)
_STAMP_WORDS = 60  # what the picture of a signature may add: name, agency, time, e-mail
_SHOWN = 8
_MAY_BREAK = 16  # letters: shorter words without a hyphen stay on one line


# What reading a file raises when its bytes are broken: the libraries' own families, and what their parsers let through
# on nonsense (3,000 damaged copies of one signed file were read: tests/kit/papers/test_signed.py keeps some).
BROKEN = (
    PdfError, PSException, ValidationError, PathError, InvalidSignature, ValueError, TypeError, LookupError,
    AttributeError, ArithmeticError, NotImplementedError, RecursionError, EOFError, OSError, struct.error, zlib.error,
)  # fmt: skip


class NotSigned(PaperError):
    """The file cannot stand as the signed paper; the sentence says why and what to do."""


@dataclass(frozen=True)
class Signer:
    """One signature: whose certificate, who issued it, its serial number, when (as the signer's clock told), trust."""

    name: str
    issuer: str
    serial: str
    at: datetime | None
    trust: str  # trusted | unknown | untrusted


@dataclass(frozen=True)
class Finding:
    """One thing checked; `ok` False asks a person to look."""

    code: str
    ok: bool
    sentence: str


@dataclass(frozen=True)
class SignedReport:
    """What was found in a signed PDF that is whole."""

    signers: tuple[Signer, ...]
    findings: tuple[Finding, ...]

    @property
    def is_flagged(self) -> bool:
        """Whether anything asks for a second look."""
        return not all(finding.ok for finding in self.findings)


def inspect_signed(
    pdf: bytes, *, word: bytes | None = None, roots: Sequence[bytes] = ()
) -> SignedReport:
    """The report of a signed PDF.

    Args:
        word: the approved Word file whose words it must carry.
        roots: trusted certificates (PEM or DER); without any the chain is not judged.

    Raises:
        NotSigned: no PDF, no signature, a broken signature, or a file changed after it was signed.
    """
    context = _context(roots)
    with _told("Tệp PDF hỏng, không đọc được. Hãy tải lại bản đã ký số."):
        signatures = list(_reader(pdf).embedded_signatures)
    found = [_checked(each, context) for each in signatures]
    if not found:
        raise NotSigned(
            "Tệp PDF này chưa có chữ ký số nào. Hãy tải bản đã ký số do phần mềm ký xuất ra."
        )
    _refuse_altered(found)
    signers = tuple(_signer(each, status, bool(roots)) for each, status in found)
    findings = [
        Finding("integrity", True, "Chữ ký còn nguyên vẹn: nội dung không đổi từ khi ký."),
        Finding("coverage", True, "Chữ ký cuối cùng bao trùm toàn bộ tệp."),
        _trust(signers),
    ]
    if word is not None:
        findings += _same_words(pdf, word)
    return SignedReport(signers, tuple(findings))


@contextmanager
def _told(sentence: str) -> Iterator[None]:
    """What the libraries raise on broken bytes, as a refusal with this sentence."""
    try:
        yield
    except NotSigned:
        raise
    except BROKEN as error:
        raise NotSigned(sentence) from error


def _reader(pdf: bytes) -> PdfFileReader:
    if not pdf.lstrip()[:5] == b"%PDF-":
        raise NotSigned("Tệp này không phải PDF. Hãy tải bản PDF đã ký số của văn bản.")
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        raise NotSigned("Tệp PDF có mật khẩu nên không kiểm được. Hãy tải bản không đặt mật khẩu.")
    return reader


def _context(roots: Sequence[bytes]) -> ValidationContext:
    return ValidationContext(
        trust_roots=[each for root in roots for each in _certificates(root)], allow_fetching=False
    )


def _certificates(data: bytes) -> Iterator[x509.Certificate]:
    try:
        if pem.detect(data):
            yield from (
                x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)
            )
        else:
            yield x509.Certificate.load(data)
    except ValueError as error:
        raise NotSigned(
            "Thư mục chứng thư gốc (HOIAM_TRUST_ROOTS) có tệp không phải chứng thư. Báo người quản trị."
        ) from error


def _checked(signature: Any, context: ValidationContext) -> tuple[Any, Any]:
    with _told(
        "Chữ ký số trong tệp không đọc được hoặc sai cấu trúc. Hãy tải bản do phần mềm ký xuất ra."
    ):
        return signature, validate_pdf_signature(signature, context)


def _refuse_altered(found: Sequence[tuple[Any, Any]]) -> None:
    for signature, status in found:
        if not (status.intact and status.valid):
            raise NotSigned(
                f"Tệp đã bị sửa sau khi ký: chữ ký của {_name_of(signature)} không còn khớp nội dung. "
                "Không nhận tệp này; hãy lấy bản gốc từ phần mềm ký."
            )
        if status.modification_level == ModificationLevel.OTHER:
            raise NotSigned(
                f"Tệp có phần thêm vào sau chữ ký của {_name_of(signature)} mà chữ ký không cho phép. "
                "Không nhận tệp này; hãy lấy bản gốc từ phần mềm ký."
            )
    if found[-1][1].coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise NotSigned(
            "Chữ ký cuối cùng không bao trùm hết tệp: có phần được thêm sau khi ký. "
            "Không nhận tệp này; hãy lấy bản gốc từ phần mềm ký."
        )


def _signer(signature: Any, status: Any, has_roots: bool) -> Signer:
    certificate = signature.signer_cert
    stamped = status.timestamp_validity.timestamp if status.timestamp_validity else None
    trust = "trusted" if status.trusted else "untrusted"
    return Signer(
        name=_common_name(certificate.subject),
        issuer=_common_name(certificate.issuer),
        serial=f"{certificate.serial_number:X}",
        at=stamped or status.signer_reported_dt,
        trust=trust if has_roots else "unknown",
    )


def _name_of(signature: Any) -> str:
    try:
        return _common_name(signature.signer_cert.subject)
    except BROKEN:  # a broken certificate has no name to show
        return "người ký"


def _common_name(name: x509.Name) -> str:
    parts = name.native
    said = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return " ".join(str(said).split())[:200]


def _trust(signers: Sequence[Signer]) -> Finding:
    if any(signer.trust == "unknown" for signer in signers):
        words = "Chưa kiểm được chuỗi tin cậy: hệ thống chưa có chứng thư gốc (HOIAM_TRUST_ROOTS)."
        return Finding("trust", True, words)
    if all(signer.trust == "trusted" for signer in signers):
        return Finding("trust", True, "Chứng thư của người ký thuộc chuỗi tin cậy đã cài.")
    words = (
        "Chứng thư của người ký không thuộc chuỗi tin cậy đã cài, hoặc đã hết hạn. Hãy kiểm lại."
    )
    return Finding("trust", False, words)


def _same_words(pdf: bytes, word: bytes) -> list[Finding]:
    """Words as they are counted, not in order: columns and tables are read in another order from a PDF."""
    try:
        text = extract_text(BytesIO(pdf), maxpages=MOST_PAGES)
    except BROKEN:  # a PDF whose signature stands may still have text no reader can take out
        text = ""
    printed = Counter(_words(text))
    if not printed:
        words = "Tệp không có lớp chữ (bản quét) nên chưa so được với bản Word đã duyệt. Hãy đọc lại bằng mắt."
        return [Finding("text", False, words)]
    approved = Counter(_words(word_text(word)))
    lost, more = approved - printed, printed - approved
    _put_together(lost, approved, text)
    few = sum(lost.values()) <= _FEW_LOST * sum(approved.values())
    if lost and (not few or any(any(map(str.isdigit, each)) for each in lost)):
        shown = ", ".join(f"“{each}”" for each in list(lost)[:_SHOWN])
        words = (
            f"Nội dung khác bản Word đã duyệt: trong PDF không thấy {shown}. Hãy so lại hai bản."
        )
        return [Finding("text", False, words)]
    if sum(more.values()) > _STAMP_WORDS + _FEW_LOST * sum(approved.values()):
        shown = ", ".join(f"“{each}”" for each in list(more)[:_SHOWN])
        words = f"PDF có nhiều chữ mà bản Word đã duyệt không có: {shown}… Hãy so lại hai bản."
        return [Finding("text", False, words)]
    return [Finding("text", True, "Nội dung khớp bản Word đã duyệt.")]


def _put_together(lost: Counter[str], approved: Counter[str], text: str) -> None:
    """Takes off what was only broken over two lines: an address, a symbol with its hyphen."""
    run_on = "".join(nfc(text).casefold().split())
    for each in list(lost):
        is_long = len(each) >= _MAY_BREAK or "-" in each
        if is_long and run_on.count(each) >= approved[each]:
            del lost[each]


def word_text(word: bytes) -> str:
    """All words of the body of a Word file, tables included."""
    body = Document(BytesIO(word)).element.body
    lines = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return "\n".join(lines)


def _words(text: str) -> list[str]:
    return [each.casefold() for each in _WORD.findall(nfc(text))]
