"""Judging a report whose text its paper changed: what grew worse warns again, what was toned down takes nothing back."""

from datetime import datetime
from typing import Any

from hoiam.kit.recognition import Judgement
from hoiam.monitoring.actions.folding import renew
from hoiam.monitoring.actions.intake import Line, attribute, conclude
from hoiam.monitoring.actions.reasons import reasons_json
from hoiam.monitoring.actions.warn import concerned, follow_story, raise_warnings
from hoiam.monitoring.models import Finding, Item, Story, Warning


def judge_again(item: Item, judgement: Judgement, *, now: datetime, line: Line) -> list[Warning]:
    """The warnings that are new or were woken because the item's text was changed; its finding now speaks of the new text.

    What was found grave stays so though the paper tones it down: only a person takes a warning back.
    """
    finding = Finding.objects.filter(item=item).first()
    if finding is None:
        return _newly_relevant(item, judgement, now=now, line=line) if judgement.relevant else []
    if not judgement.relevant:
        texts = {"title": item.title, "sapo": item.sapo, "text": item.body}
        finding.reasons = [reason for reason in finding.reasons if _still_stands(reason, texts)]
        finding.save(update_fields=["reasons"])
        return []
    _update(finding, judgement, now=now, line=line)
    finding.attributions.all().delete()
    attribute(finding, judgement, line.finder)
    return _warn_again(item, finding, now=now, line=line)


def _newly_relevant(
    item: Item, judgement: Judgement, *, now: datetime, line: Line
) -> list[Warning]:
    item.is_relevant, item.relevance = True, judgement.relevance
    item.save(update_fields=["is_relevant", "relevance"])
    return conclude(item, judgement, now=now, line=line)


def _update(finding: Finding, judgement: Judgement, *, now: datetime, line: Line) -> None:
    finding.severity = max(finding.severity, judgement.severity)
    if finding.stance != "negative":
        finding.stance = judgement.stance or ""
    finding.kind, finding.relevance = judgement.kind, max(finding.relevance, judgement.relevance)
    finding.provinces = list(dict.fromkeys([*finding.provinces, *judgement.provinces]))
    finding.reasons, finding.at = reasons_json(judgement.reasons), now
    finding.lexicon_version = line.lexicon.version
    finding.save()


def _warn_again(item: Item, finding: Finding, *, now: datetime, line: Line) -> list[Warning]:
    story = item.story
    if story is None:
        return []
    # Asked of the database: another worker may have turned the lead meanwhile.
    if Story.objects.filter(pk=story.pk, lead_item=item).update(title=item.title, sapo=item.sapo):
        story.title, story.sapo = item.title, item.sapo
    renew(story, severity=finding.severity, stance=finding.stance)
    raised = raise_warnings(
        story, finding, concerned(finding, line.finder), now=now, lead="Báo đã sửa bài. "
    )
    follow_story(story, but=raised)
    return raised


def _still_stands(reason: dict[str, Any], texts: dict[str, str]) -> bool:
    text = texts.get(reason["field"], "")
    return bool(reason["text"]) and text[reason["start"] : reason["end"]] == reason["text"]
