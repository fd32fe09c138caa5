"""Rewards as Word files: the proposal (tờ trình), the list that goes with it, and the decision to be signed."""

import re
from datetime import datetime
from typing import Any

from hoiam.agencies.queries import superior
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, show_date, show_number
from hoiam.scheme.actions.paper_head import BLANK, head_of_paper
from hoiam.scheme.models import RewardList
from hoiam.scheme.states.rewards import RewardState

LEGAL_BASES = (
    f"Căn cứ Luật Thi đua, khen thưởng {BLANK}",
    f"Căn cứ {BLANK} quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của đơn vị",
    f"Theo đề nghị của {BLANK}",
)


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


def decision_word(rewards: RewardList, *, now: datetime) -> bytes:
    """The decision in the state form: a draft to be signed, with its number and day once it was recorded.

    The law it rests on is left open: which law, and who may reward, is for the agency to write.

    Raises:
        InvalidInput: nobody is left on the list.
    """
    today = now.astimezone(VIETNAM).date()
    entries = _entries(rewards)
    number = re.match(r"\d{1,5}", rewards.decision)
    issued = number is not None and rewards.decided_on is not None
    fields = {
        "occasion": rewards.title[:1].lower() + rewards.title[1:],
        "reward": rewards.form,
        "count": len(entries),
        "doers": "Chánh Văn phòng, các đơn vị có liên quan",
        "entries": entries,
        "legal_bases": LEGAL_BASES,
        "draft": not issued,
    }
    if number is not None and rewards.decided_on is not None:
        fields |= {"number": int(number[0]), "issued_on": rewards.decided_on.isoformat()}
    return write("reward_decision", head_of_paper(rewards.agency, today) | fields)


def _entries(rewards: RewardList) -> list[dict[str, Any]]:
    rows = [
        {
            "name": entry.name,
            "place": entry.place,
            "pieces": show_number(entry.pieces),
            "merit": entry.merit,
        }
        for entry in rewards.entries.filter(struck_why="")
    ]
    if not rows:
        raise InvalidInput("Danh sách không còn ai, không có gì để in.")
    return rows
