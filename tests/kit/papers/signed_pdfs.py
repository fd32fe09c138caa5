"""PDFs made by hand and signed with certificates made for the test; nothing here is anybody's."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from hoiam.config.demo.pdf import Signer as Person
from hoiam.config.demo.pdf import pdf_of

__all__ = ["Person", "added_to", "flipped", "pdf_of"]


def added_to(pdf):
    """The PDF with something added after its signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Added"] = generic.NameObject("/Later")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(pdf, word):
    """The PDF with one letter of its text changed."""
    code = word.encode("utf-16-be").hex().encode()
    at = pdf.index(code) + len(code) - 1
    return pdf[:at] + (b"1" if pdf[at : at + 1] != b"1" else b"2") + pdf[at + 1 :]
