"""What a few lines of a common library make of stories: TF-IDF of words, cosine, single link within four days.

The line is the best on the events that lines may be tuned on; the library sees all texts at once, the later ones too, which
our index never does.
"""

import time
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from hoiam.kit.news.stories import StoryItem

HOURS = 96
LINES = tuple(line / 20 for line in range(3, 17))
STEP = 500
Pair = tuple[int, int, float]


def pairs(items: list[StoryItem]) -> list[Pair]:
    """Every two items of four days that share enough for the lowest line, and how much."""
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    told = words.fit_transform(f"{one.title} {one.sapo} {one.text}" for one in items)
    hours = np.array([one.published_at.timestamp() / 3600 for one in items])
    found: list[Pair] = []
    for start in range(0, len(items), STEP):
        # In time order, so only what lies in the window before the last of this step is compared.
        first = int(np.searchsorted(hours, hours[start] - HOURS))
        alike = (told[start : start + STEP] @ told[first : start + STEP].T).tocoo()
        for row, column, score in zip(alike.row, alike.col, alike.data, strict=True):
            late, early = start + int(row), first + int(column)
            if early < late and score >= LINES[0] and hours[late] - hours[early] <= HOURS:
                found.append((late, early, float(score)))
    return found


def linked(items: list[StoryItem], found: list[Pair], line: float) -> dict[str, str]:
    """The story of each item when every pair above the line belongs together."""
    above = list(range(len(items)))

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for late, early, score in found:
        if score >= line:
            a, b = sorted((root(late), root(early)))
            above[b] = a
    return {one.id: items[root(place)].id for place, one in enumerate(items)}


def fold(
    items: list[StoryItem], worth: Callable[[dict[str, str]], float]
) -> tuple[dict[str, str], float, float]:
    """The story of each item by the line of most worth, that line, and items per CPU second."""
    start = time.process_time()
    found = pairs(items)
    spent = time.process_time() - start
    line = max(LINES, key=lambda line: worth(linked(items, found, line)))
    start = time.process_time()
    stories = linked(items, found, line)
    return stories, line, len(items) / (spent + time.process_time() - start)
