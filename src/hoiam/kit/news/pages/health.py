"""The health of a site rule on one host: a rule that keeps finding nothing where there is text switches itself off."""

from dataclasses import dataclass, replace
from datetime import datetime

from hoiam.kit.news.thresholds import thresholds

READ, MISSED = "+", "-"


@dataclass(frozen=True)
class RuleHealth:
    """What a rule did lately, newest last: "+" it read a page, "-" it found nothing where another tier found text."""

    rule: str
    host: str
    version: int = 0
    recent: str = ""
    off_since: datetime | None = None
    why: str = ""

    @property
    def is_off(self) -> bool:
        """True from the moment the rule switched itself off until somebody switches it on again."""
        return self.off_since is not None


def after_page(health: RuleHealth, *, version: int, read: bool, at: datetime) -> RuleHealth:
    """The health after one more page; switched off when too many of the last pages came out empty.

    A new version of the rule begins anew: what the old one missed says nothing of it.

    >>> from datetime import UTC
    >>> one = RuleHealth("vccorp", "bao.example", version=2)
    >>> at = datetime(2026, 4, 5, tzinfo=UTC)
    >>> for _ in range(4):
    ...     one = after_page(one, version=2, read=False, at=at)
    >>> one.is_off, one.why
    (True, '4 trang đầu tiên đều đọc ra rỗng')
    """
    if version != health.version:
        health = RuleHealth(health.rule, health.host, version)
    window = int(thresholds("rules")["window"])
    recent = (health.recent + (READ if read else MISSED))[-window:]
    noted = replace(health, recent=recent)
    why = "" if noted.is_off or read else _why_off(recent)
    return replace(noted, off_since=at, why=why) if why else noted


def switched_on(health: RuleHealth) -> RuleHealth:
    """The health of a rule that is given another chance: nothing held against it."""
    return RuleHealth(health.rule, health.host, health.version)


def _why_off(recent: str) -> str:
    lines = thresholds("rules")
    missed = recent.count(MISSED)
    if missed == len(recent) >= lines["first_misses"]:
        return f"{missed} trang đầu tiên đều đọc ra rỗng"
    if len(recent) >= lines["least"] and missed >= lines["missed_share"] * len(recent):
        return f"{missed} trong {len(recent)} trang gần nhất đọc ra rỗng"
    return ""
