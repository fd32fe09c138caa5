"""Counting what site rules read, switching one off on a host where it keeps finding nothing, and on again."""

from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.kit.news import Page, RuleHealth, after_page, host_of, switched_on
from hoiam.monitoring.models import SiteRuleHealth

LONGEST_URL = 1000


@transaction.atomic
def note_page(page: Page, *, now: datetime) -> list[SiteRuleHealth]:
    """The rules this page switched off; a page no rule was tried on changes nothing."""
    host = host_of(page.url)
    outcomes = [(page.rule, True)] if page.rule else [(one, False) for one in page.rules_missed]
    if not host:
        return []
    noted = [_note(host, rule, page.url, read=read, now=now) for rule, read in outcomes]
    return [row for row in noted if row.off_since == now]


def _note(host: str, rule: str, url: str, *, read: bool, now: datetime) -> SiteRuleHealth:
    name, _, version = rule.partition("@")
    SiteRuleHealth.objects.get_or_create(rule=name, host=host, defaults={"at": now})
    row = SiteRuleHealth.objects.select_for_update().get(rule=name, host=host)
    was_off = row.health.is_off
    _put(row, after_page(row.health, version=int(version), read=read, at=now))
    row.at = now
    row.last_missed_url = row.last_missed_url if read else url[:LONGEST_URL]
    row.save()
    if row.health.is_off and not was_off:
        ledger.write(row, actor=None, step="switch_off_rule", at=now, reason=row.why, url=url)
    return row


@transaction.atomic
def switch_on_rule(row: SiteRuleHealth, *, actor: Actor, now: datetime) -> SiteRuleHealth:
    """The rule in use again on its host, with nothing held against it.

    Raises:
        NotAllowed: the actor may not keep sources.
    """
    authority.check(actor, "switch_on_rule", row)
    row = SiteRuleHealth.objects.select_for_update().get(pk=row.pk)
    why, since = row.why, row.off_since
    _put(row, switched_on(row.health))
    row.at = now
    row.save()
    off_since = since.isoformat() if since else None
    ledger.write(
        row, actor=actor, step="switch_on_rule", at=now, was_off_for=why, off_since=off_since
    )
    return row


def _put(row: SiteRuleHealth, health: RuleHealth) -> None:
    row.version, row.recent = health.version, health.recent
    row.off_since, row.why = health.off_since, health.why
