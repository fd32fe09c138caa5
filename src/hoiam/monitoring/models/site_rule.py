"""How each site rule (quy tắc trang) does on each host it read."""

from django.db import models

from hoiam.kit.news import RuleHealth


class SiteRuleHealth(models.Model):
    """The last outcomes of one rule on one host, and since when it is off there."""

    rule = models.CharField(max_length=40)
    host = models.CharField(max_length=253)
    version = models.PositiveIntegerField(default=0)
    recent = models.CharField(max_length=100, blank=True)  # "+" read, "-" missed, newest last
    off_since = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)
    last_missed_url = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["rule", "host"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "host"], name="site_rule_once_a_host")
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.host})"

    @property
    def health(self) -> RuleHealth:
        """The row as the kit counts it."""
        return RuleHealth(self.rule, self.host, self.version, self.recent, self.off_since, self.why)
