"""What the room keeps."""

from hoiam.newsroom.models.article import (
    Article,
    ArticleAuthor,
    ArticlePicture,
    ArticleVersion,
    Section,
)
from hoiam.newsroom.models.commission import Commission
from hoiam.newsroom.models.fact_check import FactCheck
from hoiam.newsroom.models.guest_link import GuestLink
from hoiam.newsroom.models.submission import Submission, SubmissionFile, SubmissionPicture

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticlePicture",
    "ArticleVersion",
    "Commission",
    "FactCheck",
    "GuestLink",
    "Section",
    "Submission",
    "SubmissionFile",
    "SubmissionPicture",
]
