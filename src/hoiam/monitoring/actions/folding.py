"""Folding relevant items into stories (vụ việc trên báo)."""

from datetime import datetime, timedelta

from hoiam.core import ledger
from hoiam.kit.news import StoryIndex, StoryItem
from hoiam.monitoring.actions.decisions import decisions_since
from hoiam.monitoring.actions.reprints import turn_lead, turn_to_first
from hoiam.monitoring.actions.warn import follow_story, grow
from hoiam.monitoring.models import Item, Story, Warning
from hoiam.monitoring.states import TRANSITIONS
from hoiam.monitoring.states import WarningState as S

WINDOW = timedelta(hours=96)  # not-law: how long an event is talked about (text-pipeline §5)
COUNTED = ("first_at", "last_at", "item_count", "outlet_count", "severity", "stance")


class Folder:
    """The stories of the last days, held in memory while a batch of items is taken in.

    Known items stand where the database has them, so every merge and split by a person is kept; what was decided about two
    items also binds those folded anew.
    """

    def __init__(self, index: StoryIndex) -> None:
        self.index = index
        self.story_of: dict[str, int] = {}

    @classmethod
    def as_of(cls, moment: datetime) -> "Folder":
        """A folder that knows the relevant items of the window before this moment."""
        hours = WINDOW.total_seconds() / 3600
        folder = cls(StoryIndex(window_hours=hours, decisions=decisions_since(moment - WINDOW)))
        recent = Item.objects.filter(is_relevant=True, story__isnull=False, at__gte=moment - WINDOW)
        for item in recent.select_related("finding").order_by("at", "id"):
            name = f"story {item.story_id}"
            folder.index.place(_as_story_item(item), name)
            folder.story_of[name] = item.story_id
        return folder

    def fold(
        self,
        item: Item,
        *,
        severity: int,
        stance: str,
        kind: str,
        provinces: list[str],
        now: datetime,
    ) -> Story:
        """The story the item now belongs to, old or new, with its counts renewed; the item is saved.

        Copies of its text turn toward the earliest published, and the story's lead with them.
        """
        link = self.index.add(_as_story_item(item, provinces))
        of = link.duplicate_of
        copy_of = int(of) if of and of.isdigit() else None
        turn_to_first(item, copy_of=copy_of, share=link.score, within=WINDOW)
        story = _standing(self.story_of.get(link.story))
        if story is None:
            story = Story.objects.create(
                title=item.title,
                sapo=item.sapo,
                lead_item=item,
                first_at=item.at,
                last_at=item.at,
                severity=severity,
                stance=stance,
                kind=kind,
                provinces=provinces,
            )
        self.story_of[link.story] = story.pk
        item.story = story
        item.story_score, item.story_shared = link.score, list(link.shared)
        item.save(update_fields=["story", "story_score", "story_shared"])
        return turn_lead(renew(story, severity=severity, stance=stance), now=now)


def _standing(pk: int | None) -> Story | None:
    """The story with this key, locked, or the one it was merged into; locked, so that two workers never lead it apart."""
    story = Story.objects.select_for_update().filter(pk=pk).first()
    while story is not None and story.merged_into_id is not None:
        story = Story.objects.select_for_update().get(pk=story.merged_into_id)
    return story


def renew(story: Story, *, severity: int = 0, stance: str = "") -> Story:
    """The story with its counts and times taken anew from its items; severity and ill stance only ever grow.

    Nothing else of it is written: a stale copy takes no title or lead back.
    """
    items = list(story.items.order_by("at", "id").values_list("at", "outlet"))
    if items:
        story.first_at, story.last_at = items[0][0], items[-1][0]
    story.item_count = len(items)
    story.outlet_count = len({outlet for _, outlet in items if outlet})
    story.severity = max(story.severity, severity)
    if stance == "negative":
        story.stance = stance
    story.save(update_fields=COUNTED)
    return story


def join(story: Story, into: Story, *, now: datetime) -> Story:
    """`into` with the items and the warnings of `story`; the bare folding, without authority.

    Where both stand before one agency, the open row of `story` becomes a duplicate of the other, which takes over its
    severity. The diary keeps which items moved, so that `unfold` can take the step back.
    """
    moved = list(story.items.order_by("id").values_list("pk", flat=True))
    Item.objects.filter(pk__in=moved).update(story=into)
    rows = Warning.objects.system("stories are folded")
    standing = {w.agency_id: w for w in rows.filter(story=into).select_related("story")}
    carried = []
    for warning in rows.filter(story=story).select_related("agency"):
        kept = standing.get(warning.agency_id)
        if kept is None:
            warning.story = into
            warning.save(update_fields=["story"])
            carried.append(warning.pk)
        else:
            _stand_aside(warning, kept, now)
    story.merged_into = into
    story.save(update_fields=["merged_into"])
    ledger.write(
        story, actor=None, step="fold_story", at=now, into=into.pk, items=moved, warnings=carried
    )
    turn_lead(renew(into, severity=story.severity, stance=story.stance), now=now)
    follow_story(into)
    return into


def _stand_aside(warning: Warning, kept: Warning, now: datetime) -> None:
    if warning.severity > kept.severity:
        grow(kept, warning.severity, warning.why, now=now)
    if warning.state in TRANSITIONS["mark_duplicate"].sources:
        warning.state, warning.duplicate_of, warning.settled_at = S.DUPLICATE, kept, now
        warning.save(update_fields=["state", "duplicate_of", "settled_at"])
        ledger.write(warning, actor=None, step="mark_duplicate", at=now, of=kept.pk)


def unfold(story: Story, *, now: datetime) -> Story:
    """The story standing by itself again with the items it had; unchanged when it was never folded."""
    into = story.merged_into
    if into is None:
        return story
    last = ledger.of(story).filter(step="fold_story").order_by("id").last()
    Item.objects.filter(pk__in=last.data["items"] if last else [], story=into).update(story=story)
    story.merged_into = None
    story.save(update_fields=["merged_into"])
    ledger.write(story, actor=None, step="unfold_story", at=now, into=into.pk)
    for each in (story, into):
        turn_lead(renew(each), now=now)
    follow_story(story)
    follow_story(into)
    return story


def _as_story_item(item: Item, provinces: list[str] | None = None) -> StoryItem:
    if provinces is None:
        finding = getattr(item, "finding", None)
        provinces = finding.provinces if finding is not None else []
    return StoryItem(
        id=str(item.pk),
        title=item.title,
        sapo=item.sapo,
        text=item.body,
        published_at=item.at,
        url=item.url,
        places=tuple(provinces),
    )
