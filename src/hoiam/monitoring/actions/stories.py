"""Mending how items were folded: merge two stories, split an item off, undo either, one more agency before a story.

Each decision is kept as pairs of items (`decisions`), so that later reports and a run from the beginning obey it.
"""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.monitoring.actions.decisions import remember, take_back, untie
from hoiam.monitoring.actions.folding import join, renew, unfold
from hoiam.monitoring.actions.warn import follow_story, raise_warnings
from hoiam.monitoring.models import Finding, Item, Story, Warning
from hoiam.monitoring.queries.warnings import warnings_visible_to
from hoiam.monitoring.states import WarningState

# An item is kept apart from at most so many of its old story; a story seldom has as many.
MOST_PAIRS = 100


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
    remember(_pairs(story, into), together=True, actor=actor, now=now)
    join(story, into, now=now)
    ledger.write(into, actor=actor, step="merge_stories", at=now, merged=story.pk)
    return into


@transaction.atomic
def undo_merge(story: Story, *, actor: Actor, now: datetime) -> Story:
    """The story standing by itself again, with the items it had and the rows that had stood aside for the other's.

    Raises:
        InvalidInput: it is not merged, or that into which it was merged is itself merged by now.
        NotAllowed: the actor may not fold stories, or the other is out of the actor's sight.
    """
    story = _locked(story)
    if story.merged_into is None:
        raise InvalidInput("Vụ việc này không còn gộp vào vụ việc nào. Tải lại trang để xem.")
    into = _locked(story.merged_into)
    authority.check(actor, "undo_merge", into)
    if into.merged_into_id:
        raise InvalidInput("Vụ việc gốc đã được gộp tiếp. Hãy hoàn tác lần gộp sau trước.")
    take_back(_pairs(story, into))
    unfold(story, now=now)
    untie(story, into)
    _stand_again(story, into, now)
    ledger.write(into, actor=actor, step="undo_merge", at=now, merged=story.pk)
    return story


def _pairs(story: Story, into: Story) -> list[tuple[int, int]]:
    """The pair that stands for two stories: their first items."""
    firsts = [
        one.lead_item_id or one.items.values_list("pk", flat=True).first() for one in (story, into)
    ]
    one, other = firsts
    return [(one, other)] if one and other else []


def _stand_again(story: Story, into: Story, now: datetime) -> None:
    """Rows that became duplicates by the merge are new again; those that had moved along come home."""
    rows = Warning.objects.system("a merge is undone")
    for warning in rows.filter(story=story, state=WarningState.DUPLICATE, duplicate_of__story=into):
        warning.state, warning.duplicate_of, warning.settled_at = WarningState.NEW, None, None
        warning.save(update_fields=["state", "duplicate_of", "settled_at"])
        ledger.write(warning, actor=None, step="restore", at=now)
    last = ledger.of(story).filter(step="fold_story").order_by("id").last()
    moved = last.data.get("warnings", []) if last else []
    rows.filter(pk__in=moved, story=into).update(story=story)


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
        old.save(update_fields=["lead_item", "title", "sapo"])
    others = old.items.order_by("at", "id").values_list("pk", flat=True)[:MOST_PAIRS]
    remember([(item.pk, other) for other in others], together=False, actor=actor, now=now)
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
def undo_split(story: Story, *, actor: Actor, now: datetime) -> Story:
    """The story an item was split from, with that item in it again.

    Raises:
        InvalidInput: the story was not split off, has got other items since, or the old one is merged by now.
        NotAllowed: the actor may not fold stories, or one of them is out of the actor's sight.
    """
    story = _locked(story)
    authority.check(actor, "undo_split", story)
    step = ledger.of(story).filter(step="split_item").order_by("id").last()
    if step is None or story.merged_into_id:
        raise InvalidInput("Vụ việc này không phải do tách ra. Tải lại trang để xem.")
    if list(story.items.values_list("pk", flat=True)) != [step.data["item"]]:
        raise InvalidInput("Vụ việc đã có thêm bài khác. Hãy dùng “Gộp vụ việc” thay cho hoàn tác.")
    old = _locked(Story.objects.get(pk=step.data["old"]))
    authority.check(actor, "undo_split", old)
    if old.merged_into_id:
        raise InvalidInput("Vụ việc cũ đã được gộp. Hãy dùng “Gộp vụ việc” thay cho hoàn tác.")
    others = old.items.values_list("pk", flat=True)
    take_back((step.data["item"], other) for other in others)
    join(story, old, now=now)
    ledger.write(old, actor=actor, step="undo_split", at=now, item=step.data["item"])
    return old


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
