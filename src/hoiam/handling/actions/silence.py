"""Silence of an outlet as a result: only when it is proved that the outlet has our paper."""

from hoiam.core.errors import InvalidInput
from hoiam.handling.models import Case

SILENCE = "no_reaction"


def owe_proof_of_receipt(case: Case, result: str) -> None:
    """Nothing, unless the result says that the outlet did not react and nothing proves that it has any paper of the case.

    Raises:
        InvalidInput: it does, and nothing proves it.
    """
    if result != SILENCE:
        return
    proved = case.papers.exclude(delivered_at=None).exclude(delivery_evidence=None)
    if not proved.exists():
        raise InvalidInput(
            "Chưa có chứng cứ báo đã nhận văn bản nên chưa thể kết luận báo im lặng. "
            "Ở trang văn bản, ghi “Báo đã nhận” kèm giấy báo phát, thư xác nhận hoặc biên nhận.",
            "result",
        )
