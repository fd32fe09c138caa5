"""Refusals of the rulebook: each is a Vietnamese sentence that says what to do next."""


class RulebookError(Exception):
    """Base of every refusal of the rulebook; `str(error)` is shown as it stands."""


class UnknownName(RulebookError):
    """No rule, default, obligation type or media type has that name."""


class NotInForce(RulebookError):
    """The rule did not bind on that day; the sentence names the rule that answered then."""


class MissingValue(RulebookError):
    """The rule has several times and cannot choose without a value; the sentence names it."""


class WrongValue(RulebookError):
    """A value cannot be used: unknown name, unknown choice, or not a number."""


class LoosensLaw(RulebookError):
    """A rule of law may be tightened by an agency, never loosened."""
