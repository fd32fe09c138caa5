"""Rows of the scheme room."""

from hoiam.scheme.models.agreement import (
    Acceptance,
    Agreement,
    AgreementContact,
    AgreementParty,
    AgreementReview,
    Clause,
    ClauseResult,
)
from hoiam.scheme.models.budget import Allotment, BudgetLine, BudgetPlan, Spending
from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.network import (
    Contribution,
    Contributor,
    Expert,
    ExpertInvitation,
    ExpertWork,
)
from hoiam.scheme.models.report import IndicatorReport
from hoiam.scheme.models.reward import Reward, RewardList
from hoiam.scheme.models.scheme import Scheme, SourcePaper, Theme
from hoiam.scheme.models.task import Assignment, Quota, Task
from hoiam.scheme.models.theme_mark import ThemeMark
from hoiam.scheme.models.training import (
    Trainee,
    Training,
    TrainingDocument,
    TrainingNeed,
    TrainingPlan,
)

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementContact",
    "AgreementParty",
    "AgreementReview",
    "Allotment",
    "Assignment",
    "BudgetLine",
    "BudgetPlan",
    "Clause",
    "ClauseResult",
    "Contribution",
    "Contributor",
    "Expert",
    "ExpertInvitation",
    "ExpertWork",
    "ExplanationRequest",
    "IndicatorReport",
    "Quota",
    "Reminder",
    "Reward",
    "RewardList",
    "Scheme",
    "SourcePaper",
    "Spending",
    "Task",
    "Theme",
    "ThemeMark",
    "Trainee",
    "Training",
    "TrainingDocument",
    "TrainingNeed",
    "TrainingPlan",
]
