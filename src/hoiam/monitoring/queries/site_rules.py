"""Which site rules are off, and where."""

from django.db.models import QuerySet

from hoiam.monitoring.models import SiteRuleHealth


def rules_off() -> QuerySet[SiteRuleHealth]:
    """The rules that switched themselves off, the latest first."""
    return SiteRuleHealth.objects.exclude(off_since=None).order_by("-off_since", "rule", "host")


def rules_off_by_host() -> dict[str, frozenset[str]]:
    """Ids of the rules that are off, by the host they are off on."""
    off: dict[str, set[str]] = {}
    for host, rule in rules_off().values_list("host", "rule"):
        off.setdefault(host, set()).add(rule)
    return {host: frozenset(rules) for host, rules in off.items()}
