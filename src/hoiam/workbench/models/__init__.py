"""Pages, their branches, and the reviews they pass."""

from hoiam.workbench.models.branch import Branch, Editor
from hoiam.workbench.models.kinds import (
    KINDS,
    CampaignPage,
    CorrectionPage,
    DocumentPage,
    ExpertPage,
    NewsPage,
    PhotoPage,
    QuestionPage,
    ReleasePage,
    VideoPage,
)
from hoiam.workbench.models.pages import Text
from hoiam.workbench.models.review import Review

__all__ = [
    "KINDS",
    "Branch",
    "CampaignPage",
    "CorrectionPage",
    "DocumentPage",
    "Editor",
    "ExpertPage",
    "NewsPage",
    "PhotoPage",
    "QuestionPage",
    "ReleasePage",
    "Review",
    "Text",
    "VideoPage",
]
