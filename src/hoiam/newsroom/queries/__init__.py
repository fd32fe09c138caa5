"""What pages and others ask of the room."""

from hoiam.newsroom.queries.articles import articles_visible_to, standing
from hoiam.newsroom.queries.commissions import commissions_of, commissions_visible_to
from hoiam.newsroom.queries.fact_checks import (
    fact_checks_of,
    fact_checks_to_answer,
    fact_checks_visible_to,
)
from hoiam.newsroom.queries.submissions import (
    Material,
    MaterialAuthor,
    MaterialPicture,
    accepted_submissions,
    material_of,
    submission_of_page,
    submissions_visible_to,
)

__all__ = [
    "Material",
    "MaterialAuthor",
    "MaterialPicture",
    "accepted_submissions",
    "articles_visible_to",
    "commissions_of",
    "commissions_visible_to",
    "fact_checks_of",
    "fact_checks_to_answer",
    "fact_checks_visible_to",
    "material_of",
    "standing",
    "submission_of_page",
    "submissions_visible_to",
]
