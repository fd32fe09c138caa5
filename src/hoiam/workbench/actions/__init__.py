"""What is done in the workbench, one verb a function."""

from hoiam.workbench.actions.branches import branch_for
from hoiam.workbench.actions.reviews import (
    approve_text,
    drop_review,
    publish_at_its_hour,
    return_text,
    send_for_review,
)

__all__ = [
    "approve_text",
    "branch_for",
    "drop_review",
    "publish_at_its_hour",
    "return_text",
    "send_for_review",
]
