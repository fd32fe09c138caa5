"""Closed lists of the room and their state tables."""
