"""What can be wrong with a paper, each as one Vietnamese sentence an official can act on."""

from collections.abc import Sequence


class PaperError(ValueError):
    """A paper that cannot be written; its text is the sentence to show."""


class UnknownKind(PaperError):
    """No kind of paper has this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        self.code = code
        super().__init__(
            f"Không có loại văn bản “{code}”. Hãy chọn một trong các loại: {', '.join(known)}."
        )


class MissingFields(PaperError):
    """Mandatory fields are empty; `labels` names them in the order of the form."""

    def __init__(self, title: str, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        super().__init__(
            f"Chưa lập được “{title}” vì còn thiếu: {'; '.join(labels)}. "
            "Hãy bổ sung rồi lập lại văn bản."
        )


class WrongFields(PaperError):
    """Fields hold what cannot stand in the paper; `problems` says what to change."""

    def __init__(self, title: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"Chưa lập được “{title}”: {'; '.join(problems)}.")
