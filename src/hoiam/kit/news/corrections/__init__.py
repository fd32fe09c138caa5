"""Does a text carry the correction or the response an outlet was asked for? Pure, with reasons and places."""

from hoiam.kit.news.corrections.finder import find_carried, judge_answer
from hoiam.kit.news.corrections.links import correction_links, may_be_one, section_guesses
from hoiam.kit.news.corrections.nearness import statements
from hoiam.kit.news.corrections.values import Carried, Lack, Mark, Wanted

__all__ = [
    "Carried",
    "Lack",
    "Mark",
    "Wanted",
    "correction_links",
    "find_carried",
    "judge_answer",
    "may_be_one",
    "section_guesses",
    "statements",
]
