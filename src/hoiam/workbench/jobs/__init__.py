"""Background work of the workbench: texts going up at their hour, people told of reviews and of notes in the margin."""

from hoiam.workbench.jobs import margin_notes, reviews  # noqa: F401
from hoiam.workbench.jobs.reviews import publish_what_is_due

__all__ = ["publish_what_is_due"]
