"""Mending how items were folded: merge two stories, split an item off, put a story before one more agency."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.monitoring.actions.folding import join, renew
from hoiam.monitoring.actions.warn import follow_story, raise_warnings
from hoiam.monitoring.models import Finding, Item, Story, Warning
from hoiam.monitoring.queries.warnings import warnings_visible_to


@transaction.atomic
def merge_stories(story: Story, *, into: Story, actor: Actor, now: datetime) -> Story:
    """The story that now holds the items of both; warnings of the first that the other lacks move along.

    Raises:
        InvalidInput: both are the same story, or one of them was merged before.
        NotAllowed: the actor may not fold stories, or one of them is out of the actor's sight.
    """
    story, into = _locked(story), _locked(into)
    authority.check(actor, "merge_stories", story)
    authority.check(actor, "merge_stories", into)
    if story.pk == into.pk:
        raise InvalidInput("Chọn hai vụ việc khác nhau để gộp.", "into")
    if story.merged_into_id or into.merged_into_id:
        raise InvalidInput("Vụ việc này đã được gộp từ trước. Tải lại trang để xem.", "into")
    join(story, into, now=now)
    ledger.write(into, actor=actor, step="merge_stories", at=now, merged=story.pk)
    return into


def _locked(story: Story) -> Story:
    return Story.objects.select_for_update().get(pk=story.pk)


@transaction.atomic
def split_item(item: Item, *, actor: Actor, now: datetime) -> Story:
    """The new story of an item that did not belong; it raises warnings of its own for the same agencies.

    Raises:
        InvalidInput: the item is the only one of its story.
    """
    if item.story is None:
        raise InvalidInput("Bài này không thuộc vụ việc nào.", "item")
    old = _locked(item.story)
    authority.check(actor, "split_item", old)
    if old.items.count() < 2:
        raise InvalidInput("Vụ việc chỉ có một bài, không tách được.", "item")
    finding = item.finding
    fresh = Story.objects.create(
        title=item.title,
        sapo=item.sapo,
        lead_item=item,
        first_at=item.at,
        last_at=item.at,
        severity=finding.severity,
        stance=finding.stance,
        kind=finding.kind,
        provinces=finding.provinces,
    )
    item.story, item.story_score, item.story_shared = fresh, None, []
    item.save(update_fields=["story", "story_score", "story_shared"])
    if old.lead_item_id == item.pk:
        old.lead_item = old.items.order_by("at", "id").first()
        old.title, old.sapo = old.lead_item.title, old.lead_item.sapo
    renew(old)
    renew(fresh)
    agencies = [
        w.agency for w in warnings_visible_to(actor).filter(story=old).select_related("agency")
    ]
    raise_warnings(fresh, finding, agencies, now=now)
    follow_story(old)
    ledger.write(fresh, actor=actor, step="split_item", at=now, item=item.pk, old=old.pk)
    return fresh


@transaction.atomic
def add_agency(story: Story, *, agency: Agency, actor: Actor, now: datetime) -> Warning:
    """The story put before one more agency; a row of nobody is settled by it.

    Raises:
        InvalidInput: the agency already has the story.
    """
    authority.check(actor, "add_agency", story)
    rows = Warning.objects.system("the story is put before one more agency")
    if story.merged_into_id:
        raise InvalidInput("Vụ việc này đã được gộp vào vụ việc khác. Tải lại trang để xem.")
    if rows.filter(story=story, agency=agency).exists():
        raise InvalidInput(f"{agency} đã có tin này trên danh sách.", "agency")
    raised = raise_warnings(story, _gravest(story), [agency], now=now)
    ledger.write(story, actor=actor, step="add_agency", at=now, agency=agency.code)
    return raised[0]


def _gravest(story: Story) -> Finding:
    """The finding that speaks for the story: the new desk must be told the worst that is known, not the first."""
    return Finding.objects.filter(item__story=story).order_by("-severity", "item__at", "pk")[0]
