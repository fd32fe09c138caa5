"""What pages and others ask of the room."""

from hoiam.newsroom.queries.articles import (
    articles_visible_to,
    standing,
)
from hoiam.newsroom.queries.commissions import (
    commissions_of,
    commissions_visible_to,
)
from hoiam.newsroom.queries.fact_checks import (
    fact_checks_of,
    fact_checks_to_answer,
    fact_checks_visible_to,
)
from hoiam.newsroom.queries.guest_links import (
    link_of,
    piece_to_describe,
)
from hoiam.newsroom.queries.packages import (
    lists_visible_to,
    packages_visible_to,
    receiver_rows,
)
from hoiam.newsroom.queries.prints import (
    prints_visible_to,
    public_prints,
    reach_of,
)
from hoiam.newsroom.queries.seals import (
    SOCIAL_PROOF,
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
    "SOCIAL_PROOF",
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
    "link_of",
    "lists_visible_to",
    "material_of",
    "packages_visible_to",
    "piece_to_describe",
    "prints_visible_to",
    "public_prints",
    "reach_of",
    "receiver_rows",
    "standing",
    "submission_of_page",
    "submissions_visible_to",
]
