"""Closed lists of the room and its state tables."""

from hoiam.letters.states.topics import Topic

__all__ = ["Topic"]
