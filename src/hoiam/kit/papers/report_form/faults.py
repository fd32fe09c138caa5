"""Why a filled file is not taken, as one sentence."""

import zipfile
import zlib
from collections.abc import Sequence

from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from hoiam.kit.papers.errors import PaperError

# What the readers of Word and Excel files trip over when a part is broken, locked or missing.
BROKEN = (
    zipfile.BadZipFile, zlib.error, LxmlError, OpcError, SyntaxError, OSError, EOFError,
    KeyError, ValueError, TypeError, AttributeError, IndexError, RuntimeError, NotImplementedError,
)  # fmt: skip


class NotThisForm(PaperError):
    """The file is no filled form of this round, or something in it cannot be read; nothing of it was taken.

    `problems` are all the sentences; the text is the first, and how many more there are.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = f" Còn {len(problems) - 1} chỗ nữa cần sửa." if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")


def check_mark(found: str, wanted: str) -> None:
    """Nothing when the file carries the code of this form.

    Raises:
        NotThisForm: no code, another round's, or one of this round made before the form was changed.
    """
    if found == wanted:
        return
    if not found:
        raise NotThisForm(
            [
                "Tệp không mang mã mẫu của đợt báo cáo. Hãy tải mẫu của đợt này, chép nội dung sang rồi tải lên."
            ]
        )
    if found.rsplit("-", 1)[0] != wanted.rsplit("-", 1)[0]:
        raise NotThisForm(
            [
                f"Tệp này là mẫu của đợt báo cáo khác (mã {found}; đợt này là {wanted}). Hãy tải đúng mẫu của đợt này."
            ]
        )
    raise NotThisForm(
        [
            f"Mẫu đã được sửa sau khi bạn tải tệp này (mã {found}, nay là {wanted}). Hãy tải mẫu mới rồi chép nội dung sang."
        ]
    )
