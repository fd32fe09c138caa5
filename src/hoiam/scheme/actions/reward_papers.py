"""Rewards as Word files: the proposal (tờ trình) and the list that goes with it."""

from datetime import datetime
from typing import Any

from hoiam.agencies.queries import superior
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, show_date, show_number
from hoiam.scheme.actions.paper_head import head_of_paper
from hoiam.scheme.models import RewardList
from hoiam.scheme.states.rewards import RewardState


def proposal_word(rewards: RewardList, *, now: datetime) -> bytes:
    """The proposal in the state form, with its list.

    Raises:
        InvalidInput: nobody is left on the list.
    """
    today = now.astimezone(VIETNAM).date()
    above = superior(rewards.agency, today)
    fields = {
        "addressees": [above.full_name if above else "Bộ Tư pháp"],
        "occasion": rewards.title,
        "from_day": rewards.first.isoformat(),
        "to_day": rewards.last.isoformat(),
        "criteria": rewards.criteria.splitlines(),
        "reward": rewards.form,
        "entries": _entries(rewards),
    }
    return write("reward_proposal", head_of_paper(rewards.agency, today) | fields)


def list_word(rewards: RewardList, *, now: datetime) -> bytes:
    """The list alone: with the decision once there is one.

    Raises:
        InvalidInput: nobody is left on the list.
    """
    today = now.astimezone(VIETNAM).date()
    decided = rewards.state == RewardState.DECIDED and rewards.decided_on is not None
    fields = {
        "occasion": rewards.title,
        "standing": "được khen thưởng" if decided else "đề nghị khen thưởng",
        "decision": f"Quyết định số {rewards.decision} ngày {show_date(rewards.decided_on)}" if decided else "",
        "entries": _entries(rewards),
    }  # fmt: skip
    return write("reward_list", head_of_paper(rewards.agency, today) | fields)


def _entries(rewards: RewardList) -> list[dict[str, Any]]:
    rows = [
        {
            "order": str(number),
            "name": entry.name,
            "place": entry.place,
            "pieces": show_number(entry.pieces),
            "merit": entry.merit,
        }
        for number, entry in enumerate(rewards.entries.filter(struck_why=""), start=1)
    ]
    if not rows:
        raise InvalidInput("Danh sách không còn ai, không có gì để in.")
    return rows
