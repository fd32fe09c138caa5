"""The product's own errors: each is a sentence an official can read and act on."""


class HoiAmError(Exception):
    """Base of every refusal and fault the product words itself; `str(error)` is shown as it stands."""


class NotAllowed(HoiAmError):
    """The actor has no right to this step."""


class WrongState(HoiAmError):
    """The subject is not in a state this step starts from."""


class InvalidInput(HoiAmError):
    """Something typed or uploaded cannot be used; `field` names the place where it can be mended."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Conflict(HoiAmError):
    """Somebody else changed the same thing first; the sentence says who or what to do."""
