"""What a reader hands on: entries in the feed's own words, before anything is cleaned."""

from dataclasses import dataclass, field

RawEntry = dict[str, str]
"""The words of one entry by slot; a slot is there only when the feed wrote something.

Slots: id, link, title, summary, content, author, published, issued, created, updated. Those ending in 2 (title2, summary2,
author2) hold the words of a lesser vocabulary (Dublin Core, Media RSS, iTunes) and speak only when the feed's own element is
silent. "base" is the address links are relative to; "opaque" is there when the id is no address.
"""


@dataclass
class RawFeed:
    """What a reader found.

    Attributes:
        kind: "rss", "rdf", "atom", "json", or empty when it is none of them.
        broken: whether the syntax had to be repaired.
        root: the name of the root element, in small letters.
        deep: whether the reading ended at the cap on nesting.
        lost: items that were seen and could not be read.
        over: items of a JSON feed beyond those that are read; counted in ``lost`` too.
    """

    kind: str = ""
    title: str = ""
    entries: list[RawEntry] = field(default_factory=list)
    broken: bool = False
    root: str = ""
    deep: bool = False
    lost: int = 0
    over: int = 0
