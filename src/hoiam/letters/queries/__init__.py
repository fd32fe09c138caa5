"""What pages and others ask of the room."""

from hoiam.letters.queries.answers import published_answers

__all__ = ["published_answers"]
